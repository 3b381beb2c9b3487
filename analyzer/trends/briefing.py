"""The briefing: one page for the screen, one document for print, and its charts as files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from analyzer.rendering.assets import asset, content_hash, page
from analyzer.trends.charts import Section, output, sections
from analyzer.trends.charts.chart import Chart
from analyzer.trends.limits import TITLE, limits
from analyzer.trends.paper import paper

if TYPE_CHECKING:
    import pandas as pd

    from analyzer.trends.measuring import Trends

_HERE: Final = "analyzer.trends"


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart as a page shows it."""

    chart: Chart
    drawing: Markup


def documents(trends: Trends, common: pd.DataFrame | None = None) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a briefing: their paths and what is in them, the same for the same trends.

    Parameters
    ----------
    trends : Trends
    common : DataFrame, optional
        Topics of the problems, with the columns of `analyzer.trends.charts.topics.TOPICS`.
    """
    drawn = sections(trends, common)
    for section in drawn:
        for chart in section.charts:
            picture, drawing = output.files(chart)
            yield f"charts/{chart.name}.png", picture
            yield f"charts/{chart.name}.svg", drawing
    yield "briefing.html", briefing(trends, drawn).encode("utf-8")
    yield "briefing.pdf", paper(heading(trends), drawn, limits(trends))


def write(trends: Trends, directory: Path, common: pd.DataFrame | None = None) -> list[Path]:
    """Write a briefing into a directory, and return its files; see `documents`."""
    written = []
    for name, content in documents(trends, common):
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        written.append(path)
    return written


def heading(trends: Trends) -> str:
    """Return the title of a briefing."""
    years = trends.frames.reports["year"]
    if years.empty:
        return "述职报告写法走势"
    first, last = int(years.min()), int(years.max())
    return f"{first} 年述职报告写法" if first == last else f"{first}—{last} 年述职报告写法走势"


def figures(section: Section) -> list[Figure]:
    """Return the drawings of a section for a page whose style sheet and script know them."""
    return [
        Figure(chart, Markup(output.inline(chart)))  # noqa: S704 - text in it is escaped by lxml
        for chart in section.charts
    ]


def briefing(trends: Trends, drawn: tuple[Section, ...]) -> str:
    """Return the page, which needs neither network nor any other file."""
    style = asset("page.css") + asset("charts.css", _HERE) + asset("briefing.css", _HERE)
    script = asset("charts.js", _HERE)
    return page(
        "briefing.html",
        _HERE,
        title=heading(trends),
        sections=[(section, figures(section)) for section in drawn],
        limits_title=TITLE,
        limits=limits(trends),
        style=Markup(style),  # noqa: S704 - our own file
        style_hash=content_hash(style),
        script=Markup(script),  # noqa: S704 - our own file
        script_hash=content_hash(script),
    )
