"""Two results side by side."""

from __future__ import annotations

from collections.abc import Iterable

from analyzer.comparing.comparison import (
    Basis,
    Comparison,
    Counts,
    Kind,
    Notice,
    Part,
    Passage,
    Side,
    Wording,
    Years,
)
from analyzer.comparing.drafts import compare_drafts
from analyzer.comparing.problems import new_problems, problem_fates
from analyzer.comparing.promises import promise_fates
from analyzer.comparing.reading import Pair
from analyzer.comparing.units import unit_key
from analyzer.lexicons import table
from analyzer.result import Result, SectionType

# What of a result says by which measure it was scored.
_MEASURE = ("version", "models", "rubric", "placeholders")


def compare(last: Result, this: Result, kind: Kind | None = None) -> Comparison:
    """Lay two reports of one unit side by side.

    Parameters
    ----------
    last : Result
        The report of the year before, or the earlier draft.
    this : Result
    kind : Kind, optional
        Whether they are two years or two drafts; by default as their years say, or else how much is the same.
    """
    pair = Pair.of(last, this)
    parts = _parts(pair)
    counts = _counted(passage for part in parts for passage in part.passages)
    found, basis = (kind, Basis.GIVEN) if kind is not None else _kind(last, this, counts)
    problems = problem_fates(pair)
    comparable = measure(last) == measure(this)
    years = found is Kind.YEARS
    return Comparison(
        found,
        basis,
        _side(last),
        _side(this),
        tuple(_notices(last, this, years, comparable)),
        counts,
        parts,
        Years(problems, new_problems(problems, this), promise_fates(pair)) if years else None,
        None if years else compare_drafts(pair, problems, comparable),
    )


def measure(result: Result) -> tuple[object, ...]:
    """Return by what a report was scored: two scores by different measures cannot be compared."""
    settings = dict(result.analyzer.get("settings") or {})
    settings.pop("path", None)
    return (*(result.analyzer.get(name) for name in _MEASURE), settings)


def _kind(last: Result, this: Result, counts: Counts) -> tuple[Kind, Basis]:
    if last.source.year is not None and this.source.year is not None:
        return Kind.DRAFTS if last.source.year == this.source.year else Kind.YEARS, Basis.YEAR
    of_this = counts.same + counts.swapped + counts.edited + counts.new
    same = counts.same >= table("comparing.toml")["kind"]["drafts"] * max(of_this, 1)
    return Kind.DRAFTS if same else Kind.YEARS, Basis.WORDING


def _side(result: Result) -> Side:
    source, card = result.source, result.scorecard
    return Side(
        source.path,
        source.format,
        source.sha256,
        source.unit,
        source.author,
        source.year,
        card.overall if card else None,
        card.grade if card else None,
        str(result.analyzer.get("rubric", "")),
        result.text,
    )


def _notices(last: Result, this: Result, years: bool, comparable: bool) -> Iterable[Notice]:
    if last.text == this.text:
        yield Notice.SAME_TEXT
    if last.scorecard is None or this.scorecard is None:
        yield Notice.NO_SCORE
    elif not comparable:
        yield Notice.RUBRIC
    keys = unit_key(last.source), unit_key(this.source)
    if keys[0] and keys[1] and keys[0][0] != keys[1][0]:
        yield Notice.UNIT
    if years:
        if last.source.year and this.source.year:
            if last.source.year >= this.source.year:
                yield Notice.ORDER
            elif this.source.year - last.source.year > 1:
                yield Notice.GAP
        if not last.analysis.problems:
            yield Notice.NO_PROBLEMS
        if not any(section.type is SectionType.PLANS for section in last.analysis.sections):
            yield Notice.NO_PLANS


def _parts(pair: Pair) -> tuple[Part, ...]:
    """Return what became of each sentence, by type of section in the order of the enumeration."""
    placed: dict[SectionType, list[tuple[tuple[int, int, int], Passage]]] = {}
    for number, sentence in enumerate(pair.read_this):
        match = pair.of_this.get(number)
        before = pair.read_last[match.last] if match else None
        wording = match.wording if match else Wording.NEW
        passage = Passage(
            wording if sentence.own else Wording.SET,
            (before.start, before.end) if before else None,
            (sentence.start, sentence.end),
            match.swaps if match else (),
            before.section if before and before.section is not sentence.section else None,
        )
        placed.setdefault(sentence.section, []).append(((number, 0, 0), passage))
    anchor: dict[SectionType, int] = {}
    for number, sentence in enumerate(pair.read_last):
        match = pair.of_last.get(number)
        if match is None:
            wording = Wording.GONE if sentence.own else Wording.SET
            gone = Passage(wording, (sentence.start, sentence.end), None)
            place = anchor.get(sentence.section, -1)
            placed.setdefault(sentence.section, []).append(((place, 1, number), gone))
        elif pair.read_this[match.this].section is sentence.section:
            anchor[sentence.section] = match.this
    parts = []
    for section in SectionType:
        if section in placed:
            passages = tuple(passage for _, passage in sorted(placed[section], key=lambda entry: entry[0]))
            parts.append(Part(section, _counted(passages), passages))
    return tuple(parts)


def _counted(passages: Iterable[Passage]) -> Counts:
    found = dict.fromkeys(Wording, 0)
    for passage in passages:
        found[passage.wording] += 1
    kept = found[Wording.SAME] + found[Wording.SWAPPED]
    of_this = kept + found[Wording.EDITED] + found[Wording.NEW]
    return Counts(
        found[Wording.SAME],
        found[Wording.SWAPPED],
        found[Wording.EDITED],
        found[Wording.NEW],
        found[Wording.GONE],
        round(kept / of_this, 3) if of_this else 0.0,
    )
