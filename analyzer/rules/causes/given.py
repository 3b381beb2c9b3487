"""What the rules on shallow causes share."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.result import CauseKind, CauseStatus, Problem
from analyzer.rules.base import Report
from analyzer.rules.places import listed


def shallow(report: Report, *, objective: bool) -> Iterator[tuple[Problem, int, int]]:
    """Yield the problems whose cause is shallow, objective ones or all others, and where the cause stands.

    A cause without a place of its own stands where its problem stands.
    """
    for problem in listed(report.analysis):
        cause = problem.cause
        if cause.status is not CauseStatus.SHALLOW or (cause.kind is CauseKind.OBJECTIVE) is not objective:
            continue
        if cause.start is None or cause.end is None:
            yield problem, problem.start, problem.end
        else:
            yield problem, cause.start, cause.end
