"""The binary Word format of 1997 to 2003, which .doc and .wps files hold, after Microsoft's [MS-DOC].

The text lies in pieces; what was deleted or hidden, what is a field's code and what is a list item stands in
tables beside it.  Left out is what ``docx`` leaves out, so that one report reads the same in both formats.
A table that contradicts itself raises LookupError, ValueError or struct.error: the file is damaged.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from analyzer.errors import error
from analyzer.reading.assembly import Line, split
from analyzer.reading.ledgers import column_heads
from analyzer.reading.msdoc_rows import Paragraph, tables
from analyzer.reading.msdoc_tables import Sheet, Tables, sprms
from analyzer.reading.numbering import Counter
from analyzer.reading.word_marks import Fields, symbol

_MAGIC = 0xA5EC
_WORD_97 = 0xC1
# Word 2 and 6 to 95; the latter also with the mark of Word 97 and a version of its own.
_OLD_MAGICS = (0xA59B, 0xA59C, 0xA5DB, 0xA5DC)
_OLD_VERSIONS = range(0x21, 0x70)
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
# Places in the file information block.
_FIB_FLAGS, _FIB_LENGTHS, _FIB_PAIRS = 0x0A, 0x4C, 0x9A
# Numbers of pairs (position, length) in it.
_CHARACTER_RUNS, _PARAGRAPH_RUNS, _PIECES = 12, 13, 33
_PAGE = 512
# What a file holds at most: far beyond any report, and quickly gone through.
_MOST_CHARACTERS, _MOST_RUNS = 2_000_000, 500_000

_DELETED, _HIDDEN, _SYMBOL = 0x0800, 0x083C, 0x6A09
_MARK, _CELL, _PAGE_BREAK = "\r", "\x07", "\x0c"
_FIELD_MARKS = {"\x13": "begin", "\x14": "separate", "\x15": "end"}
_SHOWN = {"\t": "\t", "\x0b": "\n", "\x0c": "\n", "\x0e": "\n", "\x1e": "-"}


# Gives the properties of run i among n on a page.
_PageReader = Callable[[bytes, int, int], bytes]


class OldFormatError(Exception):
    """The file was written by a Word older than 97."""


@dataclass(frozen=True, slots=True)
class _Runs:
    """Stretches of the stream with their properties, in order of position."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    properties: list[bytes] = field(default_factory=list)

    def at(self, position: int) -> tuple[int, bytes]:
        """Return the end and the properties of the stretch that holds a position."""
        index = bisect_right(self.starts, position) - 1
        if index < 0 or position >= self.ends[index]:
            return position, b""
        return self.ends[index], self.properties[index]


@dataclass(frozen=True, slots=True)
class _Character:
    """A character of the text with the bytes it stands in."""

    text: str
    position: int
    width: int


def lines(streams: dict[str, bytes]) -> Iterator[Line]:
    """Yield the lines of a document, the main text first, then its text boxes.

    Parameters
    ----------
    streams : dict of str to bytes
        ``WordDocument``, ``0Table`` and ``1Table`` as far as the file has them.

    Yields
    ------
    Line
        ``place`` is ``p[12]``, counting the paragraph marks of the main text, or ``txbx/p[3]`` in text boxes.

    Raises
    ------
    ShupingError
        ``encrypted``, ``damaged`` or ``too-large``.
    OldFormatError
        If Word 97 did not know it.
    """
    main = streams["WordDocument"]
    magic, version = struct.unpack_from("<HH", main)
    (flags,) = struct.unpack_from("<H", main, _FIB_FLAGS)
    if magic in _OLD_MAGICS or (magic == _MAGIC and version in _OLD_VERSIONS):
        raise OldFormatError
    if magic != _MAGIC or version < _WORD_97:
        raise ValueError("not a Word document")
    if flags & _ENCRYPTED:
        raise error("encrypted")
    table = streams.get("1Table" if flags & _SECOND_TABLE else "0Table", b"")
    block = _Block(main, table)
    # Lengths, in the order of the text: main, footnotes, headers, macros, comments, endnotes, text boxes.
    lengths = struct.unpack_from("<7I", main, _FIB_LENGTHS)
    text = _characters(main, block.part(_PIECES), sum(lengths))
    story = _Story(main, block)
    yield from story.lines(text[: lengths[0]], "")
    yield from story.lines(text[sum(lengths[:6]) :], "txbx/")


class _Block:
    """The file information block: where each table lies."""

    def __init__(self, main: bytes, table: bytes) -> None:
        self._main = main
        self._table = table

    def span(self, number: int) -> tuple[int, int]:
        start, length = struct.unpack_from("<II", self._main, _FIB_PAIRS + 8 * number)
        return start, length

    def part(self, number: int) -> bytes:
        start, length = self.span(number)
        if start + length > len(self._table):
            raise ValueError("a table reaches beyond its stream")
        return self._table[start : start + length]

    @property
    def table(self) -> bytes:
        return self._table


def _characters(main: bytes, pieces: bytes, total: int) -> list[_Character]:
    if total > _MOST_CHARACTERS:
        raise error("too-large", found=f"{total} 字", limit=f"{_MOST_CHARACTERS} 字")
    if total > len(main):  # pieces that lie upon each other would take memory without bound
        raise ValueError("more characters than bytes")
    position = 0
    while pieces[position] == 1:
        position += 3 + struct.unpack_from("<H", pieces, position + 1)[0]
    if pieces[position] != 2:
        raise ValueError("no piece table")
    (length,) = struct.unpack_from("<I", pieces, position + 1)
    plan = pieces[position + 5 : position + 5 + length]
    count = (len(plan) - 4) // 12
    bounds = struct.unpack_from(f"<{count + 1}I", plan)
    found: list[_Character] = []
    for index in range(count):
        size = min(bounds[index + 1], total) - bounds[index]
        if size < 0 or bounds[index] != len(found):
            break
        (where,) = struct.unpack_from("<I", plan, 4 * (count + 1) + 8 * index + 2)
        found += _piece(main, where, size)
    if len(found) < total:
        raise ValueError("the pieces do not cover the text")
    return found


def _piece(main: bytes, where: int, size: int) -> Iterator[_Character]:
    """Yield the characters of a piece, stored in one byte each or in two."""
    single = bool(where & 0x4000_0000)
    start = where & 0x3FFF_FFFF
    if single:
        start //= 2
    width = 1 if single else 2
    data = main[start : start + width * size]
    if len(data) < width * size:
        raise ValueError("a piece reaches beyond its stream")
    text = data.decode("cp1252", "replace") if single else None
    for index in range(size):
        position = start + width * index
        letter = text[index] if text is not None else chr(struct.unpack_from("<H", main, position)[0])
        yield _Character(letter, position, width)


class _Story:
    """Makes lines of characters, with what the tables say of them."""

    def __init__(self, main: bytes, block: _Block) -> None:
        tables = Tables(block.part, block.span, block.table)
        self._sheet: Sheet = tables.sheet
        self._counter = Counter(tables.lists)
        self._looks = _runs(main, block.part(_CHARACTER_RUNS), _character_page)
        self._paragraphs = _runs(main, block.part(_PARAGRAPH_RUNS), _paragraph_page)

    def lines(self, characters: list[_Character], prefix: str) -> Iterator[Line]:
        paragraphs = list(self._cut(characters, prefix))
        heads, spoken = column_heads(tables(paragraphs))
        for paragraph in paragraphs:
            properties = self._sheet.properties(paragraph.papx)
            number = self._counter.number(properties.list, properties.depth) if properties.list else ""
            if paragraph.place not in spoken:
                said = heads.get(paragraph.place, "") + number
                yield from split(paragraph.text, paragraph.place, properties.heading, said)

    def _cut(self, characters: list[_Character], prefix: str) -> Iterator[Paragraph]:
        number = 1
        origin = 1
        text = ""
        fields = Fields()
        for character in characters:
            deleted, hidden, letter = self._look(character)
            ends = character.text in (_MARK, _CELL) or (
                character.text == _PAGE_BREAK and self._ends_paragraph(character)
            )
            if ends:
                number += 1
                fields = Fields()
                # A deleted mark joins its paragraph with the next.
                if not deleted or character.text == _CELL:
                    papx = self._paragraphs.at(character.position)[1]
                    ends_cell = character.text == _CELL
                    yield Paragraph(_whole(text), f"{prefix}p[{origin}]", ends_cell, papx)
                    text = ""
                if not text:
                    origin = number
            elif character.text in _FIELD_MARKS:
                fields.mark(_FIELD_MARKS[character.text])
            elif fields.shown and not (deleted or hidden):
                text += letter
        if text:
            yield Paragraph(_whole(text), f"{prefix}p[{origin}]", ends_cell=False, papx=b"")

    def _ends_paragraph(self, character: _Character) -> bool:
        return self._paragraphs.at(character.position)[0] == character.position + character.width

    def _look(self, character: _Character) -> tuple[bool, bool, str]:
        """Return whether a character is deleted, whether it is hidden, and what it shows."""
        letter = character.text
        shown = _SHOWN.get(letter, letter if letter >= " " and letter != "\x7f" else "")
        deleted, hidden, stands_for = _look_of(self._looks.at(character.position)[1])
        return deleted, hidden, stands_for if stands_for is not None and letter == "(" else shown


@lru_cache(maxsize=4096)
def _look_of(properties: bytes) -> tuple[bool, bool, str | None]:
    """Return whether text with these properties is deleted, is hidden, and its symbol if any."""
    said = dict(sprms(properties))
    shown = None
    if len(said.get(_SYMBOL, b"")) >= 4:
        shown = symbol(struct.unpack_from("<H", said[_SYMBOL], 2)[0])
    return said.get(_DELETED) == b"\1", said.get(_HIDDEN) == b"\1", shown


def _whole(text: str) -> str:
    """Join the halves of characters beyond the first plane; a single half becomes U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _runs(main: bytes, plan: bytes, properties_of: _PageReader) -> _Runs:
    """Gather runs from the pages of 512 bytes that a plan names."""
    count = max((len(plan) - 4) // 8, 0)
    numbers = struct.unpack_from(f"<{count}I", plan, 4 * (count + 1)) if count else ()
    found: list[tuple[int, int, bytes]] = []
    for number in sorted(set(numbers)):
        page = main[(number & 0x3F_FFFF) * _PAGE :][:_PAGE]
        if len(page) < _PAGE:
            raise ValueError("a page reaches beyond its stream")
        runs = page[_PAGE - 1]
        bounds = struct.unpack_from(f"<{runs + 1}I", page)
        found += [(bounds[i], bounds[i + 1], properties_of(page, runs, i)) for i in range(runs)]
        if len(found) > _MOST_RUNS:
            raise error("hostile", detail="文字属性表过大")
    found.sort(key=lambda run: run[0])
    return _Runs([run[0] for run in found], [run[1] for run in found], [run[2] for run in found])


def _character_page(page: bytes, runs: int, index: int) -> bytes:
    offset = 2 * page[4 * (runs + 1) + index]
    return page[offset + 1 : offset + 1 + page[offset]] if offset else b""


def _paragraph_page(page: bytes, runs: int, index: int) -> bytes:
    offset = 2 * page[4 * (runs + 1) + 13 * index]
    if not offset:
        return b""
    words = page[offset]
    return (
        page[offset + 1 : offset + 2 * words]
        if words
        else page[offset + 2 : offset + 2 + 2 * page[offset + 1]]
    )
