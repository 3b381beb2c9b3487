"""What was mended from one draft of a report to the next: findings, blanks, causes, points."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from analyzer.comparing.comparison import (
    BlankFate,
    Drafts,
    Fate,
    Filling,
    FindingFate,
    Gain,
    ProblemFate,
    Return,
    Span,
)
from analyzer.comparing.reading import Pair
from analyzer.comparing.sentences import letters
from analyzer.result import CauseStatus, Dimension, Finding, Result, losses
from analyzer.scoring.links import UNASKED, UNSURE, links_of

_QUOTED = re.compile("“[^”]{0,400}”")
_FIGURE = re.compile(r"\d")
_DEPTH: Final[dict[str, int]] = {CauseStatus.NONE: 0, CauseStatus.SHALLOW: 1, CauseStatus.EXPLICIT: 2}


def compare_drafts(pair: Pair, problems: tuple[ProblemFate, ...], comparable: bool) -> Drafts:
    """Return what was mended.

    Parameters
    ----------
    pair : Pair
    problems : tuple of ProblemFate
        What became of the problems of the last draft.
    comparable : bool
        Whether the two scores are by the same rubric.
    """
    cards = pair.last.scorecard, pair.this.scorecard
    scored = comparable and cards[0] is not None and cards[1] is not None
    return Drafts(
        _findings(pair, problems),
        _gains(pair.last, pair.this) if scored else (),
        round(cards[1].overall - cards[0].overall, 1) if comparable and cards[0] and cards[1] else None,
        *_blanks(pair),
        problems,
        tuple(_explained(pair, problems)),
    )


def _explained(pair: Pair, problems: tuple[ProblemFate, ...]) -> Iterator[ProblemFate]:
    """Yield the problems that are explained better than they were, where one can tell."""
    last, this = links_of(pair.last), links_of(pair.this)
    for problem in problems:
        if problem.fate is Return.UNCLEAR or problem.number_this is None:
            continue
        was, now = last[problem.number - 1].cause, this[problem.number_this - 1].cause
        if {UNSURE, UNASKED}.isdisjoint((was, now)) and _DEPTH[now] > _DEPTH[was]:
            yield problem


def _gains(last: Result, this: Result) -> tuple[Gain, ...]:
    were, are = losses(last.findings), losses(this.findings)
    return tuple(Gain(each, were[each], are[each], round(were[each] - are[each], 1)) for each in Dimension)


def _findings(pair: Pair, problems: tuple[ProblemFate, ...]) -> tuple[FindingFate, ...]:
    """Match findings of one rule that are about the same place, wherever it has moved to."""
    partner: dict[int, int] = {}
    for ways in _ways(pair, problems):
        for was, now in ways:
            if was not in partner and now not in partner.values():
                partner[was] = now
    was_of = {now: was for was, now in partner.items()}
    fates = [
        _fate(Fate.MENDED, finding, finding, None)
        for number, finding in enumerate(pair.last.findings)
        if number not in partner
    ]
    for number, finding in enumerate(pair.this.findings):
        before = pair.last.findings[was_of[number]] if number in was_of else None
        fates.append(_fate(Fate.STILL if before else Fate.NEW, finding, before, finding))
    order = list(Fate)
    return tuple(sorted(fates, key=lambda fate: (order.index(fate.fate), fate.last or fate.this, fate.rule)))


def _fate(fate: Fate, said: Finding, last: Finding | None, this: Finding | None) -> FindingFate:
    return FindingFate(
        fate,
        said.rule,
        said.dimension,
        said.severity,
        said.message,
        (last.start, last.end) if last else None,
        (this.start, this.end) if this else None,
        last.deduction if last else 0.0,
        this.deduction if this else 0.0,
    )


def _ways(pair: Pair, problems: tuple[ProblemFate, ...]) -> Iterator[Iterator[tuple[int, int]]]:
    """Yield the pairs of findings that may be one, the surest way to tell it first."""
    by_rule: dict[str, list[int]] = defaultdict(list)
    for number, finding in enumerate(pair.this.findings):
        by_rule[finding.rule].append(number)
    both = [
        (was, now) for was, finding in enumerate(pair.last.findings) for now in by_rule.get(finding.rule, [])
    ]
    last, this = pair.last.findings, pair.this.findings
    places = [_aligned(pair, finding) for finding in last]
    own = [frozenset(pair.sentences_this(finding.start, finding.end)) for finding in this]
    yield (p for p in both if places[p[0]] & own[p[1]] and _said(last[p[0]]) == _said(this[p[1]]))
    yield (p for p in both if places[p[0]] & own[p[1]])
    yield (p for p in both if _said(last[p[0]]) and _said(last[p[0]]) == _said(this[p[1]]))
    of_problem = {problem.number: problem.number_this for problem in problems if problem.number_this}
    yield (
        p
        for p in both
        if (about := _problem(pair.last, last[p[0]]))
        and of_problem.get(about) == _problem(pair.this, this[p[1]])
    )
    # What is said of the whole text, or of a part that is missing, has no place; what counts the whole quotes
    # another place each time.
    yield (p for p in both if _is_of_all(pair.last, last[p[0]]) and _is_of_all(pair.this, this[p[1]]))
    once = Counter(finding.rule for finding in (*last, *this))
    yield (p for p in both if once[last[p[0]].rule] == 2 and _counts(last[p[0]]) and _counts(this[p[1]]))


def _aligned(pair: Pair, finding: Finding) -> frozenset[int]:
    numbers = pair.sentences_last(finding.start, finding.end)
    return frozenset(pair.of_last[number].this for number in numbers if number in pair.of_last)


def _said(finding: Finding) -> str:
    return letters(finding.evidence)


def _problem(result: Result, finding: Finding) -> int | None:
    """Return the number of the problem that a finding is about, None where it is about none."""
    for number, problem in enumerate(result.analysis.problems, 1):
        if problem.start <= finding.start and finding.end <= problem.end and finding.start < finding.end:
            return number
    return None


def _is_of_all(result: Result, finding: Finding) -> bool:
    return finding.start == finding.end or (finding.start == 0 and finding.end == len(result.text))


def _counts(finding: Finding) -> bool:
    """Whether the message says how many there are, other than in what it quotes."""
    return bool(_FIGURE.search(_QUOTED.sub("", finding.message)))


def _blanks(pair: Pair) -> tuple[tuple[BlankFate, ...], tuple[Span, ...]]:
    """Return what became of the stand-ins of the last draft, and which are new."""
    known = [(blank.start, blank.end) for blank in pair.this.analysis.placeholders]
    free = set(known)
    fates = []
    for blank in pair.last.analysis.placeholders:
        span = blank.start, blank.end
        place = _now(pair, span)
        left = next((other for other in known if other in free and place and _touch(other, place)), None)
        if left is not None:
            free.discard(left)
            fates.append(BlankFate(Filling.LEFT, span, left))
        elif place is None or place[0] == place[1]:
            fates.append(BlankFate(Filling.DROPPED, span, None))
        else:
            fates.append(BlankFate(Filling.FILLED, span, place))
    return tuple(fates), tuple(span for span in known if span in free)


def _now(pair: Pair, span: Span) -> Span | None:
    """Return what stands in this draft where a stand-in stood, None where its sentence has gone."""
    for number in pair.sentences_last(*span):
        match = pair.of_last.get(number)
        if match is None:
            continue
        for swap in match.swaps:
            if _touch(swap.last, span):
                return swap.this
        sentence = pair.read_this[match.this]  # nothing was swapped at its place: it stands where it stood
        return sentence.start, sentence.end
    return None


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
