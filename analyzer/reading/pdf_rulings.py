"""The straight lines that a page of a PDF draws, of which borders of tables are made.

Programs draw a border as a stroked line, as the side of a stroked rectangle or as a thin filled one, a piece
for each cell or one for all of them.  What is drawn by another drawing (a form) counts like the page's own.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

import pypdfium2.raw as raw

# In points: how thick a filled stretch may be that is a line, how far a line may lean.
_THICKEST, _LEAN = 4.0, 0.5
# Beyond this no page reaches (its format ends at 14,400 points).
_FARTHEST = 20_000.0
# A rectangle has four corners, its first one given twice.
_CORNERS = 5
_DEEPEST = 4  # forms inside of forms

Point: TypeAlias = tuple[float, float]
_Matrix: TypeAlias = tuple[float, float, float, float, float, float]
_UNMOVED: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Ruling:
    """A line in points: along the text or across it, where it stands, and from where to where it goes."""

    along: bool
    at: float
    low: float
    high: float


class Purse:
    """How many objects and corners of drawings are still looked at in a file."""

    def __init__(self, amount: int) -> None:
        self._left = amount

    def spend(self, amount: int) -> None:
        """Take so many out of it.

        Raises
        ------
        OverdrawnError
            If there are not so many left, now and for anything later.
        """
        self._left -= amount
        if self._left < 0:
            raise OverdrawnError


class OverdrawnError(Exception):
    """More is drawn than is looked at."""


def rulings(page: Any, turned: Callable[[float, float], Point], purse: Purse) -> list[Ruling] | None:
    """Return the straight lines of a page, in the order in which they are drawn.

    Parameters
    ----------
    page : pypdfium2.PdfPage
    turned : callable
        Turns a point of the page so that its text runs to the right.
    purse : Purse
        Shared by the pages of a file.

    Returns
    -------
    list of Ruling or None
        None where the purse does not reach for the whole page, and for those after it.
    """
    found: list[Ruling] = []
    try:
        count = raw.FPDFPage_CountObjects(page)
        purse.spend(count)
        for index in range(count):
            for corners, stroked in _paths(raw.FPDFPage_GetObject(page, index), _UNMOVED, purse, 0):
                found += _lines([turned(x, y) for x, y in corners], stroked)
    except OverdrawnError:
        return None
    return found


def _paths(item: Any, moved: _Matrix, purse: Purse, depth: int) -> Iterator[tuple[list[Point], bool]]:
    """Yield the corners of each stretch of straight lines that an object draws, and whether it is stroked."""
    kind = raw.FPDFPageObj_GetType(item)
    if kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
        count = raw.FPDFFormObj_CountObjects(item)
        purse.spend(count)
        inner = _after(_matrix(item), moved)
        for index in range(count):
            yield from _paths(raw.FPDFFormObj_GetObject(item, index), inner, purse, depth + 1)
    elif kind == raw.FPDF_PAGEOBJ_PATH:
        filled, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, filled, stroke)
        if filled.value or stroke.value:
            purse.spend(raw.FPDFPath_CountSegments(item))
            for corners in _stretches(item, _after(_matrix(item), moved)):
                yield corners, bool(stroke.value)


def _matrix(item: Any) -> _Matrix:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _after(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        *(a * p + b * r, a * q + b * s),
        *(c * p + d * r, c * q + d * s),
        *(e * p + f * r + t, e * q + f * s + u),
    )


def _stretches(path: Any, moved: _Matrix) -> Iterator[list[Point]]:
    """Yield what a path draws without lifting the pen, as far as it goes straight."""
    a, b, c, d, e, f = moved
    x, y = ctypes.c_float(), ctypes.c_float()
    corners: list[Point] = []
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = a * x.value + c * y.value + e, b * x.value + d * y.value + f
        if raw.FPDFPathSegment_GetType(segment) != raw.FPDF_SEGMENT_LINETO:
            yield corners
            corners = []
        corners.append(point)
        if raw.FPDFPathSegment_GetClose(segment) and corners[0] != point:
            corners.append(corners[0])
    yield corners


def _lines(corners: list[Point], stroked: bool) -> Iterator[Ruling]:
    if not all(math.isfinite(x) and math.isfinite(y) for x, y in corners):
        return
    if not corners or max(max(abs(x), abs(y)) for x, y in corners) > _FARTHEST:
        return
    if stroked:
        for one, other in pairwise(corners):
            yield from _line(*one, *other, _LEAN)
    elif len(corners) <= _CORNERS:
        across, up = [x for x, _ in corners], [y for _, y in corners]
        yield from _line(min(across), min(up), max(across), max(up), _THICKEST)


def _line(x: float, y: float, to_x: float, to_y: float, thickest: float) -> Iterator[Ruling]:
    """Yield the line in the middle of a box that is long and thin."""
    wide, high = abs(to_x - x), abs(to_y - y)
    if high <= thickest and high < wide:
        yield Ruling(True, (y + to_y) / 2, min(x, to_x), max(x, to_x))
    elif wide <= thickest and wide < high:
        yield Ruling(False, (x + to_x) / 2, min(y, to_y), max(y, to_y))
