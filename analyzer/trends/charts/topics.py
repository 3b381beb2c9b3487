"""Common problems: how many reports name each topic, by year and by kind of unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd
from matplotlib.patches import Rectangle

from analyzer.trends import style
from analyzer.trends.charts import tables
from analyzer.trends.charts.chart import Chart, nothing
from analyzer.trends.charts.rows import Rows
from analyzer.trends.charts.words import count, interval, number, one, percent, source, years_of
from analyzer.trends.sheet import Sheet, broken, line_height

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from analyzer.trends.measuring import Trends

# One row a topic and year (`unit_type` missing) or a topic and kind of unit (`year` missing): n reports, of
# which a share names the topic.
TOPICS: Final = {
    "topic": "string",
    "year": "Int64",
    "unit_type": "string",
    "n": "Int64",
    "share": "float64",
    "low": "float64",
    "high": "float64",
}
_SHOWN: Final = 24
_COLUMNS: Final = 8


def by_year(trends: Trends, topics: pd.DataFrame) -> Chart:
    """Return how common each topic is in each year, and which came or went."""
    frame = topics[topics["unit_type"].isna()].dropna(subset=["year", "share"])
    years = years_of(frame)[-_COLUMNS:]
    names = _common(frame)
    if not names:
        return nothing("topics-by-year", "共性问题", source(trends))
    remarks = {name: _remark(frame[frame["topic"] == name], years) for name in names}
    more = [name for name in names if remarks[name] in {"新出现", "多起来"}]
    less = [name for name in names if remarks[name] in {"不再见", "少下去"}]
    title = "；".join(
        f"{word}：{'、'.join(found[:4])}"
        for word, found in (("多起来的问题", more), ("少下去的问题", less))
        if found
    )
    return _table(
        trends,
        "topics-by-year",
        title or f"最常写的问题是{names[0]}，各类问题看不出增减",
        "每格是写到这类问题的报告占多少，下面小字是 95% 区间；首尾两年区间不相交的才说多起来或少下去。",
        frame.assign(column=frame["year"].astype(str)),
        names,
        [str(year) for year in years],
        [remarks[name] for name in names],
    )


def by_unit_type(trends: Trends, topics: pd.DataFrame) -> Chart:
    """Return how common each topic is among each kind of unit."""
    frame = topics[topics["year"].isna()].dropna(subset=["unit_type", "share"])
    names = _common(frame)
    if not names:
        return nothing("topics-by-unit-type", "各类单位的共性问题", source(trends))
    sizes = frame.groupby("unit_type")["n"].max().sort_index()
    kinds = sorted(sizes.sort_values(ascending=False, kind="stable").index[:_COLUMNS])
    return _table(
        trends,
        "topics-by-unit-type",
        f"各类单位写得最多的问题都是{names[0]}"
        if _everywhere(frame, names[0], kinds)
        else f"最常写的问题是{names[0]}",
        f"每格是这类单位里写到这类问题的报告占多少，下面小字是 95% 区间。至多列份数最多的 {_COLUMNS} 类。",
        frame.assign(column=frame["unit_type"]),
        names,
        kinds,
        [""] * len(names),
    )


def _common(frame: pd.DataFrame) -> list[str]:
    """Return the topics that most reports name, the most common first."""
    means = frame.groupby("topic")["share"].mean()
    return sorted(means.index, key=lambda name: (-means[name], name))[:_SHOWN]


def _everywhere(frame: pd.DataFrame, name: str, kinds: list[str]) -> bool:
    """Whether a topic is the most common one among each kind of unit."""
    frame = frame[frame["unit_type"].isin(kinds)]
    tops = frame.loc[frame.groupby("unit_type")["share"].idxmax(), "topic"]
    return len(tops) == len(kinds) and bool((tops == name).all())


def _remark(own: pd.DataFrame, years: list[int]) -> str:
    """Say whether a topic came or went; silence where intervals of the first and the last year meet."""
    first, last = one(own, year=years[0]), one(own, year=years[-1])
    if first is None or last is None or len(years) == 1:
        return ""
    if first["high"] < last["low"]:
        return "新出现" if first["share"] == 0 else "多起来"
    if last["high"] < first["low"]:
        return "不再见" if last["share"] == 0 else "少下去"
    return ""


def _table(
    trends: Trends,
    name: str,
    title: str,
    lead: str,
    frame: pd.DataFrame,
    names: list[str],
    columns: list[str],
    remarks: list[str],
) -> Chart:
    rows = Rows(names, remarks, least=0.36)
    cells = {(row["topic"], row["column"]): row for _, row in frame.iterrows()}
    most = float(frame["share"].max()) or 1.0

    def body(sheet: Sheet) -> None:
        (axes,) = rows.open(sheet, (("写到的报告（%）", 1.0),))
        axes.set_xlim(0, len(columns))
        axes.grid(visible=False)
        room = axes.bbox.width / axes.figure.dpi / len(columns)
        headings = ["\n".join(broken(column, style.SMALL, room * 0.92, lines=3)) for column in columns]
        axes.set_xticks([at + 0.5 for at in range(len(columns))], headings)
        axes.tick_params(axis="x", length=0)
        for y, topic in zip(rows.middles, names, strict=True):
            for at, column in enumerate(columns):
                if (row := cells.get((topic, column))) is not None:
                    _cell(axes, at, y, row, most)
                    bounds = interval(row["low"] * 100, row["high"] * 100, 0)
                    told = f"{percent(row['share'])}（区间 {bounds}%），{count(row['n'])} 份"
                    sheet.spot(axes, at + 0.5, y, f"{topic} {column}：{told}")

    return Chart(
        name,
        title,
        lead,
        source(trends),
        tables.table(
            frame[frame["topic"].isin(names)],
            [
                ("问题", tables.plain("topic")),
                ("年度或单位类型", tables.plain("column")),
                ("份数", tables.how_many()),
                ("写到的", tables.share("share", 1)),
                ("95% 区间（%）", tables.bounds("low", "high", 1, 100)),
            ],
        ),
        rows.height + 2 * line_height(style.SMALL),  # names of columns may take three lines
        body,
    )


def _cell(axes: Axes, at: int, y: float, row: pd.Series, most: float) -> None:
    shade = style.shade(float(row["share"]) / most)
    axes.add_patch(Rectangle((at + 0.02, y - 0.17), 0.96, 0.34, facecolor=shade))
    ink = style.PAPER if style.is_dark(shade) else style.INK
    axes.text(
        at + 0.5,
        y + 0.01,
        number(row["share"] * 100, 0),
        size=style.LABEL,
        color=ink,
        ha="center",
        va="bottom",
    )
    bounds = f"{number(row['low'] * 100, 0)}–{number(row['high'] * 100, 0)}"
    axes.text(at + 0.5, y + 0.02, bounds, size=6.5, color=ink, ha="center", va="top")
