"""What a rule is: a declaration that carries its own page, its examples and its check."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache, wraps
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np

from analyzer.language.folding import fold
from analyzer.language.laid_out import AnyDoc
from analyzer.language.repair import Repaired
from analyzer.lexicons import any_of
from analyzer.reading.document import Document
from analyzer.result import Analysis, Dimension, Policy, Severity
from analyzer.rules.thresholds import Thresholds, shipped
from analyzer.understanding.checkable import Letters, letters, letters_in
from analyzer.understanding.padding import Padding

if TYPE_CHECKING:
    from analyzer.rules.examples import Example

Answer = TypeVar("Answer")


class Status(StrEnum):
    """Life cycle of a rule: a preview rule is shown but costs nothing."""

    STABLE = "stable"
    PREVIEW = "preview"


class Level(StrEnum):
    """What stands behind a rule; only a national rule may be quoted as 规定."""

    NATIONAL = "national"
    LOCAL = "local"
    PRACTICE = "practice"
    HOUSE = "house"


class Family(StrEnum):
    """Where a rule belongs; also its folder."""

    STRUCTURE = "structure"
    PLACEHOLDERS = "placeholders"
    FACTS = "facts"
    PROBLEMS = "problems"
    CAUSES = "causes"
    REMEDIES = "remedies"
    INTEGRATION = "integration"
    LANGUAGE = "language"
    GATES = "gates"
    LOCAL = "local"


class Sentence(NamedTuple):
    """A sentence of the repaired text with its place in the text as read.

    ``start`` and ``end`` are offsets into ``report.document.text``; ``number`` is which it is in the layout.
    """

    number: int
    start: int
    end: int
    text: str
    paragraph: int


class Paragraph(NamedTuple):
    """A paragraph of the repaired text with its place in the text as read, as of `Sentence`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Report:
    """What a rule may look at.

    Parameters
    ----------
    document : Document
        The report as read; all offsets of hits and of `analysis` are into its text.
    doc : AnyDoc
        The repaired text with ``doc._.layout`` (units) and ``doc._.repaired`` (way back to the source).
    analysis : Analysis
        What the text holds.
    policy : Policy
        How stand-ins are read.
    thresholds : Thresholds
        Where rules start to speak, by rule id, and under ``sections`` what is expected of the parts, as
        profile and user have it.
    local : tuple of str
        Names of units and sayings of the place, which are nobody's fault.
    padding : tuple of Padding
        What came back too often; neither `document` nor `doc` nor `analysis` holds it.
    """

    document: Document
    doc: AnyDoc
    analysis: Analysis
    policy: Policy = Policy.STRICT
    thresholds: Thresholds = field(default_factory=shipped)
    local: tuple[str, ...] = ()
    padding: tuple[Padding, ...] = ()

    @cached_property
    def answers(self) -> dict[Callable[[Report], Any], Any]:
        """What has been asked of it `once`."""
        return {}

    @property
    def repaired(self) -> Repaired:
        """The text with variants folded and wraps mended, and the way back to the text as read."""
        repaired: Repaired = self.doc._.repaired
        return repaired

    @cached_property
    def blanks(self) -> list[tuple[int, int]]:
        """Where stand-ins are, as offsets into ``document.text``."""
        return [(span.start, span.end) for span in self.analysis.placeholders]

    @property
    def letters(self) -> Letters:
        """How many characters are seen in stretches of ``document.text``."""
        return letters_in(self.document.text)

    @cached_property
    def size(self) -> int:
        """How many characters of the repaired text are seen."""
        return letters(self.repaired.text)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences in order."""
        layout, text, offsets = self.doc._.layout, self.repaired.text, self.repaired.offsets
        starts, ends = offsets[layout.sentences[:, 0]], offsets[layout.sentences[:, 1] - 1] + 1
        return [
            Sentence(number, start, end, text[low:high], paragraph)
            for number, (start, end, (low, high), paragraph) in enumerate(
                zip(
                    starts.tolist(),
                    ends.tolist(),
                    layout.sentences.tolist(),
                    layout.paragraph.tolist(),
                    strict=True,
                )
            )
        ]

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs in order, blanks around them left out."""
        layout, repaired = self.doc._.layout, self.repaired
        firsts = np.flatnonzero(layout.opens_paragraph)
        starts = layout.sentences[firsts, 0].tolist()
        ends = layout.sentences[[*(firsts[1:] - 1), -1], 1].tolist() if len(firsts) else []
        return [
            Paragraph(*repaired.source(*span), repaired.text[slice(*span)])
            for span in zip(starts, ends, strict=True)
        ]

    def said(self, start: int, end: int) -> str:
        """Return what a stretch of ``document.text`` says, variants folded and wraps mended."""
        return self.repaired.text[slice(*self.repaired.taken(start, end))]

    def without_blanks(self, start: int, end: int) -> str:
        """Return what a stretch of ``document.text`` says with stand-ins blanked out."""
        return self._without_blanks[slice(*self.repaired.taken(start, end))]

    @cached_property
    def _without_blanks(self) -> str:
        text = self.repaired.text
        for first, last in (self.repaired.taken(*blank) for blank in self.blanks):
            text = text[:first] + "□" * (last - first) + text[last:]
        return text

    def without_local(self, text: str) -> str:
        """Return a text with the place's own names and sayings blanked out, its length kept."""
        if not self.local:
            return text
        return _any_of(self.local).sub(lambda match: "□" * len(match.group()), text)


def once(ask: Callable[[Report], Answer]) -> Callable[[Report], Answer]:
    """Let a question that several rules ask of a report be answered once; nobody may change the answer."""

    @wraps(ask)
    def answer(report: Report) -> Answer:
        if ask not in report.answers:
            report.answers[ask] = ask(report)
        known: Answer = report.answers[ask]
        return known

    return answer


@lru_cache(16)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return any_of({fold(word) for word in words})


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a rule's fault was found.

    ``weight`` scales the deduction that the rubric gives the rule, 0 to 1: a partial fault costs a part.
    ``zeroes`` are the dimensions that cannot be earned at all because what they judge is absent.
    """

    start: int
    end: int
    message: str
    suggestion: str
    confidence: float
    weight: float = 1.0
    zeroes: tuple[Dimension, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One fault that a strict reviewer would raise.

    The Chinese texts are the rule's page: `what` 查什么, `why` 为什么, `fix` 怎么改, `basis` 依据.
    `must_fire` and `must_not_fire` are reports in small, written with `analyzer.rules.examples` and
    built only when a test or the rule's page asks for them.  A rule of the family ``gates`` costs no
    points; its hit says that the rubric's cap applies.
    """

    id: str
    family: Family
    dimension: Dimension
    severity: Severity
    status: Status
    since: str
    level: Level
    title: str
    what: str
    why: str
    fix: str
    basis: str
    check: Callable[[Report], Iterator[Hit]]
    must_fire: tuple[Example, ...]
    must_not_fire: tuple[Example, ...]
