"""Faults a report: which became more frequent, which less."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from analyzer.trends import style
from analyzer.trends.charts import tables
from analyzer.trends.charts.chart import Chart, nothing
from analyzer.trends.charts.rows import Rows, estimate, no_change
from analyzer.trends.charts.words import (
    change,
    count,
    moved,
    number,
    one,
    only,
    source,
    told,
    years_of,
)
from analyzer.trends.sheet import Sheet

if TYPE_CHECKING:
    from analyzer.trends.measuring import Trends

_SHOWN: Final = 14
_ASIDE: Final = 0.05  # inches, so that the first year's interval does not cover the last one's


def most_changed(trends: Trends) -> Chart:
    """Return the faults that changed most, from the first year to the last."""
    name, subject = "faults-changed", "常见毛病"
    frame = told(only(trends.faults, by="year")).dropna(subset=["rate"])
    years = years_of(frame)
    if not years:
        return nothing(name, subject, source(trends))
    changes = only(trends.changes, by="all", family="fault")
    rules = _chosen(only(frame, year=years[-1]), changes)
    trend = {rule: one(changes, measure=rule) for rule in rules["rule"]}
    rises = [row["title"] for _, row in rules.iterrows() if moved(trend[row["rule"]]) == "rising"]
    falls = [row["title"] for _, row in rules.iterrows() if moved(trend[row["rule"]]) == "falling"]
    rows = Rows([f"{row['title']}" for _, row in rules.iterrows()], [""] * len(rules))

    def body(sheet: Sheet) -> None:
        _dumbbells(sheet, rows, rules, frame, years, trend)

    return Chart(
        name,
        _title(rises, falls),
        f"左：空心是 {years[0]} 年每份报告平均几处，实心是 {years[-1]} 年，横线是 95% 区间。"
        "右：同一单位平均每年的变化。"
        f"变化大的在前，至多列 {_SHOWN} 种。",
        source(trends),
        tables.table(
            frame[frame["rule"].isin(list(rules["rule"]))].sort_values(["title", "year"]),
            [
                ("毛病", tables.plain("title")),
                ("年度", tables.plain("year")),
                ("份数", tables.how_many()),
                ("每份几处", tables.figure("rate", 2)),
                ("95% 区间", tables.bounds("rate_low", "rate_high", 2)),
                ("有这种毛病的报告", tables.share("share")),
            ],
        ),
        rows.height,
        body,
    )


def _chosen(last: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame:
    """Return the rules to show: those that moved before all others, the larger change first."""
    slopes = {row["measure"]: row for _, row in changes.iterrows()}

    def rank(rule: str) -> tuple[bool, float, str]:
        row = slopes.get(rule)
        known = row is not None and not pd.isna(row["slope"])
        return moved(row) == "none", -abs(row["slope"]) if row is not None and known else 0.0, rule

    order = sorted(last["rule"], key=rank)[:_SHOWN]
    return last.set_index("rule").loc[order].reset_index()


def _title(rises: list[str], falls: list[str]) -> str:
    if not rises and not falls:
        return "各种毛病每份几处：看不出变化"
    return "；".join(_listed(*told) for told in (("多起来的", rises), ("少下去的", falls)) if told[1])


def _listed(word: str, names: list[str]) -> str:
    rest = f"等 {len(names)} 种" if len(names) > 3 else ""
    return f"{word}：" + "、".join(f"“{name}”" for name in names[:3]) + rest


def _dumbbells(
    sheet: Sheet,
    rows: Rows,
    rules: pd.DataFrame,
    frame: pd.DataFrame,
    years: list[int],
    trend: dict[str, pd.Series | None],
) -> None:
    rates, slopes = rows.open(sheet, ((f"每份几处，{years[0]} → {years[-1]}", 3.0), ("每年变化（处）", 2.0)))
    no_change(slopes)
    for y, (_, last) in zip(rows.middles, rules.iterrows(), strict=True):
        rule, title = last["rule"], last["title"]
        look = style.DIRECTION[moved(trend[rule])]
        first = one(frame, rule=rule, year=years[0])
        ends = (
            [(last, y, False)]
            if first is None or len(years) == 1
            else [(first, y - _ASIDE, True), (last, y + _ASIDE, False)]
        )
        if len(ends) == 2:
            rates.plot(
                [row["rate"] for row, _, _ in ends],
                [at for _, at, _ in ends],
                color=style.FAINT,
                linewidth=0.8,
                zorder=2,
            )
        for row, at, hollow in ends:
            estimate(rates, row["rate"], row["rate_low"], row["rate_high"], at, look, hollow=hollow)
            sheet.spot(
                rates,
                row["rate"],
                at,
                f"{title} {row['year']} 年：每份 {number(row['rate'], 2)} 处，{count(row['n'])} 份",
            )
        slope = trend[rule]
        if slope is not None and not pd.isna(slope["slope"]):
            estimate(slopes, slope["slope"], slope["low"], slope["high"], y, look)
            sheet.spot(slopes, slope["slope"], y, f"{title}：{change(slope, '处', 2)}")
    rates.set_xlim(left=-0.02 * rates.get_xlim()[1])
