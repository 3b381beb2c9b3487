"""What is known of one report: the contract's shape as frozen dataclasses.

All offsets are code points, half open ``[start, end)``, into ``Result.text``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import fields as fields_of
from enum import StrEnum
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from analyzer.choices import Policy as Policy
from analyzer.choices import Release as Release
from analyzer.choices import Severity as Severity

SCHEMA = "shuping.result/1"


class SectionType(StrEnum):
    """Kinds of section; see ``corpora/ANNOTATION.md``."""

    TITLE = "title"
    PREFACE = "preface"
    DUTIES = "duties"
    RECTIFICATION = "rectification"
    PROBLEMS = "problems"
    CAUSES = "causes"
    PLANS = "plans"
    CLOSING = "closing"


class CauseStatus(StrEnum):
    """Whether an admitted problem is explained."""

    EXPLICIT = "explicit"
    SHALLOW = "shallow"
    NONE = "none"


class CauseKind(StrEnum):
    """What a cause appeals to."""

    SUBJECTIVE = "subjective"
    MECHANISM = "mechanism"
    OBJECTIVE = "objective"
    RESTATED = "restated"


class RemedyStatus(StrEnum):
    """Whether the plans answer a problem."""

    SPECIFIC = "specific"
    GENERIC = "generic"
    NONE = "none"


class Slot(StrEnum):
    """What makes a measure checkable: who, by when, how much, by what means."""

    OWNER = "owner"
    DEADLINE = "deadline"
    METRIC = "metric"
    MECHANISM = "mechanism"


class Stance(StrEnum):
    """How the 两张皮 pattern is spoken of."""

    ADMITTED = "admitted"
    REMEDY = "remedy"
    RESOLVED = "resolved"
    DEMAND = "demand"


class Siloed(StrEnum):
    """The 两张皮 pattern in the structure of the duties section, least to most."""

    NONE = "none"
    PARTIAL = "partial"
    FULL = "full"


class Link(StrEnum):
    """What an item of the duties shows of party work and business."""

    TIED = "tied"
    CLAIMED = "claimed"
    PARTY = "party"
    BUSINESS = "business"
    OTHER = "other"


class Dimension(StrEnum):
    """The seven dimensions of the scorecard."""

    STRUCTURE = "structure"
    FACTS = "facts"
    PROBLEMS = "problems"
    CAUSES = "causes"
    REMEDIES = "remedies"
    INTEGRATION = "integration"
    LANGUAGE = "language"


class Origin(StrEnum):
    """Who says of a report which unit, author or year it is of, the most trusted first."""

    MANIFEST = "manifest"
    PATTERN = "pattern"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two who say different things of the same field; ``taken`` is what stands in the source."""

    field: str
    taken: str
    taken_from: Origin
    other: str
    other_from: Origin


@dataclass(frozen=True, slots=True)
class Source:
    """Where the report came from.

    ``origins`` says for each field that is known (unit, author, year, unit_type, region) who says so.
    """

    path: str | None
    format: str
    sha256: str
    unit: str | None = None
    author: str | None = None
    year: int | None = None
    unit_type: str | None = None
    region: str | None = None
    origins: dict[str, Origin] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the report; sections are in order and cover every sentence."""

    type: SectionType
    start: int
    end: int
    heading: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a problem arose, as the report says it; without a span where it says nothing."""

    status: CauseStatus
    kind: CauseKind | None
    start: int | None
    end: int | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Slots:
    """Where a measure says who does it, by when, how much and by what means."""

    owner: tuple[tuple[int, int], ...] = ()
    deadline: tuple[tuple[int, int], ...] = ()
    metric: tuple[tuple[int, int], ...] = ()
    mechanism: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Remedy:
    """What the plans promise against a problem; ``missing`` are the slots that its measures leave open."""

    status: RemedyStatus
    spans: tuple[tuple[int, int], ...]
    confidence: float
    slots: Slots = Slots()
    missing: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """One shortcoming that the writer admits.

    ``in_passing`` says that it is told among what was done, in no list of problems.
    """

    start: int
    end: int
    title: str
    cause: Cause
    remedy: Remedy
    confidence: float
    in_passing: bool = False


@dataclass(frozen=True, slots=True)
class TwoSkins:
    """A place that speaks of the 两张皮 pattern, in whatever words."""

    start: int
    end: int
    stance: Stance
    confidence: float


@dataclass(frozen=True, slots=True)
class Span:
    """A marked stretch of text: a stand-in, or a vague sentence."""

    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class DutyItem:
    """An item of the duties and how a party act and a business result stand to each other in it.

    The last five are stretches of the text; None where it names no such thing.
    """

    start: int
    end: int
    title: str
    link: Link
    party: tuple[int, int] | None = None
    business: tuple[int, int] | None = None
    actor: tuple[int, int] | None = None
    mechanism: tuple[int, int] | None = None
    figure: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Personal:
    """Whose deeds one type of section tells, counted in clauses.

    Parameters
    ----------
    section : SectionType
    own : int
        What the writer does in person; ``spans`` are those clauses.
    figured : int
        How many of these give a figure.
    collective : int
        What a body or many do (党委, 我局, 全体党员).
    unnamed : int
        What nobody named does.
    share : float or None
        ``own`` of ``own`` and ``collective``; None where there is neither.
    """

    section: SectionType
    own: int
    figured: int
    collective: int
    unnamed: int
    share: float | None
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class SectionContent:
    """What can be checked in one type of section.

    ``figures`` are all numbers, those of times among them; ``dates`` are times in words (年底前).
    ``letters`` are its characters that are not blank.
    """

    section: SectionType
    letters: int
    figures: int
    dates: int
    names: int
    documents: int


@dataclass(frozen=True, slots=True)
class Content:
    """What a report holds of its own, beside the genre's norm; rates, so that length earns nothing.

    Parameters
    ----------
    specificity : float
        Figures, times, names and documents for 100 characters.
    specificity_norm : (float, float)
        Lower and upper quartile of reports whose facts experts found good.
    density : float
        Stock phrases in sentences that hold nothing to check, for 1000 characters.
    density_norm : float
        What three in four reports of good language do not pass.
    phrases : tuple of (int, int)
        Where those phrases are.
    sections : tuple of SectionContent
        The counts by type of section, in order of place.
    """

    specificity: float
    specificity_norm: tuple[float, float]
    density: float
    density_norm: float
    phrases: tuple[tuple[int, int], ...]
    sections: tuple[SectionContent, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the text holds; judgements about it are findings."""

    sections: tuple[Section, ...] = ()
    problems: tuple[Problem, ...] = ()
    two_skins: tuple[TwoSkins, ...] = ()
    siloed: Siloed | None = None
    placeholders: tuple[Span, ...] = ()
    vague: tuple[Span, ...] = ()
    integration: tuple[DutyItem, ...] = ()
    personal: tuple[Personal, ...] = ()
    content: Content | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A judgement that follows from the analysis, with its evidence and what it costs.

    ``evidence`` is ``text[start:end]``.  ``deduction`` is in points of the 100-point scale.
    """

    rule: str
    severity: Severity
    start: int
    end: int
    message: str
    suggestion: str
    evidence: str
    confidence: float
    deduction: float
    dimension: Dimension


def cost(deductions: Iterable[float]) -> float:
    """Return the sum of tenths of a point, to the tenth, so that what costs as much counts as much.

    Sums of floats differ in their last places by their order, and between versions of Python.
    """
    return round(sum(deductions), 1)


def losses(findings: Iterable[Finding]) -> dict[Dimension, float]:
    """Return the points of the 100 that the findings of each dimension cost, all seven present."""
    deductions: dict[Dimension, list[float]] = {dimension: [] for dimension in Dimension}
    for finding in findings:
        deductions[finding.dimension].append(finding.deduction)
    return {dimension: cost(each) for dimension, each in deductions.items()}


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """One dimension, 0 to ``max``; ``weight`` is its share of the 100 points."""

    id: Dimension
    score: float
    max: int
    weight: float
    why: str


@dataclass(frozen=True, slots=True)
class Veto:
    """A gate that caps the score until a human releases it; with a `release` it caps no more."""

    id: str
    cap: float
    message: str
    release: Release | None = None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The score: 100 less the deductions of all findings.

    ``interval`` is where four of five expert scores of such a report would be.  ``suppressed`` findings
    are not counted; ``spared`` is what the score would be lower with them.
    """

    overall: float
    grade: str
    dimensions: tuple[DimensionScore, ...]
    vetoes: tuple[Veto, ...] = ()
    interval: tuple[float, float] = (0.0, 100.0)
    suppressed: int = 0
    spared: float = 0.0


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that somebody has looked at and lets stand.

    ``by`` says in words where that is written, ``inside`` whether it is inside the report.
    """

    finding: Finding
    reason: str
    by: str
    inside: bool


@dataclass(frozen=True, slots=True)
class UnusedSuppression:
    """A suppression or release without effect; ``message`` says why it has none."""

    rule: str
    reason: str
    by: str
    message: str


@dataclass(frozen=True, slots=True)
class Compared:
    """How the findings stand to a baseline of counts.

    ``beyond`` are the rules with more findings than the baseline, and how many more; ``known`` findings are
    within it; ``mended`` are those that it counts and that are there no more.
    """

    beyond: dict[str, int]
    known: int
    mended: int


@dataclass(frozen=True, slots=True)
class Remark:
    """A clause of the advice, and the stretches of the report that it quotes or speaks of."""

    text: str
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Advice:
    """What a reviewer would write under the report: strengths, main faults, what to do first.

    ``text`` is the whole of it in one paragraph; the others are its parts.
    """

    text: str
    opening: str
    strengths: tuple[Remark, ...]
    faults: tuple[Remark, ...]
    first: tuple[str, ...]


# Code of an abstention: the text is taken for something else.
NOT_A_REPORT: Final = "not-a-report"


@dataclass(frozen=True, slots=True)
class Abstained:
    """Why no score is given."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Result:
    """All that is known of one report."""

    source: Source
    analyzer: dict[str, Any]
    text: str
    analysis: Analysis
    findings: tuple[Finding, ...]
    scorecard: Scorecard | None
    abstained: Abstained | None = None
    advice: Advice | None = None
    suppressed: tuple[Suppressed, ...] = ()
    unused_suppressions: tuple[UnusedSuppression, ...] = ()
    baseline: Compared | None = None
    schema: str = field(default=SCHEMA)

    def to_dict(self) -> dict[str, Any]:
        """Return the contract's JSON shape, built of plain types."""
        shape: dict[str, Any] = plain(self)
        for name in ("abstained", "advice", "baseline"):
            if shape[name] is None:
                del shape[name]
        return {"schema": shape.pop("schema"), **shape}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Result:
        """Return the result that `to_dict` gave this shape, also after a journey as JSON.

        Raises
        ------
        ValueError
            Where it is another shape, such as that of a later ``schema``.
        """
        if plain.get("schema") != SCHEMA:
            raise ValueError(f"not {SCHEMA}: {plain.get('schema')!r}")
        try:
            read: Result = _reader(Result)(plain)
        except (KeyError, TypeError, AttributeError) as reason:
            raise ValueError(f"not {SCHEMA}: {reason!r}") from reason
        return read


def source_from_dict(plain: Mapping[str, Any]) -> Source:
    """Return the source of a result from its part of `Result.to_dict`."""
    source: Source = _reader(Source)(plain)
    return source


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """Return what turns plain types into a type of this module."""
    made = get_origin(kind)
    if made in (Union, UnionType):
        (some,) = (each for each in get_args(kind) if each is not NoneType)
        inner = _reader(some)
        return lambda value: None if value is None else inner(value)
    if made is tuple:
        first, *rest = map(_reader, get_args(kind)[:-1] if get_args(kind)[-1] is ... else get_args(kind))
        if get_args(kind)[-1] is ...:
            return lambda value: tuple(map(first, value))
        readers = (first, *rest)
        if set(readers) == {_as_it_is}:
            return partial(_tuple_of, len(readers))
        return lambda value: tuple(read(each) for read, each in zip(readers, value, strict=True))
    if made is dict and isinstance(get_args(kind)[1], type):
        inner = _reader(get_args(kind)[1])
        return lambda value: {name: inner(each) for name, each in value.items()}
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {member.value: member for member in kind}.__getitem__
    if hasattr(kind, "__dataclass_fields__"):
        hints = get_type_hints(kind)
        readers_by_name = {each.name: _reader(hints[each.name]) for each in fields_of(kind)}
        return partial(_dataclass_of, kind, readers_by_name)
    return _as_it_is


def _dataclass_of(kind: Any, readers: Mapping[str, Callable[[Any], Any]], value: Mapping[str, Any]) -> Any:
    given = {}
    for name, read in readers.items():
        if name in value:  # most fields are leaves: a call for each takes most of the time
            given[name] = value[name] if read is _as_it_is else read(value[name])
    return kind(**given)


def _tuple_of(length: int, value: Sequence[Any]) -> tuple[Any, ...]:
    if len(value) != length:
        raise ValueError(f"{len(value)} values for {length}")
    return tuple(value)


def _as_it_is(value: Any) -> Any:
    return value


def plain(value: Any) -> Any:
    """Return dataclasses as dicts; `dataclasses.asdict` copies every leaf too, which takes longer."""
    if isinstance(value, tuple):
        return tuple(map(plain, value))
    names = getattr(value, "__dataclass_fields__", ())
    return {name: plain(getattr(value, name)) for name in names} if names else value
