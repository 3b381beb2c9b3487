"""Tables of problems: a cell read as a line would lose what only the head of its column says that it is.

A table is rows of cells, whatever it was read from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from analyzer.lexicons import pattern, table

_FILE = "tables.toml"
_DATA = re.compile(r"[\d。；！？]")  # never in the head of a column
_pattern = partial(pattern, _FILE, "patterns")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row: its columns, and its paragraphs, each with its place in the source and its text."""

    columns: range
    paragraphs: list[tuple[str, str]]

    @property
    def words(self) -> str:
        """What it says in one line, without a colon at its end."""
        return "".join("".join(text.split()) for _, text in self.paragraphs).rstrip("：:")


Row: TypeAlias = Sequence[Cell]


def column_heads(tables: Iterable[Sequence[Row]]) -> tuple[dict[str, str], frozenset[str]]:
    """Return what the cells of tables of problems are, by the heads of their columns.

    Parameters
    ----------
    tables : iterable of sequences of rows
        No two paragraphs of theirs have the same place.

    Returns
    -------
    heads : dict of str to str
        By the place of the first paragraph with text of a cell, what is to be said before it: ``整改措施：``.
    spoken : frozenset of str
        The places of heads that are said so with their cells.
    """
    heads: dict[str, str] = {}
    spoken: set[str] = set()
    for rows in tables:
        head = head_of(rows)
        if head is None:
            continue
        named = {column: cell.words for cell in head for column in cell.columns}
        below = rows[rows.index(head) :]
        again = [row for row in below if names(row) == names(head)]
        cells = [cell for row in below if names(row) != names(head) for cell in row]
        if any(cell.words == named.get(cell.columns.start) for cell in cells):
            continue  # a form, whose heads stand before their cells
        told = set()
        for cell in cells:
            begin = next((place for place, text in cell.paragraphs if text.strip()), None)
            name = named.get(cell.columns.start, "")
            if begin and name and not counts(name):
                heads[begin] = f"{_usual(name)}："
                told.add(name)
        if told:
            said = [cell for row in again for cell in row if cell.words in told or counts(cell.words)]
            spoken |= {place for cell in said for place, _ in cell.paragraphs}
    return heads, frozenset(spoken)


def head_of(rows: Sequence[Row]) -> Row | None:
    """Return the row among the first of a table that names its columns; None where it is none of problems."""
    return next((row for row in rows[: table(_FILE)["rows"]] if is_head(row)), None)


def names(row: Row) -> list[str]:
    """Return the words of each cell."""
    return [cell.words for cell in row]


def counts(name: str) -> bool:
    """Whether a column of this name only counts its rows."""
    return _pattern("count").fullmatch(name) is not None


def names_columns(row: Row) -> bool:
    """Whether a row may name columns, of whatever table."""
    return not any(len(name) > table(_FILE)["longest"] or _DATA.search(name) for name in names(row))


def is_head(row: Row) -> bool:
    """Whether a row names columns, one of problems and another one of what answers them."""
    words = names(row)
    if not names_columns(row):
        return False
    problems, answers, others = (
        {number for number, name in enumerate(words) if _pattern(kind).search(name)}
        for kind in ("problem", "answer", "other")
    )
    known = problems | answers | others
    pairs = any(one != other for one in problems for other in answers)
    return pairs and all(number in known for number, name in enumerate(words) if name)


def _usual(name: str) -> str:
    """Return the words that reports use themselves for what a column holds."""
    usual = table(_FILE)["usual"]
    return next((said for said in usual if pattern(_FILE, "usual", said).fullmatch(name)), name)
