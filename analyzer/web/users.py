"""Who may use the pages: a file of names, roles and hashed passwords."""

from __future__ import annotations

import json
import os
import secrets
import stat
import tempfile
import threading
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from analyzer.errors import error
from analyzer.web.people import Role

SCHEMA: Final = "shuping.users/1"
LEAST: Final = 12  # characters of a password
MOST: Final = 200  # beyond which nothing is hashed

_FEWEST: Final = 5  # different characters of a password
_LONGEST_NAME: Final = 40
_PRIVATE: Final = 0o600

Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class User:
    """Somebody in the file.

    Parameters
    ----------
    name : str
    role : Role
    hashed : str
        The password as argon2 keeps it: with its salt, and what it took to hash it.
    """

    name: str
    role: Role
    hashed: str


class Users:
    """Those in a file, as it stands: a change counts from the next request on.

    Parameters
    ----------
    path : Path

    Raises
    ------
    ShupingError
        Code ``users`` where the file is none of ours, or others may read it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._stamp: Stamp | None = _stamp(path)
        self._all: Mapping[str, User] = read(path)

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._path

    def __len__(self) -> int:
        return len(self._all)

    def get(self, name: str) -> User | None:
        """Return who has a name; nobody where the file cannot be read any more.

        Raises
        ------
        ShupingError
            Code ``users``.
        """
        with self._lock:
            stamp = _stamp(self._path)
            if stamp is None or stamp != self._stamp:
                self._all, self._stamp = {}, None
                self._all, self._stamp = read(self._path), stamp
            return self._all.get(name)


def _stamp(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def read(path: Path) -> dict[str, User]:
    """Return the users of a file by name.

    Raises
    ------
    ShupingError
        Code ``users``.
    """
    try:
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise error("users", path, detail="别的用户也读得到它", todo=f"请运行 chmod 600 {path}。")
        held = json.loads(path.read_text("utf-8"))
    except OSError as reason:
        detail = "没有这个文件" if isinstance(reason, FileNotFoundError) else (reason.strerror or "读不了")
        raise error("users", path, detail=detail, todo=_MAKE) from None
    except (ValueError, RecursionError):
        raise error("users", path, detail="读不懂", todo=_MAKE) from None
    try:
        return _users(held)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise error("users", path, detail="不是 shuping users 写的文件", todo=_MAKE) from None


_MAKE: Final = "用户文件由 shuping users add 建立和改动，不要手改。"


def _users(held: Any) -> dict[str, User]:
    if held["schema"] != SCHEMA:
        raise ValueError(SCHEMA)
    return {
        name: User(name, Role(each["role"]), str(each["password"])) for name, each in held["users"].items()
    }


def write(path: Path, users: Mapping[str, User]) -> None:
    """Write a file of users that nobody else can read, whole or not at all.

    Raises
    ------
    ShupingError
        Code ``output``.
    """
    told = {
        "schema": SCHEMA,
        "users": {
            name: {"role": str(each.role), "password": each.hashed} for name, each in sorted(users.items())
        },
    }
    part = None
    try:
        number, part = tempfile.mkstemp(prefix=".shuping-users-", dir=path.parent)  # with mode 0600
        with os.fdopen(number, "w", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
            file.flush()
            os.fsync(file.fileno())
        Path(part).replace(path)
    except OSError as reason:
        if part is not None:
            with suppress(OSError):
                Path(part).unlink()
        raise error("output", path, detail=reason.strerror or str(reason)) from None


def known_as(given: str) -> str:
    """Return a name as it is kept, however it was typed."""
    return unicodedata.normalize("NFC", given.strip())


def fault_of_name(name: str) -> str | None:
    """Return what is wrong with a name for a user, None where nothing is."""
    if not name:
        return "名字不能空着"
    if len(name) > _LONGEST_NAME:
        return f"名字不能超过 {_LONGEST_NAME} 字"
    if ":" in name or not name.isprintable():
        return "名字里不能有冒号和看不见的字符"
    return None


def fault_of_password(password: str, name: str) -> str | None:
    """Return what is wrong with a password, None where nothing is."""
    if len(password) < LEAST:
        return f"口令至少要 {LEAST} 个字符"
    if len(password) > MOST:
        return f"口令不能超过 {MOST} 个字符"
    if len(set(password)) < _FEWEST:
        return f"口令里至少要有 {_FEWEST} 个不同的字符"
    if name.casefold() in password.casefold():
        return "口令里不能有名字"
    return None


def hashed(password: str) -> str:
    """Return a password as it is kept."""
    return _HASHER.hash(_as_typed(password))


def verified(user: User | None, password: str) -> bool:
    """Whether a password is a user's; takes as long where there is no such user."""
    try:
        _HASHER.verify(user.hashed if user else _nobodys(), _as_typed(password[: MOST + 1]))
    except (VerificationError, InvalidHashError):
        return False
    return user is not None


_HASHER: Final = PasswordHasher()


def _as_typed(password: str) -> bytes:
    """Return the same bytes for what looks the same; keyboards differ in how they write it."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


@cache
def _nobodys() -> str:
    return _HASHER.hash(secrets.token_bytes(16))
