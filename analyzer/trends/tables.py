"""The tables of a briefing: their columns, and the one place where small groups are blanked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

LEAST: Final = 5  # units that a group must have to be told of

# `by` says which of year, region and unit_type a row is about; the others are <NA>.  n are reports, units
# are distinct units; both are <NA>, and all that stands after them too, where `suppressed`.
_GROUP: Final = {"by": "string", "year": "Int64", "region": "string", "unit_type": "string"}
_COUNT: Final = {"n": "Int64", "units": "Int64", "suppressed": "bool"}
_SHARE: Final = {"share": "float64", "low": "float64", "high": "float64"}
SCORES: Final = {
    **_GROUP,
    **_COUNT,
    **dict.fromkeys(("mean", "mean_low", "mean_high", "median", "median_low", "median_high"), "float64"),
    **dict.fromkeys(("q10", "q25", "q75", "q90", "sd"), "float64"),
}
GRADES: Final = {**_GROUP, "grade": "string", **_COUNT, **_SHARE}
# Reports by score: `start` and `stop` are the bin's bounds, `reports` how many are in it.
DISTRIBUTION: Final = {**_GROUP, "start": "float64", "stop": "float64", **_COUNT, "reports": "Int64"}
DIMENSIONS: Final = {
    **_GROUP,
    "dimension": "string",
    **_COUNT,
    **dict.fromkeys(("mean", "low", "high"), "float64"),
}
# rate: findings a report; share: of reports with any; deduction: points a report.
FAULTS: Final = {
    **_GROUP,
    "rule": "string",
    "title": "string",
    "dimension": "string",
    **_COUNT,
    **dict.fromkeys(("rate", "rate_low", "rate_high", "share", "share_low", "share_high"), "float64"),
    "deduction": "float64",
}
# measure: length, density, sameness, repetition, specificity, closure, personal.
STANDING: Final = {
    **_GROUP,
    "measure": "string",
    "title": "string",
    **_COUNT,
    **dict.fromkeys(("mean", "low", "high", "median"), "float64"),
}
# Change a year within units.  family: overall, dimension, fault, standing; measure: the id of a dimension,
# rule or measure, or "overall".  by: all, region, unit_type.  p, and q by Benjamini-Hochberg within family
# and `by`.  direction: rising, falling, or none where q is not below 0.05.
CHANGES: Final = {
    **_GROUP,
    "family": "string",
    "measure": "string",
    "title": "string",
    **_COUNT,
    **dict.fromkeys(("slope", "low", "high", "p", "q"), "float64"),
    "direction": "string",
}
# One row a unit with three years or more, in order of name, not of score; without figures where its region or
# its unit type has fewer than `LEAST` units.
MOVERS: Final = {
    "unit_id": "string",
    "unit": "string",
    "unit_type": "string",
    "region": "string",
    "years": "Int64",
    "first_year": "Int64",
    "last_year": "Int64",
    "first": "float64",
    "last": "float64",
    "slope": "float64",  # points a year
    "low": "float64",
    "high": "float64",
    "p": "float64",
    "q": "float64",
    "moved": "boolean",  # q < 0.05
    "direction": "string",  # rising, falling, none
    "relative": "float64",  # slope less the slope of all units together
    "expected": "float64",  # slope that chance alone would bring a unit of such a first score
    "returning": "boolean",  # moved, but not sure to have moved beyond what is expected
}
# What became of units by where they stood the year before: band lowest, middle, highest (quarter, half,
# quarter).  chance: the change that the return to the mean alone brings; expected: the mean of this year with
# it and with the change of all pairs together; beyond = after - expected.
RETURNS: Final = {
    "last_year": "Int64",
    "year": "Int64",
    "band": "string",
    **_COUNT,
    **dict.fromkeys(("before", "after", "chance", "expected", "beyond", "low", "high"), "float64"),
}
# year is that of the report that is looked into, n are pairs of years.  kept: shown of those promises that
# are not unclear (judged), with low and high; unmet, again, silent: of judged; unclear, checkable: of all.
# back: share of last year's problems that came back word for word.
PROMISES: Final = {
    **_GROUP,
    **_COUNT,
    "promises": "Int64",
    "judged": "Int64",
    **dict.fromkeys(("kept", "low", "high", "unmet", "again", "silent", "unclear"), "float64"),
    **dict.fromkeys(("checkable", "checkable_kept", "back", "back_low", "back_high"), "float64"),
}
# Which units share wording with others, and the rings that they make; years of one unit are left out.
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
    "members": "int64",  # units
    "edges": "int64",
    "years": "string",
    "regions": "string",
    "overlap": "float64",  # the highest
    "names": "string",
}
# what: admitted, partial, full (siloed); mended-admitted, mended-siloed: of units that admitted it, or were
# siloed fully, the year before, those that do or are no more.  n: reports that it is a share of.
TWO_SKINS: Final = {**_GROUP, "what": "string", "title": "string", **_COUNT, **_SHARE}
# Topics of the problems that reports name.  share: of reports that name the topic.
TOPICS: Final = {**_GROUP, "topic": "string", **_COUNT, **_SHARE}
# One row a topic, the most common first.  known: of ``lexicons/topics.toml``.  slope: change a year of the
# share, within units.  course: new, rising, falling, vanishing, or none where q is not below 0.05.
COMMON: Final = {
    "topic": "string",
    "known": "bool",
    **_COUNT,
    **_SHARE,
    "problems": "Int64",
    **dict.fromkeys(("slope", "slope_low", "slope_high", "p", "q"), "float64"),
    "course": "string",
    "words": "string",
    "wordings": "string",
}
# One row a report that was scored; n: reports of the same unit type and year, itself among them.  Suppressed
# where its region, too, has fewer than `LEAST` units in that year.
PERCENTILES: Final = {
    "unit_id": "string",
    "unit": "string",
    "unit_type": "string",
    "region": "string",
    "year": "int64",
    **_COUNT,
    "overall": "float64",
    "percentile": "float64",  # 0 to 100: share of like units that score lower, of equals half
    # Where the scores of four of five experts would stand.
    "low": "float64",
    "high": "float64",
}
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


def tidy(columns: Mapping[str, str], rows: Any) -> pd.DataFrame:
    """Return rows as a frame of these columns and types, small groups blanked.

    A table of groups has ``n``, ``units`` and ``suppressed``; of a group of fewer units than `LEAST` nothing
    but its name is left.
    """
    frame = pd.DataFrame(rows)
    if "units" in columns and "suppressed" not in frame:
        frame["suppressed"] = False
    frame = frame.reindex(columns=list(columns)).astype(dict(columns)).reset_index(drop=True)
    return blanked(frame)


def blanked(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with the figures of small groups blanked; a table of no groups as it is."""
    if "suppressed" not in table:
        return table
    small = table["suppressed"] | (table["units"].fillna(0) < LEAST)
    table = table.assign(suppressed=small)
    names = list(table)
    figures = [*names[names.index("n") : names.index("suppressed")], *names[names.index("suppressed") + 1 :]]
    for name in figures:
        table[name] = table[name].mask(small)
    return table
