"""Choose decision thresholds on examples the model has not seen."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analyzer.understanding.linear import Floats

_GRID = np.linspace(0.02, 0.98, 97)
_NEAR = 0.003  # thresholds whose F1 is this close to the best are as good as it


def best_threshold(probabilities: Floats, truth: npt.NDArray[np.bool_], missed: int = 0) -> float:
    """Return the threshold that gives the best F1, the middle of those that are as good.

    Parameters
    ----------
    probabilities : ndarray of float32, shape (n_examples,)
    truth : ndarray of bool, shape (n_examples,)
    missed : int
        True cases that no threshold finds.
    """
    called = probabilities[:, None] >= _GRID
    found = (called & truth[:, None]).sum(axis=0)
    scores = 2 * found / np.maximum(called.sum(axis=0) + truth.sum() + missed, 1)
    return float(np.median(_GRID[scores >= scores.max() - _NEAR]))
