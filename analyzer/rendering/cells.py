"""What every workbook has in common: cells that never run, text that XML can hold, bytes that repeat."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from io import BytesIO

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell = str | float | int | None

MOST_ROWS: Final = 1_048_576  # what a sheet of Excel holds
MOST_LINKS: Final = 65_530  # and how many links

HEAD: Final = {"bold": True, "bg_color": "#E8EEF4", "border": 1, "text_wrap": True}
# The prefix keeps what begins with = + - @ from becoming a formula once somebody edits the cell.
WORDS: Final = {"text_wrap": True, "valign": "top", "quote_prefix": True}

_LONGEST: Final = 2000  # characters of a cell; Excel takes 32767, a reader fewer
# What XML 1.0 cannot hold, and what would turn the direction of writing.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
# A workbook of the same results is the same file.
_MADE: Final = datetime.datetime(2000, 1, 1)


def opened(file: BytesIO | Path, title: str, **options: Any) -> Workbook:
    """Return an empty workbook that takes text for text, to be closed by the caller."""
    from xlsxwriter import Workbook

    kept = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    book = Workbook(file if not isinstance(file, Path) else str(file), {**options, **kept})
    book.set_properties({"title": title, "created": _MADE})
    return book


def fill(
    sheet: Worksheet,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[Cell]],
    formats: tuple[Format, Format, Format | None],
    *,
    frozen: int = 1,
) -> None:
    """Fill a sheet with a table, as many rows of it as a sheet holds.

    Parameters
    ----------
    sheet : Worksheet
    columns : sequence of (str, int)
        Heads and widths.
    rows : sequence of sequence of Cell
    formats : (Format, Format, Format or None)
        Of heads, words and numbers.
    frozen : int
        Columns that stay in sight, beside the head.
    """
    head, words, number = formats
    rows = rows[: MOST_ROWS - 1]  # one is the head
    for place, (name, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, name, head)
    for line, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                if cell:
                    sheet.write_string(line, place, clean(cell), words)
            elif cell is not None:
                sheet.write_number(line, place, cell, number)
    sheet.freeze_panes(1, frozen)
    sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)


def clean(text: str) -> str:
    """Return the text as a cell can hold it."""
    return _UNWRITABLE.sub(" ", text[:_LONGEST])
