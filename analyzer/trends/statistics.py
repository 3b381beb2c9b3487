"""Scores, grades, dimensions, faults and the standing measures by year, region and unit type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import pandas as pd

from analyzer.rendering.labels import DIMENSION, GRADE
from analyzer.result import Siloed
from analyzer.rules.catalogue import rule_title
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
SURE: Final = 0.05  # what q has to be below
_KEYS: Final = ("by", "year", "region", "unit_type")
_MEDIAN: Final = ("median", "median_low", "median_high")
_SHARES: Final = ("grade", "held", "two_skins", "topic", "promises")  # families of shares
_CHANGING: Final = {"overall": "overall", "dimension": "dimension", "rate": "fault", "standing": "standing"}


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
    """Yield the groups of a frame of reports, or of pairs of them; none is empty."""
    for by in asked if len(frame) else ():
        names = list(GROUPS[by])
        if not names:
            yield Group(by, {}, np.arange(len(frame)))
            continue
        for key, rows in sorted(frame.groupby(names, sort=True).indices.items()):
            values = key if isinstance(key, tuple) else (key,)
            yield Group(by, dict(zip(names, values, strict=True)), np.asarray(rows))


def summarise(
    frame: pd.DataFrame,
    above: pd.DataFrame,
    below: pd.DataFrame,
    boot: Bootstrap,
    asked: Sequence[str] = tuple(GROUPS),
) -> pd.DataFrame:
    """Return every figure of every group: ``by``, its keys, family, name, n, units, value, low, high, p.

    Parameters
    ----------
    frame : DataFrame
        The reports: ``unit_id`` and what they are grouped by.
    above, below : DataFrame
        Of each report and figure what it adds above and below the line; 0 where it has no part.  Columns are
        the figures' families and names.
    """
    families, names = (above.columns.get_level_values(level) for level in (0, 1))
    tops, bottoms = above.to_numpy(np.float64), below.to_numpy(np.float64)
    shares = families.isin(_SHARES)
    codes = frame["unit_id"].factorize()[0]
    parts = []
    for group in groups(frame, asked):
        units = np.unique(codes[group.rows], return_inverse=True)[1]
        made = boot.ratios(tops[group.rows], bottoms[group.rows], units, group.name, shares)
        figures = {"n": made.n, "units": made.units, "value": made.value, "low": made.low, "high": made.high}
        whose = {"by": group.by, **group.keys, "family": families, "name": names}
        parts.append(pd.DataFrame({**whose, **figures, "p": made.p}))
    empty = dict.fromkeys(("by", "family", "name", "n", "units", "value", "low", "high", "p"), ())
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(empty)


def means(values: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what `summarise` takes to give means of values; NaN has no part."""
    return values.fillna(0.0), values.notna().astype(np.float64)


def figures(frames: Frames) -> pd.DataFrame:
    """Return all figures of each report, by family and name; NaN where a report has no part in one."""
    reports = frames.reports
    scored = reports["overall"].notna()
    counts = _faults(frames, "count")
    siloed = reports["siloed"]
    known = siloed.notna()
    families = {
        "overall": reports[["overall"]],
        "grade": pd.DataFrame({grade: _flag(reports["grade"] == grade, scored) for grade in GRADE}),
        "dimension": _dimensions(frames),
        "standing": reports[list(STANDING)],
        "rate": counts,
        "held": counts.gt(0).astype(np.float64).where(counts.notna()),
        "deduction": _faults(frames, "deduction"),
        "two_skins": pd.DataFrame(
            {
                "admitted": _flag(reports["admitted"] > 0, pd.Series(True, index=reports.index)),
                "partial": _flag(siloed == Siloed.PARTIAL, known),
                "full": _flag(siloed == Siloed.FULL, known),
            }
        ),
    }
    return pd.concat(families, axis=1)


def scores(frames: Frames, found: pd.DataFrame, boot: Bootstrap) -> pd.DataFrame:
    """Return the distribution of scores in each group; see `analyzer.trends.tables.SCORES`."""
    scored = frames.reports.dropna(subset=["overall"]).reset_index(drop=True)
    codes = scored["unit_id"].factorize()[0]
    rows = []
    for group in groups(scored):
        values = scored["overall"].to_numpy()[group.rows]
        units = np.unique(codes[group.rows], return_inverse=True)[1]
        rows.append(
            {"by": group.by, **group.keys}
            | dict(zip(_MEDIAN, boot.quantile(values, units, 0.5, group.name), strict=True))
            | dict(
                zip(("q10", "q25", "q75", "q90"), np.quantile(values, (0.1, 0.25, 0.75, 0.9)), strict=True)
            )
            | {"sd": values.std(ddof=1) if len(values) > 1 else np.nan}
        )
    mean = of_family(found, "overall").rename(
        columns={"value": "mean", "low": "mean_low", "high": "mean_high"}
    )
    return tidy(tables.SCORES, mean.merge(pd.DataFrame(rows), how="left") if rows else mean)


def grades(found: pd.DataFrame) -> pd.DataFrame:
    """Return the share of each grade in each group."""
    return tidy(tables.GRADES, of_family(found, "grade").rename(columns={"name": "grade", "value": "share"}))


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


def dimensions(found: pd.DataFrame) -> pd.DataFrame:
    """Return the mean of each dimension in each group."""
    made = of_family(found, "dimension").rename(columns={"name": "dimension", "value": "mean"})
    return tidy(tables.DIMENSIONS, made)


def faults(frames: Frames, found: pd.DataFrame) -> pd.DataFrame:
    """Return how often each rule finds something, and in how many reports, in each group."""
    rates, held, lost = (of_family(found, family) for family in ("rate", "held", "deduction"))
    made = rates.rename(columns={"value": "rate", "low": "rate_low", "high": "rate_high", "name": "rule"})
    made = made.assign(
        share=held["value"], share_low=held["low"], share_high=held["high"], deduction=lost["value"]
    )
    known = frames.findings.drop_duplicates("rule").set_index("rule")["dimension"]
    titled = made.assign(title=made["rule"].map(rule_title), dimension=made["rule"].map(known))
    return tidy(tables.FAULTS, titled)


def standing(frames: Frames, found: pd.DataFrame) -> pd.DataFrame:
    """Return the six standing measures, and the share of personal duty, in each group."""
    reports = frames.reports
    medians = [reports[list(STANDING)].iloc[group.rows].median() for group in groups(reports)]
    made = of_family(found, "standing").rename(columns={"value": "mean", "name": "measure"})
    made["median"] = np.concatenate(medians)
    return tidy(tables.STANDING, made.assign(title=made["measure"].map(STANDING)))


def followed(frames: Frames, boot: Bootstrap) -> pd.DataFrame:
    """Return, as `summarise` does, what a year made of promises, problems and the 两张皮 pattern."""
    pairs = frames.pairs
    known = frames.reports.set_index("report")
    last, this = (
        known.loc[pairs[name], ["admitted", "siloed"]].reset_index(drop=True)
        for name in ("last_report", "report")
    )
    judged = pairs["promises"] - pairs["unclear"]
    was_full = last["siloed"].eq(Siloed.FULL).fillna(False) & this["siloed"].notna()
    mended = (this["siloed"] != Siloed.FULL).fillna(False)
    lines = {
        ("promises", "kept"): (pairs["shown"], judged),
        **{("promises", name): (pairs[name], judged) for name in ("unmet", "again", "silent")},
        ("promises", "unclear"): (pairs["unclear"], pairs["promises"]),
        ("promises", "checkable"): (pairs["checkable"], pairs["promises"]),
        ("promises", "checkable_kept"): (
            pairs["checkable_shown"],
            pairs["checkable"] - pairs["checkable_unclear"],
        ),
        ("promises", "back"): (pairs["problems_back"], pairs["problems_last"]),
        ("two_skins", "mended-admitted"): (
            (last["admitted"] > 0) & (this["admitted"] == 0),
            last["admitted"] > 0,
        ),
        ("two_skins", "mended-siloed"): (was_full & mended, was_full),
    }
    above, below = (
        pd.DataFrame({name: line[side].astype(np.float64) for name, line in lines.items()}) for side in (0, 1)
    )
    return summarise(pairs, above, below, boot)


def promises(frames: Frames, followed: pd.DataFrame) -> pd.DataFrame:
    """Return what became of last year's promises and problems in each group."""
    pairs = frames.pairs.assign(judged=frames.pairs["promises"] - frames.pairs["unclear"])
    rows = []
    for group in groups(pairs):
        some = pairs.iloc[group.rows]
        sums = {name: int(some[name].sum()) for name in ("promises", "judged")}
        counts = {"n": len(some), "units": some["unit_id"].nunique()}
        rows.append({"by": group.by, **group.keys, **counts, **sums})
    if not rows:
        return tidy(tables.PROMISES, rows)
    found, figures = of_family(followed, "promises"), ["value", "low", "high"]
    # Fewer units may have made promises, or named problems, than handed in two reports.
    found[figures] = found[figures].where(found["units"] >= LEAST)
    keys = [name for name in _KEYS if name in found]
    made = pd.DataFrame(rows)
    for name, some in found.groupby("name"):
        bounds = {"kept": ["low", "high"], "back": ["back_low", "back_high"]}.get(str(name), [])
        named = some.rename(columns={"value": name, **dict(zip(("low", "high"), bounds, strict=False))})
        made = made.merge(named[[*keys, name, *bounds]], on=keys, how="left")
    made["judged"] = made["judged"].mask(made["kept"].isna())
    return tidy(tables.PROMISES, made)


def two_skins(found: pd.DataFrame, followed: pd.DataFrame) -> pd.DataFrame:
    """Return how often the 两张皮 pattern is admitted, is in the structure, and is mended a year later."""
    made = pd.concat([of_family(each, "two_skins") for each in (found, followed)], ignore_index=True)
    made = made.rename(columns={"name": "what", "value": "share"})
    return tidy(tables.TWO_SKINS, made.assign(title=made["what"].map(TWO_SKINS)))


def of_family(found: pd.DataFrame, family: str) -> pd.DataFrame:
    """Return the figures of a family."""
    return found[found["family"] == family].reset_index(drop=True)


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
    # A group that nothing is told of cannot be put together from its units.
    scored["suppressed"] = scored.groupby(["year", "region"])["unit_id"].transform("nunique") < LEAST
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
    if not rows:
        return tidy(tables.PERCENTILES, rows)
    return tidy(tables.PERCENTILES, pd.concat(rows).sort_values(["unit_type", "unit_id", "year"]))


def changes(frames: Frames, figures: pd.DataFrame, boot: Bootstrap) -> pd.DataFrame:
    """Return the change a year, within units, of scores, dimensions, faults and standing measures."""
    reports = frames.reports
    values = figures.loc[:, figures.columns.get_level_values(0).isin([*_CHANGING])]
    values = values.rename(columns=_CHANGING, level=0)
    there, parts = values.notna(), []
    for by in ("all", "region", "unit_type"):
        part = summarise(reports, *slopes(values, reports, by), boot, (by,))
        # A middle year moves no slope, yet the slope rests on it.
        counted = there & there.groupby(_within(reports, by)).transform("sum").gt(1)
        part["n"] = np.concatenate([counted.iloc[group.rows].sum() for group in groups(reports, (by,))])
        parts.append(part)
    found = pd.concat(parts, ignore_index=True)
    found = found[found["units"] > 0].rename(columns={"name": "measure", "value": "slope"})
    # What nobody is told of is no test.
    found["p"] = found["p"].where((found["units"] >= LEAST) & found["slope"].notna())
    found["q"] = found.groupby(["family", "by"])["p"].transform(
        lambda p: false_discovery(p.to_numpy(np.float64))
    )
    titles = {"overall": "总分", **{str(name): label for name, label in DIMENSION.items()}, **STANDING}
    found["title"] = [titles.get(name) or rule_title(name) for name in found["measure"]]
    return tidy(tables.CHANGES, found.assign(direction=direction(found["slope"], found["q"])))


def slopes(values: pd.DataFrame, reports: pd.DataFrame, by: str = "all") -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what `summarise` takes to give slopes over the years within units.

    Each unit is compared with itself, so that which units hand in a report in which year decides nothing; one
    that changes its group is compared within each.
    """
    units = _within(reports, by)
    there = values.notna()
    years = there.mul(reports["year"].to_numpy(np.float64), axis=0).where(there)
    years -= years.groupby(units).transform("mean")
    away = values - values.groupby(units).transform("mean")
    return (years * away).fillna(0.0), (years**2).fillna(0.0)


def _within(reports: pd.DataFrame, by: str) -> Ints:
    """Return the number of each report's unit within its group."""
    return np.asarray(reports.groupby(["unit_id", *GROUPS[by]]).ngroup())


def direction(slope: pd.Series, q: pd.Series) -> pd.Series:
    """Return rising or falling where that is sure, else none."""
    sure = (q < SURE).fillna(False)
    signs = np.where(slope > 0, "rising", "falling")
    return pd.Series(np.where(sure, signs, "none"), index=slope.index)


def _dimensions(frames: Frames) -> pd.DataFrame:
    wide = frames.dimensions.pivot(index="report", columns="dimension", values="score")
    order = [str(name) for name in DIMENSION if str(name) in wide]
    return wide.reindex(frames.reports["report"])[order].astype(np.float64).reset_index(drop=True)


def _faults(frames: Frames, what: str) -> pd.DataFrame:
    """Return what each rule found in each report that has a score."""
    wide = frames.findings.pivot_table(index="report", columns="rule", values=what, aggfunc="sum")
    wide = wide.reindex(frames.reports["report"]).fillna(0.0).astype(np.float64).reset_index(drop=True)
    return wide.where(frames.reports["overall"].notna(), np.nan)


def _flag(holds: pd.Series, known: pd.Series) -> pd.Series:
    return holds.fillna(False).astype(np.float64).where(known)
