"""Tables of problems: a cell read as a line would lose what only the head of its column says that it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from lxml import etree

from analyzer.lexicons import table

_BETWEEN = r"(?:/(?!tc)\w+\[\d+\])*?"  # such as the content control of a row
_CELL = re.compile(rf"(?P<table>.*/tbl\[\d+\]){_BETWEEN}/tr\[(?P<row>\d+)\]{_BETWEEN}/tc\[(?P<cell>\d+)\]/")
_Rows = dict[int, dict[int, list[str]]]  # of a table, the places of the paragraphs of each cell


def column_heads(
    paragraphs: Sequence[tuple[str, etree._Element]], words: Callable[[etree._Element], str]
) -> tuple[dict[str, str], frozenset[str]]:
    """Return what the cells of tables of problems are, by the heads of their columns.

    Parameters
    ----------
    paragraphs : sequence of (str, lxml element)
        Of the document, with their places.
    words : callable
        Returns the text of a paragraph.

    Returns
    -------
    heads : dict of str to str
        By the place of the first paragraph with text of a cell, what is to be said before it: ``整改措施：``.
    spoken : frozenset of str
        The places of the heads themselves, which are said so with every cell.
    """
    found = dict(paragraphs)
    heads: dict[str, str] = {}
    spoken: set[str] = set()
    for rows in _tables(found).values():
        cells = [cell for row in rows.values() for cell in row.values()]
        told = {place: words(found[place]).strip() for cell in cells for place in cell}
        first = sorted(rows)[: table("tables.toml")["rows"]]
        head = next((row for row in first if _is_head(rows[row], told)), None)
        if head is None:
            continue
        names = {cell: _joined(places, told) for cell, places in rows[head].items()}
        spoken |= {place for places in rows[head].values() for place in places}
        for row in rows:
            if row <= head or len(rows[row]) != len(names):  # merged cells do not stand under their heads
                continue
            for cell, places in rows[row].items():
                begin = next((place for place in places if told[place]), None)
                if begin and (name := names.get(cell)) and not _pattern("count").fullmatch(name):
                    heads[begin] = f"{name}："
    return heads, frozenset(spoken)


def _tables(found: dict[str, etree._Element]) -> dict[str, _Rows]:
    """Return the tables with the places of their paragraphs; those of a table inside a cell are its own."""
    tables: dict[str, _Rows] = {}
    for place in found:
        if cell := _CELL.match(place):
            row = tables.setdefault(cell["table"], {}).setdefault(int(cell["row"]), {})
            row.setdefault(int(cell["cell"]), []).append(place)
    return tables


def _is_head(cells: dict[int, list[str]], told: dict[str, str]) -> bool:
    """Whether a row names columns, one of problems and one of what answers them."""
    names = [_joined(places, told) for places in cells.values()]
    if not all(len(name) <= table("tables.toml")["longest"] for name in names):
        return False
    problems = {number for number, name in enumerate(names) if _pattern("problem").search(name)}
    answers = {number for number, name in enumerate(names) if _pattern("answer").search(name)}
    return bool(problems - answers) and bool(answers - problems)


def _joined(places: Sequence[str], told: dict[str, str]) -> str:
    return "".join("".join(told[place].split()) for place in places)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(table("tables.toml")[name])
