"""Which address is for whom.

The guard asks here before any route is reached, and no route asks again: this is the only place.  What does
not stand here is for administrators only.
"""

from __future__ import annotations

from typing import Final

from analyzer.web.people import Role

SIGN_IN: Final = "/sign-in"
SIGN_OUT: Final = "/sign-out"
TRAIL: Final = "/access"  # who came in, and who may
API: Final = "/api/"  # below this, programs may send name and password with each request
BATCHES: Final = "/api/v1/batches"
SCRIPTS: Final = ("main", "editor", "offsets", "draft", "panels", "changes", "notes", "dom")

# For everybody, a stranger too: whether the server is there, and what it takes to sign in.
OPEN: Final = frozenset({"/health", "/page.css", SIGN_IN})

_ALL: Final = frozenset(Role)
_ADMINISTERING: Final = frozenset({Role.ADMINISTRATOR})
_WRITING: Final = frozenset({Role.WRITER, Role.INSPECTOR, Role.ADMINISTRATOR})
_INSPECTING: Final = frozenset({Role.INSPECTOR, Role.ADMINISTRATOR})
_TRENDS: Final = frozenset({Role.ANALYST, Role.INSPECTOR, Role.ADMINISTRATOR})

_EXACTLY: Final = {"/": _ALL, **{f"/{name}.js": _ALL for name in SCRIPTS}}
# An address and all below it; of two, the first.
_ROOMS: Final = {
    SIGN_OUT: _ALL,
    TRAIL: _ADMINISTERING,
    "/api/v1/openapi.json": _ALL,
    "/api/v1/rules": _ALL,
    "/api/v1/score": _WRITING,
    "/api/v1/files": _WRITING,
    "/page": _WRITING,
    BATCHES: _INSPECTING,
    "/inspect/files": _TRENDS,
    "/inspect/batches": _TRENDS,
    "/inspect": _INSPECTING,
    "/trends": _TRENDS,
}
_READING: Final = ("GET", "HEAD")


def is_listed(path: str) -> bool:
    """Whether it has been said for whom an address is."""
    return path in OPEN or _roles(path) is not None


def admits(role: Role, method: str, path: str) -> bool:
    """Whether a role may ask for an address; analysts only read."""
    if path in OPEN or role is Role.ADMINISTRATOR or path == SIGN_OUT:
        return True
    if role is Role.ANALYST and method not in _READING:
        return False
    return role in (_roles(path) or ())


def home(role: Role) -> str:
    """Return where somebody of a role begins; who comes to the first page is sent there."""
    return "/trends" if role is Role.ANALYST else "/"


def _roles(path: str) -> frozenset[Role] | None:
    if path in _EXACTLY:
        return _EXACTLY[path]
    below = (room for room in _ROOMS if path == room or path.startswith(f"{room}/"))
    return next((_ROOMS[room] for room in below), None)
