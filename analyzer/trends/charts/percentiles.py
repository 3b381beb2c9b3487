"""Where a score stands among units of the same kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analyzer.trends import style
from analyzer.trends.charts import tables
from analyzer.trends.charts.chart import Chart, nothing
from analyzer.trends.charts.panels import Panels
from analyzer.trends.charts.words import number, only, source, told, years_of
from analyzer.trends.sheet import Sheet

if TYPE_CHECKING:
    from analyzer.trends.measuring import Trends

_KINDS: Final = 9  # panels that a page holds
_MARKS: Final = (10, 25, 50, 75, 90)


def by_unit_type(trends: Trends) -> Chart:
    """Return for each kind of unit which score stands where, in the last year."""
    name, subject = "percentiles", "同类位次"
    known = told(trends.percentiles).dropna(subset=["percentile"])
    years = years_of(known)
    if not years:
        return nothing(name, subject, source(trends))
    frame = only(known, year=years[-1]).sort_values(["unit_type", "overall", "percentile"])
    kinds = sorted(
        frame["unit_type"].unique(), key=lambda kind: (-int((frame["unit_type"] == kind).sum()), kind)
    )
    shown = sorted(kinds[:_KINDS])
    doubt = (frame["high"] - frame["low"]).mean() / 2
    frames = Panels([(str(kind), f"{int((frame['unit_type'] == kind).sum())} 份") for kind in shown], 3)

    def body(sheet: Sheet) -> None:
        for axes, kind in zip(frames.open(sheet), shown, strict=True):
            _curve(sheet, axes, only(frame, unit_type=kind), str(kind), frame)

    rest = f"只画份数最多的 {_KINDS} 类，其余见表。" if len(kinds) > _KINDS else ""
    return Chart(
        name,
        f"{years[-1]} 年的得分在同类里排到哪里，只能看个大概："
        f"位次上下平均各有 {number(doubt, 0)} 位（按百位计）的出入",
        "横轴得分，纵轴是同类单位里有百分之几得分更低；灰带是得分区间（五位专家里约有四位会打在其中）换算成的位次。"
        f"查自己的得分落在哪一段，不与别类比。{rest}",
        source(trends),
        tables.table(
            pd.DataFrame({"unit_type": sorted(kinds)}),
            [
                ("单位类型", tables.plain("unit_type")),
                ("份数", lambda row: str(len(only(frame, unit_type=row["unit_type"])))),
                *((f"第 {mark} 百分位的得分", _quantile(frame, mark)) for mark in _MARKS),
            ],
        ),
        frames.height,
        body,
    )


def _quantile(frame: pd.DataFrame, mark: int) -> tables.Cell:
    return lambda row: number(float(only(frame, unit_type=row["unit_type"])["overall"].quantile(mark / 100)))


def _curve(sheet: Sheet, axes: Axes, own: pd.DataFrame, kind: str, everybody: pd.DataFrame) -> None:
    axes.fill_between(own["overall"], own["low"], own["high"], color=style.BAND, linewidth=0, step="mid")
    axes.plot(own["overall"], own["percentile"], color=style.MAIN, linewidth=1.3)
    axes.plot(own["overall"], own["percentile"], "o", color=style.MAIN, markersize=1.6)
    low, high = everybody["overall"].min(), everybody["overall"].max()
    axes.set_xlim(np.floor(low / 10) * 10, max(np.ceil(high / 10) * 10, np.floor(low / 10) * 10 + 10))
    axes.set_ylim(0, 100)
    axes.set_yticks([0, 25, 50, 75, 100])
    axes.grid(axis="x")
    for mark in _MARKS:
        at = float(own["overall"].quantile(mark / 100))
        sheet.spot(axes, at, mark, f"{kind}：第 {mark} 百分位约 {number(at)} 分")
