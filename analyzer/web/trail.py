"""The trail of who may come in and who did: a store's trail, in a file beside that of the users.

It is there whether results are stored or not, so that there is one place to look.  No password goes into it,
and no name that is not in the file of users: people type passwords where their names should stand.
"""

from __future__ import annotations

import getpass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.errors import ShupingError, error

if TYPE_CHECKING:
    from analyzer.store.store import Store


class Event(StrEnum):
    """What is put down."""

    SIGNED_IN = "signed-in"
    REFUSED = "sign-in-refused"
    LOCKED_OUT = "locked-out"
    SIGNED_OUT = "signed-out"
    USER_ADDED = "user-added"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105 - the name of an event
    ROLE_CHANGED = "role-changed"
    USER_REMOVED = "user-removed"


def trail_of(users: Path) -> Store:
    """Return the trail of a file of users; made where there is none, for nobody else to read.

    Raises
    ------
    ShupingError
        Code ``access-trail``.
    """
    from analyzer.store.store import Store  # with its database, which a server without users can do without

    path = users.with_suffix(".trail.db")
    try:
        return Store.open(path)
    except ShupingError as failure:
        raise error("access-trail", detail=failure.message) from None


def account() -> str:
    """Return as whom somebody uses this computer, who changes users at its command line."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name
        return "?"
