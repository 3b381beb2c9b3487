"""Rows with names at the left, panels that share them, and how many at the right: the forest plot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

from matplotlib.axes import Axes

from analyzer.trends import style
from analyzer.trends.lettering import balanced, drawable, width
from analyzer.trends.sheet import Sheet, broken, line_height

_NAMES: Final = 2.1  # inches that names may take
_LINES: Final = 3
_GAP: Final = 0.12
_BETWEEN: Final = 0.26  # panels, so that their scales do not meet
_PAD: Final = 0.09
_HEAD: Final = 0.24
_FOOT: Final = 0.3


@dataclass(frozen=True)
class Rows:
    """Where rows stand.

    Parameters
    ----------
    names : sequence of str
    remarks : sequence of str
        At the right, such as how many reports; as many as names.
    least : float
        How high a row is at least, in inches.
    """

    names: Sequence[str]
    remarks: Sequence[str]
    least: float = 0.27

    @cached_property
    def _lines(self) -> list[list[str]]:
        return [_name(name) for name in self.names]

    @cached_property
    def _heights(self) -> list[float]:
        return [max(self.least, len(lines) * line_height(style.LABEL) + _PAD) for lines in self._lines]

    @cached_property
    def middles(self) -> list[float]:
        """Where each row has its middle, in inches below the first row's top; the `y` of the panels."""
        tops = [sum(self._heights[:row]) for row in range(len(self.names))]
        return [top + height / 2 for top, height in zip(tops, self._heights, strict=True)]

    @property
    def height(self) -> float:
        """All of it with headings and scale, in inches."""
        return _HEAD + sum(self._heights) + _FOOT

    def fitting(self, most: float) -> int:
        """Return how many rows, from the first, stand in a height, at least one."""
        return max(1, sum(height <= most - _HEAD - _FOOT for height in accumulate(self._heights)))

    def open(self, sheet: Sheet, panels: Sequence[tuple[str, float]], remark: str = "") -> list[Axes]:
        """Write names and remarks on a sheet and return the panels.

        Parameters
        ----------
        sheet : Sheet
        panels : sequence of (str, float)
            Heading and share of the width of each.
        remark : str
            Heading of the remarks.
        """
        left = _GAP + max(
            (width(line, style.LABEL / 72) for lines in self._lines for line in lines), default=0
        )
        words = [remark, *self.remarks]
        right = max(width(drawable(text), style.SMALL / 72) for text in words)
        right += _GAP if right else 0
        inner = sum(self._heights)
        for lines, middle in zip(self._lines, self.middles, strict=True):
            top = _HEAD + middle - len(lines) * line_height(style.LABEL) / 2
            for number, line in enumerate(lines):
                sheet.write(left - _GAP, top + number * line_height(style.LABEL), line, align="right")
        for text, middle in zip(self.remarks, self.middles, strict=True):
            top = _HEAD + middle - line_height(style.SMALL) / 2
            sheet.write(sheet.width, top, text, size=style.SMALL, colour=style.SOFT, align="right")
        sheet.write(sheet.width, 0, remark, size=style.SMALL, colour=style.SOFT, align="right")
        room = sheet.width - left - right - _BETWEEN * (len(panels) - 1)
        found, total = [], sum(share for _, share in panels)
        for heading, share in panels:
            wide = room * share / total
            sheet.write(left, 0, heading, size=style.SMALL, colour=style.SOFT)
            axes = sheet.axes(left, _HEAD, wide, inner)
            axes.set_ylim(inner, 0)
            axes.set_yticks([])
            axes.spines["left"].set_visible(False)
            axes.grid(axis="x")
            axes.hlines(
                [middle + height / 2 for middle, height in zip(self.middles, self._heights, strict=True)],
                0, 1, transform=axes.get_yaxis_transform(), color=style.HAIR, linewidth=0.6, zorder=0,
            )  # fmt: skip
            axes.tick_params(axis="x", pad=2)
            found.append(axes)
            left += wide + _BETWEEN
        return found


def _name(name: str) -> list[str]:
    lines = balanced(drawable(name), style.LABEL / 72, _NAMES)
    return lines if len(lines) <= _LINES else broken(name, style.LABEL, _NAMES, _LINES)


def estimate(
    axes: Axes, x: float, low: float, high: float, y: float, look: style.Look, *, hollow: bool = False
) -> None:
    """Mark an estimate with its interval in a row."""
    axes.plot([low, high], [y, y], color=look.colour, linewidth=1.4, solid_capstyle="butt", zorder=3)
    axes.plot(
        [x], [y], look.marker, markersize=5.5, zorder=4,
        markerfacecolor=style.PAPER if hollow else look.colour, markeredgecolor=look.colour,
    )  # fmt: skip


def no_change(axes: Axes) -> None:
    """Draw the line of no change."""
    axes.axvline(0, color=style.SOFT, linewidth=0.9, zorder=1)
