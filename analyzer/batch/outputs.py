"""The files that come out: names that do not clash, and no half-written file."""

from __future__ import annotations

import contextlib
import os
import shutil
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TextIO

from analyzer.batch.submissions import Submission
from analyzer.errors import error

_PIPED = "stdin"
_UNFINISHED = ".shuping-"  # begins the name of all that is not yet in its place
_numbers = count()  # of the files that are being written, of which there may be several in a folder


def names(submissions: Sequence[Submission]) -> list[str]:
    """Return a name for each submission's output, without suffix, no two alike on any file system.

    It is the file's own name.  Where several files have the same, the folders that tell them apart stand
    before it (``甲局-述职报告``), and where only the suffix does, that stays (``述职报告.docx``).
    """
    given = [_candidates(submission) for submission in submissions]
    chosen = [0] * len(given)
    while True:
        made = [candidates[k] for candidates, k in zip(given, chosen, strict=True)]
        counts = Counter(map(_folded, made))
        raised = [
            min(k + (counts[_folded(name)] > 1), len(candidates) - 1)
            for name, k, candidates in zip(made, chosen, given, strict=True)
        ]
        if raised == chosen:
            return _numbered(made)
        chosen = raised


def _candidates(submission: Submission) -> list[str]:
    """Return names from the shortest to the most telling."""
    if submission.path is None:
        return [_PIPED]
    path = Path(os.path.abspath(submission.path))  # noqa: PTH100 - unlike resolve, keeps links
    parents = path.parts[1:-1]
    plain = ["-".join([*parents[len(parents) - k :], path.stem]) for k in range(len(parents) + 1)]
    return [plain[0], path.name, *plain[1:], "-".join([*parents, path.name])]


def _numbered(made: list[str]) -> list[str]:
    """Return the names with a number added to each that is like an earlier one."""
    taken: set[str] = set()
    unique = []
    for name in made:
        free, number = name, 2
        while _folded(free) in taken:
            free, number = f"{name}-{number}", number + 1
        taken.add(_folded(free))
        unique.append(free)
    return unique


def _folded(name: str) -> str:
    """Return the name as file systems see it that know neither case nor forms of Unicode."""
    return unicodedata.normalize("NFC", name).casefold()


@contextmanager
def written(path: Path) -> Iterator[TextIO]:
    """Give a UTF-8 text file that takes its place only when it is complete.

    Raises
    ------
    ShupingError
        Code ``output`` where it cannot be written; what stood there before is then still there.
    """
    with placed(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        yield file


def write_document(path: Path, document: str | bytes) -> None:
    """Write a whole document, text ending with one line break; otherwise as `written`."""
    if isinstance(document, str):
        with written(path) as file:
            file.write(document.rstrip("\n") + "\n")
    else:
        with placed(path) as part:
            part.write_bytes(document)


@contextmanager
def placed(path: Path) -> Iterator[Path]:
    """Give the path of a file that is moved to its place when whoever writes it is done.

    Raises
    ------
    ShupingError
        Code ``output`` where it cannot be written; what stood there before is then still there.
    """
    part = path.with_name(f"{_UNFINISHED}{os.getpid()}-{next(_numbers)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield part
        part.replace(path)
    except OSError as reason:
        raise error("output", path, detail=reason.strerror or str(reason)) from reason
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def clear(folder: Path, kept: Iterable[Path]) -> None:
    """Take away what an earlier run has left in a folder of its own, all but some files."""
    stay = set(kept)
    for path in folder.glob("*"):
        if path not in stay:
            path.unlink()


def sweep(folders: Iterable[Path]) -> None:
    """Take away what killed runs have left unfinished in some folders, as far as that is possible."""
    for path in (path for folder in folders for path in folder.glob(f"{_UNFINISHED}*")):
        with contextlib.suppress(OSError):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
