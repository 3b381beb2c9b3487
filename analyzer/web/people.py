"""Who is asking; what the role lets one do stands in `analyzer.web.access`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from starlette.requests import Request

from analyzer.errors import error


class Role(StrEnum):
    """What somebody does here."""

    WRITER = "writer"
    INSPECTOR = "inspector"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may use the pages.

    Parameters
    ----------
    name : str
        By which decisions go on record; empty for whoever sits at this computer where there are no users,
        who is asked for a name with each decision.
    role : Role
    """

    name: str
    role: Role


# Whoever sits at the computer that the server runs on may do all; there are no users to keep apart.
HERE: Final = Person("", Role.ADMINISTRATOR)


def person(request: Request) -> Person:
    """Return who is asking, as the guard has found out.

    Raises
    ------
    ShupingError
        ``forbidden`` where nobody has found out.
    """
    found: Person | None = getattr(request.state, "person", None)
    if found is None:
        raise error("forbidden")
    return found
