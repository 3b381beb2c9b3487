"""The best sequence of labels under emission and transition scores."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analyzer.understanding.linear import Floats

_RESCALED = 8  # steps after which probabilities are scaled, long before they leave a double's range


def viterbi(emissions: Floats, transitions: Floats, initial: Floats) -> npt.NDArray[np.int64]:
    """Return the best path (Viterbi 1967).

    Parameters
    ----------
    emissions : ndarray of float32, shape (n, k)
        Log scores of each label at each position; ``n`` is at least 1.
    transitions : ndarray of float32, shape (k, k)
        Log score of going from the row's label to the column's.
    initial : ndarray of float32, shape (k,)

    Returns
    -------
    ndarray of int64, shape (n,)
    """
    length, labels = emissions.shape
    back = np.zeros((length, labels), dtype=np.int64)
    best = initial + emissions[0]
    arriving = np.ascontiguousarray(transitions.T)  # a row for each label that is reached
    rows = labels * np.arange(labels)
    for came_from, emission in zip(back[1:], emissions[1:], strict=True):
        scores = arriving + best
        scores.argmax(axis=1, out=came_from)
        best = scores.take(rows + came_from) + emission
    path = [int(best.argmax())]
    for came_from in back[:0:-1].tolist():
        path.append(came_from[path[-1]])
    return np.array(path[::-1], dtype=np.int64)


def marginals(emissions: Floats, transitions: Floats, initial: Floats) -> Floats:
    """Return the posterior of each label at each position, shape (n, k).

    Forward–backward with the probabilities scaled every few steps (Rabiner 1989, section V.A).
    """
    length, labels = emissions.shape
    step = np.exp(transitions.astype(np.float64))
    likelihood = np.exp((emissions - emissions.max(axis=1, keepdims=True)).astype(np.float64))
    forward = np.empty((length, labels))
    backward = np.ones((length, labels))
    forward[0] = reached = np.exp(initial) * likelihood[0]
    for i in range(1, length):
        reached = reached.dot(step, out=forward[i])
        reached *= likelihood[i]
        if i % _RESCALED == 0:
            reached /= reached.sum()
    left = backward[-1]
    for i in range(length - 2, -1, -1):
        left = step.dot(likelihood[i + 1] * left, out=backward[i])
        if i % _RESCALED == 0:
            left /= left.sum()
    weights = forward * backward
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), dtype=np.float32)
