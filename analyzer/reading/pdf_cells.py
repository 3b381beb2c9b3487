"""The lines inside the cells of a table of a PDF: which of them are one paragraph.

As on a page that shows in the layout, but here the margins are known and cells are too narrow for play: a
line goes on where the next word did not fit any more.  All cells of a table are measured together, since one
may have a single line.  Lengths are in points or in ems.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from statistics import median

from analyzer.reading.pdf_layout import (
    ENDED_SHARE,
    INDENT,
    MARGIN_SHARE,
    PROSE,
    WIDER_GAP,
    TextLine,
    decile,
    ends,
    joined,
    starts_item,
)

# How much wider a word may have been set on the line before (Word sets Han and Latin apart), in ems.
_PLAY = 0.35
# How much room is no accident, in ems.
_FAR = 4.0
# What no paragraph begins with.
_CLOSING = frozenset("，。、；：！？）》」』】〕”’")
# How far a line may stand from the middle and be centred, in ems.
_OFF = 0.5
# So much farther from the lower edge of its cell than in the fullest cell stands a line under which there is
# no room for another, in steps.
_LAST = 1.05
# So many lines of a cell show how far its lines stand from each other.
_MEASURABLE = 3


@dataclass(frozen=True, slots=True)
class Filled:
    """A cell: its extent from the left edge of its table, its lower edge on the page, its row.

    Its lines are measured from its own left edge.
    """

    left: float
    right: float
    bottom: float
    row: int
    lines: list[TextLine]

    @property
    def width(self) -> float:
        """In points."""
        return self.right - self.left


class CellLayout:
    """The measures of a table, by which two lines of a cell are told to belong together or not.

    Parameters
    ----------
    cells : sequence of Filled
        All of the table, one of them with text.
    """

    def __init__(self, cells: Sequence[Filled]) -> None:
        lines = [line for cell in cells for line in cell.lines]
        self._em = median(line.em for line in lines)
        margins = Counter(round(line.left) for line in lines)
        usual = [margin for margin, count in margins.items() if count >= MARGIN_SHARE * len(lines)]
        self._inset = max(min(usual or margins), 0)
        self._foot = min(cell.lines[-1].baseline - cell.bottom for cell in cells if cell.lines)
        steps = [step for cell in cells for step in _steps(cell)]
        self._step = decile(steps, 3) if steps else 0.0
        pairs = [(cell, *pair) for cell in cells for pair in pairwise(cell.lines)]
        before = [(cell, above) for cell, above, line in pairs if self._is_indented(cell, line)]
        ended = sum(1 for cell, above in before if ends(above) or self._lack(cell, above) > above.lead)
        # Where the lines after an item hang, the one before them is no end.
        self._indents = ended >= ENDED_SHARE * len(before)

    def paragraphs(self, cell: Filled) -> Iterator[tuple[TextLine, str]]:
        """Yield the first line and the text of each paragraph of a cell."""
        step = max(self._step, min(_steps(cell)) if len(_steps(cell)) + 1 >= _MEASURABLE else 0.0)
        return joined(cell.lines, partial(self._parts, cell, step))

    def goes_on(self, cell: Filled, more: Filled) -> bool:
        """Tell whether the last sentence of a cell goes on in another, on the next page."""
        before, line = cell.lines[-1], more.lines[0]
        prose = _is_prose(cell) or _is_prose(more)
        return prose and not ends(before) and not self._parts(cell, self._step, before, line)

    def is_full(self, cell: Filled) -> bool:
        """Tell whether a cell has no room for a further line."""
        last = cell.lines[-1]
        return last.baseline - cell.bottom < self._foot + max(self._step, last.em) * _LAST

    def _parts(self, cell: Filled, step: float, before: TextLine, line: TextLine) -> bool:
        """Tell whether a new paragraph starts with ``line``."""
        if before.page == line.page and before.baseline - line.baseline > WIDER_GAP * step:
            return True
        if line.text[0] in _CLOSING:
            return False
        lack = self._lack(cell, before)
        if lack > line.lead + _PLAY * self._em:
            # There was room for more, so the line was ended on purpose; but LibreOffice at times breaks a
            # sentence a few characters too early.
            sure = ends(before) or starts_item(line) or lack > _FAR * self._em + line.lead
            return sure or not _is_prose(cell)
        return (self._indents and self._is_indented(cell, line)) or (ends(before) and starts_item(line))

    def _lack(self, cell: Filled, line: TextLine) -> float:
        """Return how much room a line leaves, in points."""
        if self._is_centred(cell, line):
            return cell.width - 2 * self._inset - (line.right - line.left)
        return cell.width - self._inset - line.right

    def _is_centred(self, cell: Filled, line: TextLine) -> bool:
        return abs(line.left - (cell.width - line.right)) < _OFF * self._em

    def _is_indented(self, cell: Filled, line: TextLine) -> bool:
        return line.left > self._inset + INDENT * self._em and not self._is_centred(cell, line)


def _is_prose(cell: Filled) -> bool:
    return any(PROSE.intersection(line.text) for line in cell.lines)


def _steps(cell: Filled) -> list[float]:
    return [above.baseline - line.baseline for above, line in pairwise(cell.lines) if above.page == line.page]
