"""What web pages put into a text that its copies keep.

Forums strew rows of letters and marks, so that copies show where they are from; sites that make characters
traditional write their sound behind them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from analyzer.language.folding import HAN
from analyzer.reading.document import blanked

# The sound of a character, behind it: 責(zé), 們(men).
SOUND: Final = re.compile(
    rf"[(（](?<=[{HAN}].)(?:[a-zü]{{0,5}}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]{{0,5}}|men|ma|ne|me|zi|de|le)[)）]"
)

_LONGEST = 3  # characters of a word of such a row
_LEAST = 6  # words of a row
_MIXED = 2  # words of a row that hold a letter, and that hold a mark
_PLAIN = re.compile(r"[A-Z][-+\d]?|\|")  # grades, quarters, what parts cells: no sign of garble
_ROWS = 2  # a single one may be anything


def garbled(text: str) -> list[tuple[int, int]]:
    """Return where the rows stand in a text as read; none where it has fewer than two.

    They begin or end a line, or are one: ``: P* C; l: A% y; R _``.
    """
    if text.count(" ") < _ROWS * (_LEAST - 1):  # most texts: a look that costs nothing
        return []
    rows = []
    at = 0
    for line in text.split("\n"):
        bare = line.rstrip()
        if bare[-1:].isascii() and (size := _size([word[::-1] for word in bare.split(" ")[::-1]])):
            rows.append((at + len(bare) - size, at + len(bare)))
        elif bare[:1].isascii() and (size := _size(bare.split(" "))):
            rows.append((at, at + size))
        at += len(line) + 1
    return rows if len(rows) >= _ROWS else []


def without_garble(text: str) -> str:
    """Return a text with such rows blanked out, its length kept."""
    return blanked(text, garbled(text), " ")


def _size(words: Sequence[str]) -> int:
    """Return how many characters the row has with which the words of a line begin.

    Its last character may stand at the next word, whose own first one a figure might be.
    """
    row = list(takewhile(lambda word: len(word) <= _LONGEST and word.isascii(), words))
    filled = [word for word in row if word]
    stray = [word for word in filled if not _PLAIN.fullmatch(word)]
    lettered = sum(any(map(str.isalpha, word)) for word in stray)
    marked = sum(not word.isalnum() for word in stray)
    if len(filled) < _LEAST or lettered < _MIXED or marked < _MIXED:
        return 0
    following = "".join(words[len(row) : len(row) + 1])
    touches = following[:1].isascii() and not following[:1].isdigit()
    return sum(map(len, row)) + len(row) - 1 + (2 if following and touches else 0)
