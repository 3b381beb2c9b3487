"""How many reports there are, and how many could be scored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from analyzer.trends import style
from analyzer.trends.charts import tables
from analyzer.trends.charts.chart import Chart, nothing
from analyzer.trends.charts.stacks import height, stacks
from analyzer.trends.charts.words import count, left_out, only, source, told, years_of
from analyzer.trends.sheet import Sheet

if TYPE_CHECKING:
    from analyzer.trends.measuring import Trends

_PARTS: Final = {"scored": ("评了分", style.GRADES["B"]), "abstained": ("没有评分", style.GRADES["D"])}


def by_year(trends: Trends) -> Chart:
    """Return how many reports each year has."""
    name, subject = "coverage-by-year", "份数"
    frame = told(only(trends.coverage, by="year")).dropna(subset=["scored"]).sort_values("year")
    frame = frame[frame["n"] > 0]
    years = years_of(frame)
    if not years:
        return nothing(name, subject, source(trends))
    whole = only(trends.coverage, by="all").iloc[0]  # years that are not told count too

    def body(sheet: Sheet) -> None:
        shares = [{part: float(row[part] / row["n"]) * 100 for part in _PARTS} for _, row in frame.iterrows()]
        axes = stacks(sheet, years, _PARTS, shares, [f"{count(n)} 份" for n in frame["n"]], "占该年份数（%）")
        for row, (_, year) in enumerate(frame.iterrows()):
            words = (
                f"{count(year['n'])} 份，{count(year['units'])} 个单位，评了分的 {count(year['scored'])} 份"
            )
            sheet.spot(axes, 50, row + 0.5, f"{years[row]} 年 {words}")

    left = left_out(trends)
    return Chart(
        name,
        f"共 {count(whole['n'])} 份报告，{count(whole['scored'])} 份评了分",
        "一个单位一年算一份。没有评分的，是篇幅太短、不像述职报告、各部分分不清的。"
        + (f"此外：{left}。" if left else ""),
        source(trends),
        tables.table(
            frame,
            [
                ("年度", tables.plain("year")),
                ("份数", tables.how_many()),
                ("单位", tables.plain("units")),
                ("评了分", tables.plain("scored")),
                ("没有评分", tables.plain("abstained")),
            ],
        ),
        height(len(years)),
        body,
    )
