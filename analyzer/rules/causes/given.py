"""The causes that a report gives, told apart by what they appeal to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from analyzer.result import CauseKind, CauseStatus, Problem
from analyzer.rules.base import Report


@dataclass(frozen=True, slots=True)
class Given:
    """A shallow cause, where it stands, and how many problems it is given for."""

    problem: Problem
    start: int
    end: int
    shared: int


def shallow(report: Report, *, objective: bool) -> Iterator[Given]:
    """Yield the problems whose cause is shallow: objective ones, or all others.

    A cause without a place of its own stands where its problem stands.
    """
    found = report.analysis.problems
    uses = Counter((problem.cause.start, problem.cause.end) for problem in found)
    for problem in found:
        cause = problem.cause
        if cause.status is not CauseStatus.SHALLOW or (cause.kind is CauseKind.OBJECTIVE) is not objective:
            continue
        if cause.start is None or cause.end is None:
            yield Given(problem, problem.start, problem.end, 1)
        else:
            yield Given(problem, cause.start, cause.end, uses[cause.start, cause.end])
