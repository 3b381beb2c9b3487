"""Turn scores of unseen examples into calibrated probabilities and a threshold to decide by."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from analyzer.understanding.linear import Floats, LinearModel

_GRID = np.linspace(0.02, 0.98, 97)
_NEAR = 0.003  # thresholds whose F1 is this close to the best are as good as it


def calibrated(
    model: LinearModel, logits: Floats, truth: npt.NDArray[np.bool_], missed: int = 0
) -> tuple[LinearModel, float]:
    """Calibrate a model with classes ``no`` and ``yes`` and choose where to decide.

    Parameters
    ----------
    model : LinearModel
    logits : ndarray of float32, shape (n_examples, 2)
        Of examples that their model has not seen.
    truth : ndarray of bool, shape (n_examples,)
    missed : int
        True cases besides these that are never found.

    Returns
    -------
    model : LinearModel
        With temperature and bias such that its probabilities are frequencies (Platt 1999).
    threshold : float
        The probability that gives the best F1, the middle of those that are as good.
    """
    margin = (logits[:, 1] - logits[:, 0])[:, None]
    platt = LogisticRegression(C=1e6).fit(margin, truth)
    slope, shift = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    half = np.array([-0.5, 0.5], dtype=np.float32) * np.float32(shift / slope)
    likely = platt.predict_proba(margin)[:, 1]
    return replace(model, temperature=1 / slope, bias=model.bias + half), _best(likely, truth, missed)


def _best(likely: npt.NDArray[np.float64], truth: npt.NDArray[np.bool_], missed: int) -> float:
    called = likely[:, None] >= _GRID
    found = (called & truth[:, None]).sum(axis=0)
    scores = 2 * found / np.maximum(called.sum(axis=0) + truth.sum() + missed, 1)
    return float(np.median(_GRID[scores >= scores.max() - _NEAR]))
