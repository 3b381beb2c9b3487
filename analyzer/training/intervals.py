"""How far figures would move with other authors: bootstrap intervals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np

from analyzer.training.evaluation import Figures, Tally, combine

Interval = tuple[float, float]
DRAWS = 1000
_SEED = 20211


def bootstrap(
    clusters: Sequence[Tally], measure: Callable[[Tally], Figures], draws: int = DRAWS
) -> dict[str, Interval]:
    """Return 95 % percentile intervals of figures, resampling whole clusters.

    Parameters
    ----------
    clusters : sequence of Tally
        Counts of what stands or falls together.  Reports of one author share units, habits and the hand
        that annotated them: resampled one by one they would pass for independent, and the intervals
        would be too narrow.  So an author is a cluster, and so is a kind of negative.  With fourteen
        authors the percentiles are themselves rough; they say how far a figure may move with the
        next author, not whether the third digit differs.
    measure : callable
        Counts to figures.
    draws : int

    Returns
    -------
    dict of str to (float, float)
        Figures that no draw could tell are left out.  The same clusters give the same intervals.
    """
    random = np.random.default_rng(_SEED)
    seen: dict[str, list[float]] = defaultdict(list)
    for _ in range(draws):
        drawn = random.integers(len(clusters), size=len(clusters))
        for name, value in measure(combine(clusters[k] for k in drawn)).items():
            if value is not None:
                seen[name].append(value)
    return {
        name: (float(np.quantile(values, 0.025)), float(np.quantile(values, 0.975)))
        for name, values in seen.items()
    }
