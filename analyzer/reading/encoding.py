"""Finds the encoding of Chinese text, or says that it cannot.

Every candidate is decoded strictly and judged by what comes out: real Chinese consists nearly wholly of
common characters and Chinese punctuation, bytes read in the wrong encoding hardly ever do.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import cache

from analyzer import lexicons
from analyzer.errors import error

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    # The mark of UTF-32 starts with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    ("\ufeff".encode("gb18030"), "gb18030"),
)
# Big5 as Windows has it, and with the Hong Kong characters; a text valid in both is the same in both.
_GUESSES = (("gb18030",), ("cp950", "big5hkscs"), ("utf-16-le",), ("utf-16-be",))
_NAMES = {"gb18030": "GB18030", "cp950": "Big5", "big5hkscs": "Big5"} | {
    name: name.upper() for _, name in _MARKS
}

# How much of what is not ASCII must be plausible, and how far the best guess must lead the next:
# real Chinese reaches 0.97, the same bytes read as something else stay below 0.6.
_PLAUSIBLE = 0.85
_LEAD = 0.2
# Enough to judge by; a whole book need not be counted.
_SAMPLE = 20_000

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_THREE_BYTES = re.compile("[\u0800-\U0010ffff]")  # at least, in UTF-8
_ASCII = re.compile(r"[\x00-\x7f]+")
_PUNCTUATION = frozenset("·—‘’“”…×※℃％‰§°±÷→←↑↓■□▲△●○◆◇★☆√≥≤≠™®©\xa0")
_MAX_CONTROL_SHARE = 0.005
_MAX_REPLACED_SHARE = 0.2


def decode(data: bytes) -> str:
    """Decode a text file.

    Parameters
    ----------
    data : bytes
        The file, not empty.

    Returns
    -------
    str
        Its text without byte-order mark, line breaks as they stand.

    Raises
    ------
    ShupingError
        ``encoding`` where no encoding or more than one fits, ``binary`` where the bytes are no text.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return check(_decode_marked(data[len(mark) :], name))
    text = _try("utf-8", data)
    if text is not None and _is_surely_utf8(text):
        return check(text)
    return check(_guess(data, text))


def check(text: str) -> str:
    """Return the text if it is one; raises ``binary`` or ``encoding`` otherwise."""
    if "\0" in text or _share(len(_CONTROL.findall(text)), len(text)) > _MAX_CONTROL_SHARE:
        raise error("binary")
    return check_typed(text)


def check_typed(text: str) -> str:
    """Return a text that somebody typed or pasted if it is one; raises ``encoding`` otherwise.

    It is no binary file, whatever control characters came along with it; analysis leaves them out.
    """
    try:
        text.encode()  # takes a third of the time to look for surrogates
    except UnicodeEncodeError:
        raise error("encoding", detail="含有不成对的代理字符") from None
    if _share(text.count("\ufffd"), len(text)) > _MAX_REPLACED_SHARE:
        raise error("encoding", detail="文字已经成为乱码（含有大量“\ufffd”），原来的字无法恢复")
    return text


def _decode_marked(body: bytes, name: str) -> str:
    try:
        return body.decode(name)
    except UnicodeDecodeError as problem:
        raise error(
            "encoding",
            detail=f"文件标明是 {_NAMES[name]}，但第 {problem.start + 1} 个字节起不合规，可能被截断",
        ) from None


def _is_surely_utf8(text: str) -> bool:
    """Tell whether valid UTF-8 can be nothing else: pure ASCII, or sequences of three bytes."""
    if "\0" in text:
        return False
    return text.isascii() or _THREE_BYTES.search(text) is not None


def _guess(data: bytes, as_utf8: str | None) -> str:
    ranked: list[tuple[float, str, str]] = []
    if as_utf8 is not None and "\0" not in as_utf8:
        ranked.append((_plausibility(as_utf8), "utf-8", as_utf8))
    for names in _GUESSES:
        for name in names:
            text = _try(name, data)
            if text is not None:
                ranked.append((_plausibility(text), name, text))
                break
    ranked.sort(reverse=True)
    if ranked and ranked[0][0] >= _PLAUSIBLE:
        if len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= _LEAD:
            return ranked[0][2]
        raise error("encoding", detail=f"{_NAMES[ranked[0][1]]} 和 {_NAMES[ranked[1][1]]} 都说得通")
    if b"\0" in data:
        raise error("binary")
    control = sum(data.count(byte) for byte in (*range(0x09), *range(0x0E, 0x20), 0x7F))
    if _share(control, len(data)) > _MAX_CONTROL_SHARE:
        raise error("binary")
    raise error("encoding", detail="按 UTF-8、GB18030、Big5、UTF-16 都读不通，可能被截断或是其他文字")


def _try(name: str, data: bytes) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _plausibility(text: str) -> float:
    """Return how much of the text, in [0, 1], looks like Chinese; ASCII counts only where nothing else is."""
    sample = text if len(text) <= _SAMPLE else text[: _SAMPLE // 2] + text[-_SAMPLE // 2 :]
    if _CONTROL.search(sample):
        return 0.0
    foreign = _ASCII.sub("", sample)
    if not foreign:
        return 1.0
    common = _common()
    fit = 0
    for character in foreign:
        if character in common or character in _PUNCTUATION or _is_chinese_sign(character):
            fit += 1
        elif unicodedata.category(character) in ("Cn", "Co", "Cs", "Cc"):
            return 0.0
    return fit / len(foreign)


def _is_chinese_sign(character: str) -> bool:
    """Tell whether it is CJK punctuation, a full-width form, or a circled or bracketed number."""
    return (
        "\u3000" <= character <= "\u303f"
        or "\uff01" <= character <= "\uff5e"
        or "\u2460" <= character <= "\u249b"
    )


@cache
def _common() -> frozenset[str]:
    return frozenset("".join(lexicons.lines("common-han.txt")))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
