"""Whether confidences mean what they say: reliability of each question's answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analyzer.training.agreement import Agreement
from analyzer.training.evaluation import CONFIDENCES, Figures, Tally

Doubles = npt.NDArray[np.float64]
_BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of like confidence: how many, how sure on average, how often right."""

    size: int
    confidence: float
    accuracy: float


def bins(pairs: Agreement) -> list[Bin]:
    """Return tenths of the confidence scale that hold answers.

    Parameters
    ----------
    pairs : Agreement
        Of (confidence, whether right).
    """
    table = np.array([(sure, right, count) for (sure, right), count in pairs.items()], dtype=np.float64)
    if not len(table):
        return []
    place = np.minimum((table[:, 0] * _BINS).astype(np.int64), _BINS - 1)
    filled = []
    for number in np.unique(place):
        sure, right, count = table[place == number].T
        filled.append(
            Bin(
                int(count.sum()),
                float(np.average(sure, weights=count)),
                float(np.average(right, weights=count)),
            )
        )
    return filled


def calibration_error(pairs: Agreement) -> float | None:
    """Return the expected calibration error (Naeini et al. 2015) over ten bins, None without answers."""
    size = pairs.total()
    return (
        sum(each.size * abs(each.accuracy - each.confidence) for each in bins(pairs)) / size if size else None
    )


def calibration_errors(counts: Tally) -> Figures:
    """Return the expected calibration error of each question."""
    return {
        f"calibration_error_{name}": calibration_error(counts[f"confidence_{name}"]) for name in CONFIDENCES
    }


def reliability(counts: Tally) -> dict[str, list[Bin]]:
    """Return the bins of each question."""
    return {name: bins(counts[f"confidence_{name}"]) for name in CONFIDENCES}
