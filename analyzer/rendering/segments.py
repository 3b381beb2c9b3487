"""Cut a text wherever one of many overlapping marks begins or ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

Mark = TypeVar("Mark")


@dataclass(frozen=True, slots=True)
class Segment(Generic[Mark]):
    """A stretch over which the marks do not change.

    Parameters
    ----------
    start, end : int
        The stretch in code points, never empty.
    marks : tuple
        The marks that cover it, in the order in which they were given.
    """

    start: int
    end: int
    marks: tuple[Mark, ...]


def segments(
    length: int, spans: Iterable[tuple[int, int, Mark]], cuts: Iterable[int] = ()
) -> Iterator[Segment[Mark]]:
    """Yield the segments of a text in order; together they cover it exactly.

    One sweep over the sorted boundaries: the cost grows with the text and with what is yielded.

    Parameters
    ----------
    length : int
        Of the text in code points.
    spans : iterable of (int, int, Mark)
        Marks with their stretches; they may overlap, empty ones are left out.
    cuts : iterable of int
        Further places to cut at.
    """
    kept = [(start, end, mark) for start, end, mark in spans if 0 <= start < end <= length]
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for index, (start, end, _) in enumerate(kept):
        opening.setdefault(start, []).append(index)
        closing.setdefault(end, []).append(index)
    boundaries = sorted({0, length, *opening, *closing, *(cut for cut in cuts if 0 < cut < length)})
    active: dict[int, None] = {}
    for start, end in pairwise(boundaries):
        for index in closing.get(start, ()):
            del active[index]
        for index in opening.get(start, ()):
            active[index] = None
        yield Segment(start, end, tuple(kept[index][2] for index in sorted(active)))
