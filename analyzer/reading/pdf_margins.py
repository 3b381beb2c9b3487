"""What stands in the margins of the pages of a PDF and is no text: page numbers, running heads, notes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from dataclasses import replace
from functools import partial
from itertools import dropwhile, takewhile
from statistics import median
from typing import TypeAlias

from analyzer.lexicons import patterns
from analyzer.reading.pdf_layout import OTHER_SIZE, Run, TextLine

_PAGE_NUMBER = patterns("pages.toml")["marginal"]
_DIGITS = re.compile(r"\d+")
# By how much the rows of a list may stand farther from each other than the next ones.
_EVEN = 1.15
# How small the type of notes is, and how they are numbered.
_SMALL = 0.85
_NUMBER = re.compile(r"\d+|[ivx]+|[①-⑳]|\*+|[\[〔]\d+[\]〕]")

_Edge: TypeAlias = tuple[str, str]


def body(pages: Sequence[Run]) -> list[Run]:
    """Return the lines of each page without page numbers, running heads and notes."""
    edges = Counter(
        edge for rows in pages for edge in {_edge(row) for row in (*rows[:2], *rows[-2:]) if row.zone}
    )
    often = max(2, len(pages) / 2)
    again = {edge for edge, count in edges.items() if count >= often}
    lists, said = _in_lists(pages, again), set[str]()
    goes = partial(_is_furniture, again=again, lists=lists, said=said)
    kept: list[Run] = []
    for rows in pages:
        rest = [*dropwhile(goes, rows)]
        rest = [*dropwhile(goes, rest[::-1])][::-1]
        said.update(row.text for row in rest)
        kept.append(rest)
    return _without_notes(kept)


def _without_notes(pages: Sequence[Run]) -> list[Run]:
    """Return the lines of each page before its notes: small type, with a number that stands in the text.

    A raised number that no note begins with is a figure and stays in the text.
    """
    marks = {mark for rows in pages for row in rows for mark in row.marks}
    if not marks:
        return [*pages]
    small = _SMALL * median(row.em for rows in pages for row in rows)
    kept, noted = [], set[str]()
    for rows in pages:
        notes = [*takewhile(lambda row: row.em < small, reversed(rows))][::-1]
        notes = [
            *dropwhile(lambda row: (found := _NUMBER.match(row.text)) is None or found[0] not in marks, notes)
        ]
        noted |= {found[0] for row in notes if (found := _NUMBER.match(row.text))}
        kept.append(rows[: len(rows) - len(notes)])
    return [
        [row if noted.issuperset(row.marks) else replace(row, text=row.marked) for row in rows]
        for rows in kept
    ]


def _is_furniture(row: TextLine, again: Set[_Edge], lists: Set[_Edge], said: Set[str]) -> bool:
    """Tell whether a row in the margin is no text; of what stands in lists only heads come again."""
    if not row.zone:
        return False
    edge = _edge(row)
    known = edge in again and (edge not in lists or row.text in said)
    return known or _PAGE_NUMBER.fullmatch(row.text) is not None


def _in_lists(pages: Sequence[Run], again: Set[_Edge]) -> set[_Edge]:
    """Return which rows that come again are everywhere set like the rows of text next to them.

    What has no columns and says the same again, to the figure, may still be a running head.
    """
    goes = partial(_is_furniture, again=again, lists=frozenset(), said=frozenset())
    alike, apart = defaultdict[_Edge, set[str]](set), set[_Edge]()
    for way in (way for rows in pages for way in (rows, rows[::-1])):
        at = count = len([*takewhile(goes, way)])
        if count + 1 < len(way):
            step = _EVEN * abs(way[count].baseline - way[count + 1].baseline)
            while at and _is_alike(way[at - 1], way[at], step):
                at -= 1
            apart.update(map(_edge, way[:at]))
            for row in way[at:count]:
                alike[_edge(row)].add(row.text)
    told = {edge for edge, texts in alike.items() if len(texts) > 1 or "\t" in "".join(texts)}
    return told - apart


def _is_alike(row: TextLine, other: TextLine, step: float) -> bool:
    near = abs(row.baseline - other.baseline) <= step
    return near and abs(row.em - other.em) <= OTHER_SIZE * other.em


def _edge(row: TextLine) -> _Edge:
    """Return where a row stands and what it says, whatever its figures."""
    return row.zone, _DIGITS.sub("#", "".join(row.text.split()))
