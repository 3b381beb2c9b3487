"""Undo what programs and printing did to a text: hard wraps, stray spaces, page numbers, marks, garble.

Repair only leaves characters out, never adds or moves any, so each repaired character knows the
source character it came from.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from analyzer.language.codes import codes_of
from analyzer.language.folding import HAN, fold
from analyzer.language.garble import without_garble
from analyzer.language.markup import without_markup
from analyzer.language.memory import by_line
from analyzer.language.pages import page_edges
from analyzer.language.wraps import cut_width, wrapping
from analyzer.lexicons import patterns

_INVISIBLE = patterns("invisible.toml")["characters"]
_STRAY_SPACE = re.compile(  # begins with the space, so that re leaps from one to the next
    rf"[ ](?:(?<=[{HAN}，。；：、“”（）《》%] )[ ]?(?=[{HAN}，。；：、“”（）《》0-9A-Za-z])"
    rf"|(?<=[0-9A-Za-z] )[ ]?(?=[{HAN}，。；：、”）》%])"
    r"|(?<=[Xx] )(?=[Xx]+[^0-9A-Za-z+ -]))"  # one mark of what was not filled in
)


@dataclass(frozen=True)
class Repaired:
    r"""A repaired text and the way back.

    Parameters
    ----------
    text : str
        The repaired, folded text; lines are separated by ``\\n``.
    offsets : ndarray of int32, shape (len(text),)
        The source offset of each character, strictly increasing.
    """

    text: str
    offsets: npt.NDArray[np.int32]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the source span of the repaired span ``[start, end)``, which must not be empty."""
        places = self._places
        return places[start], places[end - 1] + 1

    def taken(self, start: int, end: int) -> tuple[int, int]:
        """Return the repaired span that the source span ``[start, end)`` has become; it may be empty."""
        return bisect_left(self._places, start), bisect_left(self._places, end)

    @cached_property
    def _places(self) -> list[int]:
        places: list[int] = self.offsets.tolist()
        return places


def repair(text: str) -> Repaired:
    """Repair a text as read.

    Parameters
    ----------
    text : str
        The text as read, with any line breaks.

    Returns
    -------
    Repaired
        Wrapped lines joined; page numbers, garble, marks of Markdown, stray spaces and invisible characters
        left out.
    """
    folded = without_markup(_folded(without_garble(text)))
    keep = np.ones(len(folded), dtype=bool)
    stray = [match.span() for match in _STRAY_SPACE.finditer(folded)]
    unseen = [match.span() for match in _INVISIBLE.finditer(folded)]
    for start, end in (*stray, *unseen):
        keep[start:end] = False
    places, lines = [], []
    for start, end, stop in _lines(folded):
        line = folded[start:end]
        bare = line.strip()
        first = start + line.index(bare)
        keep[start:first] = False
        keep[first + len(bare) : stop] = False  # of the line break, one code point is put back below
        if shown := (_INVISIBLE.sub("", line) if unseen else line).rstrip():
            places.append((start, end, stop))
            lines.append(shown)
    edges = page_edges(lines)
    for place in edges.lines:
        keep[slice(*places[place][:2])] = False
    body = [place for place in range(len(lines)) if place not in edges.lines]
    # Stray spaces may have come after the breaks.
    if stray and not cut_width([lines[place] for place in body]):
        lines = [_STRAY_SPACE.sub("", line) for line in lines]
    wraps = wrapping([lines[place] for place in body])
    breaks = np.zeros(len(folded), dtype=bool)
    for place, following in pairwise(body):
        turned = bool(edges.turns) and not edges.turns.isdisjoint(range(place + 1, following))
        if not wraps.continues(lines[place], lines[following], turned=turned):
            breaks[places[place][2] - 1] = True
    keep |= breaks
    offsets = np.flatnonzero(keep).astype(np.int32)
    codes = codes_of(folded).copy()
    codes[breaks] = ord("\n")
    return Repaired(codes[offsets].tobytes().decode("utf-32-le", "surrogatepass"), offsets)


def _folded(text: str) -> str:
    return "\n".join([part for _, part in by_line("folded", text, fold)])


def _lines(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, start of the next line) of each line."""
    position = 0
    for line in text.splitlines(keepends=True):
        stop = position + len(line)
        yield position, position + len(line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")), stop
        position = stop
