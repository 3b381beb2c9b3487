"""Tables set in type for a PDF: words broken into lines in their cells, and what draws the borders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

TypeRow = tuple[float, float, float, str]
Edges = tuple[Sequence[float], Sequence[float]]

SIZE = 12.0
_PAD, _STEP = 5.4, 15.0


def table(
    rows: Sequence[Sequence[str]], widths: Sequence[float], *, x: float = 60.0, top: float = 600.0
) -> tuple[list[TypeRow], Edges]:
    """Return the rows of type of a table and where its edges are, from left to right and from the top.

    Widths are in characters.
    """
    across = [x]
    for width in widths:
        across.append(across[-1] + width * SIZE + 2 * _PAD)
    type_rows: list[TypeRow] = []
    down = [top]
    for row in rows:
        deepest = 1
        for left, width, words in zip(across, widths, row, strict=False):
            lines = [line for paragraph in words.split("\n") for line in _wrapped(paragraph, int(width))]
            deepest = max(deepest, len(lines))
            type_rows += [
                (left + _PAD, down[-1] - _STEP * number - SIZE, SIZE, line)
                for number, line in enumerate(lines)
                if line
            ]
        down.append(down[-1] - deepest * _STEP - 4)
    return type_rows, (across, down)


def _wrapped(paragraph: str, width: int) -> list[str]:
    return [paragraph[at : at + width] for at in range(0, len(paragraph), width)]


def _each(edges: Edges, draw: Callable[[float, float, float, float], str]) -> str:
    across, down = edges
    level = [(across[0], y, across[-1], y) for y in down]
    upright = [(x, down[-1], x, down[0]) for x in across]
    return "\n".join(draw(*line) for line in (*level, *upright))


def stroked(edges: Edges) -> str:
    """Draw each border as one line, as LibreOffice does."""
    return _each(edges, lambda x, y, to_x, to_y: f"{x} {y} m {to_x} {to_y} l S")


def filled(edges: Edges) -> str:
    """Draw each border as a thin rectangle, as browsers do."""
    return _each(edges, lambda x, y, to_x, to_y: f"{x} {y} {to_x - x + 0.5} {to_y - y + 0.5} re f")


def in_pieces(edges: Edges) -> str:
    """Draw the borders cell by cell, with a small square at each corner, as Word does."""
    across, down = edges
    drawn = []
    for y, below in zip(down, [*down[1:], None], strict=True):
        for x, right in zip(across, [*across[1:], None], strict=True):
            drawn.append(f"{x} {y} 0.5 0.5 re")
            if right is not None:
                drawn.append(f"{x + 0.5} {y} {right - x - 0.5} 0.5 re")
            if below is not None:
                drawn.append(f"{x} {below + 0.5} 0.5 {y - below - 0.5} re")
    return "\n".join(drawn) + " f"


def boxes(edges: Edges) -> str:
    """Draw a rectangle around each cell."""
    across, down = edges
    return "\n".join(
        f"{x} {below} {right - x} {y - below} re S"
        for y, below in pairwise(down)
        for x, right in pairwise(across)
    )


def open_sides(edges: Edges) -> str:
    """Leave out the borders at the left and at the right."""
    across, down = edges
    level = [f"{across[0]} {y} m {across[-1]} {y} l S" for y in down]
    return "\n".join([*level, *(f"{x} {down[-1]} m {x} {down[0]} l S" for x in across[1:-1])])
