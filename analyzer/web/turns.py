"""Whose turn it is: much work of one person must not keep another waiting."""

from __future__ import annotations

from itertools import count
from typing import Generic, TypeVar

Each = TypeVar("Each")


class Turns(Generic[Each]):
    """Things that wait, each of them somebody's; who was served longest ago comes next, the first first."""

    def __init__(self) -> None:
        self._waiting: list[tuple[str, Each]] = []
        self._served: dict[str, int] = {}  # as many as there are users
        self._number = count(1)

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, who: str, each: Each) -> None:
        """Let something of somebody wait."""
        self._waiting.append((who, each))

    def take(self) -> Each:
        """Return what is next, which waits no longer; something must."""
        who, each = found = min(self._waiting, key=lambda pair: self._served.get(pair[0], 0))
        self._waiting.remove(found)
        self._served[who] = next(self._number)
        return each
