"""Turn margins of unseen examples into calibrated probabilities and a threshold to decide by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from analyzer.understanding.linear import Floats

_GRID = np.linspace(0.02, 0.98, 97)
_NEAR = 0.003  # thresholds whose F1 is this close to the best are as good as it


@dataclass(frozen=True, slots=True)
class Decision:
    """How to decide by a margin.

    Parameters
    ----------
    slope, shift : float
        The log odds of a margin ``m`` are ``slope * m + shift``.
    threshold : float
        The probability from which on the answer is yes.
    """

    slope: float
    shift: float
    threshold: float


def decide(margins: Floats, truth: npt.NDArray[np.bool_], missed: int = 0) -> Decision:
    """Calibrate margins (Platt 1999) and choose the threshold of the best F1.

    Parameters
    ----------
    margins : ndarray of float32, shape (n_examples,)
        Of examples that their model has not seen.
    truth : ndarray of bool, shape (n_examples,)
    missed : int
        True cases besides these that are never found.

    Returns
    -------
    Decision
        Its threshold is the middle of those that are as good as the best.
    """
    platt = LogisticRegression(C=1e6).fit(margins[:, None], truth)
    likely = platt.predict_proba(margins[:, None])[:, 1]
    called = likely[:, None] >= _GRID
    found = (called & truth[:, None]).sum(axis=0)
    scores = 2 * found / np.maximum(called.sum(axis=0) + truth.sum() + missed, 1)
    threshold = float(np.median(_GRID[scores >= scores.max() - _NEAR]))
    return Decision(float(platt.coef_[0, 0]), float(platt.intercept_[0]), threshold)
