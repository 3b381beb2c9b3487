"""What is done with one report, wherever: all that it needs comes with it, all that comes of it goes back."""

from __future__ import annotations

import hashlib
import tempfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from analyzer.batch.engine import analyzer_for
from analyzer.batch.intake import Entry
from analyzer.batch.isolation import StartError
from analyzer.beside import Beside
from analyzer.config import Settings
from analyzer.errors import ShupingError, error
from analyzer.result import Result

if TYPE_CHECKING:
    from analyzer.pipeline import Analyzer


_steps: dict[str, Steps] = {}


@dataclass(frozen=True, slots=True)
class Portable:
    """Settings with the files that they name, which another machine may not have.

    Parameters
    ----------
    settings : Settings
    files : tuple of (Path, bytes)
    """

    settings: Settings
    files: tuple[tuple[Path, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """A report and all that decides on its result; the submission holds its bytes.

    Parameters
    ----------
    entry : Entry
    portable : Portable
    beside : Beside
    paged : bool
        Whether a page is made of it.
    """

    entry: Entry
    portable: Portable
    beside: Beside
    paged: bool


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a report.

    Parameters
    ----------
    overall : float or None
        The score, None where none was given.
    line : bytes
        The result as a line of JSON, compressed.
    page : bytes
        Its page; empty where none was asked for.
    signature : bytes
        What copies are found by.
    """

    overall: float | None
    line: bytes
    page: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Steps:
    """What else happens to a result where it is made; functions must be picklable.

    Parameters
    ----------
    settle : callable
        Says whose report it is.
    sign : callable
        Returns what copies are found by; sees the result before names are masked.
    mask : callable
        Returns what may be written: nothing of the result is written that has not gone through it.
    stamp : str
        Tells steps apart that may give different results.
    """

    settle: Callable[[Result, Entry], Result]
    sign: Callable[[Result], bytes]
    mask: Callable[[Result], Result]
    stamp: str = ""


def portable(settings: Settings) -> Portable:
    """Return settings that can be sent to another machine.

    Raises
    ------
    ShupingError
        Code ``config`` where a file that they name cannot be read.
    """
    paths = (*settings.rule_files, *((settings.prices,) if settings.prices else ()))
    try:
        return Portable(settings, tuple((path, path.read_bytes()) for path in paths))
    except OSError as reason:
        raise error("config", settings.path, detail=f"读不出 {reason.filename}") from reason


def load(given: tuple[Portable, ...], steps: Steps) -> None:
    """Load the analyzers of some settings, and what else `score` does in this process.

    Raises
    ------
    ShupingError
        Where one cannot start.
    """
    for each in given:
        _analyzer(each)
    _steps[steps.stamp] = steps


def score(given: Given, stamp: str) -> Made:
    """Return what comes of a report, after `load`; the steps are told by their stamp, for they may be large.

    Raises
    ------
    ShupingError
        Where it cannot be read.
    """
    from analyzer.reading import read_bytes
    from analyzer.rendering.html import render_html
    from analyzer.rendering.json import render_jsonl

    entry, steps = given.entry, _steps[stamp]
    try:
        analyzer = _analyzer(given.portable)
    except ShupingError as failure:
        raise StartError(failure) from failure
    document = read_bytes(entry.submission.data, PurePosixPath(entry.name).name)
    result = analyzer.analyze(document, given.beside)
    result = replace(
        result,
        source=replace(result.source, path=entry.name),
        analyzer=_as_chosen(result.analyzer, given.portable.settings),
    )
    result = steps.settle(result, entry)
    signature = steps.sign(result)
    result = steps.mask(result)
    return Made(
        result.scorecard.overall if result.scorecard else None,
        zlib.compress(next(render_jsonl([result])).encode("utf-8")),
        (render_html(result).rstrip("\n") + "\n").encode("utf-8") if given.paged else b"",
        signature,
    )


@cache
def _analyzer(given: Portable) -> Analyzer:
    """Return the analyzer of settings whose files this machine may not have."""
    here = {path: _placed(path, content) for path, content in given.files}
    settings = given.settings
    try:
        return analyzer_for(
            replace(
                settings,
                rule_files=tuple(here[path] for path in settings.rule_files),
                prices=here[settings.prices] if settings.prices else None,
            )
        )
    except ShupingError as failure:  # the user knows the file by its own path
        named = {copy: path for path, copy in here.items()}
        raise failure.at(named.get(failure.path, failure.path)) if failure.path else failure from None


def _placed(path: Path, content: bytes) -> Path:
    try:
        if path.read_bytes() == content:
            return path
    except OSError:
        pass
    folder = Path(tempfile.mkdtemp(prefix=f"shuping-{hashlib.sha256(content).hexdigest()[:8]}-"))
    copy = folder / path.name
    copy.write_bytes(content)
    return copy


def _as_chosen(about: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """Return what a result says of the analyzer, with the path that the user knows."""
    changes = about.get("settings")
    if changes is None or settings.prices is None:
        return about
    return {**about, "settings": {**changes, "prices": str(settings.prices)}}
