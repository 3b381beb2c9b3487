"""Calibrate scores on examples the model has not seen, grouped by author."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar

from analyzer.training.corpus import GoldReport
from analyzer.understanding.linear import Floats, log_softmax

Model = TypeVar("Model")
FOLDS = 3


def folds(
    reports: Sequence[GoldReport], count: int = FOLDS
) -> list[tuple[list[GoldReport], list[GoldReport]]]:
    """Return (kept, held out) reports, no author on both sides; authors dealt out in turn."""
    authors = sorted({report.author for report in reports}, key=lambda name: (len(name), name))
    parts = []
    for number in range(min(count, len(authors))):
        held = set(authors[number::count])
        parts.append(
            (
                [report for report in reports if report.author not in held],
                [report for report in reports if report.author in held],
            )
        )
    return parts


def out_of_fold(
    reports: Sequence[GoldReport],
    train: Callable[[Sequence[GoldReport]], Model],
    visit: Callable[[Model, GoldReport], None],
) -> None:
    """Train without each fold's authors in turn and visit each held-out report with that model."""
    for kept, held in folds(reports):
        model = train(kept)
        for report in held:
            visit(model, report)


def temperature(logits: Floats, labels: npt.NDArray[np.int64]) -> float:
    """Return the temperature that minimises log loss (Guo et al. 2017, On calibration).

    Parameters
    ----------
    logits : ndarray of float32, shape (n_examples, n_classes)
        Of examples that the model has not seen.
    labels : ndarray of int64, shape (n_examples,)
        Column of the true class.
    """
    rows = np.arange(len(labels))

    def loss(log_t: float) -> float:
        return -float(log_softmax(logits / np.float32(np.exp(log_t)))[rows, labels].mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-2.0, 2.0), method="bounded").x))
