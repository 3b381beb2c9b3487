"""Scores, grades, dimensions, faults and the standing measures by year, region and unit type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, TypeAlias

import numpy as np
import pandas as pd

from analyzer.rendering.labels import DIMENSION, GRADE
from analyzer.result import Siloed
from analyzer.rules.catalogue import catalogue
from analyzer.trends import tables
from analyzer.trends.frames import Frames
from analyzer.trends.resampling import Bootstrap, Floats, Ints, false_discovery
from analyzer.trends.tables import LEAST, tidy

Row: TypeAlias = dict[str, Any]

GROUPS: Final = {
    "all": (),
    "year": ("year",),
    "region": ("region",),
    "unit_type": ("unit_type",),
    "year+region": ("year", "region"),
    "year+unit_type": ("year", "unit_type"),
}
STANDING: Final = {
    "length": "篇幅（字）",
    "density": "套话密度（每千字）",
    "sameness": "与上年相同的句子",
    "repetition": "文内重复",
    "specificity": "具体程度（每百字）",
    "closure": "问题、原因、措施闭环的问题",
    "personal": "履职中写本人所做的",
}
TWO_SKINS: Final = {
    "admitted": "承认存在“两张皮”",
    "partial": "党建与业务部分分开写",
    "full": "党建与业务各写各的",
    "mended-admitted": "上年承认、本年不再承认",
    "mended-siloed": "上年各写各的、本年不再如此",
}
_BIN: Final = 5  # points of a bin of the distribution
_SURE: Final = 0.05


@dataclass(frozen=True)
class Group:
    """Some of the reports: by what they were chosen, and which."""

    by: str
    keys: Row
    rows: Ints

    @property
    def name(self) -> str:
        """What tells it from all others."""
        return "|".join([self.by, *map(str, self.keys.values())])


def groups(frame: pd.DataFrame, asked: Sequence[str] = tuple(GROUPS)) -> Iterator[Group]:
    """Yield the groups of a frame of reports, or of pairs of them."""
    for by in asked:
        names = list(GROUPS[by])
        if not names:
            yield Group(by, {}, np.arange(len(frame)))
            continue
        for key, rows in sorted(frame.groupby(names, sort=True).indices.items()):
            values = key if isinstance(key, tuple) else (key,)
            yield Group(by, dict(zip(names, values, strict=True)), rows)


def summarise(
    frame: pd.DataFrame,
    above: pd.DataFrame,
    below: pd.DataFrame,
    boot: Bootstrap,
    asked: Sequence[str] = tuple(GROUPS),
    shares: Sequence[str] = (),
) -> pd.DataFrame:
    """Return every figure of every group: ``by``, its keys, ``figure``, n, units, value, low, high, p.

    Parameters
    ----------
    frame : DataFrame
        The reports: ``unit_id`` and what they are grouped by.
    above, below : DataFrame
        Of each report and figure what it adds above and below the line; 0 where it has no part.
    """
    names = list(above)
    tops, bottoms = above.to_numpy(np.float64), below.to_numpy(np.float64)
    is_share = [name in shares for name in names]
    parts = [pd.DataFrame(columns=["by", "figure", "n", "units", "value", "low", "high", "p"])]
    for group in groups(frame, asked):
        if not len(group.rows):
            continue
        units = frame["unit_id"].iloc[group.rows].factorize()[0].astype(np.int64)
        made = boot.ratios(tops[group.rows], bottoms[group.rows], units, group.name, is_share)
        figures = {"n": made.n, "units": made.units, "value": made.value, "low": made.low, "high": made.high}
        parts.append(pd.DataFrame({"by": group.by, **group.keys, "figure": names, **figures, "p": made.p}))
    return pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)


def means(values: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what `summarise` takes to give means of values; NaN has no part."""
    return values.fillna(0.0), values.notna().astype(np.float64)


def scores(frames: Frames, boot: Bootstrap) -> pd.DataFrame:
    """Return the distribution of scores in each group; see `analyzer.trends.tables.SCORES`."""
    scored = frames.reports.dropna(subset=["overall"]).reset_index(drop=True)
    found = summarise(scored, *means(scored[["overall"]]), boot)
    found = found.rename(columns={"value": "mean", "low": "mean_low", "high": "mean_high"})
    rows = []
    for group in groups(scored):
        some = scored.iloc[group.rows]
        if not len(some):
            continue
        values = some["overall"].to_numpy()
        units = some["unit_id"].factorize()[0].astype(np.int64)
        median = boot.quantile(values, units, 0.5, group.name)
        quantiles = np.quantile(values, (0.1, 0.25, 0.75, 0.9))
        rows.append(
            dict(zip(("median", "median_low", "median_high"), median, strict=True))
            | dict(zip(("q10", "q25", "q75", "q90"), quantiles, strict=True))
            | {"sd": values.std(ddof=1) if len(values) > 1 else np.nan}
        )
    return tidy(tables.SCORES, pd.concat([found, pd.DataFrame(rows)], axis=1))


def grades(frames: Frames, boot: Bootstrap) -> pd.DataFrame:
    """Return the share of each grade in each group."""
    scored = frames.reports.dropna(subset=["overall"]).reset_index(drop=True)
    given = pd.DataFrame({grade: (scored["grade"] == grade).astype(np.float64) for grade in GRADE})
    found = summarise(scored, *means(given), boot, shares=list(given))
    return tidy(tables.GRADES, found.rename(columns={"figure": "grade", "value": "share"}))


def distribution(frames: Frames) -> pd.DataFrame:
    """Return how many reports of each group have a score in each bin of five points."""
    scored = frames.reports.dropna(subset=["overall"]).reset_index(drop=True)
    edges = np.arange(0, 100 + _BIN, _BIN)
    rows = [
        {"by": group.by, **group.keys, "start": start, "stop": start + _BIN, "reports": count}
        | {"n": len(group.rows), "units": scored["unit_id"].iloc[group.rows].nunique()}
        for group in groups(scored)
        for start, count in zip(
            edges, np.histogram(scored["overall"].iloc[group.rows], edges)[0], strict=False
        )
    ]
    return tidy(tables.DISTRIBUTION, rows)


def dimensions(frames: Frames, boot: Bootstrap) -> pd.DataFrame:
    """Return the mean of each dimension in each group."""
    found = summarise(frames.reports, *means(_dimensions(frames)), boot)
    return tidy(tables.DIMENSIONS, found.rename(columns={"figure": "dimension", "value": "mean"}))


def faults(frames: Frames, boot: Bootstrap) -> pd.DataFrame:
    """Return how often each rule finds something, and in how many reports, in each group."""
    counts = _faults(frames)
    asked = ("all", "year", "region", "unit_type", "year+unit_type")
    rates = summarise(frames.reports, *means(counts), boot, asked)
    held = counts.gt(0).astype(np.float64).where(counts.notna())
    share = summarise(frames.reports, *means(held), boot, asked, list(counts))
    lost = summarise(frames.reports, *means(_faults(frames, "deduction")), boot, asked)
    made = rates.rename(columns={"value": "rate", "low": "rate_low", "high": "rate_high", "figure": "rule"})
    made = made.assign(
        share=share["value"], share_low=share["low"], share_high=share["high"], deduction=lost["value"]
    )
    known = frames.findings.drop_duplicates("rule").set_index("rule")["dimension"]
    return tidy(
        tables.FAULTS,
        made.assign(title=made["rule"].map(rule_title), dimension=made["rule"].map(known)),
    )


def standing(frames: Frames, boot: Bootstrap) -> pd.DataFrame:
    """Return the six standing measures, and the share of personal duty, in each group."""
    reports = frames.reports
    found = summarise(reports, *means(reports[list(STANDING)]), boot)
    medians = [reports[list(STANDING)].iloc[group.rows].median() for group in groups(reports)]
    made = found.rename(columns={"value": "mean", "figure": "measure"})
    made["median"] = np.concatenate(medians) if medians else []
    return tidy(tables.STANDING, made.assign(title=made["measure"].map(STANDING)))


def promises(frames: Frames, boot: Bootstrap) -> pd.DataFrame:
    """Return what became of last year's promises and problems in each group."""
    pairs = frames.pairs
    judged = pairs["promises"] - pairs["unclear"]
    checked = pairs["checkable"] - pairs["checkable_unclear"]
    lines = {
        "kept": (pairs["shown"], judged),
        **{name: (pairs[name], judged) for name in ("unmet", "again", "silent")},
        "unclear": (pairs["unclear"], pairs["promises"]),
        "checkable": (pairs["checkable"], pairs["promises"]),
        "checkable_kept": (pairs["checkable_shown"], checked),
        "back": (pairs["problems_back"], pairs["problems_last"]),
    }
    above, below = (pd.DataFrame({name: line[side] for name, line in lines.items()}) for side in (0, 1))
    found = summarise(pairs, above, below, boot)
    keys = ["by", *(name for name in ("year", "region", "unit_type") if name in found)]
    rows = []
    for group in groups(pairs):
        some = group.rows
        if not len(some):
            continue
        told = found[_same(found, keys, {"by": group.by, **group.keys})].set_index("figure")
        sums = {"promises": int(pairs["promises"].iloc[some].sum()), "judged": int(judged.iloc[some].sum())}
        units = pairs["unit_id"].iloc[some].nunique()
        rows.append(
            {"by": group.by, **group.keys, "n": len(some), "units": units, **sums, **told["value"].to_dict()}
            | {"low": told.at["kept", "low"], "high": told.at["kept", "high"]}
            | {"back_low": told.at["back", "low"], "back_high": told.at["back", "high"]}
        )
    return tidy(tables.PROMISES, rows)


def two_skins(frames: Frames, boot: Bootstrap) -> pd.DataFrame:
    """Return how often the 两张皮 pattern is admitted, is there in the structure, and is mended a year later."""
    reports = frames.reports
    siloed = reports["siloed"]
    now = pd.DataFrame(
        {
            "admitted": (reports["admitted"] > 0).astype(np.float64),
            "partial": (siloed == Siloed.PARTIAL).astype("Float64").astype(np.float64),
            "full": (siloed == Siloed.FULL).astype("Float64").astype(np.float64),
        }
    )
    now[["partial", "full"]] = now[["partial", "full"]].where(siloed.notna(), np.nan)
    known = reports.set_index("report")
    pairs = frames.pairs
    last, this = (
        known.reindex(pairs[name])[["admitted", "siloed"]].reset_index(drop=True)
        for name in ("last_report", "report")
    )
    was_full = (last["siloed"] == Siloed.FULL).fillna(False).astype(bool) & this["siloed"].notna()
    is_full = (this["siloed"] == Siloed.FULL).fillna(False).astype(bool)
    mended = pd.DataFrame(
        {
            "mended-admitted": (this["admitted"] == 0).astype(np.float64).where(last["admitted"] > 0),
            "mended-siloed": (~is_full).astype(np.float64).where(was_full),
        }
    )
    found = pd.concat(
        [
            summarise(frame, *means(some), boot, shares=list(some))
            for frame, some in ((reports, now), (pairs, mended))
        ],
        ignore_index=True,
    )
    made = found.rename(columns={"figure": "what", "value": "share"})
    return tidy(tables.TWO_SKINS, made.assign(title=made["what"].map(TWO_SKINS)))


def coverage(frames: Frames) -> pd.DataFrame:
    """Return how many reports count in each group, and how many of them have a score."""
    reports = frames.reports
    rows = []
    for group in groups(reports):
        some = reports.iloc[group.rows]
        scored = int(some["overall"].notna().sum())
        counts = {"n": len(some), "units": some["unit_id"].nunique()}
        rows.append(
            {"by": group.by, **group.keys, **counts, "scored": scored, "abstained": len(some) - scored}
        )
    return tidy(tables.COVERAGE, rows)


def percentiles(frames: Frames) -> pd.DataFrame:
    """Return where each report stands among those of the same unit type and year."""
    scored = frames.reports.dropna(subset=["overall"]).reset_index(drop=True)
    rows = []
    for _, some in scored.groupby(["year", "unit_type"], sort=True):
        values = np.sort(some["overall"].to_numpy())

        def place(scores: pd.Series, values: Floats = values) -> Floats:
            found = np.searchsorted(values, scores, "left") + np.searchsorted(values, scores, "right")
            return np.asarray(100 * found / 2 / len(values))

        rows.append(
            some.assign(
                n=len(some),
                units=some["unit_id"].nunique(),
                percentile=place(some["overall"]),
                low=place(some["low"]),
                high=place(some["high"]),
            )
        )
    return tidy(tables.PERCENTILES, pd.concat(rows).sort_values(["unit_type", "unit_id", "year"]))


def changes(frames: Frames, boot: Bootstrap) -> pd.DataFrame:
    """Return the change a year, within units, of scores, dimensions, faults and standing measures."""
    reports = frames.reports
    families = {
        "overall": (reports[["overall"]], {"overall": "总分"}),
        "dimension": (_dimensions(frames), {str(name): label for name, label in DIMENSION.items()}),
        "fault": (_faults(frames), None),
        "standing": (reports[list(STANDING)], STANDING),
    }
    parts = []
    for family, (values, titles) in families.items():
        found = summarise(reports, *slopes(values, reports), boot, ("all", "region", "unit_type"))
        title = found["figure"].map(titles or rule_title)
        found = found.rename(columns={"figure": "measure", "value": "slope"}).assign(
            family=family, title=title
        )
        # What nobody is told of is no test.
        found["p"] = found["p"].where((found["units"] >= LEAST) & found["slope"].notna())
        found["q"] = found.groupby("by", sort=False)["p"].transform(
            lambda p: false_discovery(p.to_numpy(np.float64))
        )
        parts.append(found[found["units"] > 0])
    made = pd.concat(parts, ignore_index=True)
    return tidy(tables.CHANGES, made.assign(direction=direction(made["slope"], made["q"])))


def slopes(values: pd.DataFrame, reports: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what `summarise` takes to give slopes over the years within units.

    Each unit is compared with itself, so that which units hand in a report in which year decides nothing.
    """
    units = reports["unit_id"].factorize()[0]
    there = values.notna()
    years = there.mul(reports["year"].to_numpy(np.float64), axis=0).where(there)
    years -= years.groupby(units).transform("mean")
    away = values - values.groupby(units).transform("mean")
    return (years * away).fillna(0.0), (years**2).fillna(0.0)


def direction(slope: pd.Series, q: pd.Series) -> pd.Series:
    """Return rising or falling where that is sure, else none."""
    sure = (q < _SURE).fillna(False)
    signs = np.where(slope > 0, "rising", "falling")
    return pd.Series(np.where(sure, signs, "none"), index=slope.index)


def rule_title(rule: str) -> str:
    """Return the title of a rule, of a user's own rule its id."""
    return _titles().get(rule, rule)


@cache
def _titles() -> Mapping[str, str]:
    return {rule.id: rule.title for rule in catalogue()}


def _dimensions(frames: Frames) -> pd.DataFrame:
    wide = frames.dimensions.pivot(index="report", columns="dimension", values="score")
    order = [str(name) for name in DIMENSION if str(name) in wide]
    return wide.reindex(frames.reports["report"])[order].astype(np.float64).reset_index(drop=True)


def _faults(frames: Frames, what: str = "count") -> pd.DataFrame:
    """Return what each rule found in each report that has a score."""
    wide = frames.findings.pivot_table(index="report", columns="rule", values=what, aggfunc="sum")
    wide = wide.reindex(frames.reports["report"]).fillna(0.0).astype(np.float64).reset_index(drop=True)
    return wide.where(frames.reports["overall"].notna(), np.nan)


def _same(frame: pd.DataFrame, names: Sequence[str], keys: Row) -> pd.Series:
    found = pd.Series(True, index=frame.index)
    for name in names:
        found &= frame[name].isna() if name not in keys else frame[name] == keys[name]
    return found
