"""Tables of problems: a cell read as a line would lose what only the head of its column says that it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from lxml import etree

from analyzer.lexicons import pattern, table
from analyzer.reading.word_styles import W, child, value

_FILE = "tables.toml"
_DATA = re.compile(r"[\d。；！？]")  # never in the head of a column
_pattern = partial(pattern, _FILE, "patterns")


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a row: its columns of the grid, and its paragraphs with their texts."""

    columns: range
    paragraphs: list[tuple[str, str]]

    @property
    def words(self) -> str:
        return "".join("".join(text.split()) for _, text in self.paragraphs).rstrip("：:")


def column_heads(
    paragraphs: Sequence[tuple[str, etree._Element]], texts: Mapping[str, str]
) -> tuple[dict[str, str], frozenset[str]]:
    """Return what the cells of tables of problems are, by the heads of their columns.

    Parameters
    ----------
    paragraphs : sequence of (str, lxml element)
        Of the document, with their places.
    texts : mapping of str to str
        Their texts, by place.

    Returns
    -------
    heads : dict of str to str
        By the place of the first paragraph with text of a cell, what is to be said before it: ``整改措施：``.
    spoken : frozenset of str
        The places of heads that are said so with their cells.
    """
    heads: dict[str, str] = {}
    spoken: set[str] = set()
    for rows in _tables(paragraphs, texts):
        head = next((row for row in rows[: table(_FILE)["rows"]] if _is_head(row)), None)
        if head is None:
            continue
        named = {column: cell.words for cell in head for column in cell.columns}
        below = rows[rows.index(head) :]
        again = [row for row in below if _names(row) == _names(head)]
        cells = [cell for row in below if _names(row) != _names(head) for cell in row]
        if any(cell.words == named.get(cell.columns.start) for cell in cells):
            continue  # a form, whose heads stand before their cells
        told = set()
        for cell in cells:
            begin = next((place for place, text in cell.paragraphs if text.strip()), None)
            name = named.get(cell.columns.start, "")
            if begin and name and not _counts(name):
                heads[begin] = f"{_usual(name)}："
                told.add(name)
        if told:
            said = [cell for row in again for cell in row if cell.words in told or _counts(cell.words)]
            spoken |= {place for cell in said for place, _ in cell.paragraphs}
    return heads, frozenset(spoken)


def _tables(
    paragraphs: Sequence[tuple[str, etree._Element]], texts: Mapping[str, str]
) -> Iterator[list[list[_Cell]]]:
    """Yield the rows of each table; a table inside a cell is one of its own."""
    tables: dict[etree._Element, dict[etree._Element, dict[etree._Element, _Cell]]] = {}
    columns: dict[etree._Element, range] = {}
    for place, paragraph in paragraphs:
        cell = next(paragraph.iterancestors(f"{W}tc"), None)
        row = None if cell is None else next(cell.iterancestors(f"{W}tr"), None)
        if cell is None or row is None:
            continue
        if cell not in columns:
            columns |= _columns(row)
        cells = tables.setdefault(next(row.iterancestors(f"{W}tbl")), {}).setdefault(row, {})
        cells.setdefault(cell, _Cell(columns[cell], [])).paragraphs.append((place, texts[place]))
    for rows in tables.values():
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


def _names(row: Sequence[_Cell]) -> list[str]:
    return [cell.words for cell in row]


def _counts(name: str) -> bool:
    """Whether a column of this name only counts its rows."""
    return _pattern("count").fullmatch(name) is not None


def _is_head(row: Sequence[_Cell]) -> bool:
    """Whether a row names columns, one of problems and another one of what answers them."""
    names = _names(row)
    if any(len(name) > table(_FILE)["longest"] or _DATA.search(name) for name in names):
        return False
    problems, answers, others = (
        {number for number, name in enumerate(names) if _pattern(kind).search(name)}
        for kind in ("problem", "answer", "other")
    )
    known = problems | answers | others
    pairs = any(one != other for one in problems for other in answers)
    return pairs and all(number in known for number, name in enumerate(names) if name)


def _usual(name: str) -> str:
    """Return the words that reports use themselves for what a column holds."""
    usual = table(_FILE)["usual"]
    return next((said for said in usual if pattern(_FILE, "usual", said).fullmatch(name)), name)
