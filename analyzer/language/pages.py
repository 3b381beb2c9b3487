"""Page numbers and running heads, which copying off a page leaves among the lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.lexicons import patterns

_NUMBER = patterns("pages.toml")["number"]
_SURE = re.compile(r"[^\d\s/／]")  # a number alone, or 1/3, may be a cell of a table
_SHORTEST_HEAD = 4  # characters


@dataclass(frozen=True, slots=True)
class PageEdges:
    """Which of some lines belong to the edges of pages.

    Parameters
    ----------
    lines : frozenset of int
        Page numbers and running heads.
    turns : frozenset of int
        Page numbers that are surely such.
    """

    lines: frozenset[int]
    turns: frozenset[int]


def page_edges(lines: Sequence[str]) -> PageEdges:
    """Return which lines are page numbers, and which come back beside those as running heads."""
    numbers = frozenset(place for place, line in enumerate(lines) if _NUMBER.fullmatch(line))
    turns = frozenset(place for place in numbers if _SURE.search(lines[place]))
    beside = {place + step for place in turns for step in (-1, 1)} - numbers
    words = {place: "".join(lines[place].split()) for place in beside if 0 <= place < len(lines)}
    counts = Counter(words.values())
    heads = {place for place, head in words.items() if counts[head] > 1 and len(head) >= _SHORTEST_HEAD}
    return PageEdges(numbers | heads, turns)
