"""What is known of two reports of one unit side by side, as frozen dataclasses.

All offsets are code points, half open ``[start, end)``, into the text of the report that they are named for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from analyzer.result import CauseStatus, Dimension, SectionType, Severity, plain

SCHEMA = "shuping.comparison/1"

Span = tuple[int, int]


class Kind(StrEnum):
    """What the two reports are to each other."""

    YEARS = "years"
    DRAFTS = "drafts"


class Basis(StrEnum):
    """What the kind was decided by."""

    GIVEN = "given"
    YEAR = "year"
    WORDING = "wording"


class Notice(StrEnum):
    """What a reader must know before comparing."""

    RUBRIC = "rubric"
    NO_SCORE = "no-score"
    ORDER = "order"
    GAP = "gap"
    UNIT = "unit"
    SAME_TEXT = "same-text"
    NO_PLANS = "no-plans"
    NO_PROBLEMS = "no-problems"


class Wording(StrEnum):
    """What became of a sentence; set phrases of the genre are counted as none of the others."""

    SAME = "same"
    SWAPPED = "swapped"
    EDITED = "edited"
    NEW = "new"
    GONE = "gone"
    SET = "set"


class SwapKind(StrEnum):
    """What was put in place of what inside a sentence."""

    YEAR = "year"
    FIGURE = "figure"
    NAME = "name"
    WORDS = "words"


class Return(StrEnum):
    """Whether a problem of the last report is in this one."""

    VERBATIM = "verbatim"
    REWORDED = "reworded"
    GONE = "gone"
    UNCLEAR = "unclear"


class Outcome(StrEnum):
    """What this report says of a promise: a result, that it was not met, the promise again, or nothing."""

    SHOWN = "shown"
    UNMET = "unmet"
    AGAIN = "again"
    SILENT = "silent"
    UNCLEAR = "unclear"


class Fate(StrEnum):
    """What became of a finding."""

    MENDED = "mended"
    STILL = "still"
    NEW = "new"


class Filling(StrEnum):
    """What became of a blank."""

    FILLED = "filled"
    DROPPED = "dropped"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two reports; ``text`` is what the offsets are into."""

    path: str | None
    format: str
    sha256: str
    unit: str | None
    author: str | None
    year: int | None
    overall: float | None
    grade: str | None
    rubric: str
    text: str


@dataclass(frozen=True, slots=True)
class Swap:
    """What stands in place of what; a span may be empty."""

    kind: SwapKind
    last: Span
    this: Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of one report or of both; `section_last` where the last report had it in another section."""

    wording: Wording
    last: Span | None
    this: Span | None
    swaps: tuple[Swap, ...] = ()
    section_last: SectionType | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """Sentences by what became of them, and the share of this report's that is `same` or `swapped`.

    Set phrases are left out, titles, headings of sections and closings too.
    """

    same: int
    swapped: int
    edited: int
    new: int
    gone: int
    kept: float


@dataclass(frozen=True, slots=True)
class Part:
    """One type of section: its sentences in order of this report, each one that has gone where it stood."""

    section: SectionType
    counts: Counts
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class ProblemFate:
    """A problem that the last report admitted.

    Parameters
    ----------
    number : int
        Its number in the last report, from 1.
    title : str
    last : (int, int)
    fate : Return
    confidence : float
    this : (int, int) or None
        The problem of this report that it came back as, or may have.
    number_this : int or None
    cause_last, cause_this : CauseStatus or None
        Whether it was explained then, and is now.
    """

    number: int
    title: str
    last: Span
    fate: Return
    confidence: float
    this: Span | None
    number_this: int | None
    cause_last: CauseStatus
    cause_this: CauseStatus | None


@dataclass(frozen=True, slots=True)
class PromiseFate:
    """A measure that the last report promised.

    Parameters
    ----------
    last : (int, int)
    outcome : Outcome
    confidence : float
    problem : int or None
        The number of the last report's problem that it answers.
    checkable : bool
        Whether it names somebody, a time, a figure or a mechanism.
    this : (int, int) or None
        Where this report tells of it or promises it again; with `UNCLEAR`, the nearest place if there is one.
    figure : (int, int) or None
        A figure of the result.
    """

    last: Span
    outcome: Outcome
    confidence: float
    problem: int | None
    checkable: bool
    this: Span | None = None
    figure: Span | None = None


@dataclass(frozen=True, slots=True)
class Years:
    """What became of last year's problems and promises; `new_problems` are named this year only."""

    problems: tuple[ProblemFate, ...]
    new_problems: tuple[Span, ...]
    promises: tuple[PromiseFate, ...]


@dataclass(frozen=True, slots=True)
class FindingFate:
    """A finding of one draft or of both, and what it cost in each."""

    fate: Fate
    rule: str
    dimension: Dimension
    severity: Severity
    message: str
    last: Span | None
    this: Span | None
    cost_last: float
    cost_this: float


@dataclass(frozen=True, slots=True)
class Gain:
    """Points of the 100 that the findings of a dimension cost in each draft; `points` is what was gained."""

    dimension: Dimension
    lost_last: float
    lost_this: float
    points: float


@dataclass(frozen=True, slots=True)
class BlankFate:
    """A stand-in of the last draft; `this` is what stands there now."""

    filling: Filling
    last: Span
    this: Span | None


@dataclass(frozen=True, slots=True)
class Drafts:
    """What was mended from one draft to the next.

    ``gains`` and ``points`` are empty or None where the scores cannot be compared.  ``explained`` are
    problems that had no cause, or a shallow one, and now have a better one.
    """

    findings: tuple[FindingFate, ...]
    gains: tuple[Gain, ...]
    points: float | None
    blanks: tuple[BlankFate, ...]
    new_blanks: tuple[Span, ...]
    problems: tuple[ProblemFate, ...]
    explained: tuple[ProblemFate, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports side by side; either `years` or `drafts` is given."""

    kind: Kind
    basis: Basis
    last: Side
    this: Side
    notices: tuple[Notice, ...]
    counts: Counts
    parts: tuple[Part, ...]
    years: Years | None
    drafts: Drafts | None
    schema: str = field(default=SCHEMA)

    def to_dict(self) -> dict[str, Any]:
        """Return the published JSON shape, built of plain types."""
        shape: dict[str, Any] = plain(self)
        for name in ("years", "drafts"):
            if shape[name] is None:
                del shape[name]
        return {"schema": shape.pop("schema"), **shape}
