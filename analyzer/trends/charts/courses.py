"""Several measures over the years, a panel each, with the change within units told above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analyzer.trends import style
from analyzer.trends.charts import tables
from analyzer.trends.charts.chart import Chart, nothing
from analyzer.trends.charts.panels import Panels, course, same_span, year_scale
from analyzer.trends.charts.words import (
    change,
    count,
    interval,
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


@dataclass(frozen=True, slots=True)
class Course:
    """A measure: its id, its name, what it is counted in, how it is shown."""

    id: str
    name: str
    unit: str
    digits: int = 1
    scale: float = 1.0


def courses(
    trends: Trends,
    *,
    name: str,
    subject: str,
    frame: pd.DataFrame,
    key: str,
    family: str,
    lines: Sequence[Course],
    lead: str,
    columns: int = 2,
    comparable: bool = False,
) -> Chart:
    """Return a chart of measures over the years.

    Parameters
    ----------
    trends : Trends
    name, subject, lead : str
        Of the chart; the subject begins its title.
    frame : DataFrame
        With a column ``key`` for the measure, and ``mean``, ``low``, ``high`` by year.
    key : str
    family : str
        Of the measures in the table of changes.
    lines : sequence of Course
        What is shown, in this order.
    columns : int
        How many panels stand side by side.
    comparable : bool
        Whether a step is to be as high in each panel.
    """
    by_year = told(only(frame, by="year")).dropna(subset=["mean"])
    shown = [line for line in lines if (by_year[key] == line.id).any()]
    if not shown:
        return nothing(name, subject, source(trends))
    changes = {line.id: one(trends.changes, by="all", family=family, measure=line.id) for line in shown}
    alone = len(shown) == 1  # then the title says it
    frames = Panels(
        [(line.name, "" if alone else _change(changes[line.id], line)) for line in shown], columns
    )

    def body(sheet: Sheet) -> None:
        years = years_of(by_year)
        opened = frames.open(sheet)
        for axes, line in zip(opened, shown, strict=True):
            own = only(by_year, **{key: line.id}).sort_values("year")
            values, lows, highs = (own[column] * line.scale for column in ("mean", "low", "high"))
            look = style.DIRECTION[moved(changes[line.id])]
            course(axes, list(own["year"]), list(values), list(lows), list(highs), look)
            year_scale(axes, years)
            for year, value, low, high, n in zip(own["year"], values, lows, highs, own["n"], strict=True):
                words = f"{number(value, line.digits)}（{interval(low, high, line.digits)}），{count(n)} 份"
                sheet.spot(axes, year, value, f"{line.name} {year} 年：{words}")
        if comparable:
            same_span(opened)

    names = {line.id: line for line in shown}
    rows = by_year[by_year[key].isin(list(names))]
    rows = rows.assign(order=[list(names).index(value) for value in rows[key]]).sort_values(["order", "year"])
    return Chart(
        name,
        _title(subject, shown, changes),
        lead,
        source(trends),
        tables.table(
            rows,
            [
                ("项目", lambda row: names[row[key]].name),
                ("年度", tables.plain("year")),
                ("份数", tables.how_many()),
                ("平均", lambda row: number(row["mean"] * names[row[key]].scale, names[row[key]].digits)),
                (
                    "95% 区间",
                    lambda row: tables.bounds("low", "high", names[row[key]].digits, names[row[key]].scale)(
                        row
                    ),
                ),
            ],
        ),
        frames.height,
        body,
    )


def _change(row: pd.Series | None, line: Course) -> str:
    return change(row, line.unit, line.digits, line.scale)


def _title(subject: str, lines: Sequence[Course], changes: dict[str, pd.Series | None]) -> str:
    """Say what rose and what fell; of a single measure, by how much."""
    if len(lines) == 1:
        return f"{subject}：{_change(changes[lines[0].id], lines[0])}"
    names = {
        told: [line.name.partition("（")[0] for line in lines if moved(changes[line.id]) == told]
        for told in ("rising", "falling")
    }
    parts = [
        f"{word}的有{'、'.join(found)}"
        for word, found in (("上升", names["rising"]), ("下降", names["falling"]))
        if found
    ]
    rest = len(lines) - sum(map(len, names.values()))
    if not parts:
        return f"{subject}：都看不出变化"
    return f"{subject}：{'；'.join(parts)}" + ("；其余看不出变化" if rest else "")
