"""两张皮: admitted in words, seen in the structure, mended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd
from matplotlib.axes import Axes

from analyzer.trends import style
from analyzer.trends.charts import legend, tables
from analyzer.trends.charts.chart import Chart, nothing
from analyzer.trends.charts.panels import Panels, course, same_span, year_scale
from analyzer.trends.charts.words import count, interval, number, one, only, percent, source, told, years_of
from analyzer.trends.sheet import Sheet

if TYPE_CHECKING:
    from analyzer.trends.measuring import Trends

_SEEN: Final = {
    "admitted": ("自认有两张皮", style.SERIES[0]),
    "full": ("写成各写各的", style.SERIES[1]),
    "partial": ("结合只有概括说法", style.SERIES[2]),
}
_MENDED: Final = {
    "mended-admitted": ("上年自认、今年不再", style.SERIES[0]),
    "mended-siloed": ("上年各写各的、今年不再", style.SERIES[1]),
}
_ASIDE: Final = 0.09  # of a year, so that intervals do not cover each other


def by_year(trends: Trends) -> Chart:
    """Return the pattern over the years, and how often it is gone the year after."""
    name, subject = "two-skins-by-year", "两张皮"
    frame = told(only(trends.two_skins, by="year")).dropna(subset=["share"]).sort_values("year")
    seen, mended = (frame[frame["what"].isin(list(kinds))] for kinds in (_SEEN, _MENDED))
    if seen.empty:
        return nothing(name, subject, source(trends))
    last = years_of(seen)[-1]
    parts = [
        f"{percent(row['share'])} {word}" for what, (word, _) in _SEEN.items()
        if (row := one(seen, what=what, year=last)) is not None
    ]  # fmt: skip
    shown = [(_SEEN, seen, "有的占当年报告（%）")]
    if len(mended):
        shown.append((_MENDED, mended, "改掉的占上年有的（%）"))
    frames = Panels([(heading, "") for _, _, heading in shown], len(shown))

    def body(sheet: Sheet) -> None:
        at = 0.0
        for kinds, _, _ in shown:
            legend.stacked(sheet, at, list(kinds.values()))
            at += (style.WIDTH + 0.18) / len(shown)
        below = sheet.part(_legend(), frames.height)
        opened = frames.open(below)
        for axes, (kinds, part, _) in zip(opened, shown, strict=True):
            _courses(below, axes, kinds, part)
        same_span(opened)

    return Chart(
        name,
        f"两张皮：{last} 年的报告，{'，'.join(parts)}",
        "“自认”是报告里承认党建与业务两张皮；“各写各的”“概括说法”看的是履职部分怎么写，与自认不自认无关。"
        "右边只算两年都有报告的单位。竖线是 95% 区间。",
        source(trends),
        tables.table(
            frame,
            [
                (
                    "项目",
                    lambda row: (
                        (_SEEN | _MENDED)[row["what"]][0] if row["what"] in _SEEN | _MENDED else row["title"]
                    ),
                ),
                ("年度", tables.plain("year")),
                ("份数", tables.how_many()),
                ("占", tables.share("share")),
                ("95% 区间（%）", tables.bounds("low", "high", 0, 100)),
            ],
        ),
        _legend() + frames.height,
        body,
    )


def _legend() -> float:
    return legend.HEIGHT * len(_SEEN)


def _courses(sheet: Sheet, axes: Axes, kinds: dict[str, tuple[str, style.Look]], part: pd.DataFrame) -> None:
    for order, (what, (word, look)) in enumerate(kinds.items()):
        own = only(part, what=what)
        aside = (order - (len(kinds) - 1) / 2) * _ASIDE
        values, lows, highs = (list(own[column] * 100) for column in ("share", "low", "high"))
        course(axes, list(own["year"]), values, lows, highs, look, aside=aside)
        for year, value, low, high, n in zip(own["year"], values, lows, highs, own["n"], strict=True):
            words = f"{number(value, 0)}%（{interval(low, high, 0)}），{count(n)} 份"
            sheet.spot(axes, year + aside, value, f"{year} 年{word}：{words}")
    year_scale(axes, years_of(part))
