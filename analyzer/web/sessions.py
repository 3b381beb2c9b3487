"""Who has signed in: kept here, known to a browser by a random token only."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from analyzer.web.users import User, Users

IDLE: Final = 2 * 3600.0  # seconds without a request after which one has to sign in again
LONGEST: Final = 12 * 3600.0  # and after which one has to in any case: a working day

_MOST: Final = 20  # sessions of one person; the one that was idle longest ends first


@dataclass(slots=True)
class _Session:
    name: str
    hashed: str  # the password that it was opened with: a new one ends it
    begun: float
    seen: float


class Sessions:
    """The sessions of a server; they end with it.

    Parameters
    ----------
    users : Users
    clock : callable
        Returns seconds.
    """

    def __init__(self, users: Users, clock: Callable[[], float] = time.monotonic) -> None:
        self._users = users
        self._clock = clock
        self._all: dict[str, _Session] = {}

    def open(self, user: User) -> str:
        """Return the token of a new session of somebody who has shown who they are."""
        now = self._clock()
        self._all = {key: each for key, each in self._all.items() if self._lasts(each, now)}
        mine = [key for key, each in self._all.items() if each.name == user.name]
        if len(mine) >= _MOST:
            del self._all[min(mine, key=lambda key: self._all[key].seen)]
        token = secrets.token_urlsafe(32)
        self._all[name_of(token)] = _Session(user.name, user.hashed, now, now)
        return token

    def find(self, token: str) -> User | None:
        """Return whose session a token is, and count it as used."""
        key, now = name_of(token), self._clock()
        session = self._all.get(key)
        if session is None:
            return None
        user = self._users.get(session.name)
        if user is None or user.hashed != session.hashed or not self._lasts(session, now):
            self._all.pop(key, None)
            return None
        session.seen = now
        return user

    def close(self, token: str) -> None:
        """End a session."""
        self._all.pop(name_of(token), None)

    @staticmethod
    def _lasts(session: _Session, now: float) -> bool:
        return now - session.seen < IDLE and now - session.begun < LONGEST


def name_of(token: str) -> str:
    """Return what a session is called: its token's hash, with which nobody can come in."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
