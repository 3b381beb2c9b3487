"""Legends as a line above a panel: a mark as it is drawn, and its word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from analyzer.trends import style
from analyzer.trends.lettering import width
from analyzer.trends.sheet import Sheet

HEIGHT: Final = 0.28
_MARK: Final = 0.26
_GAP: Final = 0.06
_NEXT: Final = 0.22


def boxes(sheet: Sheet, left: float, entries: Sequence[tuple[str, style.Look]]) -> None:
    """Show what areas mean."""
    for at, (word, look) in zip(_places(left, entries), entries, strict=True):
        box = sheet.axes(at, 0.06, _MARK, 0.13)
        box.set_axis_off()
        box.barh(0, 1, 1, color=look.colour, hatch=look.hatch, edgecolor=style.PAPER, linewidth=0)
        box.margins(0)
        sheet.write(at + _MARK + _GAP, 0.03, word, size=style.SMALL, colour=style.SOFT)


def lines(sheet: Sheet, left: float, entries: Sequence[tuple[str, style.Look]]) -> None:
    """Show what lines mean."""
    for at, (word, look) in zip(_places(left, entries), entries, strict=True):
        box = sheet.axes(at, 0.06, _MARK, 0.13)
        box.set_axis_off()
        box.plot([0, 1], [0, 0], color=look.colour, linestyle=look.line, linewidth=1.4)
        box.plot([0.5], [0], look.marker, color=look.colour)
        sheet.write(at + _MARK + _GAP, 0.03, word, size=style.SMALL, colour=style.SOFT)


def _places(left: float, entries: Sequence[tuple[str, style.Look]]) -> list[float]:
    places = []
    for word, _ in entries:
        places.append(left)
        left += _MARK + _GAP + width(word, style.SMALL / 72) + _NEXT
    return places


def stacked(sheet: Sheet, left: float, entries: Sequence[tuple[str, style.Look]]) -> None:
    """Show what lines mean, one under the other."""
    for row, entry in enumerate(entries):
        lines(sheet.part(row * HEIGHT, HEIGHT), left, [entry])
