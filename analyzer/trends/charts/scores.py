"""Scores and grades: by year, by region, by kind of unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from analyzer.rendering import labels
from analyzer.trends import style
from analyzer.trends.charts import tables
from analyzer.trends.charts.chart import Chart, nothing
from analyzer.trends.charts.rows import Rows, estimate, no_change
from analyzer.trends.charts.stacks import height, stacks, whisker
from analyzer.trends.charts.words import (
    DASH,
    change,
    count,
    interval,
    moved,
    number,
    one,
    only,
    percent,
    source,
    told,
    years_of,
)
from analyzer.trends.sheet import Sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from analyzer.trends.measuring import Trends

_RIDGE: Final = 0.62  # inches from one year to the next
_PAGE: Final = 8.0  # inches of rows on one page
_YEARS: Final = 12  # the last are drawn
_GROUPS: Final = {"region": "地区", "unit_type": "单位类型"}


def by_year(trends: Trends) -> Chart:
    """Return how scores are spread in each year."""
    name, subject = "scores-by-year", "历年得分"
    scores = told(only(trends.scores, by="year")).dropna(subset=["mean"]).sort_values("year")
    if scores.empty:
        return nothing(name, subject, source(trends))
    last = scores.iloc[-1]
    trend = one(trends.changes, by="all", family="overall", measure="overall")
    bounds = interval(last["mean_low"], last["mean_high"])
    title = f"{last['year']} 年均分 {number(last['mean'])}（区间 {bounds}）"
    if len(scores) > 1:
        title += f"；同一单位逐年看，{change(trend, '分')}"
    bins = told(only(trends.distribution, by="year"))

    shown = scores[-_YEARS:]

    def body(sheet: Sheet) -> None:
        _ridges(sheet, shown, bins)

    return Chart(
        name,
        title,
        "每年一行：起伏是得分的分布，圆点是均分，粗横线是均分的 95% 区间，竖虚线是等级的界。"
        "右边是均分和份数。",
        source(trends),
        tables.table(
            scores,
            [
                ("年度", tables.plain("year")),
                ("份数", tables.how_many()),
                ("均分", tables.figure("mean")),
                ("95% 区间", tables.bounds("mean_low", "mean_high")),
                ("中位", tables.figure("median")),
                ("中间一半", tables.bounds("q25", "q75")),
                ("中间八成", tables.bounds("q10", "q90")),
            ],
        ),
        0.3 + _RIDGE * len(shown) + 0.35,
        body,
    )


def _ridges(sheet: Sheet, scores: pd.DataFrame, bins: pd.DataFrame) -> None:
    count_rows = len(scores)
    axes = sheet.axes(0.6, 0.3, sheet.width - 0.6 - 1.35, _RIDGE * count_rows)
    axes.set_ylim(count_rows, 0)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    low, high = _span(bins, scores)
    axes.set_xlim(low, high)
    _grade_bounds(axes)
    most = float(bins["reports"].max()) if len(bins) else 1.0
    for row, (_, score) in enumerate(scores.iterrows()):
        base = row + 0.82
        year = int(score["year"])
        own = only(bins, year=year).sort_values("start")
        if len(own):
            edges = [*own["start"], own["stop"].iloc[-1]]
            heights = own["reports"].astype(float) / most * 0.78
            axes.stairs(
                base - heights.to_numpy(), edges, baseline=base, fill=True, color=style.BAND, zorder=1
            )
            axes.stairs(
                base - heights.to_numpy(), edges, baseline=base, color=style.SOFT, linewidth=0.6, zorder=2
            )
        axes.axhline(base, color=style.RULE, linewidth=0.6, zorder=1)
        axes.plot([score["mean_low"], score["mean_high"]], [base, base], color=style.MAIN, linewidth=3.2,
                  solid_capstyle="butt", zorder=4)  # fmt: skip
        axes.plot([score["mean"]], [base], "o", color=style.MAIN, markersize=6, zorder=5,
                  markeredgecolor=style.PAPER, markeredgewidth=0.8)  # fmt: skip
        words = f"{number(score['mean'])}（{interval(score['mean_low'], score['mean_high'])}）"
        at = 0.3 + _RIDGE * (row + 0.82) - 0.1
        sheet.write(0.5, at, str(year), align="right")
        sheet.write(sheet.width, at - 0.13, words, size=style.LABEL, align="right")
        sheet.write(
            sheet.width,
            at + 0.04,
            f"{count(score['n'])} 份",
            size=style.SMALL,
            colour=style.SOFT,
            align="right",
        )
        sheet.spot(axes, score["mean"], base, f"{year} 年 {count(score['n'])} 份，均分 {words}")
    axes.set_xlabel("得分")


def _span(bins: pd.DataFrame, scores: pd.DataFrame) -> tuple[float, float]:
    """Return the part of the scale where scores are, rounded to tens."""
    full = bins[bins["reports"].fillna(0) > 0]
    low = min([*full["start"], *scores["mean_low"].dropna()])
    high = max([*full["stop"], *scores["mean_high"].dropna()])
    return max(0.0, np.floor(low / 10) * 10), min(100.0, np.ceil(high / 10) * 10)


def _grade_bounds(axes: Axes) -> None:
    """Mark where grades begin, and name them above the panel."""
    low, high = axes.get_xlim()
    floors = [*labels.GRADE_FLOOR.items(), ("D", 0.0)]
    ceiling = 100.0
    for grade, floor in floors:
        if low < floor < high:
            axes.axvline(floor, color=style.FAINT, linewidth=0.8, linestyle=(0, (3, 3)), zorder=0)
        left, right = max(low, floor), min(high, ceiling)
        if right - left > (high - low) * 0.06:
            axes.text((left + right) / 2, 1.01, labels.GRADE[grade], size=style.SMALL, color=style.SOFT,
                      ha="center", va="bottom", transform=axes.get_xaxis_transform())  # fmt: skip
        ceiling = floor


def grades(trends: Trends) -> Chart:
    """Return the share of each grade by year."""
    name, subject = "grades-by-year", "历年等级"
    frame = told(only(trends.grades, by="year")).dropna(subset=["share"]).sort_values(["year", "grade"])
    if frame.empty:
        return nothing(name, subject, source(trends))
    years = years_of(frame)
    best = only(frame, year=years[-1])
    words = "，".join(f"{labels.GRADE[row['grade']]} {percent(row['share'])}" for _, row in best.iterrows())

    def body(sheet: Sheet) -> None:
        _stacks(sheet, frame, years)

    return Chart(
        name,
        f"{years[-1]} 年的等级：{words}",
        "每年一条，段长是各等级所占的份数；"
        f"两端的短线是“{labels.GRADE['A']}”和“{labels.GRADE['D']}”的 95% 区间，其余见表。",
        source(trends),
        tables.table(
            frame,
            [
                ("年度", tables.plain("year")),
                ("等级", tables.chosen(labels.GRADE, "grade")),
                ("该年份数", tables.how_many()),
                ("占", tables.share("share", 1)),
                ("95% 区间（%）", tables.bounds("low", "high", scale=100)),
            ],
        ),
        height(len(years)),
        body,
    )


def _stacks(sheet: Sheet, frame: pd.DataFrame, years: list[int]) -> None:
    own = [only(frame, year=year).set_index("grade") for year in years]
    axes = stacks(
        sheet,
        years,
        {grade: (labels.GRADE[grade], look) for grade, look in style.GRADES.items()},
        [dict(year["share"] * 100) for year in own],
        [f"{count(year['n'].iloc[0])} 份" for year in own],
        "占该年份数（%）",
    )
    for row, (year, shares) in enumerate(zip(years, own, strict=True)):
        left = 0.0
        for grade, found in shares.iterrows():
            share, low, high = (float(found[column]) * 100 for column in ("share", "low", "high"))
            if grade in ("A", "D"):  # of these the interval is one of the place where they end
                ends = (low, high) if grade == "A" else (100 - high, 100 - low)
                whisker(axes, *ends, row)
            words = f"{number(share)}%（区间 {interval(low, high)}）"
            sheet.spot(axes, left + share / 2, row + 0.5, f"{year} 年 {labels.GRADE[str(grade)]} {words}")
            left += share


def by_group(trends: Trends, column: str) -> Chart:
    """Return how scores are spread in the last year by region or kind of unit, and how they change."""
    name, subject = f"scores-by-{column.replace('_', '-')}", f"各{_GROUPS[column]}得分"
    years = years_of(trends.scores)
    last = years[-1] if years else 0
    both = only(trends.scores, by=f"year+{column}", year=last).sort_values(column)
    frame = told(both).dropna(subset=["mean"])
    if frame.empty:
        return nothing(name, subject, source(trends))
    few = sorted(both[column][both["suppressed"].astype(bool)].astype(str))
    slopes = only(trends.changes, by=column, family="overall", measure="overall")
    changes = {group: one(slopes, **{column: group}) for group in frame[column]}
    rises = sum(moved(row) == "rising" for row in changes.values())
    falls = sum(moved(row) == "falling" for row in changes.values())
    known = sum(row is not None and not pd.isna(row["slope"]) for row in changes.values())
    bounds = interval(frame["mean"].min(), frame["mean"].max())
    title = f"{last} 年 {len(frame)} 个{_GROUPS[column]}：均分在 {bounds}"
    title += f"；逐年看 {rises} 个上升、{falls} 个下降，其余看不出变化" if known else ""
    lead = (
        "左：圆点是均分，粗线是它的 95% 区间，灰带是中间一半，细线是中间八成。"
        "右：同一单位平均每年的变化，区间碰到 0 就说不上变化。按名称排列，不排名次。"
    )
    table = tables.table(
        both,
        [
            (_GROUPS[column], tables.plain(column)),
            (f"{last} 年份数", tables.how_many()),
            ("均分", tables.figure("mean")),
            ("95% 区间", tables.bounds("mean_low", "mean_high")),
            ("中间一半", tables.bounds("q25", "q75")),
            (
                "每年变化",
                lambda row: DASH if (found := changes.get(row[column])) is None else tables.slope()(found),
            ),
            (
                "变化的区间",
                lambda row: (
                    DASH
                    if (found := changes.get(row[column])) is None
                    else tables.bounds("low", "high")(found)
                ),
            ),
        ],
    )
    words = source(trends) + (f"没有列出的{_GROUPS[column]}：{'、'.join(few)}。" if few else "")

    def chart(part: pd.DataFrame, parts: tuple[Chart, ...] = ()) -> Chart:
        rows = Rows([str(group) for group in part[column]], [count(n) for n in part["n"]])
        limits = _limits(frame, changes)

        def body(sheet: Sheet) -> None:
            _groups(sheet, rows, part, [changes[group] for group in part[column]], limits)

        return Chart(name, title, lead, words, table, rows.height, body, parts)

    pieces = _pieces(frame, column)
    return chart(frame, tuple(map(chart, pieces)) if len(pieces) > 1 else ())


def _pieces(frame: pd.DataFrame, column: str) -> list[pd.DataFrame]:
    """Return the rows in pieces that fit a page each."""
    pieces = []
    while len(frame):
        rows = Rows([str(group) for group in frame[column]], [""] * len(frame))
        fitting = rows.fitting(_PAGE)
        pieces.append(frame.iloc[:fitting])
        frame = frame.iloc[fitting:]
    return pieces


def _limits(
    frame: pd.DataFrame, changes: dict[str, pd.Series | None]
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the scales of both panels, the same on all parts of a chart."""
    low, high = float(frame["q10"].min()), float(frame["q90"].max())
    slopes = [abs(row[end]) for row in changes.values() if row is not None for end in ("low", "high")]
    most = max([0.5, *(value for value in slopes if not pd.isna(value))]) * 1.08
    return (max(0.0, np.floor(low / 5) * 5), min(100.0, np.ceil(high / 5) * 5)), (-most, most)


def _groups(
    sheet: Sheet,
    rows: Rows,
    frame: pd.DataFrame,
    changes: list[pd.Series | None],
    limits: tuple[tuple[float, float], tuple[float, float]],
) -> None:
    spread, slopes = rows.open(sheet, (("得分", 3.0), ("每年变化（分）", 2.0)), "份数")
    spread.set_xlim(*limits[0])
    slopes.set_xlim(*limits[1])
    no_change(slopes)
    for y, (_, score), trend in zip(rows.middles, frame.iterrows(), changes, strict=True):
        group = rows.names[rows.middles.index(y)]
        spread.plot([score["q10"], score["q90"]], [y, y], color=style.FAINT, linewidth=0.9, zorder=1)
        spread.plot(
            [score["q25"], score["q75"]],
            [y, y],
            color=style.BAND,
            linewidth=8,
            solid_capstyle="butt",
            zorder=2,
        )
        spread.plot([score["mean_low"], score["mean_high"]], [y, y], color=style.MAIN, linewidth=2.6,
                    solid_capstyle="butt", zorder=3)  # fmt: skip
        spread.plot([score["mean"]], [y], "o", color=style.MAIN, markersize=5.5, zorder=4,
                    markeredgecolor=style.PAPER, markeredgewidth=0.7)  # fmt: skip
        words = f"{number(score['mean'])}（{interval(score['mean_low'], score['mean_high'])}）"
        sheet.spot(spread, score["mean"], y, f"{group}：{count(score['n'])} 份，均分 {words}")
        if trend is not None and not pd.isna(trend["slope"]):
            estimate(slopes, trend["slope"], trend["low"], trend["high"], y, style.DIRECTION[moved(trend)])
            sheet.spot(slopes, trend["slope"], y, f"{group}：{change(trend, '分')}")
