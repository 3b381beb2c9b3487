"""PDF with tables: the text around them, and their cells in reading order, each as paragraphs of its own.

A PDF knows no tables either.  A grid of lines is read as a table where its first rows name the columns of a
table of problems; forms, frames, charts and other tables are read line by line, as if no lines were drawn:
a table that is missed reads as lines, one that is none would be read wrongly.  What goes on at the top of the
next page is one table.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile
from typing import TypeAlias

from analyzer.reading.assembly import Line
from analyzer.reading.ledgers import Cell, Row, column_heads, head_of, names, names_columns
from analyzer.reading.pdf_cells import CellLayout, Filled
from analyzer.reading.pdf_grid import Box, Grid
from analyzer.reading.pdf_layout import (
    Glyph,
    Page,
    Run,
    TextLine,
    decile,
    ends,
    paragraphs,
    text_line,
    trimmed,
    visual_lines,
)
from analyzer.reading.pdf_margins import body

# How high the middle of a character stands; how much of it may reach over an edge that does not cut it.
_RISE, _EDGE = 0.3, 0.25
# How far the edges of a table may differ from page to page, in points.
_SAME = 3.0
# So many rows of heads are repeated on each page; more that are the same are said again.
_MOST_HEADS = 3
# So many of the characters may stand across an edge: a chart or a stamp is no table.
_MOST_CUT = 0.02
# Where hardly a cell holds more characters than this, they are the paper that a manuscript is written on.
_SINGLE = 1


@dataclass(frozen=True, slots=True)
class _Part:
    """What of a table stands on one page: its cells in reading order, those without text too."""

    page: int
    grid: Grid
    cells: Sequence[Filled]
    cut: int  # characters that stand across an edge

    @property
    def rows(self) -> list[list[Filled]]:
        """The cells by row."""
        return [list(row) for _, row in groupby(self.cells, key=lambda cell: cell.row)]

    @property
    def edges(self) -> list[float]:
        """Where its columns begin and end, from its left edge."""
        return [edge - self.grid.across[0] for edge in self.grid.across]

    def goes_on(self, other: _Part) -> bool:
        """Tell whether another part may be the rest of it."""
        few, many = sorted((self.edges, other.edges), key=len)
        same = abs(few[-1] - many[-1]) <= _SAME
        known = all(min(abs(edge - each) for each in many) <= _SAME for edge in few)
        return other.page == self.page + 1 and same and known


_Table: TypeAlias = list[_Part]  # by page


def lines(pages: Sequence[Page]) -> Iterator[Line]:
    """Yield the paragraphs of a document.

    Parameters
    ----------
    pages : sequence of Page

    Yields
    ------
    Line
        A paragraph, page numbers and running heads left out; ``place`` is that of its first line.  A cell of
        a table of problems begins with the head of its column, whose own row is left out for it.
    """
    runs, tables = _flow(pages)
    unseen = {page.number for page in pages if page.grids is None}
    known = {
        id(part.grid)
        for before, table, after in zip(runs, tables, runs[1:], strict=False)
        if _is_table(table) and not _is_half_seen(before, table, after, unseen)
        for part in table
    }
    if len(known) < sum(len(page.grids or ()) for page in pages):
        # What is in none of them is text, which may belong to the text before and after it.
        pages = [
            replace(page, grids=[each for each in page.grids or () if id(each) in known]) for page in pages
        ]
        runs, tables = _flow(pages)
    edges = [part.grid.across[-1] for table in tables for part in table]
    for around, cells in zip(paragraphs(runs, edges), [*_told(tables), []], strict=True):
        yield from around
        yield from cells


def _flow(pages: Sequence[Page]) -> tuple[list[list[TextLine]], list[_Table]]:
    """Return the lines before each table and after the last one, and the tables."""
    found = [_parted(page) for page in pages]
    runs: list[list[TextLine]] = [[]]
    tables: list[_Table] = []
    for kept, (_, parts) in zip(body([outside for outside, _ in found]), found, strict=True):
        rest = [*kept]
        for part in parts:
            # What stands beside its first row reached over the edge of a page or cell that was cut off.
            above = _above(part.grid.up[-2], rest)
            runs[-1] += above
            rest = rest[len(above) :]
            if tables and not runs[-1] and _goes_on(tables[-1], part):
                tables[-1].append(part)
            else:
                tables.append([part])
                runs.append([])
        runs[-1] += rest
    return runs, tables


def _goes_on(table: _Table, part: _Part) -> bool:
    """Tell whether a part on the next page belongs to a table, not to another one with heads of its own."""
    if not table[-1].goes_on(part):
        return False
    first = _as_read(part)[0]
    return not names_columns(first) or names(first) in map(names, _as_read(table[0]))


def _as_read(part: _Part) -> list[Row]:
    """Return the rows of a part with the words of each cell on one line."""
    return [
        [Cell(range(k, k + 1), [("", line.text) for line in cell.lines]) for k, cell in enumerate(row)]
        for row in part.rows
    ]


def _above(height: float, found: Sequence[TextLine]) -> list[TextLine]:
    return [*takewhile(lambda line: line.baseline > height, found)]


def _parted(page: Page) -> tuple[list[TextLine], list[_Part]]:
    """Return the lines of a page outside of its grids, and what is in those that hold text, from the top."""
    groups = visual_lines(page.glyphs)
    if not page.grids:
        return [text_line(page, number, group) for number, group in enumerate(groups, start=1)], []
    numbers = {glyph: number for number, group in enumerate(groups, start=1) for glyph in group}
    held: dict[int, dict[Box, list[Glyph]]] = {}
    inside: set[Glyph] = set()
    smallest = sorted(page.grids, key=lambda grid: grid.area)
    for glyph in page.glyphs:
        for grid in smallest:
            box = grid.box_at((glyph.left + glyph.right) / 2, _middle(glyph))
            if box is not None:
                held.setdefault(id(grid), {}).setdefault(box, []).append(glyph)
                inside.add(glyph)
                break
    outside = [
        text_line(page, number, kept)
        for number, group in enumerate(groups, start=1)
        if (kept := trimmed([glyph for glyph in group if glyph not in inside]))
    ]
    parts = [_part(page, grid, held[id(grid)], numbers) for grid in page.grids if id(grid) in held]
    return outside, [part for part in parts if part.cells]


def _middle(glyph: Glyph) -> float:
    """Return how high the middle of a character stands."""
    return glyph.baseline + _RISE * glyph.height


def _part(page: Page, grid: Grid, held: Mapping[Box, Sequence[Glyph]], numbers: Mapping[Glyph, int]) -> _Part:
    cells = []
    for box in sorted(set(grid.boxes.values()), key=lambda box: (box.row, box.left)):
        groups = visual_lines(held.get(box, ()))
        found = (text_line(page, numbers[group[0]], group) for group in groups)
        within = [replace(line, left=line.left - box.left, right=line.right - box.left) for line in found]
        left, right = box.left - grid.across[0], box.right - grid.across[0]
        cells.append(Filled(left, right, box.bottom, box.row, within))
    cut = sum(1 for glyphs in held.values() for glyph in glyphs if _is_cut(glyph, grid))
    return _Part(page.number, grid, [*_without_frame(cells)], cut)


def _without_frame(cells: Iterable[Filled]) -> Iterator[Filled]:
    """Yield cells but for what a frame adds that goes on to the edges of the page, page numbers too."""
    for row in (list(row) for _, row in groupby(cells, key=lambda cell: cell.row)):
        filled = [cell for cell in row if cell.lines]
        if len(filled) == 1:
            filled[0].lines[:] = body([filled[0].lines])[0]
        if len(row) > 1 or row[0].lines:
            yield from row


def _is_cut(glyph: Glyph, grid: Grid) -> bool:
    """Tell whether an edge goes through a character, not past it."""
    margin = _EDGE * (glyph.right - glyph.left)
    height = _middle(glyph)
    return grid.box_at(glyph.left + margin, height) != grid.box_at(glyph.right - margin, height)


def _is_table(table: _Table) -> bool:
    filled = [(part.page, cell) for part in table for cell in part.cells if cell.lines]
    lengths = [sum(len(line.text) for line in cell.lines) for _, cell in filled]
    columns = _columns(table)
    beside = {columns(cell).start for _, cell in filled}
    below = {(page, cell.row) for page, cell in filled}
    return (
        head_of(_as_read(table[0])) is not None
        and min(len(beside), len(below)) > 1
        and decile(lengths, 8) > _SINGLE
        and sum(part.cut for part in table) <= _MOST_CUT * sum(lengths)
    )


def _is_half_seen(before: Run, table: _Table, after: Run, unseen: Collection[int]) -> bool:
    """Tell whether a table may stand on a further page, of which it was not looked at what is drawn."""
    first, last = table[0].page, table[-1].page
    begun = first - 1 in unseen and all(line.page != first for line in before)
    return begun or (last + 1 in unseen and all(line.page != last for line in after))


def _told(tables: Sequence[_Table]) -> list[list[Line]]:
    """Return the paragraphs of each table, cell by cell."""
    places: list[str] = []

    def cell_of(columns: range, found: Iterable[tuple[TextLine, str]]) -> Cell:
        cell = Cell(columns, [])
        for first, text in found:
            cell.paragraphs.append((str(len(places)), text))  # cells beside each other share a line
            places.append(first.place)
        return cell

    read: list[list[Row]] = []
    for table in tables:
        columns = _columns(table)
        layout = CellLayout([cell for part in table for cell in part.cells])
        rows = _rows(table, columns, layout)
        read.append([[cell_of(columns(cell), layout.paragraphs(cell)) for cell in row] for row in rows])
    heads, spoken = column_heads(read)
    return [
        [
            Line(heads.get(key, "") + text, places[int(key)], generated=len(heads.get(key, "")))
            for row in rows
            for cell in row
            for key, text in cell.paragraphs
            if key not in spoken
        ]
        for rows in read
    ]


def _columns(table: _Table) -> Callable[[Filled], range]:
    """Return what tells the columns of a cell, on whichever page it stands."""
    edges: list[float] = []
    for edge in sorted(edge for part in table for edge in part.edges):
        if not edges or edge - edges[-1] > _SAME:
            edges.append(edge)
    return lambda cell: range(bisect_right(edges, cell.left) - 1, bisect_right(edges, cell.right) - 1)


def _rows(
    table: _Table, columns: Callable[[Filled], range], layout: CellLayout
) -> Sequence[Sequence[Filled]]:
    """Return the rows of a table, without heads that are repeated, rows that a page break parted joined."""
    rows: list[list[Filled]] = []
    latest: dict[range, Filled] = {}  # the lowest cell of each column, or of several
    for part in table:
        more = part.rows
        again = [_words(row) == _words(head) for row, head in zip(more, rows, strict=False)]
        heads = (*again, False).index(False)
        more = more[heads if heads <= _MOST_HEADS and heads < len(more) else 0 :]
        if more:
            beside = [
                (above, cell) for cell in more[0] if (above := latest.get(columns(cell))) and above.lines
            ]
            for above, cell in _going_on(more[0], beside, layout):
                above.lines.extend(cell.lines)
                cell.lines.clear()
            more = more if any(cell.lines for cell in more[0]) else more[1:]
            latest |= {columns(cell): cell for row in more for cell in row}
            rows += more
    return rows


def _words(row: Sequence[Filled]) -> list[str]:
    return ["".join(line.text for line in cell.lines) for cell in row]


def _going_on(
    row: Sequence[Filled], pairs: Sequence[tuple[Filled, Filled]], layout: CellLayout
) -> list[tuple[Filled, Filled]]:
    """Return which cells of the first row of a page go on the one above, of those that have text above.

    All of them do where a sentence goes on, each follows one that was full, and either some cell had no more
    to say or none begins anew after words that end no sentence, as a name does.  In a row that is a new one,
    with no number of its own, those do that stand beside it, taking several rows.
    """
    more = [(above, cell) for above, cell in pairs if cell.lines]
    full = [(above, cell) for above, cell in more if layout.is_full(above)]
    going = [(above, cell) for above, cell in full if layout.goes_on(above, cell)]
    done = len(more) < len(pairs)
    anew = any(not ends(above.lines[-1]) for above, cell in full if (above, cell) not in going)
    whole = len(full) == sum(1 for cell in row if cell.lines)
    if going and whole and (done or not anew):
        return full
    return going if done else []
