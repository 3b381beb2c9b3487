"""What happens to a result where it is made: whose it is, what copies are found by, masks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial

from analyzer.batch.intake import Entry, Expected, Intake, settled
from analyzer.batch.work import Steps
from analyzer.duplicates.finding import signature
from analyzer.errors import ShupingError
from analyzer.masking import Masker, key_of
from analyzer.reading import load
from analyzer.result import Result


def steps_of(intake: Intake, archive: Intake, masker: Masker | None) -> Steps:
    """Return the steps of a batch and of its archive."""
    expected = Expected(intake.missing)
    told = hashlib.sha256(repr(expected.units).encode("utf-8", "surrogatepass"))
    if masker:  # its key, and the names that it knows
        known = [entry.known for entry in (*intake.entries, *archive.entries)]
        told.update(f"{masker.path('')}{known}".encode("utf-8", "surrogatepass"))
    return Steps(
        partial(settled, expected=expected), _signed, masker.mask if masker else _unmasked, told.hexdigest()
    )


def masker_of(intake: Intake, archive: Intake) -> Masker:
    """Return the masks of a batch: the key is made of its files, names are those known beforehand."""
    entries = (*intake.entries, *archive.entries)
    known = [*(entry.known for entry in entries), *intake.missing]
    places = (name for each in known for name in (each.unit, each.region) if name)
    persons = (each.author for each in known if each.author)
    return Masker(key_of(_contents(intake)), places, persons)


def _contents(intake: Intake) -> Iterator[bytes]:
    for entry in intake.entries:
        try:
            yield _content(entry)
        except ShupingError as failure:  # what cannot be read is named by what is wrong with it
            yield failure.code.encode()


def _content(entry: Entry) -> bytes:
    path = entry.submission.path
    return entry.submission.data if path is None else load(path)


def _signed(result: Result) -> bytes:
    return signature(result.text)


def _unmasked(result: Result) -> Result:
    return result
