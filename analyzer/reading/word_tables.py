"""The tables of a .docx: rows of cells, with the columns of the grid that each takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from analyzer.reading.ledgers import Cell, Row
from analyzer.reading.word_styles import W, child, value


def tables(
    paragraphs: Sequence[tuple[str, etree._Element]], texts: Mapping[str, str]
) -> Iterator[Sequence[Row]]:
    """Yield the rows of each table; a table inside a cell is one of its own.

    Parameters
    ----------
    paragraphs : sequence of (str, lxml element)
        Of the document, with their places.
    texts : mapping of str to str
        Their texts, by place.
    """
    found: dict[etree._Element, dict[etree._Element, dict[etree._Element, Cell]]] = {}
    columns: dict[etree._Element, range] = {}
    for place, paragraph in paragraphs:
        cell = next(paragraph.iterancestors(f"{W}tc"), None)
        row = None if cell is None else next(cell.iterancestors(f"{W}tr"), None)
        if cell is None or row is None:
            continue
        if cell not in columns:
            columns |= _columns(row)
        cells = found.setdefault(next(row.iterancestors(f"{W}tbl")), {}).setdefault(row, {})
        cells.setdefault(cell, Cell(columns[cell], [])).paragraphs.append((place, texts[place]))
    for rows in found.values():
        yield [[*cells.values()] for cells in rows.values()]


def _columns(row: etree._Element) -> dict[etree._Element, range]:
    """Return the columns of the grid that each cell of a row takes."""
    at = _number(value(child(row, "trPr"), "gridBefore"), 0)
    columns = {}
    for cell in row.iterdescendants(f"{W}tc"):
        if next(cell.iterancestors(f"{W}tr")) is row:
            width = _number(value(child(cell, "tcPr"), "gridSpan"), 1)
            columns[cell] = range(at, at + width)
            at += width
    return columns


def _number(digits: str | None, otherwise: int) -> int:
    return int(digits) if digits and digits.isdecimal() and len(digits) <= 3 else otherwise
