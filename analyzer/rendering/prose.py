"""Chinese prose in a terminal: lines broken between characters as a typesetter would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

_UNIT = re.compile(r"[!-~×]+|.", re.DOTALL)
_NOT_AT_START: Final = frozenset("，。、；：！？）】”’》」』〉…—·％%,.;:!?)]}")
_NOT_AT_END: Final = frozenset("（【“‘《「『〈([{")


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph of mixed Chinese and Latin text.

    Rich breaks lines at spaces, of which Chinese has none.  Here a line may break between any two
    characters, except inside a Latin word or number, before closing or after opening punctuation.

    Parameters
    ----------
    text : rich.text.Text
        One paragraph; its styles are kept.
    indent : int
        Columns left free before the second line and those after it.
    """

    text: Text
    indent: int = 0

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        breaks = list(_breaks(self.text.plain, options.max_width, self.indent))
        for order, line in enumerate(self.text.divide(breaks)):
            line.rstrip()
            yield Text(" " * self.indent).append_text(line) if order else line

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(
            min(options.max_width, self.indent + 4), min(options.max_width, cell_len(self.text.plain))
        )


def _breaks(text: str, width: int, indent: int) -> Iterator[int]:
    """Yield the offsets at which a new line begins."""
    units: list[tuple[int, str]] = []
    for match in _UNIT.finditer(text):
        for offset in range(0, len(match.group()), max(1, width - indent)):
            piece = match.group()[offset : offset + max(1, width - indent)]
            units.append((match.start() + offset, piece))
    first, used = 0, 0
    for index, (_, unit) in enumerate(units):
        used += cell_len(unit)
        if used <= width or index == first:
            continue
        at = index
        while at > first + 1 and (units[at][1][0] in _NOT_AT_START or units[at - 1][1][-1] in _NOT_AT_END):
            at -= 1
        at = at if at > first + 1 else index
        yield units[at][0]
        first, used = at, indent + sum(cell_len(piece) for _, piece in units[at : index + 1])
