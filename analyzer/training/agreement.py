"""Agreement between what annotators and the analyzer say, counted so that reports add up.

An `Agreement` counts pairs (gold, predicted); ``None`` stands for nothing, so that what is missed is
``(label, None)`` and what is invented ``(None, label)``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from scipy.stats import rankdata

Agreement = Counter[tuple[Any, Any]]

_LEAST_RANKED = 3  # pairs from which a rank correlation says anything


def ratio(part: float, whole: float) -> float:
    """Return part / whole, 0 where there is nothing."""
    return part / whole if whole else 0.0


def hits(pairs: Agreement, label: object) -> tuple[int, int, int]:
    """Return how often a label was found, invented and missed."""
    found = invented = missed = 0
    for (gold, predicted), count in pairs.items():
        found += count * (gold == label == predicted)
        invented += count * (predicted == label != gold)
        missed += count * (gold == label != predicted)
    return found, invented, missed


def total_hits(pairs: Agreement) -> tuple[int, int, int]:
    """Return how often any label was found, invented and missed; one taken for another is both."""
    found = invented = missed = 0
    for (gold, predicted), count in pairs.items():
        found += count * (gold is not None and gold == predicted)
        invented += count * (predicted is not None and gold != predicted)
        missed += count * (gold is not None and gold != predicted)
    return found, invented, missed


def f1(found: int, invented: int, missed: int) -> float:
    """Return the harmonic mean of precision and recall, 1 where there was nothing to find."""
    return ratio(2 * found, 2 * found + invented + missed) if found + invented + missed else 1.0


def precision(found: int, invented: int, missed: int) -> float:
    """Return the share of what was said that is right."""
    return ratio(found, found + invented)


def recall(found: int, invented: int, missed: int) -> float:
    """Return the share of what there is that was said."""
    return ratio(found, found + missed)


def macro_f1(pairs: Agreement, labels: Iterable[object]) -> float | None:
    """Return the mean F1 of the labels that occur on either side, None where none does."""
    counts = [hits(pairs, label) for label in labels]
    scores = [f1(*each) for each in counts if any(each)]
    return sum(scores) / len(scores) if scores else None


def exact(pairs: Agreement) -> float | None:
    """Return the share of pairs whose sides are equal, None without pairs."""
    size = pairs.total()
    return (
        sum(count for (gold, predicted), count in pairs.items() if gold == predicted) / size if size else None
    )


def qwk(pairs: Agreement, levels: Sequence[object]) -> float | None:
    """Return the quadratic weighted kappa (Cohen 1968) over ordered levels, None without pairs."""
    if not pairs:
        return None
    table = np.zeros((len(levels), len(levels)), dtype=np.int64)
    for (gold, predicted), count in pairs.items():
        table[levels.index(gold), levels.index(predicted)] += count
    rank = np.arange(len(levels))
    distance = (rank[:, None] - rank[None, :]) ** 2
    observed = int((table * distance).sum())
    chance = int((np.outer(table.sum(axis=1), table.sum(axis=0)) * distance).sum()) / int(table.sum())
    return 1 - observed / chance if chance else 1.0


def adjacent(pairs: Agreement, levels: Sequence[object]) -> float | None:
    """Return the share of pairs that are at most one level apart, None without pairs."""
    near = Counter(
        {
            (gold, predicted): count
            for (gold, predicted), count in pairs.items()
            if abs(levels.index(gold) - levels.index(predicted)) <= 1
        }
    )
    return ratio(near.total(), pairs.total()) if pairs else None


def spearman(pairs: Agreement) -> float | None:
    """Return the rank correlation with ties, 0 where a side is constant, None below three pairs."""
    gold, predicted = _sides(pairs)
    if len(gold) < _LEAST_RANKED:
        return None
    ranks = [rankdata(side) - (len(side) + 1) / 2 for side in (gold, predicted)]
    spread = float((ranks[0] ** 2).sum() * (ranks[1] ** 2).sum())
    return float((ranks[0] * ranks[1]).sum()) / spread**0.5 if spread else 0.0


def mean_error(pairs: Agreement) -> float | None:
    """Return the mean absolute difference, None without pairs."""
    gold, predicted = _sides(pairs)
    return float(np.abs(predicted - gold).mean()) if pairs else None


def mean_difference(pairs: Agreement) -> float | None:
    """Return the mean of predicted - gold, None without pairs."""
    gold, predicted = _sides(pairs)
    return float((predicted - gold).mean()) if pairs else None


def standardised_difference(pairs: Agreement) -> float | None:
    """Return the mean of predicted - gold in standard deviations of gold, None where gold does not vary."""
    gold, predicted = _sides(pairs)
    spread = float(gold.std(ddof=1)) if len(gold) > 1 else 0.0
    return float((predicted - gold).mean()) / spread if spread else None


def _sides(pairs: Agreement) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    table = np.array(list(_each(pairs)), dtype=np.float64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _each(pairs: Agreement) -> Iterator[tuple[Any, Any]]:
    for pair, count in pairs.items():
        for _ in range(count):
            yield pair
