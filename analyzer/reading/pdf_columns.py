"""Pages set in two columns: the left one is read before the right one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, pairwise
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
    crossing = [number for number, row in enumerate(rows) if _crosses(row, gutter)]
    if any(both[0] < number < both[-1] for number in crossing):
        return [page]
    for side in (0, 1):
        if not _is_prose([sides[number][side] for number in both], em):
            return [page]
    left, right = ([*chain.from_iterable(sides[number][side] for number in both)] for side in (0, 1))
    shift = min(glyph.left for glyph in right) - min(glyph.left for glyph in left)
    first: list[Glyph] = []
    second: list[Glyph] = []
    for number, row in enumerate(rows):
        if number < both[0]:
            first += row
        elif number in crossing:
            second += row
        else:
            first += sides[number][0]
            second += (replace(g, left=g.left - shift, right=g.right - shift) for g in sides[number][1])
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
    if _crosses(row, gutter):
        return (), ()
    return [glyph for glyph in row if glyph.right <= gutter], [glyph for glyph in row if glyph.left >= gutter]


def _crosses(row: _Row, gutter: float) -> bool:
    return any(glyph.left < gutter < glyph.right for glyph in row)


def _is_prose(lines: Sequence[_Row], em: float) -> bool:
    """Whether the rows of a column are long, and most of them end where it ends."""
    if len(lines) < _ROWS or median(map(len, lines)) < _CHARACTERS:
        return False
    ends = [line[-1].right for line in lines]
    edge = quantiles(ends, n=10)[-1]
    return sum(abs(end - edge) < _PLAY * em for end in ends) >= _FULL * len(ends)
