"""Whether a measure only turns its problem round (不够/加强)."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from analyzer.lexicons import any_of, classes, patterns, table
from analyzer.result import Problem, RemedyStatus, Slot
from analyzer.rules.base import Report
from analyzer.rules.places import touches


@cache
def _pledge() -> re.Pattern[str]:
    return any_of(table("matching.toml")["polarity"]["pledge"])


@cache
def _said_anyway() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the words that turn a lack round, and those that say nothing."""
    return classes("matching.toml", "polarity")[1], patterns("measures.toml")["filler"]


def is_mirrored(report: Report, problem: Problem) -> bool:
    """Whether measures pledge, say hardly a word that their problem does not hold, and fill no slot."""
    remedy = problem.remedy
    if remedy.status is not RemedyStatus.GENERIC or len(remedy.missing) < len(Slot):
        return False
    limits = report.thresholds["mirrored-remedy"]
    if sum(end - start for start, end in remedy.spans) > limits["longest"] or touches(
        problem.start, problem.end, remedy.spans
    ):
        return False
    said = "".join(report.said(*span) for span in remedy.spans)
    if not _pledge().search(said):
        return False
    added, repeated = _compared(report, problem, said)
    return bool(added <= limits["most_new"] and added < repeated and repeated >= limits["least_repeated"])


def _compared(report: Report, problem: Problem, measures: str) -> tuple[int, int]:
    """Return how many characters the measures against a problem add, and how many they take from it."""
    asked = _bare(problem.title + report.said(problem.start, problem.end))
    taken = set(pairwise(asked))
    said = _bare(measures)
    repeated = [False] * len(said)
    for place, pair in enumerate(pairwise(said)):
        if pair in taken:
            repeated[place] = repeated[place + 1] = True
    return len(repeated) - sum(repeated), sum(repeated)


def _bare(words: str) -> str:
    for pattern in _said_anyway():
        words = pattern.sub("", words)
    return words
