"""What a workbook is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from analyzer.comparing.years import YearRow
from analyzer.duplicates.pairs import Pair
from analyzer.result import Result

View = TypeVar("View")


class Viewed(Protocol):
    """Goes through all results in order of path, and keeps none."""

    def __call__(self, view: Callable[[Result], View]) -> Iterator[View]:
        """Yield what a picklable function makes of each."""
        ...


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read: what `analyzer.errors` says of it."""

    path: str
    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """A file with the same bytes as another, which is read in its place."""

    path: str
    same_as: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A report that was expected and did not come."""

    unit: str | None = None
    unit_type: str | None = None
    region: str | None = None
    author: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Foreign:
    """A place where the report of a unit calls itself by the name of another; offsets are into its text."""

    path: str
    unit: str
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Book:
    """What a workbook shows of many reports.

    Parameters
    ----------
    viewed : Viewed
        The results; gone through twice.  Reports are known by ``source.path``, here and below.
    pages : mapping of str to str
        The page of a report, by path: where it stands seen from the workbook, ``/`` between folders, not
        encoded.
    failures, repeats, missing : sequences
        What of the input did not become a result.
    unmatched : sequence of str
        Reports whose names were to say something and did not.
    duplicates : sequence of Pair
        A name that no result has is a report of an archive.
    duplicate_pages : mapping of (str, str) to str
        The page that shows a pair side by side, by `a` and `b`.
    years : sequence of YearRow
    foreign : sequence of Foreign
    full : str
        The file beside the workbook that holds everything, named where a sheet cannot.
    """

    viewed: Viewed
    pages: Mapping[str, str] = field(default_factory=dict)
    failures: Sequence[Failure] = ()
    repeats: Sequence[Repeat] = ()
    missing: Sequence[Missing] = ()
    unmatched: Sequence[str] = ()
    duplicates: Sequence[Pair] = ()
    duplicate_pages: Mapping[tuple[str, str], str] = field(default_factory=dict)
    years: Sequence[YearRow] = ()
    full: str = "results.jsonl"
    foreign: Sequence[Foreign] = ()
