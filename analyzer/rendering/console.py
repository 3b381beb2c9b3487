"""What the views for a terminal share."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

# Report text must not be able to move the cursor, colour the screen or turn the direction of writing.
_UNPRINTABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

_WIDTH = 80  # columns of what is printed for no terminal


def plain(text: str) -> str:
    """Return text of a report that is safe to print."""
    return _UNPRINTABLE.sub(" ", text)


def heading(words: str) -> RenderableType:
    """Return the title of a part."""
    return Padding(Rule(Text(words, style="bold"), style="dim", align="left", characters="─"), (1, 0, 0, 0))


def grid() -> Table:
    """Return a table without lines and head."""
    return Table(box=None, show_header=False, expand=True, padding=(0, 2, 0, 0), pad_edge=False)


def printed(render: Callable[[Console], None]) -> str:
    """Return what a view prints, as plain text."""
    buffer = io.StringIO()
    render(Console(file=buffer, width=_WIDTH, color_system=None, force_terminal=False))
    return "".join(line.rstrip() + "\n" for line in buffer.getvalue().split("\n")).rstrip("\n") + "\n"
