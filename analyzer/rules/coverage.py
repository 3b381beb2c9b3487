"""What a report is expected to touch on, and whether it does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial

from analyzer.lexicons import pattern, table
from analyzer.rules.base import Hit, Report

_topic = partial(pattern, "coverage.toml", "topics")

_HEAD = 150  # characters in which a report says whose it is


@cache
def _units() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    return tuple(
        (re.compile(unit["pattern"]), tuple(unit["expects"])) for unit in table("coverage.toml")["units"]
    )


def is_asked(report: Report, topic: str) -> bool:
    """Whether a report is long enough to be asked for a topic, and not excused by what it calls itself."""
    text = report.repaired.text
    if report.size < report.thresholds["coverage"]["shortest_report"]:
        return False
    return not re.search(table("coverage.toml")["not_asked"][topic], text[:_HEAD])


def uncovered(report: Report, topic: str, duty: str, suggestion: str) -> Iterator[Hit]:
    """Yield a hit where a topic is expected of the unit that reports, and not a word is on it.

    Parameters
    ----------
    report : Report
    topic : str
        By its name in ``coverage.toml``.
    duty : str
        What it is called to the writer.
    suggestion : str
    """
    if _is_uncovered(report, topic):
        yield Hit(
            0,
            0,
            f"全文没有写到{duty}。党委（党组）书记述职，通常要交代履行{duty}责任的情况；"
            "确有做过而没有写的，评议的人看不到。",
            suggestion,
            0.8,
        )


def _is_uncovered(report: Report, topic: str) -> bool:
    """Whether not a word is on a topic that the report's beginning makes one expect."""
    if not is_asked(report, topic):
        return False
    text = report.repaired.text
    head = text[:_HEAD]
    expected = next((expects for pattern, expects in _units() if pattern.search(head)), ())
    return topic in expected and not _topic(topic).search(text)
