"""Common problems: how many reports name each topic, by year and by kind of unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd
from matplotlib.patches import Rectangle

from analyzer.trends import style
from analyzer.trends.charts import tables
from analyzer.trends.charts.chart import Chart, nothing
from analyzer.trends.charts.rows import Rows
from analyzer.trends.charts.words import count, interval, number, only, percent, source, told, years_of
from analyzer.trends.sheet import Sheet, broken, line_height
from analyzer.trends.topics import REST

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from analyzer.trends.measuring import Trends

_SHOWN: Final = 24
_COLUMNS: Final = 8
_COURSES: Final = {"new": "新出现", "rising": "多起来", "falling": "少下去", "vanishing": "不再见"}


def by_year(trends: Trends) -> Chart:
    """Return how common each topic is in each year, and which came or went."""
    frame = _named(trends, "year")
    years = years_of(frame)[-_COLUMNS:]
    names = _common(trends, frame)
    if not names:
        return nothing("topics-by-year", "共性问题", source(trends))
    courses = dict(zip(trends.common["topic"], trends.common["course"], strict=True))
    more = [name for name in names if courses[name] in {"new", "rising"}]
    less = [name for name in names if courses[name] in {"vanishing", "falling"}]
    title = "；".join(
        f"{word}：{'、'.join(found[:4])}"
        for word, found in (("多起来的问题", more), ("少下去的问题", less))
        if found
    )
    return _table(
        trends,
        "topics-by-year",
        title or f"最常写的问题是{names[0]}，各类问题看不出增减",
        "每格是写到这类问题的报告占多少，下面小字是 95% 区间；没有写到，不等于没有这类问题。"
        "同一单位前后比较、各类问题一起从严判断，仍看得出增减的才说多起来或少下去。",
        frame.assign(column=frame["year"].astype(str)),
        names,
        [str(year) for year in years],
        [_COURSES.get(courses[name], "") for name in names],
    )


def by_unit_type(trends: Trends) -> Chart:
    """Return how common each topic is among each kind of unit."""
    frame = _named(trends, "unit_type")
    names = _common(trends, frame)
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
        "每格是这类单位里写到这类问题的报告占多少，下面小字是 95% 区间；没有写到，不等于没有这类问题。"
        f"至多列份数最多的 {_COLUMNS} 类。",
        frame.assign(column=frame["unit_type"]),
        names,
        kinds,
        [""] * len(names),
    )


def _named(trends: Trends, by: str) -> pd.DataFrame:
    """Return the share of reports that name each topic; what is told together is none."""
    frame = told(only(trends.topics, by=by)).dropna(subset=["share"])
    return frame[frame["topic"] != REST]


def _common(trends: Trends, frame: pd.DataFrame) -> list[str]:
    """Return the topics of a frame that most of all reports name, the most common first."""
    common = trends.common[trends.common["topic"].isin(frame["topic"])]
    return common.sort_values(["share", "topic"], ascending=[False, True])["topic"].tolist()[:_SHOWN]


def _everywhere(frame: pd.DataFrame, name: str, kinds: list[str]) -> bool:
    """Whether a topic is the most common one among each kind of unit."""
    frame = frame[frame["unit_type"].isin(kinds)]
    tops = frame.loc[frame.groupby("unit_type")["share"].idxmax(), "topic"]
    return len(tops) == len(kinds) and bool((tops == name).all())


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
