"""Slows down who guesses passwords."""

from __future__ import annotations

import ipaddress
import math
import time
from collections import deque
from collections.abc import Callable, Iterator
from typing import Final

from analyzer.errors import error

WINDOW: Final = 15 * 60.0  # seconds in which guesses are counted
# Few of one name from one address.  More of a name from anywhere, so that nobody can keep its owner out
# from one desk; and of an address, behind which a whole office may be.
MOST_OF_BOTH: Final = 5
MOST_OF_NAME: Final = 50
MOST_OF_ADDRESS: Final = 30

_MOST_KEYS: Final = 20_000
_PREFIX: Final = 64  # bits of an IPv6 address that one household or office has


class Throttle:
    """Counts guesses by name and address.

    A guess counts before its password is checked, so that many at once are no way around.

    Parameters
    ----------
    clock : callable
        Returns seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._guesses: dict[tuple[str, str], deque[float]] = {}

    def count(self, name: str, address: str) -> bool:
        """Count a guess, and return whether it is the last that is looked at.

        Raises
        ------
        ShupingError
            Code ``too-many-guesses``; then it is not to be looked at.
        """
        now = self._clock()
        for key, most in _keys(name, address):
            self._check(key, most, now)
        for key, _ in _keys(name, address):
            self._guesses.setdefault(key, deque()).append(now)
        is_last = any(len(self._guesses[key]) >= most for key, most in _keys(name, address))
        while len(self._guesses) > _MOST_KEYS:
            del self._guesses[next(iter(self._guesses))]
        return is_last

    def check(self, name: str, address: str) -> None:
        """See that a name has not been guessed at too often from an address; this is no guess.

        Raises
        ------
        ShupingError
            Code ``too-many-guesses``.
        """
        self._check(*next(_keys(name, address)), self._clock())

    def forgive(self, name: str, address: str) -> None:
        """Forget the last guess, which was right, and those that led to it from the same address."""
        for key, most in _keys(name, address):
            guesses = self._guesses.get(key)
            if guesses and most != MOST_OF_BOTH:
                guesses.pop()
            if not guesses or most == MOST_OF_BOTH:
                self._guesses.pop(key, None)

    def _check(self, key: tuple[str, str], most: int, now: float) -> None:
        guesses = self._since(key, now - WINDOW)
        if len(guesses) >= most:
            raise error("too-many-guesses", minutes=math.ceil((guesses[0] + WINDOW - now) / 60))

    def _since(self, key: tuple[str, str], begin: float) -> deque[float]:
        guesses = self._guesses.get(key, deque())
        while guesses and guesses[0] <= begin:
            guesses.popleft()
        return guesses


def _keys(name: str, address: str) -> Iterator[tuple[tuple[str, str], int]]:
    place = _place(address)
    yield (name, place), MOST_OF_BOTH
    yield (name, ""), MOST_OF_NAME
    yield ("", place), MOST_OF_ADDRESS


def _place(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((int(found), _PREFIX), strict=False))
    return str(found)
