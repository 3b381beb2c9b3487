"""How a report is framed: its first and last lines."""

from __future__ import annotations

from functools import partial

from analyzer.lexicons import pattern as pattern_of
from analyzer.result import SectionType
from analyzer.rules.base import Report
from analyzer.rules.places import sections

pattern = partial(pattern_of, "frame.toml")
_LONGEST_TITLE = 40
_TITLES = 3  # lines in which a title stands
_HEAD = 300  # characters in which a report says who speaks
_LONGEST_LINE = 200  # characters of a line that are looked at: spoiled files are one long line


def head(report: Report, count: int) -> list[str]:
    """Return how the first lines begin."""
    return [paragraph.text[:_LONGEST_LINE] for paragraph in report.paragraphs[:count]]


def tail(report: Report, count: int) -> list[str]:
    """Return how the last lines end, the last line first."""
    return [paragraph.text[-_LONGEST_LINE:] for paragraph in report.paragraphs[: -count - 1 : -1]]


def is_titled(report: Report, first: list[str]) -> bool:
    """Whether the report begins with a title."""
    return bool(sections(report.analysis, SectionType.TITLE)) or (
        pattern("slots", "title").search(first[0][:_LONGEST_TITLE]) is not None
    )


def is_of_body(report: Report) -> bool:
    """Whether a leading group reports, not one of its members."""
    titles = [line for line in head(report, _TITLES) if len(line) <= _LONGEST_TITLE]
    return (
        any(
            pattern("body", "title").search(line) and not pattern("body", "not").search(line)
            for line in titles
        )
        or pattern("body", "opening").search(report.repaired.text[:_HEAD]) is not None
    )


def is_whole(report: Report, first: list[str]) -> bool:
    """Whether the text begins as a report does; else it is taken for a body pasted without its frame."""
    return is_titled(report, first) or pattern("slots", "opening").search("\n".join(first)) is not None
