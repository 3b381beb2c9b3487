"""Styles and lists of the binary Word format: what a paragraph's properties mean."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from analyzer.reading.numbering import LEVELS, Level, List

_STYLES, _LISTS, _LIST_USES = 1, 73, 74
_OUTLINE, _DEPTH, _LIST = 0x2640, 0x260A, 0x460B
TABLE_DEFINITION, _TAB_CHANGES = 0xD608, 0xC615
_OPERANDS = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
# How many styles one may be based on, in turn; a circle ends there too.
_LONGEST_CHAIN = 50
_BODY_TEXT = 9
# Beyond this a reference to a list means that there is none.
_LAST_LIST = 0x7FE
_LIST_SIZE, _USE_SIZE, _LEVEL_SIZE = 28, 16, 28
_SUFFIXES = ("tab", "space", "nothing")
# Number formats, by their code here and their name in Office Open XML.
_FORMS = {
    0: "decimal",
    1: "upperRoman",
    2: "lowerRoman",
    3: "upperLetter",
    4: "lowerLetter",
    10: "ideographDigital",
    11: "japaneseCounting",
    14: "decimalFullWidth",
    16: "japaneseLegal",
    17: "japaneseDigitalTenThousand",
    18: "decimalEnclosedCircle",
    19: "decimalFullWidth2",
    22: "decimalZero",
    23: "bullet",
    26: "decimalEnclosedFullstop",
    27: "decimalEnclosedParen",
    28: "decimalEnclosedCircleChinese",
    29: "ideographEnclosedCircle",
    30: "ideographTraditional",
    31: "ideographZodiac",
    33: "taiwaneseCounting",
    34: "ideographLegalTraditional",
    35: "taiwaneseCountingThousand",
    36: "taiwaneseDigital",
    37: "chineseCounting",
    38: "chineseLegalSimplified",
    39: "chineseCountingThousand",
    57: "numberInDash",
    255: "none",
}


@dataclass(frozen=True, slots=True)
class Properties:
    """What a paragraph is: ``heading`` from 1, 0 for body text; ``list`` 0 for none; ``depth`` from 0."""

    heading: int
    list: int
    depth: int


def sprms(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the properties in a list of them: code and operand; stops where the list is cut off."""
    position = 0
    while position + 3 <= len(data):
        (code,) = struct.unpack_from("<H", data, position)
        position += 2
        size = _OPERANDS.get(code >> 13)
        if size is None:
            if code == TABLE_DEFINITION:
                if position + 2 > len(data):
                    return
                size = struct.unpack_from("<H", data, position)[0] + 1
            elif code == _TAB_CHANGES and data[position] == 0xFF:
                return
            else:
                size = data[position] + 1
        yield code, data[position : position + size]
        position += size


class Tables:
    """The tables of one document.

    Parameters
    ----------
    part : callable
        Gives a table by the number of its pair in the file information block.
    span : callable
        Gives where a table lies and its length.
    table : bytes
        The whole stream of tables, since the levels of lists lie outside their table.

    Attributes
    ----------
    sheet : Sheet
    lists : dict of int to List
        By the number with which paragraphs refer to them, from 1.
    """

    def __init__(
        self, part: Callable[[int], bytes], span: Callable[[int], tuple[int, int]], table: bytes
    ) -> None:
        self.sheet = Sheet(part(_STYLES))
        start, length = span(_LISTS)
        definitions = _definitions(part(_LISTS), table[start + length :]) if length else {}
        uses = part(_LIST_USES)
        self.lists = dict(_uses(uses, definitions)) if uses else {}


class Sheet:
    """The style sheet.

    Parameters
    ----------
    data : bytes
        The table ``STSH``.
    """

    def __init__(self, data: bytes) -> None:
        self._styles: list[tuple[int, int, bytes] | None] = []
        if not data:
            return
        head, count, base = struct.unpack_from("<HHH", data)
        position = 2 + head
        for _ in range(count):
            (size,) = struct.unpack_from("<H", data, position)
            self._styles.append(_style(data[position + 2 : position + 2 + size], base) if size else None)
            position += 2 + size + size % 2

    def properties(self, papx: bytes) -> Properties:
        """Return what a paragraph is.

        Parameters
        ----------
        papx : bytes
            Number of its style, then its own properties; empty for a plain paragraph.
        """
        number = struct.unpack_from("<H", papx)[0] if len(papx) >= 2 else 0
        said = dict(sprms(papx[2:]))
        built_in = 0
        for _ in range(_LONGEST_CHAIN):
            style = self._styles[number] if number < len(self._styles) else None
            if style is None:
                break
            kind, number, own = style
            built_in = built_in or (kind if 1 <= kind <= _BODY_TEXT else 0)
            said = dict(sprms(own)) | said
        outline = said[_OUTLINE][0] + 1 if said.get(_OUTLINE) else built_in
        identity = struct.unpack_from("<H", said[_LIST])[0] if len(said.get(_LIST, b"")) >= 2 else 0
        return Properties(
            heading=outline if outline <= _BODY_TEXT else 0,
            list=identity if identity <= _LAST_LIST else 0,
            depth=said[_DEPTH][0] if said.get(_DEPTH) else 0,
        )


def _style(data: bytes, base: int) -> tuple[int, int, bytes]:
    """Return the built-in kind of a style, the style it is based on, and its paragraph properties."""
    kind, link, counts = struct.unpack_from("<HHH", data)
    position = base + (base % 2)
    (letters,) = struct.unpack_from("<H", data, position)
    position += 2 + 2 * letters + 2
    own = b""
    if link & 0xF == 1 and counts & 0xF and position + 2 <= len(data):
        (size,) = struct.unpack_from("<H", data, position)
        # The style's own number stands before its properties.
        own = data[position + 4 : position + 2 + size]
    return kind & 0xFFF, link >> 4, own


def _definitions(heads: bytes, levels: bytes) -> dict[int, dict[int, Level]]:
    """Return the levels of each list by its identity; they follow each other behind the table of heads."""
    (count,) = struct.unpack_from("<H", heads)
    found: dict[int, dict[int, Level]] = {}
    position = 0
    for index in range(count):
        at = 2 + index * _LIST_SIZE
        (identity,) = struct.unpack_from("<i", heads, at)
        own = {}
        for depth in range(1 if heads[at + 26] & 1 else LEVELS):
            own[depth], size = _level(levels, position)
            position += size
        found[identity] = own
    return found


def _level(data: bytes, position: int) -> tuple[Level, int]:
    """Return a level and how many bytes it takes."""
    start, form, flags = struct.unpack_from("<iBB", data, position)
    suffix = data[position + 15]
    look, shape, restart = struct.unpack_from("<BBB", data, position + 24)
    text_at = position + _LEVEL_SIZE + look + shape
    (letters,) = struct.unpack_from("<H", data, text_at)
    codes = struct.unpack_from(f"<{letters}H", data, text_at + 2)
    template = "".join(f"%{code + 1}" if code < LEVELS else chr(code) for code in codes)
    level = Level(
        form=_FORMS.get(form, "decimal"),
        text=template.encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
        start=start,
        suffix=_SUFFIXES[suffix] if suffix < len(_SUFFIXES) else "tab",
        restart=restart if flags & 0x08 else None,
        legal=bool(flags & 0x04),
    )
    return level, text_at + 2 + 2 * letters - position


def _uses(data: bytes, definitions: dict[int, dict[int, Level]]) -> Iterator[tuple[int, List]]:
    (count,) = struct.unpack_from("<I", data)
    position = 4 + count * _USE_SIZE
    for index in range(count):
        at = 4 + index * _USE_SIZE
        (identity,) = struct.unpack_from("<i", data, at)
        levels = dict(definitions.get(identity, {}))
        overrides: dict[int, int] = {}
        position += 4
        for _ in range(data[at + 12]):
            start, flags = struct.unpack_from("<iI", data, position)
            position += 8
            depth = flags & 0x0F
            if flags & 0x20:
                levels[depth], size = _level(data, position)
                position += size
            if flags & 0x10:
                overrides[depth] = start
        yield index + 1, List(identity, levels, overrides)
