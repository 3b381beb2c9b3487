"""What was handed in, and what is known of each report before it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from analyzer.batch.submissions import Submission
from analyzer.errors import ShupingError
from analyzer.result import Conflict, Origin


@dataclass(frozen=True, slots=True)
class Known:
    """What manifest and name say of a report; `origins` says who says each, `conflicts` where they differ."""

    unit: str | None = None
    unit_type: str | None = None
    region: str | None = None
    author: str | None = None
    year: int | None = None
    origins: Mapping[str, Origin] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A report that was handed in.

    Parameters
    ----------
    name : str
        Its path inside the input, ``/`` between folders, archives being folders (``甲县.zip/乙局/a.docx``).
    submission : Submission
        Where it can be read now.
    known : Known
    """

    name: str
    submission: Submission
    known: Known = field(default_factory=Known)


@dataclass(frozen=True, slots=True)
class Intake:
    """All that was handed in.

    Parameters
    ----------
    entries : tuple of Entry
        In order of name, each file's content once.
    failures : tuple of (str, ShupingError)
        What could not be taken in, by name.
    repeats : tuple of (str, str)
        Files with the same bytes as an earlier one: the name, and the name of the one that is read.
    missing : tuple of Known
        Units that the manifest expects and that handed in nothing.
    """

    entries: tuple[Entry, ...]
    failures: tuple[tuple[str, ShupingError], ...] = ()
    repeats: tuple[tuple[str, str], ...] = ()
    missing: tuple[Known, ...] = ()
