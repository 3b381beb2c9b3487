r"""Reports in small, written by hand with their analysis, for the examples of a rule.

A report is a run of parts, one a section; what the analysis says of it is given by quotations::

    report(
        duties("一、履职情况\n全年讲党课X次。"),
        problems("二、存在问题\n一是学习不深，主要是学得不够深入。"),
        plans("三、下步打算\n进一步加强学习。"),
        items=[item("一是学习不深，主要是学得不够深入。", cause="restated", because="学得不够深入",
                    remedy="generic", measures=["进一步加强学习。"])],
        stand_ins=["X次"],
    )

No model is asked, so an example fails only where its rule fails.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from analyzer.language import blank
from analyzer.language.laid_out import AnyDoc
from analyzer.reading.document import Document, Paragraph
from analyzer.result import (
    Analysis,
    Cause,
    CauseKind,
    CauseStatus,
    DutyItem,
    Policy,
    Problem,
    Remedy,
    RemedyStatus,
    Section,
    SectionType,
    Siloed,
    Span,
    Stance,
    TwoSkins,
)
from analyzer.rules.base import Report
from analyzer.understanding.analysis import duty_items
from analyzer.understanding.checkable import places
from analyzer.understanding.content import content
from analyzer.understanding.padding import find_padding
from analyzer.understanding.personal import personal
from analyzer.understanding.slots import filled
from analyzer.understanding.structure import contextualise
from analyzer.understanding.ties import find_ties


@dataclass(frozen=True, slots=True)
class Part:
    """A section of an example."""

    type: SectionType
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """A problem of an example, told by quotations."""

    quote: str
    title: str
    cause: CauseStatus
    kind: CauseKind | None
    because: str
    remedy: RemedyStatus
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A small report and what is known of it; `report` builds it for a rule."""

    parts: tuple[Part, ...]
    items: tuple[Item, ...]
    mentions: tuple[tuple[str, Stance], ...]
    siloed: Siloed | None
    stand_ins: tuple[str, ...]
    vague: tuple[str, ...]
    policy: Policy
    confidence: float

    @property
    def text(self) -> str:
        """The text of the report, one part after the other."""
        return "\n".join(part.text for part in self.parts)

    def report(self) -> Report:
        """Return what a rule looks at.

        Raises
        ------
        ValueError
            A quotation is not in the text.
        """
        text = self.text
        paragraphs: list[Paragraph] = []
        sections: list[Section] = []
        position = 0
        for part in self.parts:
            end = position + len(part.text)
            sections.append(Section(part.type, position, end, _heading(part), self.confidence))
            for line in part.text.split("\n"):
                paragraphs.append(
                    Paragraph(position, position + len(line), f"line {len(paragraphs) + 1}"),
                )
                position += len(line) + 1
        document = Document(
            text, tuple(paragraphs), None, "txt", hashlib.sha256(text.encode("utf-8")).hexdigest()
        )
        doc = blank()(text)
        stand_ins = tuple(Span(*span, self.confidence) for span in _spans(text, self.stand_ins))
        figures = places("figure", doc._.repaired.text)
        analysis = Analysis(
            tuple(sections),
            tuple(self._problem(text, entry) for entry in self.items),
            tuple(
                TwoSkins(*span, stance, self.confidence)
                for span, (_, stance) in zip(
                    _spans(text, [quote for quote, _ in self.mentions]), self.mentions, strict=True
                )
            ),
            self.siloed,
            stand_ins,
            tuple(Span(*span, self.confidence) for span in _spans(text, self.vague)),
            integration=self._duty_items(doc),
            personal=personal(doc, sections, figures),
            content=content(doc, text, sections, stand_ins, figures),
        )
        return Report(document, doc, analysis, self.policy, padding=find_padding(doc))

    def _duty_items(self, doc: AnyDoc) -> tuple[DutyItem, ...]:
        """Return the items of the duties, which are found by words, not by a model."""
        context, repaired = contextualise(doc), doc._.repaired
        ends = list(accumulate(len(part.text) + 1 for part in self.parts))
        starts = repaired.offsets[context.layout.sentences[:, 0]].tolist()
        types = [self.parts[bisect_right(ends, start)].type for start in starts]
        return duty_items(find_ties(context, types), context, repaired.source)

    def _problem(self, text: str, entry: Item) -> Problem:
        start, end = _span(text, entry.quote)
        because, until = _span(text, entry.because) if entry.because else (None, None)
        return Problem(
            start,
            end,
            entry.title,
            Cause(entry.cause, entry.kind, because, until, self.confidence),
            self._remedy(text, entry),
            self.confidence,
        )

    def _remedy(self, text: str, entry: Item) -> Remedy:
        if entry.remedy is RemedyStatus.NONE:
            return Remedy(entry.remedy, (), self.confidence)
        spans = tuple(_span(text, quote) for quote in entry.measures)
        blanks = _spans(text, self.stand_ins)
        return Remedy(entry.remedy, spans, self.confidence, *filled(text, spans, blanks))


def _heading(part: Part) -> str | None:
    first = part.text.split("\n", 1)[0]
    return (
        first if len(first) < len(part.text) and len(first) <= 30 and first[-1:] not in "。；：，" else None
    )


def _span(text: str, quote: str, after: int = 0) -> tuple[int, int]:
    start = text.find(quote, after)
    if start < 0:
        raise ValueError(f"not in the example: {quote!r}")
    return start, start + len(quote)


def _spans(text: str, quotes: Iterable[str]) -> list[tuple[int, int]]:
    """Find quotations in order; one that is given twice is found twice."""
    last: dict[str, int] = {}
    found = []
    for quote in quotes:
        span = _span(text, quote, last.get(quote, 0))
        last[quote] = span[1]
        found.append(span)
    return found


def title(text: str) -> Part:
    """Write the title and what stands with it."""
    return Part(SectionType.TITLE, text)


def preface(text: str) -> Part:
    """Write the opening."""
    return Part(SectionType.PREFACE, text)


def duties(text: str) -> Part:
    """Write what was done."""
    return Part(SectionType.DUTIES, text)


def rectification(text: str) -> Part:
    """Write how last year's problems were put right."""
    return Part(SectionType.RECTIFICATION, text)


def problems(text: str) -> Part:
    """Write the shortcomings."""
    return Part(SectionType.PROBLEMS, text)


def causes(text: str) -> Part:
    """Write a section of causes."""
    return Part(SectionType.CAUSES, text)


def plans(text: str) -> Part:
    """Write next year's measures."""
    return Part(SectionType.PLANS, text)


def closing(text: str) -> Part:
    """Write thanks and signature."""
    return Part(SectionType.CLOSING, text)


def item(
    quote: str,
    title: str = "",
    *,
    cause: str = "none",
    because: str = "",
    remedy: str = "none",
    measures: Sequence[str] = (),
) -> Item:
    """Describe a problem.

    Parameters
    ----------
    quote : str
        The whole of it, as it stands in the report.
    title : str, optional
        Its name; the quotation up to its first punctuation mark where it is left out.
    cause : {"none", "subjective", "mechanism", "objective", "restated"}
        The kind of cause; subjective and mechanism are explicit, the other two shallow.
    because : str, optional
        The words that give the cause.
    remedy : {"none", "generic", "specific"}
        What the plans hold against it.
    measures : sequence of str, optional
        The sentences that do.
    """
    kind = None if cause == "none" else CauseKind(cause)
    status = {
        None: CauseStatus.NONE,
        CauseKind.SUBJECTIVE: CauseStatus.EXPLICIT,
        CauseKind.MECHANISM: CauseStatus.EXPLICIT,
        CauseKind.OBJECTIVE: CauseStatus.SHALLOW,
        CauseKind.RESTATED: CauseStatus.SHALLOW,
    }[kind]
    name = title or quote.lstrip("一二三四五六是").split("，")[0].split("。")[0]
    return Item(quote, name, status, kind, because, RemedyStatus(remedy), tuple(measures))


def report(
    *parts: Part,
    items: Sequence[Item] = (),
    two_skins: Sequence[tuple[str, str]] = (),
    siloed: str | None = None,
    stand_ins: Sequence[str] = (),
    vague: Sequence[str] = (),
    policy: str = "strict",
    confidence: float = 0.95,
) -> Example:
    """Describe a small report.

    Parameters
    ----------
    *parts : Part
        Its sections in order.
    items : sequence of Item
        The problems it admits.
    two_skins : sequence of (quotation, stance)
        Where it speaks of the 两张皮 pattern.
    siloed : {"none", "partial", "full"}, optional
    stand_ins, vague : sequence of str
        Quotations; one that is given twice stands for its first two occurrences.
    policy : {"strict", "desensitized"}
    confidence : float
        Of everything in the analysis.
    """
    return Example(
        tuple(parts),
        tuple(items),
        tuple((quote, Stance(stance)) for quote, stance in two_skins),
        Siloed(siloed) if siloed else None,
        tuple(stand_ins),
        tuple(vague),
        Policy(policy),
        confidence,
    )
