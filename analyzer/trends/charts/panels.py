"""Small panels side by side, years along their lower edge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analyzer.trends import style
from analyzer.trends.sheet import Sheet, broken, line_height

_HEAD_LINES: Final = 2
_LEFT: Final = 0.42  # for the numbers of the scale
_GAP: Final = 0.18
_FOOT: Final = 0.3
_BODY: Final = 1.25


def height(panels: int, columns: int) -> float:
    """Return how high so many panels stand, in inches."""
    return -(-panels // columns) * (_head() + _BODY + _FOOT)


def _head() -> float:
    return line_height(style.LABEL) + _HEAD_LINES * line_height(style.SMALL) + 0.05


def panels(sheet: Sheet, headings: Sequence[tuple[str, str]], columns: int) -> list[Axes]:
    """Return axes in rows of ``columns``, each under its name and what is said of it."""
    wide = (sheet.width - _GAP * (columns - 1)) / columns
    found = []
    for order, (name, remark) in enumerate(headings):
        left = order % columns * (wide + _GAP)
        top = order // columns * (_head() + _BODY + _FOOT)
        sheet.write(left, top, broken(name, style.LABEL, wide, lines=1)[0])
        for number, line in enumerate(broken(remark, style.SMALL, wide, lines=_HEAD_LINES)):
            below = top + line_height(style.LABEL) + number * line_height(style.SMALL)
            sheet.write(left, below, line, size=style.SMALL, colour=style.SOFT)
        axes = sheet.axes(left + _LEFT, top + _head(), wide - _LEFT, _BODY)
        axes.grid(axis="y")
        axes.spines["left"].set_visible(False)
        axes.yaxis.set_major_locator(MaxNLocator(4))
        axes.margins(y=0.12)
        found.append(axes)
    return found


def year_scale(axes: Axes, years: Sequence[int]) -> None:
    """Show the years along the lower edge: all where they fit, else the first, the last and some between."""
    axes.set_xlim(years[0] - 0.4, years[-1] + 0.4)
    room = axes.get_position().width * axes.figure.get_size_inches()[0]
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
