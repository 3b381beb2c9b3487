"""Where in the report something stands, in words and as a quotation."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analyzer.language.memory import by_line
from analyzer.rendering import labels

LINE_BREAK = re.compile(r"\r\n?|\n")
# A note to this program inside the text parts sentences, so that no quotation shows it.
_NOTE, _NOTE_END = re.compile(r"<!--\s*shuping\s*[:：]"), re.compile("-->")
_BOUNDARY = re.compile(r"\r\n?|\n|[。！？；!?;]+[”’」』）)》\]】\"']*")
_WHITE = re.compile(r"\s+")
# Formats whose lines a reader can count in an editor; elsewhere paragraphs are what one sees.
_COUNTED_BY_LINE = frozenset({"txt", "md"})


class Line(NamedTuple):
    """A line of the text, its line break left out.

    Parameters
    ----------
    start, end : int
        Its stretch in code points.
    number : int
        What a reader is told: counted from 1; blank lines count only in plain-text formats.
    """

    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a quotation, and whether it is what the quotation is for."""

    text: str
    marked: bool


class Places:
    """The lines of one report.

    Parameters
    ----------
    text : str
        ``Result.text``.
    form : str
        ``Source.format``; decides whether places are called lines or paragraphs.

    Attributes
    ----------
    text : str
        The text.
    lines : tuple of Line
        All lines in order, blank ones too; at least one.
    unit : str
        ``行`` or ``段``.
    """

    def __init__(self, text: str, form: str) -> None:
        self.unit = "行" if form in _COUNTED_BY_LINE else "段"
        self.lines = tuple(_lines(text, blank_lines_count=self.unit == "行"))
        self.text = text
        self._length = len(text)
        self._starts = [line.start for line in self.lines]
        self._sentences = sorted(
            [
                0,
                *_boundaries(text),
                *(match.start() for match in _NOTE.finditer(text)),
                *(match.end() for match in _NOTE_END.finditer(text)),
            ]
        )

    def line_index(self, position: int) -> int:
        """Return the index in ``lines`` of the line that holds the offset ``position``."""
        return max(0, bisect_right(self._starts, position) - 1)

    def sentence(self, position: int) -> tuple[int, int]:
        """Return the stretch of the sentence that holds the offset, line break and blanks left out."""
        index = bisect_right(self._sentences, position)
        start = self._sentences[index - 1]
        end = self._sentences[index] if index < len(self._sentences) else self._length
        piece = self.text[start:end]
        return end - len(piece.lstrip()), start + len(piece.rstrip())

    def name(self, start: int, end: int) -> str:
        """Return the place of ``[start, end)`` in words, such as ``第 12 段`` or ``第 3—5 行``."""
        if (start == end and start in (0, self._length)) or (start == 0 and end == self._length):
            return labels.WHOLE_TEXT
        first = self.lines[self.line_index(start)].number
        last = self.lines[self.line_index(max(start, end - 1))].number
        return f"第 {first} {self.unit}" if first == last else f"第 {first}—{last} {self.unit}"


def _boundaries(text: str) -> list[int]:
    """Return where sentences end."""
    parts = by_line(
        "boundaries",
        text.replace("\r\n", " \n"),
        lambda part: [match.end() for match in _BOUNDARY.finditer(part)],
    )
    return [begin + end for begin, ends in parts for end in (0, *ends)]


def _lines(text: str, *, blank_lines_count: bool) -> list[Line]:
    lines: list[Line] = []
    start = number = 0
    breaks = [match.span() for match in LINE_BREAK.finditer(text)]
    for end, following in [*breaks, (len(text), len(text))]:
        number += blank_lines_count or bool(text[start:end].strip())
        lines.append(Line(start, end, max(1, number)))
        start = following
    return lines


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the stretches in order, those that overlap or repeat made one."""
    whole: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if whole and start < max(whole[-1][1], whole[-1][0] + 1):
            whole[-1] = (whole[-1][0], max(whole[-1][1], end))
        else:
            whole.append((start, end))
    return whole


def quote(
    text: str,
    spans: Sequence[tuple[int, int]],
    sentence: tuple[int, int],
    *,
    around: int = 24,
    within: int = 72,
) -> tuple[Piece, ...]:
    """Quote stretches of one sentence with the words around them.

    Parameters
    ----------
    text : str
        ``Result.text``.
    spans : sequence of (int, int)
        The stretches to mark, in order and without overlap, in code points.
    sentence : (int, int)
        The sentence in which the first begins; a last one may end beyond it.
    around : int
        At most so many characters of the sentence before the first and after the last stretch.
    within : int
        Longer stretches and gaps are shortened in their middle to about so many characters.

    Returns
    -------
    tuple of Piece
        All on one line: runs of white space become one space.
    """
    first, last = spans[0][0], spans[-1][1]
    start = max(sentence[0], first - around)
    end = max(last, min(sentence[1], last + around))
    pieces = [Piece(("…" if start > sentence[0] else "") + _one_line(text[start:first]), marked=False)]
    for (begin, stop), following in zip(spans, [*(span[0] for span in spans[1:]), last], strict=True):
        pieces.append(Piece(shorten(text[begin:stop], within), marked=True))
        pieces.append(Piece(shorten(text[stop:following], within), marked=False))
    pieces.append(Piece(_one_line(text[last:end]) + ("…" if end < sentence[1] else ""), marked=False))
    return tuple(piece for piece in pieces if piece.text)


def shorten(text: str, limit: int) -> str:
    """Return ``text`` on one line, its middle left out where it is longer than ``limit`` characters."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    head = limit * 2 // 3
    return f"{line[:head]}……{line[-(limit - head) :]}"


def _one_line(text: str) -> str:
    return _WHITE.sub(" ", text)
