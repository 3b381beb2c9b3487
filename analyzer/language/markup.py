"""Marks of Markdown, which drafts from chat programs bring along.

Two stars also stand for what was never filled in (走访**户).  A pair is taken for bold type where it is set
as a heading or a lead is; any other pair only in a text whose other stars stand before no unit and no name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from analyzer.language.layout import LOOSE_NUMBER
from analyzer.lexicons import table
from analyzer.reading.document import blanked

Span = tuple[int, int]

_INVISIBLE = "\u200b"
_STARS = re.compile(r"(?<!\*)\*\*(?!\*)")
_PAIR = re.compile(r"(?<!\*)\*\*(?![\s*])([^*\n]{2,80})(?<!\s)\*\*(?!\*)")
_ORDINAL = re.compile(LOOSE_NUMBER)
_STOPS = "，。：；、！？"
_BEFORE = re.compile(rf"[\s{_STOPS}（]")
_AFTER = re.compile(rf"[\s{_STOPS}（）]|$")
# A line of nothing but stars; the mark of a list before the number that an item has anyway.
_LINES = re.compile(rf"(?m)^[ ]*\*[ ]*\*[ ]*\*[* ]*$|^[ ]*[-*+][ ]+(?=(?:\*\*)?{LOOSE_NUMBER})")
_NOTE = re.compile(r"(?m)^[ ]*\*[ ]?(?=[^\s*])")
_REFERENCE = re.compile(r"(?<=[^\s*0-9])\*(?![*0-9])")


def without_markup(text: str) -> str:
    """Return a text whose lines end in a line feed with such marks made invisible, its length kept."""
    if not ("*" in text or "- " in text or "+ " in text):  # most texts: a look that costs nothing
        return text
    lines = (match.span() for match in _LINES.finditer(text))
    return blanked(text, [*lines, *_bold(text), *_footnote(text)], _INVISIBLE)


def _bold(text: str) -> Iterator[Span]:
    pairs = list(_PAIR.finditer(text))
    marks = {mark for pair in pairs for mark in _marks(pair)}
    set_marks = {mark for pair in pairs if _is_set(pair) for mark in _marks(pair)}
    others = {match.span() for match in _STARS.finditer(text)} - set_marks
    is_clear = others <= marks and not any(_blank().match(text, end) for _, end in others)
    yield from marks if is_clear else set_marks


def _marks(pair: re.Match[str]) -> tuple[Span, Span]:
    return (pair.start(), pair.start() + 2), (pair.end() - 2, pair.end())


def _is_set(pair: re.Match[str]) -> bool:
    """Return whether bold type begins and ends as that of a heading or a lead does."""
    text, inside = pair.string, pair[1]
    if _ORDINAL.match(inside):
        return True
    if any(_blank().match(text, end) for _, end in _marks(pair)):
        return False
    begins = pair.start() == 0 or _BEFORE.match(text, pair.start() - 1)
    return inside[-1] in _STOPS or bool(begins and _AFTER.match(text, pair.end()))


def _footnote(text: str) -> list[Span]:
    """Return a star that refers to a note, and the one before the note, where a text has one of each."""
    notes = [match.span() for match in _NOTE.finditer(text)]
    references = [match.span() for match in _REFERENCE.finditer(text)]
    if len(notes) != 1 or len(references) != 1 or _blank().match(text, references[0][1]):
        return []
    return [*references, *notes]


@cache
def _blank() -> re.Pattern[str]:
    """Return what follows stars that stand for a number or a name."""
    lexicon = table("stand-ins.toml")
    return re.compile(rf"{lexicon['units']['pattern']}|(?:{lexicon['entities']['pattern']})(?![民长])")
