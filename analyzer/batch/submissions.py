"""What was handed in: the files behind the paths that a user names."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from analyzer.errors import ShupingError, error
from analyzer.reading import SUFFIXES

_LOCK = "~$"  # Word and WPS leave such a file beside each document that is open

_MAC = "__MACOSX"  # what macOS adds to the archives that it makes


@dataclass(frozen=True, slots=True)
class Submission:
    """One report to be read: a file, or the bytes that were piped in (then `path` is None)."""

    path: Path | None
    data: bytes = b""

    @property
    def name(self) -> str:
        """What it is called in messages."""
        return str(self.path) if self.path else "标准输入"


def find(paths: Iterable[Path]) -> Iterator[Submission | ShupingError]:
    """Yield the reports behind paths, each once.

    Parameters
    ----------
    paths : iterable of Path
        Files, whatever their suffix, and folders, of which the readable formats are taken, subfolders
        included; hidden files and the lock files of office programs are left out.

    Yields
    ------
    Submission or ShupingError
        In the order given, within a folder by name; ``not-found``, ``not-readable`` or ``empty-folder``
        in the place of what cannot be had.
    """
    seen: set[str] = set()
    for given in paths:
        for found in walk(given) if os.path.isdir(given) else _alone(given):  # noqa: PTH112 - never raises
            if isinstance(found, ShupingError):
                yield found
            elif (key := os.path.abspath(found)) not in seen:  # noqa: PTH100 - unlike resolve, keeps links
                seen.add(key)
                yield Submission(found)


def _alone(path: Path) -> Iterator[Path | ShupingError]:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        yield error("not-found", path)
    except (OSError, ValueError):
        yield path  # reading it says what is wrong with it
    else:
        yield path


def walk(folder: Path, suffixes: tuple[str, ...] = SUFFIXES) -> Iterator[Path | ShupingError]:
    """Yield the files of a folder that end so, subfolders included, by name; then what was closed."""
    closed: list[OSError] = []
    files = []
    for root, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = [name for name in folders if not is_hidden(name)]
        files += [Path(root, name) for name in names if is_handed_in(name, suffixes)]
    yield from sorted(files)
    for failure in closed:
        yield error("not-readable", Path(failure.filename or folder), detail=failure.strerror or "")
    if not files and not closed:
        yield error("empty-folder", folder)


def is_handed_in(name: str, suffixes: tuple[str, ...] = SUFFIXES) -> bool:
    """Tell whether a file of this name is meant to be read, not left there by a program."""
    return not is_hidden(name) and name.lower().endswith(suffixes)


def is_hidden(name: str) -> bool:
    """Tell whether a file or folder is one that programs leave behind."""
    return name.startswith((".", _LOCK)) or name == _MAC
