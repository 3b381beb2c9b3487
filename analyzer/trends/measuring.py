"""All that the briefing tells of a store, in one object."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pandas as pd

    from analyzer.store.store import Store
    from analyzer.trends.frames import Frames

SEED: Final = 20211
# `by` says which of year, region and unit_type a row is about; the others are <NA>.  n are reports, units
# are distinct units; both are <NA>, and all figures NaN, where `suppressed` (fewer than five units).
_GROUP: Final = {"by": "string", "year": "Int64", "region": "string", "unit_type": "string"}
_COUNT: Final = {"n": "Int64", "units": "Int64", "suppressed": "bool"}
BY: Final = ("all", "year", "region", "unit_type", "year+region", "year+unit_type")
SCORES: Final = {
    **_GROUP,
    **_COUNT,
    **dict.fromkeys(("mean", "mean_low", "mean_high", "median", "median_low", "median_high"), "float64"),
    **dict.fromkeys(("q10", "q25", "q75", "q90", "sd"), "float64"),
}
GRADES: Final = {
    **_GROUP,
    "grade": "string",
    **_COUNT,
    "share": "float64",
    "low": "float64",
    "high": "float64",
}
# Reports by score: `start` and `stop` are the bin's bounds, `reports` how many are in it.
DISTRIBUTION: Final = {**_GROUP, "start": "float64", "stop": "float64", **_COUNT, "reports": "Int64"}
DIMENSIONS: Final = {
    **_GROUP,
    "dimension": "string",
    **_COUNT,
    "mean": "float64",
    "low": "float64",
    "high": "float64",
}
# by: all, year, unit_type.  rate: findings a report; share: of reports with any; deduction: points a report.
FAULTS: Final = {
    **_GROUP,
    "rule": "string",
    "title": "string",
    "dimension": "string",
    **_COUNT,
    **dict.fromkeys(("rate", "rate_low", "rate_high", "share", "share_low", "share_high"), "float64"),
    "deduction": "float64",
}
# One row a measure, group and year.  measure: length density sameness repetition specificity closure personal.
STANDING: Final = {
    **_GROUP,
    "measure": "string",
    "title": "string",
    **_COUNT,
    **dict.fromkeys(("mean", "low", "high", "median"), "float64"),
}
# Change a year within units.  family: overall, dimension, fault, standing; measure: a dimension's, rule's or
# measure's id, "overall".  by: all, region, unit_type.  p, and q by Benjamini-Hochberg within family and `by`.
# direction: rising, falling, none (no sign of change).
CHANGES: Final = {
    **_GROUP,
    "family": "string",
    "measure": "string",
    "title": "string",
    **_COUNT,
    **dict.fromkeys(("slope", "low", "high", "p", "q"), "float64"),
    "direction": "string",
}
# One row a unit with three years or more, in order of name, not of score.
MOVERS: Final = {
    "unit_id": "string",
    "unit": "string",
    "unit_type": "string",
    "region": "string",
    "n": "int64",
    "first_year": "int64",
    "last_year": "int64",
    "first": "float64",
    "last": "float64",
    "slope": "float64",  # points a year
    "low": "float64",
    "high": "float64",
    "p": "float64",
    "q": "float64",
    "moved": "bool",  # q < 0.05
    "direction": "string",  # rising, falling, none
    "relative": "float64",  # slope less the mean slope of all
    "expected": "float64",  # change to the last year that chance alone would bring a unit of such a first score
    "returning": "bool",  # it moved as units of such a first score do by chance, and no more than that
}
# What became of units by where they stood the year before: band lowest, middle, highest (quarter, half, quarter).
# expected: mean of the year after had nothing changed but chance; beyond = after - expected, with interval.
RETURNS: Final = {
    "last_year": "Int64",
    "year": "Int64",
    "band": "string",
    **_COUNT,
    **dict.fromkeys(("before", "after", "expected", "beyond", "low", "high"), "float64"),
}
# by: all, year, unit_type, region, year+unit_type; year is that of the report that is looked into.
# n: pairs of years; promises: measures; kept = shown of those that are not unclear; other shares of promises.
PROMISES: Final = {
    **_GROUP,
    **_COUNT,
    "promises": "Int64",
    "judged": "Int64",
    **dict.fromkeys(("kept", "low", "high", "unmet", "again", "silent", "unclear"), "float64"),
    **dict.fromkeys(("checkable", "checkable_kept", "back", "back_low", "back_high"), "float64"),
}
# Edges between units (own years left out), and the groups that they make; sizes of rings in units.
EDGES: Final = {
    "unit_a": "string",
    "unit_b": "string",
    "name_a": "string",
    "name_b": "string",
    "region_a": "string",
    "region_b": "string",
    "year": "int64",  # of the later report
    "overlap": "float64",
    "ring": "int64",
}
RINGS: Final = {
    "ring": "int64",
    "units": "int64",
    "edges": "int64",
    "years": "string",
    "regions": "string",
    "overlap": "float64",  # the highest
    "names": "string",
}
# by: all, year, unit_type, year+unit_type.  what: admitted, partial, full (siloed), mended-admitted,
# mended-siloed (n: units that admitted it or were siloed fully the year before; share: that are no more).
TWO_SKINS: Final = {
    **_GROUP,
    "what": "string",
    "title": "string",
    **_COUNT,
    **dict.fromkeys(("share", "low", "high"), "float64"),
}
# One row a report that was scored; n: reports of the same unit type and year.
PERCENTILES: Final = {
    "unit_id": "string",
    "unit": "string",
    "unit_type": "string",
    "region": "string",
    "year": "int64",
    **_COUNT,
    "overall": "float64",
    "percentile": "float64",  # 0 to 100: share of like units that score lower, ties half
    "low": "float64",
    "high": "float64",
}
# by: all, year, year+region, year+unit_type; n: reports that count, scored: with a score.
COVERAGE: Final = {**_GROUP, **_COUNT, "scored": "Int64", "abstained": "Int64"}


@dataclass(frozen=True)
class Reliability:
    """How much of a single score stands from year to year.

    ``value`` is the correlation of two consecutive scores of a unit, the years' means taken out; of the
    distance of a single score from the mean, so much is expected to last.  ``n`` are pairs.
    """

    value: float
    low: float
    high: float
    n: int
    units: int


@dataclass(frozen=True)
class Trends:
    """A store's frames and what follows from them.

    Each table has the columns that the constant of its name has.  Whatever table is given, groups of fewer
    than five units are blanked when a `Trends` is made.

    Parameters
    ----------
    frames : Frames
        Row by row, nothing suppressed; not to be published.
    scores, grades, distribution, dimensions, faults, standing, changes, movers, returns, promises, edges, \
rings, two_skins, percentiles, coverage : DataFrame
    reliability : Reliability or None
        None where no unit has two years.
    seed, draws : int
        Of the bootstrap.
    """

    frames: Frames
    scores: pd.DataFrame
    grades: pd.DataFrame
    distribution: pd.DataFrame
    dimensions: pd.DataFrame
    faults: pd.DataFrame
    standing: pd.DataFrame
    changes: pd.DataFrame
    movers: pd.DataFrame
    returns: pd.DataFrame
    promises: pd.DataFrame
    edges: pd.DataFrame
    rings: pd.DataFrame
    two_skins: pd.DataFrame
    percentiles: pd.DataFrame
    coverage: pd.DataFrame
    reliability: Reliability | None
    seed: int
    draws: int


def measure(
    store: Store,
    *,
    years: tuple[int, int] | None = None,
    rubric: str | None = None,
    adjusted: bool = False,
    seed: int = SEED,
) -> Trends:
    """Return all that the briefing tells of a store; see `analyzer.trends.frames.read` for what is read."""
    raise NotImplementedError
