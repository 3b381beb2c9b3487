"""Gold problem items mapped onto clauses."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from analyzer.training.corpus import GoldReport
from analyzer.understanding.linear import Ints

_LEAST_SHARED = 0.2  # share of a title's bigrams that a clause must have to be its place


@dataclass(frozen=True, slots=True)
class GoldItem:
    """A gold problem (its number in the annotation) and the clauses that it covers."""

    number: int
    clauses: Ints


def _bigrams(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)} | set(re.sub(r"\W", "", text))


def gold_items(report: GoldReport) -> list[GoldItem]:
    """Return the gold problems in order of place.

    Problems that share a sentence are told apart by their titles: each begins at the clause that
    shares most with its title.  Those whose place cannot be told are left out.
    """
    layout = report.context.layout
    first, _ = report.raw_numbers(layout.clauses)
    by_span: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, problem in enumerate(report.gold["problems"]):
        by_span[problem["first"], problem["last"]].append(number)
    edges = [edge for span in by_span for edge in span]
    items: list[GoldItem] = []
    for (start, stop), numbers in sorted(by_span.items()):
        clauses = np.flatnonzero((first >= start) & (first <= stop))
        if not len(clauses):
            continue
        shared = len(numbers) > 1 or edges.count(start) + edges.count(stop) > (4 if start == stop else 2)
        if not shared:
            items.append(GoldItem(numbers[0], _without_lead(report, clauses)))
            continue
        starts = _places(report, clauses, numbers)
        for (number, begin), (_, end) in zip(starts, [*starts[1:], (-1, int(clauses[-1]) + 1)], strict=True):
            items.append(GoldItem(number, np.arange(begin, end)))
    return sorted(items, key=lambda item: int(item.clauses[0]))


def _without_lead(report: GoldReport, clauses: Ints) -> Ints:
    """Return the clauses of an item without what leads in to its list (还有差距：一是…)."""
    layout, sentence = report.context.layout, report.context.sentence_of_clause[clauses]
    for k in np.flatnonzero(sentence == sentence[0])[1:].tolist():
        if layout.ordinals[clauses[k]].value == 1:
            return clauses[k:]
    return clauses


def _places(report: GoldReport, clauses: Ints, numbers: list[int]) -> list[tuple[int, int]]:
    """Return (problem number, first clause) of problems that share sentences, in order."""
    places: list[tuple[int, int]] = []
    after = -1
    for number in numbers:
        wanted = _bigrams(report.gold["problems"][number]["title"])
        shares = [
            (len(_bigrams(report.context.clause_text(c, c)) & wanted) / max(len(wanted), 1), -int(c))
            for c in clauses
            if c > after
        ]
        share, place = max(shares, default=(0.0, 0))
        if share >= _LEAST_SHARED:
            after = -place
            places.append((number, after))
    return places
