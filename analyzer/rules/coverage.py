"""What a report is expected to touch on, and whether it does."""

from __future__ import annotations

import re
from functools import cache, partial

from analyzer.lexicons import pattern, table
from analyzer.rules.base import Report
from analyzer.rules.places import letters

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
    if letters(text) < report.thresholds["coverage"]["shortest_report"]:
        return False
    return not re.search(table("coverage.toml")["not_asked"][topic], text[:_HEAD])


def is_uncovered(report: Report, topic: str) -> bool:
    """Whether a topic is expected of the unit that reports, and not a word of the report is on it.

    Nothing is expected of a unit whose kind the report's beginning does not tell.
    """
    if not is_asked(report, topic):
        return False
    text = report.repaired.text
    head = text[:_HEAD]
    expected = next((expects for pattern, expects in _units() if pattern.search(head)), ())
    return topic in expected and not _topic(topic).search(text)
