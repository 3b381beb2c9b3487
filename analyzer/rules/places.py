"""Where things stand in a report and how to quote them in a message."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analyzer.lexicons import pattern, table
from analyzer.result import Analysis, Problem, Section, SectionType
from analyzer.rules.base import Report, once
from analyzer.understanding.checkable import letters
from analyzer.understanding.placeholders import unfilled

__all__ = [
    "bare_letters",
    "inside_marks",
    "letters",
    "one_line",
    "opening",
    "section_at",
    "sections",
    "still_blank",
    "tells_no_problem",
    "unread",
]

_BOUNDARY = re.compile(r"[。！？；\n]")
_INNER = str.maketrans("“”", "‘’")
_OPENING = 40  # characters of a section that show where it begins


def sections(analysis: Analysis, *types: SectionType) -> list[Section]:
    """Return the sections of the given types in order."""
    return [section for section in analysis.sections if section.type in types]


def tells_no_problem(report: Report) -> bool:
    """Whether a report, whose sections were found, neither tells of a problem nor seems to."""
    analysis = report.analysis
    if not analysis.sections or listed(analysis):
        return False
    if own := sections(analysis, SectionType.PROBLEMS):
        return all(_denies(report, section) for section in own)
    return not unread(report)


@once
def unread(report: Report) -> str:
    """Return what says that there are problems where none was made out; nothing where nothing does.

    That is a section of problems or causes that is more than a phrase, or, where there is none of problems,
    words that admit something.
    """
    if listed(report.analysis):
        return ""
    own = sections(report.analysis, SectionType.PROBLEMS)
    told = own or sections(report.analysis, SectionType.CAUSES)
    size = sum(report.letters.between(section.start, section.end) for section in told)
    if size > table("abstention.toml")["most_hollow"]:
        start, end = opening(report, told[0])
        return f"“{one_line(report.document.text[start:end])}”这一部分写了不少"
    said = "" if own else _admission(report)
    return f"正文像是承认了不足（“{one_line(said)}”）" if said else ""


def _admission(report: Report) -> str:
    """Return words that seem to admit something."""
    seems, others = (pattern("sections.toml", "admissions", name) for name in ("seems", "others"))
    for sentence in _BOUNDARY.split(report.repaired.text):
        if (said := seems.search(sentence)) and not others.search(sentence):
            return said.group()
    return ""


def _denies(report: Report, section: Section) -> bool:
    """Whether a section of problems has nothing below its heading, or says that there are none."""
    none = pattern("sections.toml", "admissions", "none")
    said = "".join(_below_heading(report, section).split())
    return none.fullmatch(said) is not None or still_blank(report, section)


def still_blank(report: Report, section: Section) -> bool:
    """Whether all that stands below a section's heading asks to be filled in."""
    return unfilled(_below_heading(report, section))


def _below_heading(report: Report, section: Section) -> str:
    lines = report.document.text[section.start : section.end].strip().split("\n")
    return "\n".join(lines[1:] if section.heading else lines)


def listed(analysis: Analysis) -> list[Problem]:
    """Return the problems that are told as such, not in passing among what was done."""
    return [problem for problem in analysis.problems if not problem.in_passing]


def section_at(analysis: Analysis, position: int) -> SectionType | None:
    """Return the type of the section that holds an offset; None between sections."""
    return next((s.type for s in analysis.sections if s.start <= position < s.end), None)


def opening(report: Report, section: Section) -> tuple[int, int]:
    """Return the stretch that marks where a section begins: its heading, or its first sentence."""
    text = report.document.text
    start = (
        section.start
        + len(text[section.start : section.end])
        - len(text[section.start : section.end].lstrip())
    )
    limit = min(section.end, start + _OPENING)
    stop = _BOUNDARY.search(text, start, limit)
    end = limit if stop is None else stop.start() if stop.group() == "\n" else stop.end()
    return start, max(end, start + 1)


def inside_marks(text: str) -> str:
    """Return how a text looks inside our quotation marks: on one line, its own marks made single."""
    return "".join(text.split()).translate(_INNER)


def one_line(text: str, limit: int = 24) -> str:
    """Return the text on one line, cut to `limit` characters, for quoting inside a message."""
    line = inside_marks(text).strip("，。；：、")
    if line.rfind("‘") == 0 and line.find("’") == len(line) - 1:
        line = line[1:-1]  # quoted as a whole
    return line if len(line) <= limit else line[: limit - 1] + "…"


def bare_letters(analysis: Analysis, problem: Problem, text: str) -> float:
    """Return how many non-blank characters a problem has to itself, where several share a sentence.

    Parameters
    ----------
    analysis : Analysis
    problem : Problem
        One of its problems.
    text : str
        The problem's text.
    """
    span = (problem.start, problem.end)
    return letters(text) / max(1, sum((other.start, other.end) == span for other in analysis.problems))


def touches(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether a stretch has a character in common with one of the spans."""
    return any(start < high and low < end for low, high in spans)
