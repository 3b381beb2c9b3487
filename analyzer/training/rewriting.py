"""Annotated reports with their text changed and their annotation carried along.

A change is a list of edits; sections, items, quotes and sentence numbers are read off the old text, moved
by the edits, and numbered anew by the sentences of the new text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from analyzer.training.corpus import GoldReport
from analyzer.training.sentences import split

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Edit:
    """``text`` in place of ``[start, end)`` of the old text."""

    start: int
    end: int
    text: str


def rewrite(report: GoldReport, edits: Sequence[Edit]) -> GoldReport | None:
    """Return the report with its text edited and its annotation moved.

    Parameters
    ----------
    report : GoldReport
    edits : sequence of Edit
        In order, without overlap.

    Returns
    -------
    GoldReport or None
        None where nothing would change, or where something annotated would be gone.
    """
    if not edits:
        return None
    new = _Rewritten(report, edits)
    try:
        gold = {**report.gold, **_sections(report, new), **_marks(report, new)}
        gold["problems"] = [_problem(report, new, problem) for problem in report.gold["problems"]]
    except _GoneError:
        return None
    return GoldReport(report.id, report.author, new.text, gold)


class _GoneError(Exception):
    """What was annotated is not in the new text."""


class _Rewritten:
    """The new text, its sentences, and where the old text's stretches stand in it."""

    def __init__(self, report: GoldReport, edits: Sequence[Edit]) -> None:
        self._edits = edits
        self._starts = [edit.start for edit in edits]
        grown = accumulate((len(edit.text) - (edit.end - edit.start) for edit in edits), initial=0)
        self._moved = list(grown)  # by how much what follows the first k edits has moved
        pieces, position = [], 0
        for edit in edits:
            pieces += [report.text[position : edit.start], edit.text]
            position = edit.end
        self.text = "".join([*pieces, report.text[position:]])
        self.sentences = [(start, end) for start, end, _ in split(self.text)]

    def _place(self, position: int, *, end: bool) -> int:
        k = bisect_right(self._starts, position)
        if end and k and self._edits[k - 1].start == self._edits[k - 1].end == position:
            k -= 1  # what is put in where a stretch ends is no part of it
        edit = self._edits[k - 1] if k else None
        if edit is None or position >= edit.end:
            return position + self._moved[k]
        return edit.start + self._moved[k - 1] + (len(edit.text) if end and position > edit.start else 0)

    def span(self, old: Span) -> Span:
        """Return where a stretch of the old text stands."""
        return self._place(old[0], end=False), self._place(old[1], end=True)

    def touched(self, old: Span) -> list[int]:
        """Return the numbers of the sentences that a stretch of the old text touches now."""
        start, stop = self.span(old)
        return [k for k, (a, b) in enumerate(self.sentences, 1) if a < stop and start < b]

    def quoted(self, old: Span) -> tuple[int, str, int]:
        """Return the sentence that holds most of a quote now, the words, and which occurrence they are."""
        start, stop = self.span(old)
        numbers = self.touched(old)
        if not numbers:
            raise _GoneError

        def part(number: int) -> Span:
            first, last = self.sentences[number - 1]
            return max(start, first), min(stop, last)

        best = max(numbers, key=lambda number: part(number)[1] - part(number)[0])
        low, high = part(best)
        words, begin = self.text[low:high], self.sentences[best - 1][0]
        nth, at = 1, self.text.find(words, begin)
        while at < low:
            nth, at = nth + 1, self.text.find(words, at + 1)
        return best, words, nth


def _sections(report: GoldReport, new: _Rewritten) -> dict[str, Any]:
    sections: list[dict[str, Any]] = []
    for section in report.gold["sections"]:
        inside = new.touched((report.raw[section["first"] - 1][0], report.raw[section["last"] - 1][1]))
        taken = sections[-1]["last"] if sections else 0
        kept = [number for number in inside if number > taken]
        if kept:
            sections.append({**section, "first": taken + 1, "last": kept[-1]})
    if not sections:
        raise _GoneError
    sections[-1]["last"] = len(new.sentences)
    return {"sections": sections}


def _marks(report: GoldReport, new: _Rewritten) -> dict[str, Any]:
    skins, stand_ins = [], []
    for mention in report.gold["two_skins"]:
        sentence, words, _ = new.quoted(_quote(report, mention))
        skins.append({**mention, "sent": sentence, "quote": words})
    for mark in report.gold["placeholders"]:
        sentence, words, nth = new.quoted(_quote(report, mark))
        stand_ins.append({"sent": sentence, "quote": words, "nth": nth})
    vague = {number for old in report.gold["vague"] for number in new.touched(report.raw[old - 1])}
    return {"two_skins": skins, "placeholders": stand_ins, "vague": sorted(vague)}


def _quote(report: GoldReport, mark: dict[str, Any]) -> Span:
    found = report.quote_span(mark["sent"], mark["quote"], mark.get("nth", 1))
    if found is None:
        raise _GoneError
    return found


def _problem(report: GoldReport, new: _Rewritten, problem: dict[str, Any]) -> dict[str, Any]:
    inside = new.touched((report.raw[problem["first"] - 1][0], report.raw[problem["last"] - 1][1]))
    if not inside:
        raise _GoneError
    moved = {
        **problem,
        "first": inside[0],
        "last": inside[-1],
        "remedy_sents": _numbers(report, new, problem["remedy_sents"]),
        "cause_sents": _numbers(report, new, problem["cause_sents"]),
    }
    places = [report.quote_span(sentence, problem["cause_quote"]) for sentence in problem["cause_sents"]]
    place = next((found for found in places if found), None)
    if place:
        sentence, moved["cause_quote"], _ = new.quoted(place)
        moved["cause_sents"] = sorted({*moved["cause_sents"], sentence})
    if bool(moved["cause_sents"]) != bool(problem["cause_sents"]):
        raise _GoneError
    return moved


def _numbers(report: GoldReport, new: _Rewritten, old: Sequence[int]) -> list[int]:
    return sorted({number for each in old for number in new.touched(report.raw[each - 1])})
