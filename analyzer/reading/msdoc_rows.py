"""The tables of the binary Word format: which paragraphs are cells, and how wide each is."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from analyzer.reading.ledgers import Cell, Row
from analyzer.reading.msdoc_tables import TABLE_DEFINITION, sprms

_IN_TABLE, _NESTING = 0x2416, 0x6649
# In a table inside a cell other properties say what the mark of a cell says outside, and where a row ends.
_ENDS_ROW, _ENDS_INNER_CELL, _ENDS_INNER_ROW = 0x2417, 0x244B, 0x244C
# Edges of cells, in twentieths of a point, that are this close are one edge of the table.
_NEAR = 60
_DEEPEST = 20  # tables inside of tables


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its place, whether it ends a cell or row, the number of its style and its properties."""

    text: str
    place: str
    ends_cell: bool
    papx: bytes


@dataclass(slots=True)
class _Growing:
    """A table, as far as it was read: of each row the edges and the paragraphs of its cells."""

    rows: list[tuple[Sequence[int], list[list[tuple[str, str]]]]] = field(default_factory=list)
    cells: list[list[tuple[str, str]]] = field(default_factory=list)
    paragraphs: list[tuple[str, str]] = field(default_factory=list)


def tables(paragraphs: Iterable[Paragraph]) -> Iterator[Sequence[Row]]:
    """Yield the rows of each table; a table inside a cell is one of its own."""
    open_ones: list[_Growing] = []  # each in a cell of the one before
    for paragraph in paragraphs:
        said = dict(sprms(paragraph.papx[2:]))
        depth = 0
        if said.get(_IN_TABLE) == b"\1":
            depth = min(int.from_bytes(said.get(_NESTING, b"\1"), "little"), _DEEPEST)
        yield from map(_rows, open_ones[depth:])
        del open_ones[depth:]
        if not depth:
            continue
        open_ones += (_Growing() for _ in range(depth - len(open_ones)))
        table = open_ones[-1]
        if said.get(_ENDS_ROW if depth == 1 else _ENDS_INNER_ROW) == b"\1":
            table.rows.append((_edges(said.get(TABLE_DEFINITION, b"")), table.cells))
            table.cells, table.paragraphs = [], []
        else:
            table.paragraphs.append((paragraph.place, paragraph.text))
            if paragraph.ends_cell if depth == 1 else said.get(_ENDS_INNER_CELL) == b"\1":
                table.cells.append(table.paragraphs)
                table.paragraphs = []
    yield from map(_rows, open_ones)


def _edges(definition: bytes) -> Sequence[int]:
    """Return where the cells of a row begin, and where the last one ends."""
    count = definition[2] if len(definition) > 2 else 0
    whole = len(definition) >= 3 + 2 * (count + 1)
    return struct.unpack_from(f"<{count + 1}h", definition, 3) if whole else ()


def _rows(table: _Growing) -> list[Row]:
    edges: list[int] = []
    for edge in sorted({edge for edges_of_row, _ in table.rows for edge in edges_of_row}):
        if not edges or edge - edges[-1] > _NEAR:
            edges.append(edge)
    rows: list[Row] = []
    for own, cells in table.rows:
        if len(own) > len(cells):
            at = [bisect_right(edges, edge) - 1 for edge in own]
        else:  # it does not say how wide they are
            at = [*range(len(cells) + 1)]
        rows.append([Cell(range(at[k], at[k + 1]), cell) for k, cell in enumerate(cells)])
    return rows
