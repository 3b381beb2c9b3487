"""Reports spoiled as real ones are: variants of annotated reports for training, never for evaluation.

A variant leaves out raw sentences and renumbers the annotation, so its labels stay exact.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from analyzer.training.corpus import GoldReport
from analyzer.training.sentences import split

_HEADING = re.compile(
    r"\s*(?:第?[一二三四五六七八九十]{1,3}(?:、|部分)|[（(][一二三四五六七八九十]{1,3}[)）])"
)
_HEADING_LENGTH = 40


def _is_heading(text: str) -> bool:
    """Whether a whole line is a numbered heading."""
    return len(text) <= _HEADING_LENGTH and bool(_HEADING.match(text)) and text[-1] not in "。！？；!?;"


def without_headings(report: GoldReport) -> GoldReport | None:
    """Return the report without its numbered headings; None where nothing would change."""
    lines = _whole_lines(report)
    return _leave_out(report, lambda number, text: number in lines and _is_heading(text))


def without_frame(report: GoldReport) -> GoldReport | None:
    """Return the report without title, salutation and closing; None where nothing would change."""
    outer = {
        number
        for section in report.gold["sections"]
        if section["type"] in ("title", "closing")
        for number in range(section["first"], section["last"] + 1)
    }
    return _leave_out(report, lambda number, _: number in outer)


def _whole_lines(report: GoldReport) -> set[int]:
    """Return the numbers of the raw sentences that fill their line."""
    found = set()
    for number, (start, end) in enumerate(report.raw, 1):
        before = report.text.rfind("\n", 0, start) + 1
        after = report.text.find("\n", end)
        rest = report.text[before:start] + report.text[end : after if after >= 0 else len(report.text)]
        if not rest.strip():
            found.add(number)
    return found


def _leave_out(report: GoldReport, drop: Callable[[int, str], bool]) -> GoldReport | None:
    """Return the report without the raw sentences that `drop` names, if those carry no annotation."""
    cited = _cited(report.gold)
    gone = {
        number
        for number, (start, end) in enumerate(report.raw, 1)
        if number not in cited and drop(number, report.text[start:end])
    }
    if not gone or len(gone) == len(report.raw):
        return None
    pieces, position = [], 0
    for number in sorted(gone):
        start, end = report.raw[number - 1]
        pieces.append(report.text[position:start])
        position = end
    text = "".join([*pieces, report.text[position:]])
    text = re.sub(r"\n[ \t\u3000]*(?=\n)", "", text).lstrip("\n")
    renumbered = {old: old - sum(n < old for n in gone) for old in range(1, len(report.raw) + 1)}
    kept = len(report.raw) - len(gone)
    if len(split(text)) != kept:
        return None  # two sentences ran together
    return GoldReport(f"{report.id}-spoiled", report.author, text, _renumber(report.gold, renumbered, gone))


def _cited(gold: dict[str, Any]) -> set[int]:
    """Return the sentences that carry an annotation besides their section."""
    cited = {item["sent"] for key in ("two_skins", "placeholders") for item in gold[key]} | set(gold["vague"])
    for problem in gold["problems"]:
        cited |= set(problem["cause_sents"]) | set(problem["remedy_sents"])
        cited |= set(range(problem["first"], problem["last"] + 1))
    return cited


def _renumber(gold: dict[str, Any], numbers: dict[int, int], gone: set[int]) -> dict[str, Any]:
    sections = []
    for section in gold["sections"]:
        kept = [n for n in range(section["first"], section["last"] + 1) if n not in gone]
        if kept:
            sections.append({**section, "first": numbers[kept[0]], "last": numbers[kept[-1]]})
    problems = [
        {
            **problem,
            "first": numbers[problem["first"]],
            "last": numbers[problem["last"]],
            "cause_sents": [numbers[n] for n in problem["cause_sents"]],
            "remedy_sents": [numbers[n] for n in problem["remedy_sents"]],
        }
        for problem in gold["problems"]
    ]
    return {
        **gold,
        "sections": sections,
        "problems": problems,
        "two_skins": [{**item, "sent": numbers[item["sent"]]} for item in gold["two_skins"]],
        "placeholders": [{**item, "sent": numbers[item["sent"]]} for item in gold["placeholders"]],
        "vague": [numbers[n] for n in gold["vague"]],
    }
