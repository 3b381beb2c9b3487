"""Small panels side by side, years along their lower edge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analyzer.trends import style
from analyzer.trends.sheet import Sheet, broken, line_height

_LEFT: Final = 0.42  # for the numbers of the scale
_GAP: Final = 0.18
_FOOT: Final = 0.3
_BODY: Final = 1.25


@dataclass(frozen=True)
class Panels:
    """Where panels stand.

    Parameters
    ----------
    headings : sequence of (str, str)
        The name of each, and what is said of it.
    columns : int
        How many stand side by side.
    """

    headings: Sequence[tuple[str, str]]
    columns: int

    @property
    def _wide(self) -> float:
        return (style.WIDTH - _GAP * (self.columns - 1)) / self.columns

    @cached_property
    def _remarks(self) -> list[list[str]]:
        return [broken(remark, style.SMALL, self._wide) for _, remark in self.headings]

    @property
    def _head(self) -> float:
        most = max(len(lines) for lines in self._remarks)
        return line_height(style.LABEL) + most * line_height(style.SMALL) + _GAP / 2

    @property
    def height(self) -> float:
        """All of it, in inches."""
        return -(-len(self.headings) // self.columns) * (self._head + _BODY + _FOOT)

    def open(self, sheet: Sheet) -> list[Axes]:
        """Write headings on a sheet and return the panels under them."""
        found = []
        for order, ((name, _), remark) in enumerate(zip(self.headings, self._remarks, strict=True)):
            left = order % self.columns * (self._wide + _GAP)
            top = order // self.columns * (self._head + _BODY + _FOOT)
            sheet.write(left, top, broken(name, style.LABEL, self._wide, lines=1)[0])
            for number, line in enumerate(remark):
                below = top + line_height(style.LABEL) + number * line_height(style.SMALL)
                sheet.write(left, below, line, size=style.SMALL, colour=style.SOFT)
            axes = sheet.axes(left + _LEFT, top + self._head, self._wide - _LEFT, _BODY)
            axes.grid(axis="y")
            axes.spines["left"].set_visible(False)
            axes.yaxis.set_major_locator(MaxNLocator(4))
            axes.margins(y=0.12)
            found.append(axes)
        return found


def same_span(panels: Sequence[Axes]) -> None:
    """Let a step be as high in one panel as in the next."""
    bounds = [axes.get_ylim() for axes in panels]
    span = max(high - low for low, high in bounds)
    for axes, (low, high) in zip(panels, bounds, strict=True):
        axes.set_ylim((low + high - span) / 2, (low + high + span) / 2)


def year_scale(axes: Axes, years: Sequence[int]) -> None:
    """Show the years along the lower edge: all where they fit, else the first, the last and some between."""
    axes.set_xlim(years[0] - 0.4, years[-1] + 0.4)
    room = axes.bbox.width / axes.figure.dpi
    step = -(-len(years) // max(1, int(room / 0.36)))
    shown = [year for year in years if (years[-1] - year) % step == 0]
    axes.set_xticks(shown, [str(year) for year in shown])


def course(
    axes: Axes,
    years: Sequence[int],
    values: Sequence[float],
    lows: Sequence[float],
    highs: Sequence[float],
    look: style.Look,
    *,
    aside: float = 0.0,
) -> None:
    """Draw what became of a value over the years with the interval of each; ``aside`` keeps series apart."""
    at = [year + aside for year in years]
    axes.vlines(at, lows, highs, color=look.colour, linewidth=1.2, zorder=3)
    axes.plot(at, values, color=look.colour, linestyle=look.line, linewidth=1.4, zorder=2)
    axes.plot(at, values, look.marker, color=look.colour, markersize=5, linestyle="none", zorder=4)
