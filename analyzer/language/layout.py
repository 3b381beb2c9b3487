"""Paragraphs, sentences, clauses and ordinals of a repaired text, as spans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from itertools import accumulate, chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from analyzer.language.memory import each

Spans = npt.NDArray[np.int32]

# Each begins with one character of a set, so that re leaps from one to the next.
_SENTENCE_END = re.compile(r"[。！？；!?;][。！？；!?;]*[”’」』）)》\]】\"']*")
_CLAUSE_END = re.compile(
    r"[，。！？；：,!?;— \t](?:(?<=[，。！？；：,!?;])[，。！？；：,!?;]*[”’」』）)》\]】\"']*|(?<=—)—"
    r"|(?<=[一-鿿][ \t])[ \t]*(?=[一-鿿]))"
)


class Ordinal(IntEnum):
    """The kind of number that opens a sentence, from the outermost level in."""

    NONE = 0
    CHAPTER = 1  # 一、  第一部分
    SECTION = 2  # （一）
    NUMBER = 3  # 1.  1、
    BRACKET = 4  # (1)  ①
    SPOKEN = 5  # 一是  第一，  首先  其一  一要


_CHINESE = "一二三四五六七八九十"
_ORDINALS: tuple[tuple[Ordinal, re.Pattern[str]], ...] = (
    (Ordinal.CHAPTER, re.compile(rf"第?([{_CHINESE}]{{1,3}})(?:部分|[、．.]|(?=[ 　]))")),
    (Ordinal.SECTION, re.compile(rf"[（〔(]([{_CHINESE}]{{1,3}})[）〕)]")),
    (Ordinal.BRACKET, re.compile(r"[（(](\d{1,2})[）)]|([①-⑳])")),
    (Ordinal.NUMBER, re.compile(r"(\d{1,2})(?:[、．]|\.(?!\d)|）)")),
    (
        Ordinal.SPOKEN,
        re.compile(
            rf"([{_CHINESE}]{{1,2}})(?:是(?![个种])|要)|第([{_CHINESE}])[，、：是个桩处件点块宗样条笔]"
            rf"|其([{_CHINESE}])[，、：是]|头([{_CHINESE}])[桩处件点块宗样条笔个]|首先|其次|再次|再一个|还有一?|另外|最后，"
        ),
    ),
)
# How an item may be numbered in a text that is not laid out: more than `ordinal_at` takes for an ordinal.
LOOSE_NUMBER = rf"(?:[（(]?[0-9{_CHINESE}]{{1,3}}(?:[）)、.．]|是)|第[{_CHINESE}])"
_OPENING = frozenset(
    f"第{_CHINESE}（〔(①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳其头首再还另最"
)  # what an ordinal begins with, or a digit
_CIRCLED = ord("①")


@dataclass(frozen=True, slots=True)
class OrdinalMark:
    """An ordinal at the start of a sentence or clause; ``value`` is 0 where it has none (首先)."""

    kind: Ordinal
    value: int
    length: int


NO_ORDINAL = OrdinalMark(Ordinal.NONE, 0, 0)


def chinese_number(text: str) -> int:
    """Return the value of a Chinese numeral from 一 to 九十九; 0 where it is none."""
    tens, ten, ones = text.rpartition("十")
    units = {char: value for value, char in enumerate(_CHINESE[:9], 1)}
    if not ten:
        return units.get(text, 0)
    return (units.get(tens, 0) if tens else 1) * 10 + (units.get(ones, 0) if ones else 0)


def numeral_value(text: str) -> int:
    """Return the value of Arabic figures or, as `chinese_number` does, of a Chinese numeral."""
    return int(text) if text.isdecimal() else chinese_number(text)


def ordinal_at(text: str, position: int, end: int) -> OrdinalMark:
    """Return the ordinal that opens ``text[position:end]``."""
    if (char := text[position]) not in _OPENING and not char.isdecimal():
        return NO_ORDINAL
    for kind, pattern in _ORDINALS:
        if match := pattern.match(text, position, end):
            number = next((group for group in match.groups() if group), "")
            if number.isascii() and number.isdigit():
                value = int(number)
            elif "①" <= number <= "⑳":
                value = ord(number) - _CIRCLED + 1
            else:
                value = chinese_number(number)
            return OrdinalMark(kind, value, match.end() - position)
    return NO_ORDINAL


@dataclass(frozen=True)
class Layout:
    """The units of a text; all spans are int32 arrays of shape (n, 2) into it.

    Parameters
    ----------
    sentences, clauses : ndarray of int32, shape (n, 2)
        In order; white space around them left out.
    paragraph : ndarray of int32, shape (n_sentences,)
        The paragraph of each sentence, from 0.
    first_clause : ndarray of int32, shape (n_sentences + 1,)
        Sentence ``i`` has clauses ``first_clause[i]`` to ``first_clause[i + 1] - 1``.
    ordinals : tuple of OrdinalMark
        What opens each clause.
    """

    sentences: Spans
    clauses: Spans
    paragraph: npt.NDArray[np.int32]
    first_clause: npt.NDArray[np.int32]
    ordinals: tuple[OrdinalMark, ...]

    @cached_property
    def opens_paragraph(self) -> npt.NDArray[np.bool_]:
        """Whether each sentence is the first of its paragraph."""
        opens = np.ones(len(self.paragraph), dtype=bool)
        opens[1:] = self.paragraph[1:] != self.paragraph[:-1]
        return opens

    @cached_property
    def sentence_ordinals(self) -> list[OrdinalMark]:
        """What opens each sentence."""
        return [self.ordinals[clause] for clause in self.first_clause[:-1].tolist()]


def _cut(text: str, start: int, end: int, stop: re.Pattern[str]) -> list[tuple[int, int]]:
    """Cut ``[start, end)`` after each match of `stop`; white space around them left out."""
    pieces = []
    for edge in (*[match.end() for match in stop.finditer(text, start, end)], end):
        piece = text[start:edge]
        if bare := piece.strip():
            begin = start if len(bare) == len(piece) else start + piece.index(bare)
            pieces.append((begin, begin + len(bare)))
        start = edge
    return pieces


class _Line(NamedTuple):
    """The units of a line, with places counted from its beginning."""

    sentences: list[tuple[int, int]]
    clauses: list[tuple[int, int]]
    sizes: list[int]  # clauses of each sentence
    ordinals: list[OrdinalMark]


def _lay_out_line(line: str) -> _Line:
    sentences = _cut(line, 0, len(line), _SENTENCE_END)
    clauses: list[tuple[int, int]] = []
    sizes = []
    for start, end in sentences:
        inside = _cut(line, start, end, _CLAUSE_END)
        clauses += inside
        sizes.append(len(inside))
    return _Line(sentences, clauses, sizes, [ordinal_at(line, *clause) for clause in clauses])


def lay_out(text: str) -> Layout:
    """Find the units of a repaired text."""
    lines = text.split("\n")
    found = each("layout", lines, lambda some: (_lay_out_line(lines[place]) for place in some))
    begins = np.array([0, *accumulate(len(line) + 1 for line in lines[:-1])], dtype=np.int32)
    told = [len(line.sentences) for line in found if line.sentences]
    return Layout(
        _placed([line.sentences for line in found], begins),
        _placed([line.clauses for line in found], begins),
        np.arange(len(told), dtype=np.int32).repeat(np.array(told, dtype=np.int32)),
        np.array([0, *accumulate(size for line in found for size in line.sizes)], dtype=np.int32),
        tuple(mark for line in found for mark in line.ordinals),
    )


def _placed(units: Sequence[Sequence[tuple[int, int]]], begins: npt.NDArray[np.int32]) -> Spans:
    """Return the units of lines, which begin at some places, as places in the text."""
    places = chain.from_iterable(chain.from_iterable(units))
    spans = np.fromiter(places, dtype=np.int32).reshape(-1, 2)
    return spans + begins.repeat([len(line) for line in units])[:, None]
