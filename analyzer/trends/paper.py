"""A briefing as pages of A4: what it says first, then its charts as vectors, then what they cannot say."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

from analyzer.trends import style
from analyzer.trends.charts import Section
from analyzer.trends.charts.chart import Chart, full_height, place
from analyzer.trends.lettering import balanced, drawable
from analyzer.trends.limits import TITLE
from analyzer.trends.sheet import Sheet, broken, line_height

_WIDE: Final = 8.27
_HIGH: Final = 11.69
_MARGIN: Final = (_WIDE - style.WIDTH) / 2
_TOP: Final = 0.75
_BOTTOM: Final = 0.75
_ROOM: Final = _HIGH - _TOP - _BOTTOM
_GAP: Final = 0.3
_HEADING: Final = 15.0
_AFTER: Final = 0.12
_BODY: Final = 10.0


def paper(heading: str, sections: Sequence[Section], limits: Sequence[tuple[str, str]]) -> bytes:
    """Return a PDF; the same charts give the same bytes."""
    out = io.BytesIO()
    no_dates = {"CreationDate": None, "Creator": None, "Producer": None, "Title": heading}
    with style.styled(), PdfPages(out, metadata=no_dates) as document:
        pages = _Pages(heading)
        _opening(pages, heading, sections)
        pages.turn()
        for number, section in enumerate(sections, 1):
            _section(pages, f"{number}　{section.title}", section.charts)
        _closing(pages, limits)
        for figure in pages.done():
            document.savefig(figure)
    return out.getvalue()


class _Pages:
    """Pages that are filled from the top."""

    def __init__(self, heading: str) -> None:
        self._heading = heading
        self._figures: list[Figure] = []
        self._at = _ROOM

    def turn(self) -> None:
        """Begin a page."""
        figure = Figure((_WIDE, _HIGH))
        self._figures.append(figure)
        self._at = 0.0

    def keep(self, height: float) -> None:
        """Begin a page where this one has no room for a height."""
        if not self._figures or (self._at and self._at + height > _ROOM):
            self.turn()

    def take(self, height: float) -> Sheet:
        """Return a sheet of a height on this page, or on the next where it has no room."""
        self.keep(height)
        sheet = Sheet(self._figures[-1], _MARGIN, _TOP + self._at, style.WIDTH, height)
        self._at += height
        return sheet

    def skip(self, height: float) -> None:
        """Leave a gap, but not at the top of a page."""
        self._at += height if self._at else 0.0

    def write(self, lines: Sequence[str], size: float, colour: str = style.INK, indent: float = 0.0) -> None:
        """Write lines."""
        for line in lines:
            self.take(line_height(size)).write(indent, 0, line, size=size, colour=colour)

    def done(self) -> list[Figure]:
        """Put numbers on the pages and return them."""
        for number, figure in enumerate(self._figures, 1):
            foot = Sheet(figure, _MARGIN, _HIGH - 0.5, style.WIDTH, 0.2)
            foot.write(0, 0, self._heading, size=style.SOURCE, colour=style.SOFT)
            words = f"{number} / {len(self._figures)}"
            foot.write(style.WIDTH, 0, words, size=style.SOURCE, colour=style.SOFT, align="right")
        return self._figures


def _lines(text: str, size: float, indent: float = 0.0) -> list[str]:
    return (
        balanced(drawable(text), size / 72, style.WIDTH - indent)
        if size > _BODY
        else broken(text, size, style.WIDTH - indent)
    )


def _opening(pages: _Pages, heading: str, sections: Sequence[Section]) -> None:
    pages.write(["述评 · 述职报告写法"], style.LABEL, style.SEAL)
    pages.write(_lines(heading, 22), 22)
    pages.skip(0.1)
    source = next((chart.source for section in sections for chart in section.charts), "")
    pages.write(_lines(source, style.LEAD), style.LEAD, style.SOFT)
    pages.skip(0.25)
    for number, section in enumerate(sections, 1):
        pages.write([f"{number}　{section.title}"], 11.5, style.SEAL)
        for chart in section.charts:
            for row, line in enumerate(_lines(chart.title, _BODY, 0.35)):
                sheet = pages.take(line_height(_BODY))
                sheet.write(0.35, 0, line, size=_BODY)
                if not row:
                    sheet.write(0.18, 0, "·", size=_BODY, colour=style.SEAL)
        pages.skip(0.1)


def _section(pages: _Pages, heading: str, charts: Sequence[Chart]) -> None:
    parts = [part for chart in charts for part in chart.parts or (chart,)]
    pages.keep(line_height(_HEADING) + _AFTER + full_height(parts[0]))
    pages.write([heading], _HEADING, style.SEAL)
    pages.skip(_AFTER)
    for part in parts:
        place(part, pages.take(full_height(part)))
        pages.skip(_GAP)


def _closing(pages: _Pages, limits: Sequence[tuple[str, str]]) -> None:
    pages.turn()
    pages.write([TITLE], _HEADING, style.SEAL)
    pages.skip(_AFTER)
    for name, words in limits:
        pages.write(_lines(name, 11), 11)
        pages.write(_lines(words, _BODY), _BODY, style.SOFT)
        pages.skip(0.14)
