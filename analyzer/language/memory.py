"""What has been found of sentences, for when they come again: a draft is checked after every edit.

Off unless a process that checks drafts asks for it.  What is remembered is what would be found anew, so that
results are the same; all of it depends on nothing but the words that it is remembered by.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Found = TypeVar("Found")
Floats = npt.NDArray[np.float32]
_MOST = 60_000  # entries; a draft of 4,000 characters has some 5,000
_UNKNOWN = object()
_ENTRY = 256  # bytes of words and what is found in them that count as an entry more


class _Known(dict[Hashable, Any]):
    """What was found in answer to one question; `lacks` becomes true where something is not there."""

    lacks = False

    def __missing__(self, _: Hashable) -> object:
        self.lacks = True
        return _UNKNOWN


class Memory:
    """What was found, by the words that it was found in.

    Parameters
    ----------
    most : int
        After so many new entries, those that nobody has asked for since the last time are forgotten.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._size = 0
        self._recent: dict[Hashable, _Known] = {}
        self._before: dict[Hashable, _Known] = {}

    def each(
        self,
        question: Hashable,
        words: Sequence[Hashable],
        find: Callable[[list[int]], Iterable[Found]],
    ) -> list[Found]:
        """Return what is found in each of some words.

        Parameters
        ----------
        question : hashable
            What is asked of the words.
        words : sequence of hashable
            All that the answer depends on.
        find : callable
            Takes the places of some of `words`; returns what is found in each, which nobody may change.
        """
        if self._size > self._most:
            self._before, self._recent, self._size = self._recent, {}, 0
        known = self._recent.setdefault(question, _Known())
        known.lacks = False
        found = list(map(known.__getitem__, words))
        if known.lacks:
            missing = [place for place, each in enumerate(found) if each is _UNKNOWN]
            before = self._before.get(question, _Known())
            new: dict[Hashable, int] = {}
            for place in missing:
                each = words[place]
                if each in before:
                    self._keep(known, each, before[each])
                elif each not in known:
                    new.setdefault(each, place)
            if new:
                for each, answer in zip(new, find(list(new.values())), strict=True):
                    self._keep(known, each, answer)
            for place in missing:
                found[place] = known[words[place]]
        return found

    def _keep(self, known: dict[Hashable, Any], each: Hashable, found: Any) -> None:
        if each not in known:
            known[each] = found
            self._size += 1 + (_size(each) + _size(found)) // _ENTRY

    def rows(
        self,
        question: Hashable,
        words: Sequence[Hashable],
        find: Callable[[list[int]], Floats],
    ) -> Floats:
        """Return what is found in `each` of some words as rows of figures."""
        if not words:
            return find([])
        found = self.each(question, words, lambda places: (row.tobytes() for row in find(places)))
        return np.frombuffer(bytearray().join(found), dtype=np.float32).reshape(len(words), -1)


def _size(thing: object) -> int:
    """Return about how many bytes something takes."""
    if isinstance(thing, str | bytes):
        return len(thing)
    if isinstance(thing, set):
        return 100 * len(thing)  # its words, which few others share
    if isinstance(thing, tuple | list):
        return 16 * len(thing) + sum(map(_size, thing))
    return getattr(thing, "nbytes", 0)


_memory: Memory | None = None


def remember() -> None:
    """Remember from now on, in this process."""
    global _memory
    _memory = _memory or Memory()


def memory() -> Memory | None:
    """Return what this process remembers, None where it is not to."""
    return _memory


def each(
    question: Hashable, words: Sequence[Hashable], find: Callable[[list[int]], Iterable[Found]]
) -> list[Found]:
    """Return what is found in each of some words, as `Memory.each` does where this process remembers."""
    return list(find(list(range(len(words))))) if _memory is None else _memory.each(question, words, find)


def by_line(question: Hashable, text: str, find: Callable[[str], Found]) -> list[tuple[int, Found]]:
    r"""Return what is found in a text, and where the part of it begins that it was found in.

    A part is a line where this process remembers, else the whole text.

    Parameters
    ----------
    question : hashable
        What is asked of the text.
    text : str
        Its lines are separated by ``\n``.
    find : callable
        Takes a part; nothing in a line may depend on another one.  Nobody may change what it returns.
    """
    if _memory is None:
        return [(0, find(text))]
    lines, begins = _lines(text)
    found = _memory.each(question, lines, lambda places: (find(lines[place]) for place in places))
    return list(zip(begins, found, strict=True))


@lru_cache(4)  # of a report: as read, without garble, repaired, and its clauses
def _lines(text: str) -> tuple[list[str], list[int]]:
    """Return the lines of a text and where each begins."""
    lines = text.split("\n")
    return lines, list(accumulate([len(line) + 1 for line in lines[:-1]], initial=0))


def runs_on(pattern: re.Pattern[str]) -> bool:
    """Whether what a pattern matches may run on beyond a line, so that it cannot be looked for `by_line`."""
    return _holds_run(pattern.pattern)


@cache
def _holds_run(pattern: str) -> bool:
    classes = (part.partition("]")[0] for part in pattern.split("[^")[1:])
    return any("\n" not in each and r"\n" not in each for each in classes)


def stretches(
    question: Hashable, text: str, find: Callable[[str], list[tuple[int, int]]]
) -> list[tuple[int, int]]:
    """Return the stretches of a text that are found in it, `by_line`."""
    return [
        (begin + low, begin + high) for begin, some in by_line(question, text, find) for low, high in some
    ]


def rows(question: Hashable, words: Sequence[Hashable], find: Callable[[list[int]], Floats]) -> Floats:
    """Return what is found in each of some words, as `Memory.rows` does where this process remembers."""
    return find(list(range(len(words)))) if _memory is None else _memory.rows(question, words, find)
