"""Which year a report reports on, and what else it says of its years."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from analyzer.lexicons import patterns
from analyzer.result import SectionType
from analyzer.rules.base import Report, once

FILING_MONTHS = 3  # months of the next year in which reports are still written

_HAN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_HEAD = 500  # characters of the repaired text in which a report says its year
_TAIL = 120  # characters in which it is signed
_HEAD_LINES = 6  # lines among which the title stands
_PLAN_OPENING = 60  # characters of the plans in which they say their year


class Source(IntEnum):
    """What tells the year, the surest first."""

    TITLE = 0
    PREFACE = 1
    PLANS = 2
    DATE = 3


@dataclass(frozen=True, slots=True)
class Dated:
    """A year and where it is told (offsets into the repaired text)."""

    year: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ReportingYear:
    """The year that is reported on, what told it, and whether it is called a 年度."""

    year: int
    source: Source
    annual: bool = False


@once
def reporting_year(report: Report) -> ReportingYear | None:
    """Return the year that a report reports on; None where nothing tells it.

    The title tells it, else the opening, else the plans (the year before theirs), else the date of the
    signature.
    """
    text, cues = report.repaired.text, patterns("campaigns.toml")
    for line in text[:_HEAD].split("\n")[:_HEAD_LINES]:
        if cues["chapter"].match(line):
            break
        match = cues["title_year"].search(line) or cues["year_line"].match(line)
        if match and "如下" not in line and not cues["date"].search(line):
            annual = line.startswith("年度", match.end("year"))
            return ReportingYear(_number(match), Source.TITLE, annual)
    if match := cues["preface_year"].search(text, 0, min((_HEAD, *_plan_starts(report)))):
        return ReportingYear(_number(match), Source.PREFACE)
    if plan := plan_year(report):
        return ReportingYear(plan.year - 1, Source.PLANS)
    for stretch in (text[:_HEAD], text[-_HEAD:]):
        if match := cues["signed"].search(stretch):
            month = match.group("month")
            early = month.isdigit() and int(month) <= FILING_MONTHS
            return ReportingYear(_number(match) - early, Source.DATE)
    return None


def opening_year(report: Report) -> Dated | None:
    """Return the year that the opening says it reports on."""
    return _dated(patterns("campaigns.toml")["reported"].search(report.repaired.text, 0, 2 * _HEAD))


def plan_year(report: Report) -> Dated | None:
    """Return the year that the plans begin with."""
    text, pattern = report.repaired.text, patterns("campaigns.toml")["plan_year"]
    for start in _plan_starts(report):
        if match := pattern.search(text, start, start + _PLAN_OPENING):
            return _dated(match)
    return None


def _plan_starts(report: Report) -> list[int]:
    """Return where in the repaired text the sections of plans begin."""
    offsets = report.repaired.offsets
    return [
        int(offsets.searchsorted(section.start))
        for section in report.analysis.sections
        if section.type is SectionType.PLANS
    ]


def signed_year(report: Report) -> Dated | None:
    """Return the year of the date that the report ends with."""
    text = report.repaired.text
    return _dated(patterns("campaigns.toml")["signed"].search(text, max(0, len(text) - _TAIL)))


def _dated(match: re.Match[str] | None) -> Dated | None:
    return None if match is None else Dated(_number(match), *match.span())


def _number(match: re.Match[str]) -> int:
    return int(match.group("year").translate(_HAN_DIGITS))
