"""Undo what copying and printing did to a text: hard wraps, stray spaces, page numbers.

Repair only leaves characters out, never adds or moves any, so each repaired character knows the
source character it came from.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from unicodedata import east_asian_width

import numpy as np
import numpy.typing as npt

from analyzer.language.folding import HAN, fold
from analyzer.lexicons import patterns

_INVISIBLE = patterns("invisible.toml")["characters"]
_STRAY_SPACE = re.compile(  # begins with the space, so that re leaps from one to the next
    rf"[ ](?:(?<=[{HAN}，。；：、“”（）《》%] )[ ]?(?=[{HAN}，。；：、“”（）《》0-9A-Za-z])"
    rf"|(?<=[0-9A-Za-z] )[ ]?(?=[{HAN}，。；：、”）》%]))"
)
_PAGE_NUMBER = re.compile(
    r"\s*+(?:第\s*+\d{1,3}\s*+页(?:[\s/，]*+共\s*+\d{1,3}\s*+页)?|[-—–·]{0,2}\s*+\d{1,3}\s*+[-—–·]{0,2}"
    r"|\d{1,3}\s*+/\s*+\d{1,3})\s*+"
)
_OPENS = re.compile(
    r"\s*(?:第[一二三四五六七八九十]+(?:部分|[、，])|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）"
    r"|\d{1,2}[、.．](?!\d)|[（(]\d{1,2}[）)])"
)
_ENDS = frozenset("。！？；：…”’）》】")
_SENTENCE_ENDS = re.compile(r"(?<![。！？；])[。！？；]++[”’」』）》】\"']*+\s*+$")
_TITLE = re.compile(r"[^，。；]*(?:报告|材料|总结|汇报)(?:（[^（）]*）)?\s*$")
_LEAST_WRAPS = 4  # fewer open lines of one width are chance
_NARROWEST, _WIDEST = 12, 60  # em of a line that may be wrapped
_SLACK = 3.0  # em; a line may fall short by a mark that must not start the next line, or a word
_COUNTED = 0.3  # share of the lines that have the most characters where lines were cut by count


@dataclass(frozen=True, slots=True)
class Repaired:
    r"""A repaired text and the way back.

    Parameters
    ----------
    text : str
        The repaired, folded text; lines are separated by ``\\n``.
    offsets : ndarray of int32, shape (len(text),)
        The source offset of each character, strictly increasing.
    """

    text: str
    offsets: npt.NDArray[np.int32]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the source span of the repaired span ``[start, end)``, which must not be empty."""
        return self.offsets.item(start), self.offsets.item(end - 1) + 1


def repair(text: str) -> Repaired:
    """Repair a text as read.

    Parameters
    ----------
    text : str
        The text as read, with any line breaks.

    Returns
    -------
    Repaired
        Wrapped lines joined, page numbers, stray spaces and invisible characters left out.
    """
    folded = fold(text)
    keep = np.ones(len(folded), dtype=bool)
    for pattern in (_INVISIBLE, _STRAY_SPACE):
        for match in pattern.finditer(folded):
            keep[match.start() : match.end()] = False
    lines = list(_lines(folded))
    body = []
    for start, end, stop in lines:
        keep[end:stop] = False  # the line break; one code point of it is put back below
        if _PAGE_NUMBER.fullmatch(folded, start, end):
            keep[start:end] = False
        elif folded[start:end].strip():
            body.append((start, end, stop))
    breaks = np.zeros(len(folded), dtype=bool)
    wrap = _wrap(folded, body)
    for (start, end, stop), (following, following_end, _) in pairwise(body):
        if not _continues(folded, start, end, following, following_end, wrap):
            breaks[stop - 1] = True
        else:
            _strip(folded, keep, start, end, right=True)
            _strip(folded, keep, following, following_end, right=False)
    keep |= breaks
    offsets = np.flatnonzero(keep).astype(np.int32)
    codes = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).copy()
    codes[breaks] = ord("\n")
    return Repaired(codes[offsets].tobytes().decode("utf-32-le", "surrogatepass"), offsets)


def _lines(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, start of the next line) of each line."""
    position = 0
    for line in text.splitlines(keepends=True):
        stop = position + len(line)
        yield position, position + len(line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")), stop
        position = stop


class _Widths(dict[str, float]):
    """The printed width of characters in em: half of the East Asian display width."""

    def __missing__(self, char: str) -> float:
        width = self[char] = 1.0 if east_asian_width(char) in "WFA" else 0.5
        return width


_width = _Widths().__getitem__


@lru_cache(2048)  # a line is measured several times, and comes again with the draft
def _em(text: str) -> float:
    """Return the printed width of a text in em."""
    return sum(map(_width, text))


@dataclass(frozen=True, slots=True)
class _Wrap:
    """How lines were hard-wrapped: by an exact number of characters, or by printed width in em."""

    width: float
    counted: bool

    def filled(self, line: str) -> bool:
        """Whether a line is about as long as lines are."""
        return (len(line) if self.counted else _em(line.strip())) >= self.width - _SLACK


def _wrap(text: str, lines: list[tuple[int, int, int]]) -> _Wrap | None:
    """Return how the text was hard-wrapped, None where it was not."""
    if counted := _count_wrapped(text, lines):
        return _Wrap(counted, counted=True)
    width = _width_wrapped(text, lines)
    return None if width is None else _Wrap(width, counted=False)


def _count_wrapped(text: str, lines: list[tuple[int, int, int]]) -> int:
    """Return the number of characters after which lines were cut, whatever they are; 0 where not so."""
    longest = max((end - start for start, end, _ in lines), default=0)
    if not _NARROWEST <= longest <= 2 * _WIDEST:
        return 0
    cut = [(start, end) for start, end, _ in lines if end - start == longest]
    open_ended = sum(text[end - 1] not in _ENDS for _, end in cut)
    return longest if open_ended >= max(_LEAST_WRAPS, len(cut) / 2, _COUNTED * len(lines)) else 0


def _width_wrapped(text: str, lines: list[tuple[int, int, int]]) -> float | None:
    """Return the printed width in em that lines were filled to, None where they were not."""
    widths = [
        _em(line)
        for (start, end, _), (following, stop, _) in pairwise(lines)
        # A character is half an em to an em wide: most lines need not be measured.
        if _NARROWEST <= len(line := text[start:end].strip()) <= 2 * _WIDEST
        and line[-1] not in _ENDS
        and not _OPENS.match(text, following, stop)
    ]
    widths = [round(width) for width in widths if _NARROWEST <= width <= _WIDEST]
    if len(widths) < _LEAST_WRAPS:
        return None
    counts = Counter(widths)
    width = max(counts, key=lambda w: (sum(counts[w + d] for d in (-1, 0, 1)), w))
    near = sum(n for w, n in counts.items() if abs(w - width) <= _SLACK)
    longer = sum(_em(text[s:e].strip()) > width + _SLACK for s, e, _ in lines)
    return (
        float(width) if near >= max(_LEAST_WRAPS, 0.6 * len(widths)) and longer <= 0.1 * len(lines) else None
    )


def _continues(text: str, start: int, end: int, following: int, stop: int, wrap: _Wrap | None) -> bool:
    """Whether the line ``[following, stop)`` goes on where ``[start, end)`` was broken."""
    if wrap is None or not wrap.filled(text[start:end]) or _OPENS.match(text, following, stop):
        return False
    if _SENTENCE_ENDS.search(text, start, end):
        # By width, a paragraph's last line often comes near; by count, it is seldom just full.
        line = text[following:stop]
        heads = not wrap.filled(line) and not _SENTENCE_ENDS.search(line)
        if not wrap.counted or end - start < wrap.width or heads:
            return False
    if _TITLE.fullmatch(text, start, end):
        return False
    indent = len(text[following:stop]) - len(text[following:stop].lstrip())
    return indent < 2


def _strip(text: str, keep: npt.NDArray[np.bool_], start: int, end: int, *, right: bool) -> None:
    """Leave out the white space at one end of a line."""
    line = text[start:end]
    if right:
        keep[start + len(line.rstrip()) : end] = False
    else:
        keep[start : start + len(line) - len(line.lstrip())] = False
