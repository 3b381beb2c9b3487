"""Fit scikit-learn classifiers over n-gram blocks and turn them into `LinearModel`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from analyzer.understanding.encoder import BITS
from analyzer.understanding.linear import Block, Floats, LinearModel, Weights


def matrix(block: Block) -> sp.csr_matrix:
    """Return a block as a sparse matrix, shape (n_examples, 2**BITS), rows scaled by 1/sqrt(n-grams)."""
    counts = np.diff(block.grams.indptr)
    data = np.repeat(1 / np.sqrt(np.maximum(counts, 1)), counts).astype(np.float32)
    units = sp.csr_matrix((data, block.grams.ids, block.grams.indptr), shape=(len(counts), 1 << BITS))
    units = sp.vstack([units, sp.csr_matrix((1, 1 << BITS), dtype=np.float32)]).tocsr()
    units.sum_duplicates()
    return units[np.where(block.units < 0, len(counts), block.units)]


def stack(parts: Iterable[Sequence[sp.csr_matrix]]) -> list[sp.csr_matrix]:
    """Return, for each block, the matrices of all parts below each other."""
    return [sp.vstack(column).tocsr() for column in zip(*parts, strict=True)]


def fit(
    blocks: Sequence[sp.csr_matrix],
    dense: Floats,
    labels: npt.NDArray[np.str_],
    *,
    weights: Sequence[float],
    regularisation: float,
    least: int = 3,
    sample_weight: Floats | None = None,
) -> LinearModel:
    """Fit a multinomial logistic regression.

    Parameters
    ----------
    blocks : sequence of csr_matrix, each of shape (n_examples, 2**BITS)
        From `matrix`.
    dense : ndarray of float32, shape (n_examples, n_dense)
    labels : ndarray of str, shape (n_examples,)
    weights : sequence of float
        How much each block counts: its columns are scaled by this and by inverse document frequency.
    regularisation : float
        scikit-learn's C.
    least : int
        Buckets in fewer examples are left out.
    sample_weight : ndarray of float32, shape (n_examples,), optional

    Returns
    -------
    LinearModel
        Uncalibrated (temperature 1).
    """
    columns, kept, scales = [], [], []
    for block, weight in zip(blocks, weights, strict=True):
        frequency = np.bincount(block.indices, minlength=block.shape[1])
        keep = np.flatnonzero(frequency >= least)
        scale = weight * (np.log((1 + len(labels)) / (1 + frequency[keep])) + 1)
        columns.append(block[:, keep] @ sp.diags(scale))
        kept.append(keep)
        scales.append(scale)
    design = sp.hstack([*columns, sp.csr_matrix(dense)]).tocsr().astype(np.float64)
    classifier = LogisticRegression(C=regularisation, max_iter=400, tol=1e-3)
    classifier.fit(design, labels, sample_weight=sample_weight)
    coefficients, bias = _both_classes(classifier)
    tables, position = [], 0
    for keep, scale in zip(kept, scales, strict=True):
        rows = (coefficients[:, position : position + len(keep)] * scale).T.astype(np.float16)
        held = rows.any(axis=1)
        tables.append(Weights.of(keep[held], rows[held]))
        position += len(keep)
    return LinearModel(
        tuple(str(name) for name in classifier.classes_),
        tuple(tables),
        coefficients[:, position:].T.astype(np.float32),
        bias.astype(np.float32),
    )


def fit_dense(
    columns: Floats,
    labels: npt.NDArray[np.str_],
    *,
    regularisation: float,
    class_weight: dict[str, float] | None = None,
    scaled: bool = True,
) -> LinearModel:
    """Fit a multinomial logistic regression on dense columns; shapes as in `fit`.

    They may be of any scale, unless they are not to be `scaled`: rare ones then count no more for being rare.
    """
    centre, spread = columns.mean(axis=0), columns.std(axis=0)
    spread[(spread == 0) | (not scaled)] = 1
    classifier = LogisticRegression(C=regularisation, max_iter=2000, class_weight=class_weight)
    classifier.fit((columns - centre) / spread, labels)
    coefficients, bias = _both_classes(classifier)
    coefficients = coefficients / spread  # so that the model takes the columns as they are
    return LinearModel(
        tuple(str(name) for name in classifier.classes_),
        (),
        coefficients.T.astype(np.float32),
        (bias - coefficients @ centre).astype(np.float32),
    )


def _both_classes(classifier: LogisticRegression) -> tuple[Floats, Floats]:
    """Return coefficients and bias with a row for each class, also where there are only two."""
    if len(classifier.classes_) > 2:
        return classifier.coef_, classifier.intercept_
    return (
        np.vstack([-classifier.coef_ / 2, classifier.coef_ / 2]),
        np.concatenate([-classifier.intercept_ / 2, classifier.intercept_ / 2]),
    )
