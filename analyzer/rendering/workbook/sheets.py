"""A sheet of a workbook: its columns, declared once with what they mean, and rows that stream through it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from analyzer.rendering.cells import HEAD, MOST_LINKS, MOST_ROWS, WORDS, clean

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

GUIDE: Final = "说明"
RANKED: Final = "总表"
LEDGER: Final = "问题—原因—措施 对账单"
FINDINGS: Final = "问题清单"
COPIES: Final = "雷同"
FOREIGN: Final = "错写单位"
YEARS: Final = "两年对照"
STATISTICS: Final = "统计"
CHARTS: Final = "统计图"
UNREAD: Final = "未能读取"

ABOVE: Final = 2  # rows above the first: what the sheet is, and the names of the columns
ROOM: Final = MOST_ROWS - ABOVE

_LINE: Final = 14.0  # points of height that a line takes
_MOST_LINES: Final = 8
_WIDEST: Final = 2.5  # what `_width` makes of one character at most
_LONGEST_ADDRESS: Final = 2000  # characters; Excel takes 2079
_FONT: Final = {"font_name": "等线", "font_size": 10}
# What a link's address may not hold as it is; letters of any script may stay, as Excel itself has it.
_RESERVED = re.compile(r'[\x00-\x20"#%<>?\\\[\]^`{|}\x7f]')


class Style(StrEnum):
    """How the cells of a column look."""

    WORDS = "words"
    CENTRED = "centred"
    COUNT = "count"
    POINTS = "points"
    SHARE = "share"


class Tone(StrEnum):
    """What a colour says; each is said in the cell itself, too."""

    BAD = "bad"
    WARN = "warn"
    GOOD = "good"
    FAINT = "faint"


_STYLES: Final[Mapping[Style, Mapping[str, Any]]] = {
    Style.WORDS: WORDS,
    Style.CENTRED: {**WORDS, "align": "center"},
    Style.COUNT: {"valign": "top", "align": "center", "num_format": "0"},
    Style.POINTS: {"valign": "top", "align": "center", "num_format": "0.0"},
    Style.SHARE: {"valign": "top", "align": "center", "num_format": "0%"},
}
_TONES: Final[Mapping[Tone, Mapping[str, Any]]] = {
    Tone.BAD: {"bg_color": "#F8CBC6", "font_color": "#7A0E0E", "bold": True},
    Tone.WARN: {"bg_color": "#FFEBB0", "font_color": "#6B4A00"},
    Tone.GOOD: {"bg_color": "#DDEFD5", "font_color": "#2C5220"},
    Tone.FAINT: {"font_color": "#7F7F7F"},
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its width in characters, what it means, how it looks."""

    name: str
    width: float
    meaning: str
    style: Style = Style.WORDS


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads somewhere: `target` is what `page` or `place` gave; None where nowhere."""

    shown: str | int
    target: str | None


Cell = str | float | int | Link | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it is written: how high, in points, and what stands in it."""

    height: float
    cells: tuple[Cell, ...]


def page(path: str) -> str | None:
    """Return the target of a file that stands beside the workbook; None where Excel takes no such address."""
    address = _RESERVED.sub(lambda match: f"%{ord(match.group()):02X}", clean(path))
    return f"external:{address}" if len(address) <= _LONGEST_ADDRESS else None


def place(sheet: str, row: int = 0) -> str:
    """Return the target of a row of a sheet, counted from 0."""
    return f"internal:'{sheet}'!A{row + 1}"


class Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, ...], Format] = {}

    def get(self, **looks: Any) -> Format:
        """Return the format of these looks in the workbook's font."""
        key = tuple(f"{name}={value}" for name, value in sorted(looks.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({**_FONT, **looks})
        return self._made[key]

    def style(self, style: Style, *, link: bool = False) -> Format:
        """Return the format of a column's cells."""
        return self.get(**_STYLES[style], **({"font_color": "#0B5394", "underline": 1} if link else {}))

    def tone(self, tone: Tone) -> Format:
        """Return the format that a condition lays over a cell, or of a sample of it."""
        return self.get(**_TONES[tone])

    @property
    def head(self) -> Format:
        """Return the format of the columns' names."""
        return self.get(**HEAD, valign="vcenter", align="center")


class Sheet:
    """A sheet that is written from top to bottom.

    Parameters
    ----------
    book : Workbook
    formats : Formats
    name : str
    columns : sequence of Column
    frozen : int
        Columns that stay in view.
    printed : int, optional
        Columns that are printed; all where left out.
    """

    def __init__(
        self,
        book: Workbook,
        formats: Formats,
        name: str,
        columns: Sequence[Column],
        *,
        frozen: int,
        printed: int | None = None,
    ) -> None:
        self.name = name
        self.columns = tuple(columns)
        self.row = ABOVE
        self.raw = book.add_worksheet(name)
        self._formats = formats
        self._links = 0
        self._printed = printed or len(columns)
        self._numbers = {column.name: number for number, column in enumerate(columns)}
        self._looks = [self._formats.style(column.style) for column in columns]
        self._as_words = [
            self._formats.style(column.style if column.style is Style.WORDS else Style.CENTRED)
            for column in columns
        ]
        for number, column in enumerate(columns):
            self.raw.set_column(number, number, column.width)
        self.raw.freeze_panes(ABOVE, frozen)
        self._set_up_print()

    def _set_up_print(self) -> None:
        """Print across a wide page, all columns on it, their names on each."""
        self.raw.set_landscape()
        self.raw.set_paper(8)  # A3
        self.raw.fit_to_pages(1, 0)
        self.raw.repeat_rows(0, ABOVE - 1)
        self.raw.hide_gridlines(0)
        self.raw.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        self.raw.set_footer("&L述评　&A&C第 &P 页，共 &N 页")

    def open(self, note: str) -> None:
        """Write what stands above the rows: what the sheet is, and the names of its columns."""
        self.raw.set_row(0, _LINE * 1.5)
        self._write(0, 0, Link(GUIDE, place(GUIDE)))
        self.raw.write_string(0, 1, clean(note), self._formats.get(italic=True, font_color="#44546A"))
        lines = max(
            math.ceil(len(column.name) * 2 / (column.width - 2.5)) for column in self.columns
        )  # beside the filter's button
        self.raw.set_row(1, _LINE * (lines + 0.5))
        for number, column in enumerate(self.columns):
            self.raw.write_string(1, number, column.name, self._formats.head)

    def add(self, cells: Sequence[Cell]) -> None:
        """Write the next row."""
        self.put(laid(self.columns, cells))

    def put(self, row: Row) -> None:
        """Write the next row, once it is laid out."""
        self.raw.set_row(self.row, row.height)
        for number, cell in enumerate(row.cells):
            if cell is not None and cell != "":
                self._write(self.row, number, cell)
        self.row += 1

    def say(self, text: str) -> None:
        """Write a row of words alone, such as that there is nothing to show."""
        self.raw.write_string(self.row, 1, clean(text), self._formats.get(italic=True))
        self.row += 1

    def offer(self, column: str, words: Sequence[str]) -> None:
        """Offer words for the cells of a column, which people fill in; others may be written, too."""
        number, last = self._numbers[column], max(ABOVE, self.row - 1)
        allowed = {"validate": "list", "source": list(words), "show_error": False}
        self.raw.data_validation(ABOVE, number, last, number, allowed)

    def paint_low(self, column: str, bad: float, warn: float) -> None:
        """Colour what is below a bound; an empty cell is not."""
        self._paint(column, Tone.FAINT, {"type": "blanks"})
        self.paint(column, Tone.BAD, "<", bad)
        self.paint(column, Tone.WARN, "<", warn)

    def paint(
        self, column: str, tone: Tone, criteria: str, value: str | float, *, words: bool = False
    ) -> None:
        """Colour the cells of a column that meet a condition.

        `criteria` is one of XlsxWriter's, about the cell's text where `words`.  Call it when all rows are
        written, what is to win first.
        """
        quoted = f'"{value}"' if isinstance(value, str) and not words else value
        self._paint(
            column, tone, {"type": "text" if words else "cell", "criteria": criteria, "value": quoted}
        )

    def _paint(self, column: str, tone: Tone, condition: Mapping[str, Any]) -> None:
        number, last = self._numbers[column], max(ABOVE, self.row - 1)
        looks = {"format": self._formats.tone(tone), "stop_if_true": True}
        self.raw.conditional_format(ABOVE, number, last, number, {**condition, **looks})

    @property
    def is_empty(self) -> bool:
        """Whether no row has been written."""
        return self.row == ABOVE

    @property
    def is_full(self) -> bool:
        """Whether there is no room for another row."""
        return self.row - ABOVE >= ROOM

    def close(self) -> None:
        """Set what depends on the number of rows."""
        last = max(ABOVE, self.row - 1)
        self.raw.autofilter(ABOVE - 1, 0, last, len(self.columns) - 1)
        if self._printed < len(self.columns):
            self.raw.print_area(0, 0, last, self._printed - 1)

    def _write(self, row: int, number: int, cell: Cell) -> None:
        if isinstance(cell, str):
            self.raw.write_string(row, number, cell, self._as_words[number])
        elif isinstance(cell, Link):
            if cell.target is None or self._links >= MOST_LINKS:
                self._write(row, number, _cleaned(cell.shown))
                return
            self._links += 1
            looks = self._formats.style(self.columns[number].style, link=True)
            self.raw.write_url(row, number, cell.target, looks, clean(str(cell.shown)))
            if isinstance(cell.shown, int):  # a number stays one
                self.raw.write_number(row, number, cell.shown, looks)
        elif cell is not None:
            self.raw.write_number(row, number, cell, self._looks[number])


def laid(columns: Sequence[Column], cells: Sequence[Cell]) -> Row:
    """Return a row of these columns as it is written: all that takes time and no workbook."""
    lines = max(
        (
            lines_of(cell, column.width)
            for column, cell in zip(columns, cells, strict=True)
            if column.style is Style.WORDS and isinstance(cell, str)
        ),
        default=1,
    )
    return Row(_LINE * min(lines, _MOST_LINES) + 3, tuple(map(_cleaned, cells)))


def _cleaned(cell: Cell) -> Cell:
    return clean(cell) if isinstance(cell, str) else cell


def lines_of(text: str, width: float) -> int:
    """Return about how many lines a text takes; a Chinese character is two wide."""
    room = max(2.0, width - 1)
    if len(text) * _WIDEST <= room and "\n" not in text:
        return 1
    return sum(math.ceil(_width(line) / room) or 1 for line in text.split("\n"))


def _width(line: str) -> float:
    """Return how wide a line is: UTF-8 takes one byte for a narrow character, three for a wide one."""
    return (len(line) + len(line.encode("utf-8", "replace"))) / 2


def meanings(sheets: Iterable[tuple[str, Sequence[Column]]]) -> list[tuple[str, str, str]]:
    """Return sheet, columns and meaning of all columns, neighbours that mean the same together."""
    return [
        (name, "、".join(column.name for column in alike), meaning)
        for name, columns in sheets
        for meaning, alike in groupby(columns, key=lambda column: column.meaning)
    ]
