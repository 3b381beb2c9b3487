"""Counts automatic lists as Word does and writes their numbers out.

One engine serves .docx, where lists come from XML, and .doc, where they come from binary tables.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_DIGITS = "〇一二三四五六七八九"
_PLAIN = ("零一二三四五六七八九", "十百千")
_LEGAL_SIMPLIFIED = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟")
_LEGAL_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", "拾佰仟")
_LEGAL_JAPANESE = ("〇壱弐参四伍六七八九", "拾百阡")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_PLACEHOLDER = re.compile(r"%([1-9])")
# Word writes no number beyond this; a damaged file might ask for one.
_MOST = 32_767
# Word takes no longer template.
_LONGEST = 255
# After these a number needs nothing between itself and the text.
_ENDS_NUMBER = frozenset("、，。．.：:；）)〕】〉》」』]")
LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered.

    Parameters
    ----------
    form : str
        Number format by its name in Office Open XML, such as ``chineseCounting``; ``bullet`` gives no text.
    text : str
        Template such as ``（%1）``, where ``%N`` stands for the number of level N.
    start : int
        First number.
    suffix : str
        ``tab``, ``space`` or ``nothing``: what follows the number.
    restart : int or None
        Restarts when a level up to this one (counted from 1) has gone on; 0 never, None after any higher one.
    legal : bool
        All numbers in the template are written in decimal.
    hidden : bool
        Counts but shows nothing.
    """

    form: str = "decimal"
    text: str = "%1."
    start: int = 1
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class List:
    """A list as paragraphs refer to it.

    Parameters
    ----------
    sequence : object
        What counts together: lists with an equal sequence go on counting from each other.
    levels : Mapping of int to Level
        Level 0 is the outermost.
    overrides : Mapping of int to int
        Numbers at which a level starts anew when this list is first met.
    """

    sequence: object
    levels: Mapping[int, Level]
    overrides: Mapping[int, int]


class Counter:
    """Counts the paragraphs of one document in order.

    Parameters
    ----------
    lists : Mapping of object to List
        The lists by the identity with which paragraphs refer to them.
    """

    def __init__(self, lists: Mapping[int, List]) -> None:
        self._lists = lists
        self._counts: dict[object, dict[int, int]] = {}
        self._met: set[tuple[int, int]] = set()

    def number(self, identity: int, depth: int) -> str:
        """Count a paragraph and return its number with what follows; empty for bullets and unknown lists."""
        found = self._lists.get(identity)
        level = found.levels.get(depth) if found else None
        if found is None or level is None:
            return ""
        counts = self._counts.setdefault(found.sequence, {})
        if depth in found.overrides and (identity, depth) not in self._met:
            counts[depth] = found.overrides[depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        self._met.add((identity, depth))
        for deeper in [other for other in counts if other > depth]:
            rule = found.levels[deeper].restart if deeper in found.levels else None
            if rule is None or depth < rule:
                del counts[deeper]
        return _written(found, level, counts)


def _written(found: List, level: Level, counts: Mapping[int, int]) -> str:
    if level.form == "bullet" or level.hidden:
        return ""

    def one(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        other = found.levels.get(depth, level)
        form = "decimal" if level.legal and other.form != "none" else other.form
        # A level that has not come yet shows the number it will start with.
        return format_number(counts.get(depth, other.start), form)

    shown = _PLACEHOLDER.sub(one, level.text[:_LONGEST])
    if not shown.strip():
        return ""
    if level.suffix == "space" or (
        level.suffix == "tab" and shown[-1] not in _ENDS_NUMBER and not shown[-1].isspace()
    ):
        return shown + " "
    return shown


def format_number(value: int, form: str) -> str:
    """Write a number as Word does.

    Parameters
    ----------
    value : int
        The number; outside 0 to 32767 it is written in decimal.
    form : str
        Name of the format in Office Open XML; unusual ones fall back to decimal.
    """
    if form in ("none", "bullet"):
        return ""
    if not 0 <= value <= _MOST:
        return str(value)
    written = _special(value, form)
    return str(value) if written is None else written


def _special(value: int, form: str) -> str | None:
    match form:
        case (
            "chineseCounting" | "chineseCountingThousand" | "taiwaneseCounting" | "taiwaneseCountingThousand"
        ):
            return _counting(value, *_PLAIN)
        case "japaneseCounting" | "koreanCounting":
            return _counting(value, *_PLAIN, filler="")
        case "chineseLegalSimplified":
            return _counting(value, *_LEGAL_SIMPLIFIED, one_ten=True)
        case "ideographLegalTraditional":
            return _counting(value, *_LEGAL_TRADITIONAL, one_ten=True)
        case "japaneseLegal":
            return _counting(value, *_LEGAL_JAPANESE, one_ten=True, filler="")
        case "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" | "koreanDigital":
            return "".join(_DIGITS[int(digit)] for digit in str(value))
        case "ideographTraditional":
            return _from_row(value, _STEMS)
        case "ideographZodiac":
            return _from_row(value, _BRANCHES)
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese":
            return _shifted(value, "①", 20)
        case "decimalEnclosedParen":
            return _shifted(value, "⑴", 20)
        case "decimalEnclosedFullstop":
            return _shifted(value, "⒈", 20)
        case "ideographEnclosedCircle":
            return _shifted(value, "㊀", 10)
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join(chr(ord("０") + int(digit)) for digit in str(value))
        case "decimalZero":
            return f"{value:02d}"
        case "numberInDash":
            return f"- {value} -"
        case "lowerRoman" | "upperRoman":
            roman = _roman(value)
            return roman.upper() if form == "upperRoman" else roman
        case "lowerLetter" | "upperLetter":
            return _letters(value, "a" if form == "lowerLetter" else "A")
    return None


def _counting(
    value: int, digits: str, units: str, *, one_ten: bool = False, filler: str | None = None
) -> str:
    """Write a number in Chinese numerals.

    ``one_ten`` writes 10 as 壹拾, not 十; ``filler`` stands for skipped places, by default the zero.
    """
    if value == 0:
        return digits[0]
    myriads, rest = divmod(value, 10_000)
    if myriads:
        gap = digits[0] if 0 < rest < 1000 and filler is None else ""
        head = _counting(myriads, digits, units, one_ten=one_ten, filler=filler)
        return (
            head + "万" + (gap + _counting(rest, digits, units, one_ten=True, filler=filler) if rest else "")
        )
    out = ""
    pending = ""
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit:
            alone = digit == 1 and power == 1 and not out and not one_ten
            out += (
                (pending if out else "")
                + ("" if alone else digits[digit])
                + (units[power - 1] if power else "")
            )
            pending = ""
        else:
            pending = digits[0] if filler is None else filler
    return out


def _from_row(value: int, row: str) -> str | None:
    return row[value - 1] if 1 <= value <= len(row) else None


def _shifted(value: int, first: str, last: int) -> str | None:
    return chr(ord(first) + value - 1) if 1 <= value <= last else None


def _roman(value: int) -> str:
    out = ""
    for worth, sign in _ROMAN:
        count, value = divmod(value, worth)
        out += sign * count
    return out


def _letters(value: int, first: str) -> str | None:
    """Write a, b, … z, aa, bb, … as Word does."""
    if value < 1:
        return None
    times, place = divmod(value - 1, 26)
    return chr(ord(first) + place) * (times + 1)
