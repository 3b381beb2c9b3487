"""Quotations that fit into a sentence of ours: whole clauses, their marks in pairs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

from analyzer.language.memory import each
from analyzer.lexicons import table
from analyzer.rules.places import inside_marks, letters

_STOP = re.compile(r"[，。；：！？,;:!?\n]|\.(?!\d)")
_FINAL = "。；！？.!?;\n"
_SENTENCE = re.compile(r"[^。；！？\n]+")
_MARKS = "，。；：！？、,;:.!? \t\u3000"
_PAIRS = {"”": "“", "》": "《", "）": "（", ")": "(", "」": "「", "】": "【"}

_PAIRED = re.compile("[{}]".format(re.escape("".join([*_PAIRS, *_PAIRS.values()]))))
_UNFINISHED = re.compile(r"\w|[，、]")
_BLANKS = "\r\n \t\u3000"
_WINDOW = 200  # characters in which the line before is looked for

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Words:
    """What ``advice.toml`` says of quotations."""

    head: re.Pattern[str]
    hanging: re.Pattern[str]
    shortest: int
    telling: int
    broken: int


@cache
def _words() -> _Words:
    advice = table("advice.toml")
    trim = advice["trim"]
    return _Words(
        re.compile(trim["head"]),
        re.compile(trim["hanging"]),
        advice["shortest"],
        advice["telling"],
        advice["broken"],
    )


def quotation(
    text: str, start: int, end: int, limit: int, *, last: bool = False, praise: bool = False
) -> Span | None:
    """Return the stretch of ``text[start:end]`` to quote, None where there is none worth it.

    Parameters
    ----------
    text : str
    start, end : int
        What is quoted from; a number at its head is left out.
    limit : int
        The most non-blank characters; the stretch is made of whole clauses, of one sentence if that is
        enough, and of as many as fit.
    last : bool
        Quote the last clauses instead of the first.
    praise : bool
        Nothing short will do.
    """
    low = max(0, start - _WINDOW)
    words = text[low : end + 1], start - low, end - low, limit, last, praise
    (span,) = each("quotable", [words], lambda _: [_quotation(*words)])
    return span and (low + span[0], low + span[1])


def _quotation(text: str, start: int, end: int, limit: int, last: bool, praise: bool) -> Span | None:
    if _is_torn(text, start):
        return None
    words = _words()
    head = words.head.match(text[start:end])
    start += head.end() if head else 0
    stops = (match.start() for match in _STOP.finditer(text, start, end) if not _is_torn(text, match.end()))
    options: Iterable[Span]  # most stretches go on far beyond the limit: stops are looked for as needed
    if last:
        options = [(stop + 1, end) for stop in reversed(list(stops))] + [(start, end)]
    else:
        options = ((start, stop) for stop in chain(stops, [end]))
    least = words.telling if last or praise else words.shortest
    best = None
    for low, high in options:
        if high - low < least:
            continue
        span = _bare(text, low, high)
        piece = text[slice(*span)]
        size = letters(piece)
        if size > limit:
            break
        if size >= least and _is_paired(piece):
            if not is_whole(text, span) and words.hanging.search(piece):
                continue
            best = span
            if text[high : high + 1] in _FINAL and not last:
                break
    return best


def is_whole(text: str, span: Span) -> bool:
    """Whether a quotation ends where a sentence does."""
    return text[span[1] : span[1] + 1] in ("", *_FINAL) and not _is_torn(text, span[1] + 1)


def sentence_start(text: str, position: int) -> int:
    """Return where the sentence of a position begins."""
    start = position
    while True:
        start = max(text.rfind(mark, 0, start) for mark in _FINAL if mark != ".") + 1
        if not start or not _is_torn(text, start):
            return start
        start -= 1


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the sentences of a stretch; a line broken by count ends none."""
    begin = -1
    for match in _SENTENCE.finditer(text, start, end):
        begin = match.start() if begin < 0 else begin
        if text[match.end() : match.end() + 1] != "\n" or not _is_torn(text, match.end() + 1):
            yield begin, match.end()
            begin = -1
    if begin >= 0:
        yield begin, end


def shown(text: str, span: Span) -> str:
    """Return how a stretch looks inside our quotation marks: on one line, its own marks made single."""
    return inside_marks(text[slice(*span)])


def _bare(text: str, start: int, end: int) -> Span:
    """Return the stretch without the marks and blanks at its ends."""
    piece = text[start:end]
    low = start + len(piece) - len(piece.lstrip(_MARKS + "\n\r"))
    return low, max(low, start + len(piece.rstrip(_MARKS + "\n\r")))


def _is_torn(text: str, start: int) -> bool:
    """Whether a line begins there because the one before was broken by count."""
    if text[start - 1 : start] not in _BLANKS:
        return False
    window = text[max(0, start - _WINDOW) : start]
    before = window.rstrip(_BLANKS)
    if "\n" not in window[len(before) :]:
        return False
    line = before[before.rfind("\n") + 1 :].strip()
    return len(line) > _words().broken and bool(_UNFINISHED.match(line[-1]))


def _is_paired(piece: str) -> bool:
    if not _PAIRED.search(piece):
        return True
    open_marks: list[str] = []
    for char in piece:
        if char in _PAIRS.values():
            open_marks.append(char)
        elif char in _PAIRS and (not open_marks or open_marks.pop() != _PAIRS[char]):
            return False
    return not open_marks
