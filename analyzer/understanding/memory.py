"""What has been found of sentences, for when they come again: a draft is checked after every edit.

Off unless a process that checks drafts asks for it.  What is remembered is what would be found anew, so that
results are the same; all of it depends on nothing but the words that it is remembered by.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
_MOST = 60_000  # entries


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
        self._recent: dict[Hashable, dict[Hashable, bytes]] = {}
        self._before: dict[Hashable, dict[Hashable, bytes]] = {}

    def found(
        self,
        question: Hashable,
        words: Sequence[Hashable],
        find: Callable[[list[int]], Iterable[npt.NDArray[np.generic]]],
    ) -> bytearray:
        """Return what is found in some words, one after another.

        Parameters
        ----------
        question : hashable
            What is asked of the words.
        words : sequence of hashable
            All that the answer depends on.
        find : callable
            Takes the places of some of `words`; returns what is found in each.
        """
        if self._size > self._most:
            self._before, self._recent, self._size = self._recent, {}, 0
        known = self._recent.setdefault(question, {})
        before = self._before.get(question, {})
        new: dict[Hashable, int] = {}
        for place, each in enumerate(words):
            if each in known:
                continue
            if each in before:
                known[each] = before[each]
                self._size += 1
            else:
                new.setdefault(each, place)
        if new:
            for each, row in zip(new, find(list(new.values())), strict=True):
                known[each] = row.tobytes()
            self._size += len(new)
        return bytearray().join([known[each] for each in words])

    def rows(
        self,
        question: Hashable,
        words: Sequence[Hashable],
        width: int,
        find: Callable[[list[int]], Floats],
    ) -> Floats:
        """Return what is `found` in some words as rows of so many figures."""
        found = np.frombuffer(self.found(question, words, find), dtype=np.float32)
        return found.reshape(len(words), width)


_memory: Memory | None = None


def remember() -> None:
    """Remember from now on, in this process."""
    global _memory
    _memory = _memory or Memory()


def memory() -> Memory | None:
    """Return what this process remembers, None where it is not to."""
    return _memory
