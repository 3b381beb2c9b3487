"""Which report to read first, and how sure the reading of each is.

Both are defined here and nowhere else; the numbers are in ``lexicons/risk.toml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from analyzer.lexicons import table
from analyzer.result import Result, Severity


class Level(StrEnum):
    """How soon to read a report."""

    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Risk:
    """What stands behind a report's place in the order, in points that add up.

    Parameters
    ----------
    gate : float
        A gate that nobody has released.
    lost : float
        What the score lacks of 100, or what stands in for it where there is no score.
    errors : float
        Findings that must be mended.
    copied : float
        Wording shared with another report, or with the unit's own of last year.
    doubt : float
        A reading that is not sure.
    """

    gate: float
    lost: float
    errors: float
    copied: float
    doubt: float

    @property
    def points(self) -> float:
        """All of it."""
        return round(self.gate + self.lost + self.errors + self.copied + self.doubt, 1)

    @property
    def level(self) -> Level:
        """The level that the points reach."""
        levels = table("risk.toml")["levels"]
        if self.points >= levels["high"]:
            return Level.HIGH
        return Level.MIDDLE if self.points >= levels["middle"] else Level.LOW


def risk(result: Result, overlap: float = 0.0) -> Risk:
    """Return the risk of a report.

    Parameters
    ----------
    result : Result
    overlap : float
        The largest share of its wording that it has in common with another report, 0 to 1.
    """
    card = result.scorecard
    return risk_of(
        card.overall if card else None,
        card is not None and any(veto.release is None for veto in card.vetoes),
        sum(finding.severity is Severity.ERROR for finding in result.findings),
        certainty(result),
        overlap,
    )


def risk_of(overall: float | None, gated: bool, errors: int, sure: float, overlap: float) -> Risk:
    """Return the risk of a report of which only so much is known.

    Parameters
    ----------
    overall : float or None
        The score, None where there is none.
    gated : bool
        Whether there is a gate that nobody has released.
    errors : int
        Findings that must be mended.
    sure : float
        The certainty.
    overlap : float
        As of `risk`.
    """
    numbers = table("risk.toml")
    return Risk(
        gate=numbers["gate"] if gated else 0.0,
        lost=numbers["unscored"] if overall is None else 100 - overall,
        errors=min(errors * numbers["errors"]["each"], numbers["errors"]["most"]),
        copied=_points(numbers["copies"]["steps"], lambda step: overlap >= step),
        doubt=_points(numbers["doubt"]["steps"], lambda step: sure < step),
    )


def certainty(result: Result) -> float:
    """Return how sure the reading of a report is, 0 to 1: the less sure of its two foundations.

    One is where the parts of the report begin and end, the mean over its sections by their length; the
    other are the findings that cost points, the mean by what they cost.  A report without sections has
    been read with no certainty at all; one that lost nothing stands on its sections alone.
    """
    sections = _mean(
        (section.confidence, section.end - section.start) for section in result.analysis.sections
    )
    lost = _mean((finding.confidence, finding.deduction) for finding in result.findings)
    return round(min(sections or 0.0, 1.0 if lost is None else lost), 4)


def _mean(weighted: Iterable[tuple[float, float]]) -> float | None:
    pairs = [(value, weight) for value, weight in weighted if weight > 0]
    total = sum(weight for _, weight in pairs)
    return sum(value * weight for value, weight in pairs) / total if pairs else None


def _points(steps: Sequence[tuple[float, float]], reached: Callable[[float], bool]) -> float:
    return next((float(points) for step, points in steps if reached(step)), 0.0)
