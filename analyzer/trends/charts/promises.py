"""What became of last year's promises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from analyzer.trends import style
from analyzer.trends.charts import tables
from analyzer.trends.charts.chart import Chart, nothing
from analyzer.trends.charts.stacks import height, stacks, whisker
from analyzer.trends.charts.words import count, interval, number, only, percent, source, told, years_of
from analyzer.trends.sheet import Sheet

if TYPE_CHECKING:
    from analyzer.trends.measuring import Trends

_OUTCOMES: Final = {
    "kept": ("写到了结果", style.GRADES["A"]),
    "unmet": ("写明没有做到", style.GRADES["D"]),
    "again": ("原样再提一遍", style.GRADES["B"]),
    "silent": ("没有提到", style.GRADES["C"]),
}


def by_year(trends: Trends) -> Chart:
    """Return how many of last year's promises a report comes back to."""
    name, subject = "promises-by-year", "上年承诺的下文"
    frame = told(only(trends.promises, by="year")).dropna(subset=["kept"]).sort_values("year")
    years = years_of(frame)
    if not years:
        return nothing(name, subject, source(trends))
    last = frame.iloc[-1]
    bounds = interval(last["low"] * 100, last["high"] * 100, 0)

    def body(sheet: Sheet) -> None:
        shares = [{part: float(row[part]) * 100 for part in _OUTCOMES} for _, row in frame.iterrows()]
        judged = [f"{count(row['judged'])} 项" for _, row in frame.iterrows()]
        axes = stacks(sheet, years, _OUTCOMES, shares, judged, "占能判断的承诺（%）")
        for row, (_, year) in enumerate(frame.iterrows()):
            low, high, kept = (float(year[column]) * 100 for column in ("low", "high", "kept"))
            whisker(axes, low, high, row)
            words = f"{number(kept)}%（区间 {interval(low, high)}）写到了结果，{count(year['judged'])} 项"
            sheet.spot(axes, kept, row + 0.5, f"{years[row]} 年报告：上年承诺 {words}")

    return Chart(
        name,
        f"{years[-1]} 年的报告里，上年承诺有 {percent(last['kept'])}（区间 {bounds}）写到了结果，"
        f"{percent(last['silent'])} 没有提到",
        "每年一条：上年报告里承诺的措施，今年报告怎么写。短线是“写到了结果”的 95% 区间。"
        "只看文字有没有交代，不等于做没做；"
        "判断不了的不计在内。",
        source(trends),
        tables.table(
            frame,
            [
                ("年度", tables.plain("year")),
                ("两年都有报告的", tables.how_many()),
                ("上年承诺（项）", tables.plain("promises")),
                ("能判断的（项）", tables.plain("judged")),
                ("写到了结果", tables.share("kept")),
                ("95% 区间（%）", tables.bounds("low", "high", 0, 100)),
                ("写明没有做到", tables.share("unmet")),
                ("原样再提一遍", tables.share("again")),
                ("没有提到", tables.share("silent")),
                ("问题原样再现", tables.share("back")),
                ("再现的 95% 区间（%）", tables.bounds("back_low", "back_high", 0, 100)),
            ],
        ),
        height(len(years)),
        body,
    )
