"""What in a text can be checked: figures, dates, named documents, by the patterns of ``checkable.toml``."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from analyzer.language.memory import each
from analyzer.lexicons import either, patterns

Stretch = tuple[int, int]
_LEXICON = "checkable.toml"


def places(name: str, text: str) -> list[Stretch]:
    """Return where a text holds what a list of patterns finds: ``figure``, ``date``, ``named``."""
    return [match.span() for match in either(_LEXICON, name).finditer(text)]


def figures(text: str) -> int:
    """Return how many figures a text gives; numbers that only count a list are none."""
    return len(places("figure", text))


def is_checkable(text: str) -> bool:
    """Whether a text gives a figure, a time or a document that could be looked up."""
    (found,) = each("checkable", [text], lambda _: [_is_checkable(text)])
    return found


def _is_checkable(text: str) -> bool:
    return any(either(_LEXICON, name).search(text) for name in ("figure", "date", "named"))


@cache
def _unseen() -> re.Pattern[str]:
    return re.compile(rf"\s|{patterns('invisible.toml')['characters'].pattern}")


def letters(text: str) -> int:
    """Return the number of characters that are seen."""
    bare = "".join(text.split())  # what prints holds none that is not seen: a look that costs little
    return len(bare) if bare.isprintable() else len(_unseen().sub("", bare))


class Letters:
    """How many characters are seen in stretches of one text, which is looked through once for all of them."""

    def __init__(self, text: str) -> None:
        self._unseen = [match.start() for match in _unseen().finditer(text)]
        self.all = len(text) - len(self._unseen)

    def between(self, start: int, end: int) -> int:
        """Return `letters` of ``text[start:end]``, where that is not reversed."""
        return end - start - (bisect_left(self._unseen, end) - bisect_left(self._unseen, start))


@lru_cache(1)
def letters_in(text: str) -> Letters:
    """Return how many characters are seen in stretches of a text, which analysis and rules ask."""
    return Letters(text)


def apart(stretches: Iterable[Stretch], others: Sequence[Stretch]) -> list[Stretch]:
    """Return the stretches that overlap none of some others; these are in order and apart from each other."""
    if not others:
        return list(stretches)
    ends = [end for _, end in others]
    kept = []
    for start, end in stretches:
        at = bisect_right(ends, start)
        if at == len(others) or others[at][0] >= end:
            kept.append((start, end))
    return kept
