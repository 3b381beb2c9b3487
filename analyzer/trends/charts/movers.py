"""Units that moved, and how much of moving is a return to the mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analyzer.trends import style
from analyzer.trends.charts import tables
from analyzer.trends.charts.chart import Chart, nothing
from analyzer.trends.charts.rows import Rows, estimate, no_change
from analyzer.trends.charts.words import (
    count,
    interval,
    number,
    percent,
    signed,
    source,
    told,
    years_of,
)
from analyzer.trends.sheet import Sheet

if TYPE_CHECKING:
    from analyzer.trends.measuring import Trends

_NAMED: Final = 24
_PAGE: Final = 6.0  # inches for those that are named
_PAIRS: Final = 6  # of years, the last
_ALL: Final = 1.5  # inches for the panel of all units
_BANDS: Final = {"lowest": "上年最低的四分之一", "middle": "中间一半", "highest": "上年最高的四分之一"}


def movers(trends: Trends) -> Chart:
    """Return which units moved, among all units with three years or more."""
    name, subject = "movers", "进退明显的单位"
    frame = trends.movers.dropna(subset=["slope"])
    if frame.empty:
        return nothing(name, subject, source(trends))
    sure = frame[frame["moved"] & ((frame["low"] > 0) | (frame["high"] < 0))]
    shown = sure.reindex(sure["slope"].abs().sort_values(ascending=False, kind="stable").index)[:_NAMED]
    shown = shown[: _rows(shown).fitting(_PAGE)].sort_values("slope", ascending=False, kind="stable")
    slopes = sure["slope"][~sure["returning"]]
    rises, falls, back = int((slopes > 0).sum()), int((slopes < 0).sum()), len(sure) - len(slopes)
    title = (
        f"{len(frame)} 个单位里，{rises} 个确有上升、{falls} 个确有下降，"
        + (f"另有 {back} 个没有超出回归均值，" if back else "")
        + "其余看不出变化"
        if len(sure)
        else f"{len(frame)} 个单位里，没有哪一个看得出变化"
    )
    rows = _rows(shown)

    def body(sheet: Sheet) -> None:
        _caterpillar(sheet, frame, sure)
        if len(shown):
            _named(sheet.part(_ALL + 0.45, rows.height), rows, shown)

    note = (
        "三年以上的单位才算。上：所有单位每年的变化由小到大，竖线是 95% 区间，"
        "深色的看得出变化（已扣除同时看许多单位会有的巧合）。"
    )
    note += (
        f"下：看得出变化的，列出 {len(shown)} 个；标“回”的没有超出回归均值可以解释的。" if len(shown) else ""
    )
    return Chart(
        name,
        title,
        note,
        source(trends),
        tables.table(
            sure.sort_values("unit"),
            [
                ("单位", tables.plain("unit")),
                ("单位类型", tables.plain("unit_type")),
                ("地区", tables.plain("region")),
                ("年数", tables.plain("years")),
                ("每年变化（分）", tables.slope()),
                ("95% 区间", tables.bounds("low", "high")),
                ("单凭巧合会有的变化", lambda row: signed(row["expected"])),
                ("说明", lambda row: "没有超出回归均值" if row["returning"] else ""),
            ],
        ),
        _ALL + 0.45 + (rows.height if len(shown) else 0),
        body,
    )


def _rows(shown: pd.DataFrame) -> Rows:
    return Rows(
        [_name(row) for _, row in shown.iterrows()],
        [f"{count(row['years'])} 年" for _, row in shown.iterrows()],
    )


def _name(row: pd.Series) -> str:
    name = str(row["unit"]) if not pd.isna(row["unit"]) else "（没有写明单位）"
    return f"{name}（回）" if row["returning"] else name


def _caterpillar(sheet: Sheet, frame: pd.DataFrame, sure: pd.DataFrame) -> None:
    ordered = frame.sort_values(["slope", "unit_id"], kind="stable")
    axes = sheet.axes(0.45, 0.1, sheet.width - 0.5, _ALL)
    places = np.arange(len(ordered))
    firm = ordered["unit_id"].isin(set(sure["unit_id"])).to_numpy()
    for chosen, colour, order in ((~firm, style.BAND, 1), (firm, style.INK, 2)):
        part = ordered[chosen]
        axes.vlines(
            places[chosen],
            part["low"],
            part["high"],
            color=colour,
            linewidth=1.0,
            zorder=order,
            clip_on=False,
        )
        axes.plot(places[chosen], part["slope"], "o", color=style.LEVEL if order == 1 else style.INK,
                  markersize=1.8 if order == 1 else 3.2, zorder=order + 1, clip_on=False)  # fmt: skip
    axes.axhline(0, color=style.SOFT, linewidth=0.9)
    axes.set_xlim(-2, len(ordered) + 1)
    axes.set_xticks([])
    axes.grid(axis="y")
    axes.set_xlabel(f"{len(ordered)} 个单位，按变化由小到大")
    axes.set_ylabel("每年变化（分）")


def _named(sheet: Sheet, rows: Rows, shown: pd.DataFrame) -> None:
    (axes,) = rows.open(sheet, (("每年变化（分）：三角是单位，短竖线是单凭巧合会有的变化", 1.0),), "年数")
    no_change(axes)
    for y, name, (_, row) in zip(rows.middles, rows.names, shown.iterrows(), strict=True):
        estimate(
            axes,
            row["slope"],
            row["low"],
            row["high"],
            y,
            style.DIRECTION["rising" if row["slope"] > 0 else "falling"],
        )
        axes.plot([row["expected"]], [y], "|", color=style.INK, markersize=9, zorder=5)
        words = f"每年 {signed(row['slope'])} 分（{interval(row['low'], row['high'])}）"
        sheet.spot(axes, row["slope"], y, f"{name}：{words}，单凭巧合 {signed(row['expected'])}")


def returns(trends: Trends) -> Chart:
    """Return what became of units by where they stood the year before."""
    name, subject = "regression-to-the-mean", "回归均值"
    frame = told(trends.returns).dropna(subset=["after", "expected"])
    if frame.empty:
        return nothing(name, subject, source(trends))
    frame = frame[frame["year"].isin(years_of(frame)[-_PAIRS:])]
    frame = frame.assign(order=frame["band"].map(list(_BANDS).index)).sort_values(["order", "year"])
    rows = Rows(
        [f"{_BANDS[row['band']]}，{row['last_year']} → {row['year']}" for _, row in frame.iterrows()],
        [count(row["n"]) for _, row in frame.iterrows()],
    )

    def body(sheet: Sheet) -> None:
        _bands(sheet, rows, frame)

    return Chart(
        name,
        _returns_title(trends, frame),
        "左：空心是上年均分，短竖线是随大家的平均变化、再向均值回归会到的次年均分，实心是真到的。"
        "右：真到的减去这样会到的，碰到 0 就没有别的变化可说。",
        source(trends),
        tables.table(
            frame,
            [
                ("上年所处", tables.chosen(_BANDS, "band")),
                ("上年", tables.plain("last_year")),
                ("当年", tables.plain("year")),
                ("单位", tables.how_many()),
                ("上年均分", tables.figure("before")),
                ("当年均分", tables.figure("after")),
                ("单凭巧合的变化", lambda row: signed(row["chance"])),
                ("随大家变化并回归会到", tables.figure("expected")),
                ("超出", lambda row: signed(row["beyond"])),
                ("超出的 95% 区间", tables.bounds("low", "high")),
            ],
        ),
        rows.height,
        body,
    )


def _returns_title(trends: Trends, frame: pd.DataFrame) -> str:
    lowest = frame[frame["band"] == "lowest"]
    title = "上年垫底和领先的，次年多半向中间靠"
    if len(lowest):
        rose = np.average(lowest["after"] - lowest["before"], weights=lowest["n"].astype(float))
        chance = np.average(lowest["chance"], weights=lowest["n"].astype(float))
        title = f"上年最低的四分之一，次年平均{_moved(rose)} 分；单凭巧合就会{_moved(chance)} 分"
    if (found := trends.reliability) is not None:
        title += f"；一年的高低平均只有 {percent(found.value)} 留得到下一年"
    return title


def _moved(points: float) -> str:
    return f"{'升' if points >= 0 else '降'} {number(abs(points))}"


def _bands(sheet: Sheet, rows: Rows, frame: pd.DataFrame) -> None:
    means, beyond = rows.open(sheet, (("均分", 3.0), ("超出的（分）", 2.0)), "单位")
    no_change(beyond)
    for y, name, (_, row) in zip(rows.middles, rows.names, frame.iterrows(), strict=True):
        means.annotate("", (row["after"], y), (row["before"], y),
                       arrowprops={"arrowstyle": "-", "color": style.FAINT, "linewidth": 1.0})  # fmt: skip
        means.plot(
            [row["before"]], [y], "o", markerfacecolor=style.PAPER, markeredgecolor=style.MAIN, markersize=5.5
        )
        means.plot([row["expected"]], [y], "|", color=style.INK, markersize=11, markeredgewidth=1.4)
        means.plot([row["after"]], [y], "o", color=style.MAIN, markersize=5.5)
        sure = "rising" if row["low"] > 0 else "falling" if row["high"] < 0 else "none"
        estimate(beyond, row["beyond"], row["low"], row["high"], y, style.DIRECTION[sure])
        words = f"{number(row['before'])} → {number(row['after'])}，"
        words += f"随大家变化并回归会到 {number(row['expected'])}"
        sheet.spot(means, row["after"], y, f"{name}：{words}")
        bounds = interval(row["low"], row["high"])
        sheet.spot(beyond, row["beyond"], y, f"{name}：超出 {signed(row['beyond'])}（{bounds}）")
