"""Reports of earlier years: analysed like those of the batch, only to be compared with them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from analyzer.batch.intake import Intake

_FOLDER: Final = "往年"


def archived(archive: Intake, taken: Collection[str]) -> Intake:
    """Return an archive under names that no report of the batch has.

    Parameters
    ----------
    archive : Intake
    taken : collection of str
        Names of the batch's reports.
    """

    def free(name: str) -> str:
        name = f"{_FOLDER}/{name}"
        while name in taken:
            name = f"{_FOLDER}/{name}"
        return name

    return Intake(
        tuple(replace(entry, name=free(entry.name)) for entry in archive.entries),
        tuple((free(name), failure) for name, failure in archive.failures),
    )
