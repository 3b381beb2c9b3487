"""What a wording says, and which cues it holds.

No line break stands in a sentence or a clause, so that many of them can be looked through as the lines of
one text, which spares a call for each of them and each cue.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache
from itertools import accumulate
from operator import add

import numpy as np

from analyzer.language.memory import each, rows
from analyzer.lexicons import patterns
from analyzer.understanding.linear import Floats

# What makes a pattern ask for more than the characters it matches, an edge of the text or what stands beside;
# or run on over all lines.
_LOOKS_AROUND = re.compile(
    r"(?<!\[)\^|\$|\\[AbBZ]|\(\?<|\(\?=|\(\?![^)]*(?:\.|\[\^)|\[\^[^]]*\](?:[*+]|\{\d*,\})"
)


def content(text: str) -> set[str]:
    """Return the bigrams of what a wording says once negation, degree and set words are left out."""
    bare = patterns("causes.toml")["neutral"].sub("", text)
    return set(map(add, bare, bare[1:]))


def contents(texts: Sequence[str]) -> list[set[str]]:
    """Return the `content` of each sentence or clause; none holds a line break."""
    return each("content", texts, lambda some: _contents([texts[place] for place in some]))


def _contents(texts: Sequence[str]) -> list[set[str]]:
    bare = patterns("causes.toml")["neutral"].sub("", "\n".join(texts)).split("\n")
    return [set(map(add, words, words[1:])) for words in bare[: len(texts)]]


def nearness(some: set[str], others: set[str]) -> float:
    """Return what share of the smaller content two wordings share."""
    return len(some & others) / (1 + min(len(some), len(others)))


def held(cues: Sequence[re.Pattern[str]], texts: Sequence[str]) -> Floats:
    """Return which cues each sentence or clause holds, shape (n_texts, n_cues).

    A cue that begins with ``^`` has no alternative outside of brackets.
    """
    return _remembered(_held, cues, texts)


def counted(cues: Sequence[re.Pattern[str]], texts: Sequence[str]) -> Floats:
    """Return how often each sentence or clause holds cues that match no empty stretch, shape as of `held`."""
    return _remembered(_counted, cues, texts)


def _remembered(
    find: Callable[[Sequence[re.Pattern[str]], Sequence[str]], Floats],
    cues: Sequence[re.Pattern[str]],
    texts: Sequence[str],
) -> Floats:
    return rows((find, *cues), texts, lambda some: find(cues, [texts[place] for place in some]))


def _held(cues: Sequence[re.Pattern[str]], texts: Sequence[str]) -> Floats:
    lines, nexts = _lined_up(texts)
    found: list[int] = []
    for column, cue in enumerate(cues):
        rows = _single(cue, texts) if _looks_around(cue) else _together(cue, texts, lines, nexts)
        found += [row * len(cues) + column for row in rows]
    holds = np.zeros(len(texts) * len(cues), dtype=np.float32)
    holds[found] = 1
    return holds.reshape(len(texts), len(cues))


@cache
def _looks_around(cue: re.Pattern[str]) -> bool:
    return _LOOKS_AROUND.search(cue.pattern) is not None


def _counted(cues: Sequence[re.Pattern[str]], texts: Sequence[str]) -> Floats:
    lines, nexts = _lined_up(texts)
    counts = np.zeros((len(texts), len(cues)), dtype=np.float32)
    for column, cue in enumerate(cues):
        if _looks_around(cue):
            counts[:, column] = [len(cue.findall(text)) for text in texts]
            continue
        torn: set[int] = set()  # lines that a match runs over
        for match in cue.finditer(lines):
            row = bisect_right(nexts, match.start())
            counts[row, column] += 1
            if match.end() >= nexts[row]:
                torn.update(range(row, bisect_right(nexts, match.end()) + 1))
        for row in torn.intersection(range(len(texts))):
            counts[row, column] = len(cue.findall(texts[row]))
    return counts


def _lined_up(texts: Sequence[str]) -> tuple[str, list[int]]:
    """Return the texts as lines of one, and where the line after each begins."""
    return "\n".join(texts), list(accumulate(len(text) + 1 for text in texts))


def _single(cue: re.Pattern[str], texts: Sequence[str]) -> list[int]:
    """Return which texts hold the cue, each looked through by itself."""
    find = cue.match if cue.pattern.startswith("^") else cue.search
    return [row for row, text in enumerate(texts) if find(text)]


def _together(cue: re.Pattern[str], texts: Sequence[str], lines: str, nexts: Sequence[int]) -> list[int]:
    """Return which texts hold a cue that looks at nothing but what it matches, given them as lines."""
    rows = []
    find = cue.search
    match = find(lines)
    while match:
        row = bisect_right(nexts, match.start())
        # What reaches into the next line (``[^，]`` is a line break, too) tells nothing of this one.
        if match.end() < nexts[row] or find(texts[row]):
            rows.append(row)
        match = find(lines, nexts[row])
    return rows
