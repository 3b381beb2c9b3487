"""The score that reviewers' decisions leave, beside the machine's.

It follows from the result alone, by the scorecard's own arithmetic, so that it can be recomputed by hand:

1. A rejected finding gives back the deduction that is printed on it; one on a missing section also what it
   took from the dimensions that it left empty.
2. An adjusted dimension loses what its new score says, ``(1 - score / 5) x (1 - floor) x weight``, whatever
   its findings say.
3. ``100 -`` all that is lost, then the gates, the mildest first; a released gate takes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from analyzer.rendering.labels import DIMENSION, GRADE_FLOOR
from analyzer.result import Dimension, DimensionScore, Finding, Result, Scorecard
from analyzer.scoring.rubric import prior
from analyzer.store.packing import keys
from analyzer.store.review import Standing

_TENTHS: Final = 10
_LOWEST: Final = "D"
# How the finding on a missing section says that the dimensions which it names are lost.
_LOST: Final = "不能得分"


@dataclass(frozen=True, slots=True)
class Adjusted:
    """A score after review.

    Parameters
    ----------
    overall : float
    grade : str
    dimensions : dict of Dimension to float
    uncapped : float
        What the score would be without gates.
    gates : tuple of str
        Those that are still closed, the mildest first.
    """

    overall: float
    grade: str
    dimensions: dict[Dimension, float]
    uncapped: float
    gates: tuple[str, ...]


def adjust(result: Result, by: Standing) -> Adjusted | None:
    """Return the score that decisions leave; None where the report is not scored."""
    card = result.scorecard
    if card is None:
        return None
    gates = {veto.id for veto in card.vetoes}
    found = [
        (key, finding)
        for key, finding in zip(keys(result), result.findings, strict=True)
        if finding.rule not in gates
    ]
    by_id = {each.id: each for each in card.dimensions}
    lost = dict.fromkeys(by_id, 0)
    for _, finding in found:
        lost[finding.dimension] += _tenths(finding.deduction)
    # What findings on missing sections took from other dimensions, beyond these dimensions' own losses.
    emptied = {key: _emptied(finding, by_id, lost) for key, finding in found}
    for key, finding in found:
        lost[finding.dimension] -= sum(emptied[key].values())
    most = _most(card, lost)
    for key, finding in found:
        if key in by.rejected:
            own = _tenths(finding.deduction) - sum(emptied.pop(key).values())
            lost[finding.dimension] -= own
    absent = {dimension: tenths for taken in emptied.values() for dimension, tenths in taken.items()}
    for name, score in by.adjusted.items():
        dimension = Dimension(name)
        if dimension in by_id:
            absent.pop(dimension, None)
            lost[dimension] = round((1 - score / by_id[dimension].max) * most[dimension] * _TENTHS)
    left = uncapped = 100 * _TENTHS - sum(lost.values()) - sum(absent.values())
    closed = [
        veto
        for veto in sorted(card.vetoes, key=lambda veto: -veto.cap)
        if veto.release is None and veto.id not in by.released
    ]
    for veto in closed:
        left = min(left, _tenths(veto.cap))
    overall = left / _TENTHS
    return Adjusted(
        overall,
        grade_of(overall),
        {
            name: 0.0
            if name in absent
            else by.adjusted.get(str(name), _score(each, lost[name] / _TENTHS / most[name]))
            for name, each in by_id.items()
        },
        uncapped / _TENTHS,
        tuple(veto.id for veto in closed),
    )


def grade_of(overall: float) -> str:
    """Return the grade of a score."""
    return next((grade for grade, bound in GRADE_FLOOR.items() if overall >= bound), _LOWEST)


def _tenths(points: float) -> int:
    return round(points * _TENTHS)


def _emptied(
    finding: Finding, by_id: dict[Dimension, DimensionScore], lost: dict[Dimension, int]
) -> dict[Dimension, int]:
    """Return the tenths that a finding took from other dimensions because a section is missing."""
    if _LOST not in finding.message:
        return {}
    return {
        name: _tenths(each.weight) - lost[name]
        for name, each in by_id.items()
        if name is not finding.dimension and each.score == 0 and DIMENSION[name] in finding.message
    }


def _most(card: Scorecard, lost: dict[Dimension, int]) -> dict[Dimension, float]:
    """Return the most points that faults can take from each dimension.

    The rubric's floor is no part of a result, but what a dimension lost and scored says it; the one that
    lost the largest share of its weight says it most exactly.
    """
    share = 1 - prior().floor
    largest = 0.0
    for each in card.dimensions:
        part = lost[each.id] / _TENTHS / each.weight
        if part > largest and each.score < each.max:
            largest, share = part, round(part / (1 - each.score / each.max), 2)
    return {each.id: share * each.weight for each in card.dimensions}


def _score(each: DimensionScore, share: float) -> float:
    return round(each.max * max(0.0, 1 - share), 2)
