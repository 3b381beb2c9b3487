"""Stands in for the parts of a batch that are written elsewhere: intake, masking, signatures of copies."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from analyzer.batch.intake import Entry, Intake
from analyzer.batch.submissions import find
from analyzer.batch.work import Steps
from analyzer.errors import ShupingError
from analyzer.result import Result


def collect(given: Path, scratch: Path) -> Intake:
    """Return the reports of a folder."""
    entries, failures = [], []
    for found in find([given]):
        path = found.path
        name = (
            path.relative_to(given).as_posix()
            if path and path != given and path.is_relative_to(given)
            else given.name
        )
        if isinstance(found, ShupingError):
            failures.append((name, found))
        else:
            entries.append(Entry(name, found))
    return Intake(tuple(sorted(entries, key=lambda entry: entry.name)), tuple(failures))


def settled(result: Result, entry: Entry) -> Result:
    """Return the result as it is."""
    return result


def unsigned(result: Result) -> bytes:
    """Return nothing."""
    return b""


def unmasked(result: Result) -> Result:
    """Return the result as it is."""
    return result


STEPS: Final = Steps(settled, unsigned, unmasked)
