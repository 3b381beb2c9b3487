"""From straight lines on a page to grids: the cells that they part from each other.

A grid need not be closed at its sides, and a cell may take several of its columns and rows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from analyzer.reading.pdf_rulings import Ruling

# In points: lines so close to each other are one (a border may be double, or drawn by both of its cells), and
# so far from its end a line still touches another.
_SAME, _TOUCHES = 2.0, 1.6
# How many lines and grids a page, and cells a grid may have: several times what a page of tables has.
_MOST_LINES, _MOST_GRIDS, _MOST_CELLS = 400, 40, 2500

_Slot = tuple[int, int]  # column and row of a grid, from its lower left


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: its row, counted from the top, and its extent in points."""

    row: int
    left: float
    right: float
    bottom: float
    top: float


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells beside and below each other.

    Parameters
    ----------
    across, up : sequence of float
        The edges of its columns from the left, and those of its rows from the bottom, in points.
    boxes : mapping of (int, int) to Box
        The cell that takes the place at a column and row, both counted from the lower left.
    """

    across: Sequence[float]
    up: Sequence[float]
    boxes: Mapping[_Slot, Box]

    @property
    def area(self) -> float:
        """In square points."""
        return (self.across[-1] - self.across[0]) * (self.up[-1] - self.up[0])

    def box_at(self, x: float, y: float) -> Box | None:
        """Return the cell that holds a point, None outside."""
        return self.boxes.get((bisect_right(self.across, x) - 1, bisect_right(self.up, y) - 1))


def grids(rulings: Iterable[Ruling]) -> list[Grid] | None:
    """Return the grids that lines make which touch each other.

    Parameters
    ----------
    rulings : iterable of Ruling
        Of a page.

    Returns
    -------
    list of Grid or None
        From the top of the page; None where there are more lines than tables have.
    """
    found = list(rulings)
    level, upright = (_joined([line for line in found if line.along is along]) for along in (True, False))
    if len(level) + len(upright) > _MOST_LINES:
        return None
    made = [grid for group in _touching(level, upright) if (grid := _grid(*group)) is not None]
    return sorted(made, key=lambda grid: -grid.up[-1]) if len(made) <= _MOST_GRIDS else None


def _joined(lines: Iterable[Ruling]) -> list[Ruling]:
    """Join the pieces of lines, and lines on each other."""
    groups: list[list[Ruling]] = []
    for line in sorted(lines, key=lambda line: line.at):
        if groups and line.at - groups[-1][0].at <= _SAME:
            groups[-1].append(line)
        else:
            groups.append([line])
    joined: list[Ruling] = []
    for group in groups:
        at = sum(line.at for line in group) / len(group)
        pieces = sorted((line.low, line.high) for line in group)
        low, high = pieces[0]
        for begin, end in pieces[1:]:
            if begin > high + _SAME:
                joined.append(Ruling(group[0].along, at, low, high))
                low, high = begin, end
            high = max(high, end)
        joined.append(Ruling(group[0].along, at, low, high))
    return joined


def _touching(level: list[Ruling], upright: list[Ruling]) -> list[tuple[list[Ruling], list[Ruling]]]:
    """Return the lines in groups of those that hang together, in both directions."""
    first = {number: number for number in range(len(level) + len(upright))}

    def group_of(number: int) -> int:
        while first[number] != number:
            first[number] = number = first[first[number]]
        return number

    for number, line in enumerate(level):
        for other, wall in enumerate(upright, start=len(level)):
            if _reaches(line, wall) and _reaches(wall, line):
                first[group_of(other)] = group_of(number)
    groups: defaultdict[int, tuple[list[Ruling], list[Ruling]]] = defaultdict(lambda: ([], []))
    for number, line in enumerate([*level, *upright]):
        groups[group_of(number)][number >= len(level)].append(line)
    return list(groups.values())


def _reaches(line: Ruling, other: Ruling) -> bool:
    return line.low - _TOUCHES <= other.at <= line.high + _TOUCHES


def _grid(level: list[Ruling], upright: list[Ruling]) -> Grid | None:
    if not level or not upright:
        return None
    across, up = _edges(upright, level), _edges(level, upright)
    columns, rows = len(across) - 1, len(up) - 1
    # One column is the frame of a page or of words.
    if columns < 2 or not 0 < columns * rows <= _MOST_CELLS:
        return None
    floors = {(column, row) for line in level for row, column in _passed(line, up, across)}
    walls = {(column, row) for line in upright for column, row in _passed(line, across, up)}
    boxes: dict[_Slot, Box] = {}
    for row in reversed(range(rows)):
        for column in range(columns):
            if (column, row) not in boxes:
                taken = _room((column, row), (columns, rows), floors, walls)
                wide, high = [slot[0] for slot in taken], [slot[1] for slot in taken]
                box = Box(
                    *(rows - 1 - row, across[min(wide)], across[max(wide) + 1]),
                    *(up[min(high)], up[max(high) + 1]),
                )
                boxes |= dict.fromkeys(taken, box)
    return _framed(Grid(across, up, boxes))


def _framed(grid: Grid) -> Grid:
    """Return a grid without what is around its cells where it touches the frame of the page."""
    extent = grid.across[0], grid.across[-1], grid.up[0], grid.up[-1]
    inner = {
        slot: box for slot, box in grid.boxes.items() if (box.left, box.right, box.bottom, box.top) != extent
    }
    if len(inner) == len(grid.boxes) or not inner:
        return grid
    columns, rows = {column for column, _ in inner}, {row for _, row in inner}
    left, low = min(columns), min(rows)
    first = min(box.row for box in inner.values())
    return Grid(
        grid.across[left : max(columns) + 2],
        grid.up[low : max(rows) + 2],
        {
            (column - left, row - low): replace(box, row=box.row - first)
            for (column, row), box in inner.items()
        },
    )


def _edges(lines: list[Ruling], crossing: list[Ruling]) -> list[float]:
    """Return where lines stand, and where those that cross them end if none stands there (an open side)."""
    edges = sorted({line.at for line in lines})
    ends = min(line.low for line in crossing), max(line.high for line in crossing)
    if ends[0] < edges[0] - _SAME:
        edges.insert(0, ends[0])
    if ends[1] > edges[-1] + _SAME:
        edges.append(ends[1])
    return edges


def _passed(line: Ruling, edges: list[float], along: list[float]) -> list[tuple[int, int]]:
    """Return the number of the edge on which a line stands, with that of each place that it passes."""
    number = edges.index(line.at)
    middles = [(one + other) / 2 for one, other in pairwise(along)]
    return [(number, place) for place, middle in enumerate(middles) if line.low <= middle <= line.high]


def _room(start: _Slot, size: _Slot, floors: set[_Slot], walls: set[_Slot]) -> list[_Slot]:
    """Return the places that nothing parts from one; floors stand below theirs, walls left of theirs."""
    taken, pending = {start}, [start]
    while pending:
        column, row = pending.pop()
        ways = (
            ((column - 1, row), (column, row) in walls),
            ((column + 1, row), (column + 1, row) in walls),
            ((column, row - 1), (column, row) in floors),
            ((column, row + 1), (column, row + 1) in floors),
        )
        for slot, barred in ways:
            inside = 0 <= slot[0] < size[0] and 0 <= slot[1] < size[1]
            if inside and not barred and slot not in taken:
                taken.add(slot)
                pending.append(slot)
    return [*taken]
