"""Where in the report something stands, in words and as a quotation."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from analyzer.rendering import labels

LINE_BREAK = re.compile(r"\r\n?|\n")
_SENTENCE_END = re.compile(r"[。！？；!?;]+[”’」』）)》\]】\"']*")
_WHITE = re.compile(r"\s+")
# Formats whose lines a reader can count in an editor; elsewhere paragraphs are what one sees.
_COUNTED_BY_LINE = frozenset({"txt", "md"})


@dataclass(frozen=True, slots=True)
class Line:
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
class Excerpt:
    """A stretch of text with the words around it, shortened to be read on one or two lines."""

    before: str
    marked: str
    after: str


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
    lines : tuple of Line
        All lines in order, blank ones too; at least one.
    unit : str
        ``行`` or ``段``.
    """

    def __init__(self, text: str, form: str) -> None:
        self.unit = "行" if form in _COUNTED_BY_LINE else "段"
        self.lines = tuple(_lines(text, blank_lines_count=self.unit == "行"))
        self._length = len(text)
        self._starts = [line.start for line in self.lines]

    def line_index(self, position: int) -> int:
        """Return the index in ``lines`` of the line that holds the offset ``position``."""
        return max(0, bisect_right(self._starts, position) - 1)

    def name(self, start: int, end: int) -> str:
        """Return the place of ``[start, end)`` in words, such as ``第 12 段`` or ``第 3—5 行``."""
        if (start == end and start in (0, self._length)) or (start == 0 and end == self._length):
            return labels.WHOLE_TEXT
        first = self.lines[self.line_index(start)].number
        last = self.lines[self.line_index(max(start, end - 1))].number
        return f"第 {first} {self.unit}" if first == last else f"第 {first}—{last} {self.unit}"


def _lines(text: str, *, blank_lines_count: bool) -> list[Line]:
    lines: list[Line] = []
    start = number = 0
    for end, following in [(match.start(), match.end()) for match in LINE_BREAK.finditer(text)] + [(len(text), 0)]:
        number += blank_lines_count or bool(text[start:end].strip())
        lines.append(Line(start, end, max(1, number)))
        start = following
    return lines


def excerpt(text: str, start: int, end: int, *, around: int = 24, within: int = 72) -> Excerpt:
    """Quote ``text[start:end]`` inside its sentence.

    Parameters
    ----------
    text : str
        ``Result.text``.
    start, end : int
        The stretch to quote, in code points.
    around : int
        At most so many characters of the sentence on either side.
    within : int
        A longer stretch is shortened in its middle to about so many characters.

    Returns
    -------
    Excerpt
        All three parts on one line: runs of white space become one space.
    """
    lead = text[max(0, start - around) : start]
    for boundary in (LINE_BREAK, _SENTENCE_END):
        last = None
        for last in boundary.finditer(lead):
            pass
        if last is not None:
            lead = lead[last.end() :]
            start_reached = True
            break
    else:
        start_reached = start <= around
    tail = text[end : end + around]
    stop = LINE_BREAK.search(tail)
    if stop is not None:
        tail = tail[: stop.start()]
    ended = _SENTENCE_END.search(text[max(start, end - 1) : end])
    stop_sentence = _SENTENCE_END.search(tail)
    if ended is not None:
        tail = ""
    elif stop_sentence is not None:
        tail = tail[: stop_sentence.end()]
    cut = stop is None and stop_sentence is None and ended is None and end + around < len(text)
    return Excerpt(
        before=("" if start_reached else "…") + _one_line(lead).lstrip(),
        marked=shorten(text[start:end], within),
        after=_one_line(tail).rstrip() + ("…" if cut else ""),
    )


def shorten(text: str, limit: int) -> str:
    """Return ``text`` on one line, its middle left out where it is longer than ``limit`` characters."""
    line = _one_line(text).strip()
    if len(line) <= limit:
        return line
    head = limit * 2 // 3
    return f"{line[:head]}……{line[-(limit - head) :]}"


def _one_line(text: str) -> str:
    return _WHITE.sub(" ", text)
