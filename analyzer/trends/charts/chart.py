"""A chart: what it says, its numbers as a table, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pandas as pd
from matplotlib.figure import Figure

from analyzer.trends import style
from analyzer.trends.lettering import balanced, drawable
from analyzer.trends.sheet import Sheet, Spot, broken, line_height

_GAP: Final = 0.08
_EDGE: Final = 0.12


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure before it is drawn.

    Parameters
    ----------
    name : str
        Of its files.
    title : str
        What the data say, in one sentence.
    lead : str
        What is shown, and how to read it.
    source : str
        Rubric, span of years, number of reports.
    table : DataFrame
        The same numbers; its columns are headings for readers.
    height : float
        Of the drawing without title and source, in inches.
    body : callable
        Draws on a sheet of `style.WIDTH` and this height, within `style.styled`.
    parts : tuple of Chart
        The same in pieces that fit a page each, where it is too high for one.
    """

    name: str
    title: str
    lead: str
    source: str
    table: pd.DataFrame
    height: float
    body: Callable[[Sheet], None]
    parts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure that is drawn."""

    figure: Figure
    spots: tuple[Spot, ...]


def draw(chart: Chart, *, bare: bool = False) -> Drawing:
    """Draw a chart as a figure of its own; a bare one leaves title and source to the page around it."""
    height = (chart.height if bare else full_height(chart)) + 2 * _EDGE
    figure = Figure((style.WIDTH + 2 * _EDGE, height))
    sheet = Sheet(figure, _EDGE, _EDGE, style.WIDTH, height - 2 * _EDGE)
    chart.body(sheet) if bare else place(chart, sheet)
    return Drawing(figure, tuple(sheet.spots))


def place(chart: Chart, sheet: Sheet) -> None:
    """Draw a chart with title and source at the top of a sheet."""
    top = 0.0
    for line in balanced(drawable(chart.title), style.TITLE / 72, sheet.width):
        sheet.write(0, top, line, size=style.TITLE)
        top += line_height(style.TITLE)
    top += sheet.paragraph(0, top, sheet.width, chart.lead, size=style.LEAD, colour=style.SOFT) + _GAP
    chart.body(sheet.part(top, chart.height))
    top += chart.height + _GAP
    sheet.paragraph(0, top, sheet.width, chart.source, size=style.SOURCE, colour=style.SOFT)


def full_height(chart: Chart) -> float:
    """Return the height of a chart with title and source, in inches."""
    words = ((chart.title, style.TITLE), (chart.lead, style.LEAD), (chart.source, style.SOURCE))
    lines = sum(len(broken(text, size, style.WIDTH)) * line_height(size) for text, size in words)
    return lines + chart.height + 2 * _GAP


def nothing(name: str, subject: str, source: str) -> Chart:
    """Return the chart of a question that the reports at hand do not answer."""
    return Chart(
        name,
        f"{subject}：没有可以画的数据",
        "要么没有这样的报告，要么各组都少于 5 个单位。",
        source,
        pd.DataFrame(),
        0.1,
        lambda _: None,
    )
