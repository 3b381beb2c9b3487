"""Which year a report reports on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from analyzer.lexicons import patterns
from analyzer.result import SectionType
from analyzer.rules.base import Report

_HAN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_HEAD = 500  # characters of the repaired text in which a report says its year
_HEAD_LINES = 6  # lines among which the title stands
_PLAN_OPENING = 60  # characters of the plans in which they say their year
_FILING_MONTHS = 3  # a report dated in these months is on the year before


class Source(IntEnum):
    """What tells the year, the surest first."""

    TITLE = 0
    PREFACE = 1
    PLANS = 2
    DATE = 3


@dataclass(frozen=True, slots=True)
class ReportingYear:
    """A year, what told it, and where (offsets into the repaired text)."""

    year: int
    source: Source
    start: int
    end: int


def number(digits: str) -> int:
    """Return the value of a year in Arabic or Chinese digits."""
    return int(digits.translate(_HAN_DIGITS))


def reporting_year(report: Report) -> ReportingYear | None:
    """Return the year that a report reports on; None where nothing tells it.

    The title tells it, else the opening, else the plans (the year before theirs), else the date of the
    signature.
    """
    return next(_told(report), None)


def _told(report: Report) -> Iterator[ReportingYear]:
    text, cues = report.doc._.repaired.text, patterns("campaigns.toml")
    head = text[:_HEAD]
    position = 0
    for line in head.split("\n")[:_HEAD_LINES]:
        match = cues["title_year"].search(line)
        if match and not cues["date"].search(line):
            yield _year(match, position, Source.TITLE)
        position += len(line) + 1
    if match := cues["preface_year"].search(head):
        yield _year(match, 0, Source.PREFACE)
    for start in plan_starts(report):
        if match := cues["plan_year"].search(text, start, start + _PLAN_OPENING):
            yield ReportingYear(number(match.group("year")) - 1, Source.PLANS, *match.span())
    for stretch in (head, text[-_HEAD:]):
        if match := cues["signed"].search(stretch):
            early = match.group("month").isdigit() and int(match.group("month")) <= _FILING_MONTHS
            yield ReportingYear(number(match.group("year")) - early, Source.DATE, *match.span())


def plan_starts(report: Report) -> list[int]:
    """Return where in the repaired text the sections of plans begin."""
    starts = [section.start for section in report.analysis.sections if section.type is SectionType.PLANS]
    offsets = report.doc._.repaired.offsets
    return [int(offsets.searchsorted(start)) for start in starts]


def _year(match: re.Match[str], shift: int, source: Source) -> ReportingYear:
    low, high = match.span()
    return ReportingYear(number(match.group("year")), source, low + shift, high + shift)
