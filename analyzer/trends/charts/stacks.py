"""Stacked bars of shares, a year each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from matplotlib.axes import Axes

from analyzer.trends import style
from analyzer.trends.charts import legend
from analyzer.trends.charts.words import number
from analyzer.trends.lettering import width
from analyzer.trends.sheet import Sheet, line_height

_ROW: Final = 0.36
_BAR: Final = 0.72  # of a row
_YEARS: Final = 0.55
_FOOT: Final = 0.5
_LEAST: Final = 5.0  # per cent that a part must have to bear its number


def height(years: int) -> float:
    """Return how high the bars of so many years stand, in inches."""
    return legend.HEIGHT + _ROW * years + _FOOT


def stacks(
    sheet: Sheet,
    years: Sequence[int],
    looks: Mapping[str, tuple[str, style.Look]],
    shares: Sequence[Mapping[str, float]],
    remarks: Sequence[str],
    scale: str,
) -> Axes:
    """Draw bars; the middle of the bar of year ``k`` is at ``k + 0.5``.

    Parameters
    ----------
    sheet : Sheet
    years : sequence of int
    looks : mapping of str to (str, Look)
        The parts from left to right: id, word and look.
    shares : sequence of mapping of str to float
        For each year, what each part has, in per cent.
    remarks : sequence of str
        At the right of each bar.
    scale : str
        What the lower edge counts.
    """
    right = max(width(remark, style.SMALL / 72) for remark in remarks) + 0.14
    axes = sheet.axes(_YEARS, legend.HEIGHT, sheet.width - _YEARS - right, _ROW * len(years))
    axes.set_ylim(len(years), 0)
    axes.set_xlim(0, 100)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(scale)
    legend.boxes(sheet, _YEARS, list(looks.values()))
    for row, (year, parts, remark) in enumerate(zip(years, shares, remarks, strict=True)):
        left = 0.0
        for part, (_, look) in looks.items():
            share = parts.get(part, 0.0)
            axes.barh(
                row + 0.5, share, _BAR, left,
                color=look.colour, hatch=look.hatch, edgecolor=style.PAPER, linewidth=0.8,
            )  # fmt: skip
            if share >= _LEAST:
                _numbered(axes, left + share / 2, row + 0.5, share, look)
            left += share
        top = legend.HEIGHT + _ROW * (row + 0.5) - line_height(style.LABEL) / 2
        sheet.write(_YEARS - 0.1, top, str(year), align="right")
        sheet.write(sheet.width, top, remark, size=style.SMALL, colour=style.SOFT, align="right")
    return axes


def whisker(axes: Axes, low: float, high: float, row: int) -> None:
    """Show the interval of a place where two parts of a bar meet, below their numbers."""
    at = row + 0.5 + _BAR * 0.36
    axes.plot([low, high], [at, at], color=style.PAPER, linewidth=3.2, solid_capstyle="butt")
    axes.plot([low, high], [at, at], color=style.INK, linewidth=1.2, marker="|", markersize=4)


def _numbered(axes: Axes, x: float, y: float, share: float, look: style.Look) -> None:
    ground = {"facecolor": look.colour, "edgecolor": "none", "pad": 1.2} if look.hatch else None
    axes.text(x, y, f"{number(share, 0)}%", size=style.SMALL, ha="center", va="center_baseline",
              color=style.PAPER if style.is_dark(look.colour) else style.INK, bbox=ground)  # fmt: skip
