"""What the rules on causes share: which causes are shallow, and what a lacking one weighs."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.lexicons import table
from analyzer.result import CauseKind, CauseStatus, Problem
from analyzer.rules.base import Report


def weight(report: Report) -> float:
    """Return what a problem without a real cause weighs: more where no problem of the report has one."""
    explained = any(problem.cause.status is CauseStatus.EXPLICIT for problem in report.analysis.problems)
    limits = table("thresholds.toml")["causes"]
    return float(limits["otherwise" if explained else "unexplained_throughout"])


def shallow(report: Report, *, objective: bool) -> Iterator[tuple[Problem, int, int]]:
    """Yield the problems whose cause is shallow, objective ones or all others, and where the cause stands.

    A cause without a place of its own stands where its problem stands.
    """
    for problem in report.analysis.problems:
        cause = problem.cause
        if cause.status is not CauseStatus.SHALLOW or (cause.kind is CauseKind.OBJECTIVE) is not objective:
            continue
        if cause.start is None or cause.end is None:
            yield problem, problem.start, problem.end
        else:
            yield problem, cause.start, cause.end
