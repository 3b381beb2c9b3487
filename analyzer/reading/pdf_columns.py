"""Pages set in two columns: the left one is read before the right one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median, quantiles
from typing import TypeAlias

from analyzer.reading.pdf_layout import Glyph, Page, visual_lines

# The room between columns, in ems at least, and where it lies, in shares of the text's width.
_ROOM, _MIDDLE = 1.5, (0.35, 0.65)
# At least so many rows stand in both, with so many characters in each: tables have fewer or shorter ones.
_ROWS, _CHARACTERS = 8, 10
# Prose fills its lines: so many of them end where their column does, within so many ems.
_FULL, _PLAY = 0.6, 1.5

_Row: TypeAlias = Sequence[Glyph]


def columns(page: Page) -> list[Page]:
    """Return a page, or the columns that it is set in as pages, the right one moved to where the left one is.

    What runs across both stays with the left column where it is above them, with the right one where below.
    """
    rows = visual_lines(page.glyphs) if not page.grids else []
    em = median(glyph.height for glyph in page.glyphs) if rows else 0.0
    gutter = _gutter(rows, em)
    if gutter is None:
        return [page]
    sides = [_sides(row, gutter) for row in rows]
    both = [number for number, (left, right) in enumerate(sides) if left and right]
    halves = [[sides[number][side] for number in both] for side in (0, 1)]
    if not all(_is_prose(half, em) for half in halves):
        return [page]
    across = [not left and not right for left, right in sides]
    if any(across[both[0] : both[-1]]):
        return [page]
    begin, other = (min(row[0].left for row in half) for half in halves)
    shift = other - begin
    first: list[Glyph] = []
    second: list[Glyph] = []
    for number, (row, (left, right)) in enumerate(zip(rows, sides, strict=True)):
        if number < both[0]:
            first += row
        elif across[number]:
            second += row
        else:
            first += left
            second += (replace(glyph, left=glyph.left - shift, right=glyph.right - shift) for glyph in right)
    return [replace(page, glyphs=first), replace(page, glyphs=second)]


def _gutter(rows: Sequence[_Row], em: float) -> float | None:
    """Return the middle of the room that parts two columns; None where too few rows leave any."""
    if len(rows) < _ROWS:
        return None
    begin, end = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    low, high = (begin + share * (end - begin) for share in _MIDDLE)
    rooms = [
        (before.right + after.left) / 2
        for row in rows
        for before, after in pairwise(row)
        if after.left - before.right > _ROOM * em and low < (before.right + after.left) / 2 < high
    ]
    if len(rooms) < max(_ROWS, len(rows) / 2):
        return None
    return median(rooms)


def _sides(row: _Row, gutter: float) -> tuple[_Row, _Row]:
    """Return what stands to the left and to the right of the gutter; nothing of a row that crosses it."""
    if any(glyph.left < gutter < glyph.right for glyph in row):
        return (), ()
    return [glyph for glyph in row if glyph.right <= gutter], [glyph for glyph in row if glyph.left >= gutter]


def _is_prose(lines: Sequence[_Row], em: float) -> bool:
    """Whether the rows of a column are long, and most of them end where it ends."""
    if len(lines) < _ROWS or median(map(len, lines)) < _CHARACTERS:
        return False
    ends = [line[-1].right for line in lines]
    edge = quantiles(ends, n=10)[-1]
    return sum(abs(end - edge) < _PLAY * em for end in ends) >= _FULL * len(ends)
