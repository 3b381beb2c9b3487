"""Finds out who is asking: by a session that was opened with a password, or by the password itself."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hmac
import logging
import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection

from analyzer.errors import ShupingError, error
from analyzer.web.access import API
from analyzer.web.people import Person
from analyzer.web.sessions import Sessions, name_of
from analyzer.web.throttle import Throttle
from analyzer.web.trail import Event
from analyzer.web.users import User, Users, known_as, verified

if TYPE_CHECKING:
    from analyzer.store.store import Store

_LOG: Final = logging.getLogger(__name__)
_REMEMBERED: Final = 300.0  # seconds for which a password need not be hashed again; hashing is slow by design
_MOST_REMEMBERED: Final = 1000
_AT_ONCE: Final = 2  # passwords that are hashed at a time: each takes 64 MB
_MOST_WAITING: Final = 20
_LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class Entrant:
    """Who is asking, and what their forms are bound to."""

    person: Person
    session: str


class Door:
    """Lets in those in a file of users.

    Parameters
    ----------
    users : Users
    trail : Store
        Where it is put down who comes in and who does not, see `analyzer.web.trail`.
    clock : callable
        Returns seconds.
    """

    def __init__(self, users: Users, trail: Store, clock: Callable[[], float] = time.monotonic) -> None:
        self._users = users
        self.trail = trail
        self._clock = clock
        self.sessions = Sessions(users, clock)
        self._throttle = Throttle(clock)
        self._secret = secrets.token_bytes(32)
        self._remembered: dict[bytes, tuple[str, float]] = {}
        self._threads = ThreadPoolExecutor(_AT_ONCE)
        self._waiting = 0

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown(cancel_futures=True)

    async def entrant(self, asking: HTTPConnection) -> Entrant | None:
        """Return who is asking, None for a stranger.

        Raises
        ------
        ShupingError
            What `sign_in` raises, for a password sent with the request.
        """
        try:
            token = session_token(asking)
            user = self.sessions.find(token) if token else None
            if user is not None:
                return Entrant(Person(user.name, user.role), name_of(token))
            said = asking.headers.get("authorization", "")
            if said and asking.scope["path"].startswith(API):
                user = await self._program(*_name_and_password(said), address_of(asking))
                return Entrant(Person(user.name, user.role), f"password {user.name}")
        except ShupingError as failure:
            if failure.code == "users":  # nobody can be known then, so nobody is let in
                _LOG.error("%s", failure)
                return None
            raise
        return None

    async def _program(self, name: str, password: str, address: str) -> User:
        """Return who has a name and a password, which are not looked at anew with each request."""
        name = known_as(name[:_LONGEST_NAME])
        # A password is remembered for where it came from: it must be no way around the throttle for others.
        said = f"{name}\0{address}\0{password}".encode("utf-8", "replace")
        mark = hmac.digest(self._secret, said, "sha256")
        user = self._users.get(name)
        self._throttle.check(name, address)
        if user is not None and self._remembers(mark, user):
            return user
        user = await self.sign_in(name, password, address, "api")
        while len(self._remembered) >= _MOST_REMEMBERED:
            del self._remembered[next(iter(self._remembered))]
        self._remembered[mark] = user.hashed, self._clock() + _REMEMBERED
        return user

    async def sign_in(self, name: str, password: str, address: str, way: str = "page") -> User:
        """Return who has a name and a password, after it has been put down that they came.

        Raises
        ------
        ShupingError
            ``wrong-password``, whichever of the two is wrong, ``too-many-guesses`` or ``busy``;
            ``not-recorded`` where it cannot be put down, for nobody comes in unseen.
        """
        name = known_as(name[:_LONGEST_NAME])
        user = self._users.get(name)
        if self._waiting >= _MOST_WAITING:
            raise error("busy")
        is_last_guess = self._throttle.count(name, address)
        self._waiting += 1
        try:
            is_right = await asyncio.get_running_loop().run_in_executor(
                self._threads, verified, user, password
            )
        finally:
            self._waiting -= 1
        if user is None or not is_right:
            who = user.name if user else ""
            await self.put_down(Event.REFUSED, who, address, way)
            if is_last_guess:
                await self.put_down(Event.LOCKED_OUT, who, address, way)
            raise error("wrong-password")
        self._throttle.forgive(name, address)
        if not await self.put_down(Event.SIGNED_IN, user.name, address, way):
            raise error("not-recorded")
        return user

    async def put_down(self, event: Event, who: str, address: str, way: str = "page") -> bool:
        """Put an event down in the trail, and return whether that could be done."""
        told = {"from": address, "way": way}
        try:
            await run_in_threadpool(partial(self.trail.note, event, who, **told))
        except ShupingError as failure:
            _LOG.error("%s", failure)
            return False
        return True

    def _remembers(self, mark: bytes, user: User) -> bool:
        hashed, end = self._remembered.get(mark, ("", 0.0))
        return hashed == user.hashed and self._clock() < end


def cookie(*, secure: bool) -> str:
    """Return the name of the cookie; browsers take one of this prefix from nobody but this host, over TLS."""
    return "__Host-shuping" if secure else "shuping"


def is_secure(asking: HTTPConnection) -> bool:
    """Whether the request has come over TLS, here or as far as a proxy on this computer."""
    return bool(asking.scope["scheme"] == "https")


def session_token(asking: HTTPConnection) -> str:
    """Return the token of the session that a browser says it has."""
    return asking.cookies.get(cookie(secure=is_secure(asking)), "")


def address_of(asking: HTTPConnection) -> str:
    """Return from where somebody asks."""
    return asking.client.host if asking.client else ""


def _name_and_password(said: str) -> tuple[str, str]:
    kind, _, rest = said.partition(" ")
    try:
        held = base64.b64decode(rest.strip(), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        held = ""
    name, colon, password = held.partition(":")
    if kind.lower() != "basic" or not colon:
        raise error("wrong-password")
    return name, password
