"""Reports of earlier years, read again only for being compared."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from analyzer.batch.engine import Engine
from analyzer.batch.intake import Intake
from analyzer.duplicates.finding import signature
from analyzer.errors import ShupingError
from analyzer.reading import read

_FOLDER = "往年"


@dataclass(frozen=True, slots=True)
class Archive:
    """Texts that a batch is compared with.

    Parameters
    ----------
    names : sequence of str
        Under which the reports are shown; none is a path of the batch.
    files : sequence of Path
    signatures : sequence of bytes
    """

    names: list[str] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    signatures: list[bytes] = field(default_factory=list)

    def text(self, number: int) -> str:
        """Return the text of a report."""
        return read(self.files[number]).text


def read_archive(
    intake: Intake,
    taken: Collection[str],
    engine: Engine,
    failed: Callable[[ShupingError], None],
) -> Archive:
    """Return the reports of an archive; what cannot be read is told and left out.

    Parameters
    ----------
    intake : Intake
        Of the archive; its files must stay where they are.
    taken : collection of str
        Names of the batch's reports.
    engine : Engine
    failed : callable
    """
    files = {
        _free(f"{_FOLDER}/{entry.name}", taken): path
        for entry in intake.entries
        if (path := entry.submission.path) is not None
    }
    for name, failure in intake.failures:
        failed(failure.at(Path(_FOLDER, name)))
    with closing(engine.each(_signed, files.values())) as outcomes:
        made = dict(outcomes)
    archive = Archive()
    for number, (name, path) in enumerate(files.items()):
        done = made[number]
        if done.failure is not None:
            failed(done.failure.at(Path(name)))
        elif done.made is not None:
            archive.names.append(name)
            archive.files.append(path)
            archive.signatures.append(done.made)
    return archive


def _free(name: str, taken: Collection[str]) -> str:
    while name in taken:
        name = f"{_FOLDER}/{name}"
    return name


def _signed(path: Path) -> bytes:
    return signature(read(path).text)
