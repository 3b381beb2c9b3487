"""Frames made without a store: a score a unit and year, drawn by a process whose figures are known."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from analyzer.trends import frames
from analyzer.trends.tables import tidy

LEVEL, REPORT = 5.0, 4.0  # spread of units, and of a unit's reports about its level
STANDS = LEVEL**2 / (LEVEL**2 + REPORT**2)  # correlation of two scores of a unit


@cache
def panel(
    seed: int, units: int, years: int, slope: float = 0.0, movers: tuple[float, ...] = ()
) -> frames.Frames:
    """Frames of units whose score changes by `slope` a year, some by so much more."""
    random = np.random.default_rng(seed)
    unit, year = (each.ravel() for each in np.meshgrid(np.arange(units), np.arange(years), indexing="ij"))
    own = np.zeros(units)
    own[: len(movers)] = movers
    level = random.normal(65, LEVEL, units)
    overall = level[unit] + (slope + own[unit]) * year + random.normal(0, REPORT, len(unit))
    whose = {
        "report": np.arange(len(unit)) + 1,
        "unit_id": [f"u{number:04}" for number in unit],
        "unit": [f"甲{number:04}镇" for number in unit],
        "unit_type": np.where(unit % 2, "乡镇", "街道"),
        "region": [f"{'东西南北'[number % 4]}县" for number in unit],
        "year": 2021 + year,
    }
    grade = np.select([overall >= 90, overall >= 75, overall >= 60], ["A", "B", "C"], "D")
    zero = dict.fromkeys(("gates", "problems", "findings", "admitted", "resolved"), 0)
    reports = pd.DataFrame({**whose, "overall": overall, "grade": grade, **zero, "adjusted": False})
    reports = reports.assign(low=reports["overall"] - 7, high=reports["overall"] + 7)
    last = reports.assign(year=reports["year"] + 1)[["unit_id", "year", "report", "overall"]]
    pairs = reports.merge(last, on=["unit_id", "year"], suffixes=("", "_of_last"))
    pairs = pairs.rename(columns={"report_of_last": "last_report", "overall_of_last": "last_overall"})
    counts = [name for name, kind in frames.PAIRS.items() if kind == "int64" and name not in pairs]
    pairs = pairs.assign(**{**dict.fromkeys(counts, 0), "last_year": pairs["year"] - 1})
    empty = {
        name: tidy(getattr(frames, name.upper()), [])
        for name in (
            "dimensions", "findings", "problems", "promises", "copies", "decisions", "rulers", "left_out",
        )
    }  # fmt: skip
    return frames.Frames(
        tidy(frames.REPORTS, reports),
        pairs=tidy(frames.PAIRS, pairs),
        rubric="r",
        fingerprint="f",
        head="h",
        **empty,
    )
