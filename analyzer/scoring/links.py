"""What may be said of the links of problem, cause and measure: what each is, or that nobody can tell.

A view claims no more than a rule would: below the confidence that the rule on such a link needs, the link is
`UNSURE`, neither there nor missing.  Of a problem told in passing no cause is asked for; any measure does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from analyzer.config import DEFAULT
from analyzer.result import Cause, CauseKind, CauseStatus, Problem, RemedyStatus, Result, Slot
from analyzer.rules.confidence import least
from analyzer.rules.thresholds import Thresholds, adjusted
from analyzer.scoring.rubric import prior

UNSURE: Final = "unsure"
UNASKED: Final = "unasked"

_OF_CAUSE: Final = {CauseStatus.NONE: "missing-root-cause", CauseStatus.SHALLOW: "shallow-root-cause"}
_OF_REMEDY: Final = {RemedyStatus.NONE: "problem-without-remedy", RemedyStatus.GENERIC: "empty-remedy"}


@dataclass(frozen=True, slots=True)
class Links:
    """What may be said of the links of a problem.

    Parameters
    ----------
    cause : str
        A `CauseStatus`, or `UNSURE` or `UNASKED`; then there is no kind.
    kind : CauseKind or None
    remedy : str
        A `RemedyStatus`, or `UNSURE` or `UNASKED`; then nothing is missing.
    missing : tuple of Slot
    """

    cause: str
    kind: CauseKind | None
    remedy: str
    missing: tuple[Slot, ...]

    @property
    def has_gap(self) -> bool:
        """Whether the problem surely lacks a cause or a measure that holds."""
        return self.cause not in {CauseStatus.EXPLICIT, UNSURE, UNASKED} or self.remedy not in {
            RemedyStatus.SPECIFIC,
            UNSURE,
            UNASKED,
        }


def links_of(result: Result) -> tuple[Links, ...]:
    """Return what may be said of the links of each problem, in order."""
    thresholds = _judged_by(result)
    return tuple(_asked(problem, links(problem, thresholds)) for problem in result.analysis.problems)


def _asked(problem: Problem, told: Links) -> Links:
    """Return the links without a verdict on a cause, or on how checkable a measure is, that no rule gives."""
    if not problem.in_passing:
        return told
    if told.cause != CauseStatus.EXPLICIT:
        told = replace(told, cause=UNASKED, kind=None)
    return replace(told, remedy=UNASKED, missing=()) if told.remedy == RemedyStatus.GENERIC else told


def links(problem: Problem, thresholds: Thresholds) -> Links:
    """Return what may be said of the links of a problem under some thresholds."""
    cause, remedy = problem.cause, problem.remedy
    cause_is_sure = cause.confidence >= least(thresholds, _rule_on_cause(cause))
    remedy_is_sure = remedy.confidence >= least(thresholds, _OF_REMEDY.get(remedy.status))
    return Links(
        cause.status if cause_is_sure else UNSURE,
        cause.kind if cause_is_sure else None,
        remedy.status if remedy_is_sure else UNSURE,
        remedy.missing if remedy_is_sure else (),
    )


def _rule_on_cause(cause: Cause) -> str | None:
    """Return the rule that would speak of a cause; None of one that is as it should be."""
    return "objective-blame" if cause.kind is CauseKind.OBJECTIVE else _OF_CAUSE.get(cause.status)


def _judged_by(result: Result) -> Thresholds:
    """Return the thresholds that a result was judged by, as far as they are of confidence.

    A result tells of changed thresholds where they come from a file of settings.
    """
    about = result.analyzer
    base = prior(about["profile"]["id"] if "profile" in about else DEFAULT).thresholds
    changed = about.get("settings", {}).get("thresholds", {})
    own = [
        (tuple(name.split(".")), value) for name, value in changed.items() if name.startswith("confidence.")
    ]
    return adjusted(base, own, [names[-1] for names, _ in own], None) if own else base
