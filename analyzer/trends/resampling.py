"""Intervals by bootstrap over units: a unit's reports of several years are drawn together.

All figures are ratios of sums over reports: a mean, a share, a rate, and the slope within units too.  So a
draw is a weight of each unit, and a thousand draws of a hundred figures are one product of matrices.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias
from zlib import crc32

import numpy as np
import numpy.typing as npt
from scipy import stats

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]

DRAWS: Final = 1000
LEVEL: Final = 0.95


@dataclass(frozen=True)
class Estimates:
    """Figures of one group, each array of shape (n_figures,).

    Parameters
    ----------
    value, low, high : ndarray of float64
        NaN where nothing is there to divide by.
    n, units : ndarray of int64
        Reports and units that a figure rests on.
    p : ndarray of float64
        Of a value of zero, by the spread of units about the value.
    """

    value: Floats
    low: Floats
    high: Floats
    n: Ints
    units: Ints
    p: Floats


@dataclass(frozen=True)
class Bootstrap:
    """Draws that depend on seed and group alone, whatever else is asked and in which order."""

    seed: int
    draws: int = DRAWS

    def weights(self, units: int, group: str) -> Floats:
        """Return how often each unit is in each draw, shape (n_draws, n_units)."""
        random = np.random.default_rng((self.seed, crc32(group.encode())))
        drawn = random.integers(units, size=(self.draws, units), dtype=np.int32)
        drawn += units * np.arange(self.draws, dtype=np.int32)[:, None]
        return np.bincount(drawn.ravel(), minlength=self.draws * units).reshape(-1, units).astype(np.float64)

    def ratios(
        self, above: Floats, below: Floats, units: Ints, group: str, shares: Flags | None = None
    ) -> Estimates:
        """Return ratios of sums with their intervals.

        Parameters
        ----------
        above, below : ndarray of float64, shape (n_reports, n_figures)
            Both 0 where a report has no part in a figure.
        units : ndarray of int64, shape (n_reports,)
            The unit of each report, numbered from 0.
        group : str
            Which reports these are.
        shares : ndarray of bool, shape (n_figures,), optional
            Which figures are shares of reports; of a share of none or all no draw could show another, so
            Wilson's interval is taken.
        """
        count = int(units.max()) + 1 if len(units) else 0
        tops, bottoms = _sums(above, units, count), _sums(below, units, count)
        has = bottoms != 0
        top, bottom = tops.sum(axis=0), bottoms.sum(axis=0)
        with np.errstate(invalid="ignore", divide="ignore"):
            value = top / bottom
            weights = self.weights(count, group)
            drawn = (weights @ tops) / (weights @ bottoms)
            resting = has.sum(axis=0)
            low, high = interval(drawn, resting)
            spread = np.sqrt(((tops - value * bottoms) ** 2).sum(axis=0) * resting / (resting - 1)) / bottom
            p = 2 * stats.t.sf(np.abs(value / spread), np.maximum(resting - 1, 1))
        for number in () if shares is None else np.flatnonzero(shares):
            if value[number] in (0.0, 1.0):
                low[number], high[number] = wilson(value[number], int(resting[number]))
        return Estimates(value, low, high, (below != 0).sum(axis=0), resting, p)

    def quantile(self, values: Floats, units: Ints, at: float, group: str) -> tuple[float, float, float]:
        """Return a quantile of values and its interval; the reports of ``units`` are drawn together."""
        order = np.argsort(values, kind="stable")
        weights = self.weights(int(units.max()) + 1, group)[:, units[order]].cumsum(axis=1)
        reached = (weights >= at * weights[:, -1:]).argmax(axis=1)
        low, high = interval(values[order][reached][:, None], np.array([len(np.unique(units))]))
        return float(np.quantile(values, at)), float(low[0]), float(high[0])


def interval(drawn: Floats, units: Ints) -> tuple[Floats, Floats]:
    """Return the bounds of the middle 95 % of draws, shape (n_draws, n_figures), widened for few units.

    With n units percentiles are as narrow as if the normal curve held and the spread were divided by n;
    the levels are moved out to what Student's t with n - 1 asks for (Hesterberg 2015, "expanded percentile").
    """
    low, high = np.full(drawn.shape[1], np.nan), np.full(drawn.shape[1], np.nan)
    for count in np.unique(units[units > 1]):
        wide = np.sqrt(count / (count - 1)) * stats.t.ppf((1 + LEVEL) / 2, count - 1)
        tail = stats.norm.sf(wide)
        columns = np.flatnonzero(units == count)
        some = drawn[:, columns]
        pick = np.nanquantile if np.isnan(some).any() else np.quantile
        low[columns], high[columns] = pick(some, [tail, 1 - tail], axis=0)
    return low, high


def wilson(share: float, n: int) -> tuple[float, float]:
    """Return Wilson's interval of a share of n."""
    if not n:
        return np.nan, np.nan
    z = stats.norm.ppf((1 + LEVEL) / 2)
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, float(middle - half)), min(1.0, float(middle + half))


def false_discovery(p: Floats) -> Floats:
    """Return Benjamini and Hochberg's q of p-values; NaN stays NaN and is no test."""
    q = np.full(len(p), np.nan)
    tests = np.flatnonzero(~np.isnan(p))
    if len(tests):
        q[tests] = stats.false_discovery_control(p[tests])
    return q


def _sums(values: Floats, units: Ints, count: int) -> Floats:
    sums = np.zeros((count, values.shape[1]))
    np.add.at(sums, units, values)
    return sums
