"""How a report is framed: its first and last lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice

from analyzer.language.folding import fold
from analyzer.lexicons import pattern as pattern_of
from analyzer.reading.document import Paragraph
from analyzer.result import SectionType
from analyzer.rules.base import Report
from analyzer.rules.places import sections

pattern = partial(pattern_of, "frame.toml")
_LONGEST_TITLE = 40
_LONGEST_LINE = 200  # characters of a line that are looked at: spoiled files are one long line


def head(report: Report, count: int) -> list[str]:
    """Return how the first lines begin, blank ones left out, folded."""
    return [fold(line[:_LONGEST_LINE]) for line in islice(_lines(report, report.document.paragraphs), count)]


def tail(report: Report, count: int) -> list[str]:
    """Return how the last lines end, blank ones left out, folded, the last line first."""
    lines = islice(_lines(report, reversed(report.document.paragraphs)), count)
    return [fold(line[-_LONGEST_LINE:]) for line in lines]


def _lines(report: Report, paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    for paragraph in paragraphs:
        if line := report.document.text[paragraph.start : paragraph.end].strip():
            yield line


def is_titled(report: Report, first: list[str]) -> bool:
    """Whether the report begins with a title."""
    return bool(sections(report.analysis, SectionType.TITLE)) or (
        pattern("slots", "title").search(first[0][:_LONGEST_TITLE]) is not None
    )


def is_whole(report: Report, first: list[str]) -> bool:
    """Whether the text begins as a report does; else it is taken for a body pasted without its frame."""
    return is_titled(report, first) or pattern("slots", "opening").search("\n".join(first)) is not None
