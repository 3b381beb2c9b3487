"""Where a pattern stands in a report: looked for in the repaired text, placed in the text as read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

from analyzer.language.memory import by_line, runs_on
from analyzer.lexicons import each
from analyzer.rules.base import Report

_PAIRS = (("“", "”"), ("《", "》"), ("〈", "〉"))


@dataclass(frozen=True, slots=True)
class Place:
    """A match in the repaired text; ``start`` and ``end`` are offsets into ``report.document.text``."""

    match: re.Match[str]
    start: int
    end: int

    @property
    def text(self) -> str:
        """What was found, hard wraps and stray spaces repaired."""
        return self.match.group()


def found(report: Report, pattern: re.Pattern[str]) -> Iterator[Place]:
    """Yield each place of a pattern that never matches an empty stretch.

    Parameters
    ----------
    report : Report
    pattern : re.Pattern
        Looked for in the repaired text, whose lines are the report's paragraphs.
    """
    for match in pattern.finditer(report.repaired.text):
        yield placed(report, match)


def matches(name: str, key: str, text: str) -> list[re.Match[str]]:
    """Return where the patterns of a TOML file's list match, in order of place; most match nowhere."""
    within, beyond = _patterns(name, key)
    lines = by_line(("matches", name, key), text, partial(_held, within))
    held = {number for _, numbers in lines for number in numbers}
    wanted = [*(within[number] for number in sorted(held)), *beyond]
    return sorted((match for one in wanted for match in one.finditer(text)), key=lambda match: match.span())


@cache
def _patterns(name: str, key: str) -> tuple[list[re.Pattern[str]], list[re.Pattern[str]]]:
    """Return the patterns that match within a line, and those that may run on beyond it."""
    patterns = each(name, key)
    return [one for one in patterns if not runs_on(one)], [one for one in patterns if runs_on(one)]


def _held(patterns: Sequence[re.Pattern[str]], text: str) -> list[int]:
    """Return which patterns a text holds."""
    return [number for number, one in enumerate(patterns) if one.search(text)]


def placed(report: Report, match: re.Match[str]) -> Place:
    """Return where a match in the repaired text stands in the text as read."""
    return Place(match, *report.repaired.source(*match.span()))


def sentence_of(match: re.Match[str]) -> str:
    """Return what stands around a match, from one full stop or line break to the next."""
    text, low, high = match.string, *match.span()
    start = max(text.rfind(mark, 0, low) for mark in "。！？；\n") + 1
    ends = [at for mark in "。！？；\n" if (at := text.find(mark, high)) >= 0]
    return text[start : min(ends, default=len(text))]


def is_quoted(match: re.Match[str]) -> bool:
    """Whether a match stands inside quotation marks or a title's marks of its paragraph."""
    text, low = match.string, match.start()
    start = text.rfind("\n", 0, low) + 1
    return any(text.rfind(opens, start, low) > text.rfind(closes, start, low) for opens, closes in _PAIRS)
