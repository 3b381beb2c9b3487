"""点评意见: what a reviewer would write under the report, put together of what the analysis shows.

Nothing is made up: sentences are those of ``advice.toml``, all else is counted or quoted.  The same report
gets the same words every time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice
from typing import Any

from analyzer.lexicons import any_of, lines, table
from analyzer.result import (
    Advice,
    CauseStatus,
    Dimension,
    Finding,
    Remark,
    RemedyStatus,
    Scorecard,
    Severity,
    cost,
)
from analyzer.rules.base import Report
from analyzer.rules.catalogue import rule
from analyzer.rules.places import letters, listed, one_line, section_at
from analyzer.scoring.links import UNSURE, links
from analyzer.scoring.quoting import quotation, shown
from analyzer.scoring.strengths import Strengths

_NUMERALS = (*"一二三四五六七八九十", *(f"十{ones}" for ones in "一二三四五六七八九"), "二十")
_NAMED = re.compile(r"“([^”]{1,400})”")
_AROUND = re.compile(r"[^，。；：！？\n]*")
_NUMBERED = 5  # problems that are still listed by number


@dataclass(frozen=True, slots=True)
class _Fault:
    """A rule that cost points, with its findings, the dearest first."""

    rule: str
    dimension: Dimension
    points: float
    findings: tuple[Finding, ...]


def advise(report: Report, findings: Sequence[Finding], card: Scorecard) -> Advice:
    """Return the advice on a scored report.

    Parameters
    ----------
    report : Report
    findings : sequence of Finding
    card : Scorecard
        Both from `analyzer.scoring.score.score`.
    """
    words = table("advice.toml")
    writer = _Writer(report, findings, card)
    for plan in words["plans"]:
        advice = writer.write(*plan)
        if letters(advice.text) <= words["most"]:
            break
    richer = writer.write(*words["richest"]) if letters(advice.text) < words["least"] else advice
    return richer if letters(richer.text) <= words["most"] else advice


class _Writer:
    """Writes the advice on one report at different lengths."""

    def __init__(self, report: Report, findings: Sequence[Finding], card: Scorecard) -> None:
        self._words: dict[str, Any] = table("advice.toml")
        self._report, self._findings, self._card = report, findings, card
        self._text, self._problems = report.document.text, report.analysis.problems
        self._headings = [section.heading for section in report.analysis.sections if section.heading]
        self._faults = _faults(findings)
        self._main = self._main_faults()
        self._first = self._steps()
        self._praise: dict[int, tuple[list[Remark], Iterator[Remark]]] = {}

    def write(self, count: int, limit: int, most: int) -> Advice:
        """Return the advice with so many strengths and faults, and quotations up to a length."""
        words = self._words
        strengths, faults = self._strengths(count, limit), self._remarks[:most]
        opening = f"{words['overall'][self._card.grade]}。{self._opening}。"
        praise = "；".join(remark.text for remark in strengths)
        parts = [
            opening,
            f"{words['strengths']['lead']}{praise}。" if praise else words["strengths"]["none"],
            self._list(faults),
            self._advice_first,
            self._review,
            words["closing"]["words"],
        ]
        return Advice("".join(parts), opening, strengths, faults, self._first)

    def _strengths(self, count: int, limit: int) -> tuple[Remark, ...]:
        if limit not in self._praise:
            muted = {fault.rule for fault in self._main}
            strengths = Strengths(self._report, self._findings, muted, self._where, limit)
            self._praise[limit] = [], strengths.remarks()
        found, more = self._praise[limit]
        found += islice(more, max(count - len(found), 0))
        return tuple(found[:count])

    @cached_property
    def _remarks(self) -> tuple[Remark, ...]:
        said: list[Remark] = []
        for fault in self._main:
            said.append(self._fault(fault, self._words["quoted_fault"], said))
        return tuple(said)

    @cached_property
    def _opening(self) -> str:
        words = self._words["opening"]
        # What is told in passing is not written up.
        problems = listed(self._report.analysis) or self._problems
        if not problems:
            return str(words["none"])
        found = [links(problem, self._report.thresholds) for problem in problems]
        return "，".join(
            (
                words["problems"].format(total=len(problems)),
                _part(words, "causes", [each.cause for each in found], CauseStatus.EXPLICIT),
                _part(words, "remedies", [each.remedy for each in found], RemedyStatus.SPECIFIC),
            )
        )

    def _main_faults(self) -> list[_Fault]:
        """Return the first rule of each of the dimensions that lost most."""
        words = self._words
        best: dict[Dimension, _Fault] = {}
        lost: dict[Dimension, float] = {}
        for fault in self._faults:
            lost[fault.dimension] = cost((lost.get(fault.dimension, 0.0), fault.points))
            best.setdefault(fault.dimension, fault)
        # What caps the score comes first, whatever it took.
        closed = [veto.id for veto in self._card.vetoes if veto.release is None]
        gates = {rule(gate).dimension for gate in closed}
        behind = [words["gates"].get(gate) for gate in closed]
        best |= {fault.dimension: fault for fault in self._faults if fault.rule in behind}
        order = sorted(lost, key=lambda dimension: (dimension not in gates, -lost[dimension]))
        grave = [dimension for dimension in order if dimension in gates or lost[dimension] >= words["grave"]]
        return [best[dimension] for dimension in (grave or order[:1])[: words["richest"][2]]]

    def _list(self, faults: Sequence[Remark]) -> str:
        words = self._words["faults"]
        if not faults:
            return str(words["none"])
        grave = any(fault.points >= self._words["grave"] for fault in self._main)
        told = (
            [f"{_NUMERALS[number]}是{fault.text}" for number, fault in enumerate(faults)]
            if len(faults) > 1
            else [faults[0].text]
        )
        return f"{words['lead'] if grave else words['minor']}{'；'.join(told)}。"

    def _fault(self, fault: _Fault, limit: int, said: Sequence[Remark]) -> Remark:
        """Return a fault in words, with a quotation that is not yet `said` if there is another."""
        words = self._words["faults"]
        own = words["rules"].get(fault.rule)
        form = own or {"quote": words["other"], "bare": words["other_bare"]}
        known: dict[str, Any] = {"n": len(fault.findings), "title": _title(fault)}
        first = fault.findings[0]
        kind = section_at(self._report.analysis, first.start)
        known["part"] = self._report.thresholds["sections"]["names"].get(kind, "") if kind else ""
        named = _NAMED.search(first.message)
        known["named"] = named.group(1) if named else ""
        used = {remark.spans for remark in said}
        for finding in sorted(fault.findings, key=self._is_poor) if "quote" in form else ():
            span = self._quoted(finding, limit)
            if span and (span,) not in used:
                quote, where = shown(self._text, span), self._place(finding)
                return Remark(form["quote"].format(quote=quote, where=where, **known), (span,))
        bare = form.get("bare", words["other_bare"])
        return Remark(bare.format(**known), ((first.start, first.end),) if first.end > first.start else ())

    def _quoted(self, finding: Finding, limit: int) -> tuple[int, int] | None:
        span = self._cut(finding, limit)
        if span is None or _sacred().search(self._text, *span):
            return None
        words = self._text[slice(*span)]
        return None if any(heading.endswith(words) for heading in self._headings) else span

    def _cut(self, finding: Finding, limit: int) -> tuple[int, int] | None:
        start, end = finding.start, finding.end
        if finding.rule == "vague-claim":  # what is claimed stands at the end
            return quotation(self._text, start, end, limit, last=True)
        if finding.rule == "placeholder":  # a stand-in says nothing without its clause
            start = max(self._text.rfind(mark, 0, start) for mark in "，。；：、\n") + 1
            found = _AROUND.match(self._text, end)
            span = quotation(self._text, start, found.end() if found else end, limit)
            return span if span and span[0] <= finding.start < span[1] else None
        return quotation(self._text, start, end, limit)

    def _is_poor(self, finding: Finding) -> bool:
        """Whether another finding makes the better example: masked names, and claims with blanks in them."""
        if finding.rule == "placeholder":
            return not re.search(self._words["trim"]["count"], finding.evidence)
        return any(
            finding.start < blank.end and blank.start < finding.end
            for blank in self._report.analysis.placeholders
        )

    def _about(self, finding: Finding) -> list[int]:
        """Return the problems that a finding is about."""
        span = (finding.start, finding.end)
        return [
            index
            for index, problem in enumerate(self._problems)
            if (problem.start <= span[0] and span[1] <= problem.end)
            or span == (problem.cause.start, problem.cause.end)
            or span in problem.remedy.spans
        ]

    def _place(self, finding: Finding) -> str:
        about = self._about(finding)
        return self._where(about[0]) if about else ""

    def _where(self, index: int) -> str:
        return str(self._words["places"]["problem"].format(_numeral(index)))

    def _items(self, findings: Sequence[Finding]) -> str:
        places, total = self._words["places"], len(self._problems)
        about = sorted({index for finding in findings for index in self._about(finding)})
        if not about or len(about) == total:
            return str(places["all"])
        if len(about) > _NUMBERED:
            return str(places["many"].format(len(about)))
        return str(places["problem"].format("、".join(map(_numeral, about))))

    def _steps(self) -> tuple[str, ...]:
        """Return what to do first, in the writer's order: what the main faults ask, else the dearest."""
        main = {fault.rule for fault in self._main}
        known = {name for step in self._words["steps"] for name in step["rules"]}
        steps = []
        for step in self._words["steps"]:
            order = list(step["rules"])
            worded = [fault for fault in self._faults if fault.rule in order]
            due = sorted((f for f in worded if f.rule in main), key=lambda fault: order.index(fault.rule))
            asked = [self._step(step["rules"][fault.rule], fault) for fault in due]
            asked += [
                step["dimensions"][fault.dimension]
                for fault in self._main
                if fault.rule not in known and fault.dimension in step["dimensions"]
            ]
            if not asked and cost(fault.points for fault in worded) >= self._words["grave"]:
                asked = [self._step(step["rules"][worded[0].rule], worded[0])]
            if asked:
                steps.append(self._words["first"]["also"].join(asked))
        return tuple(steps)

    def _step(self, form: str, fault: _Fault) -> str:
        return form.format(n=len(fault.findings), items=self._items(fault.findings))

    @cached_property
    def _review(self) -> str:
        words = self._words["human"]
        number = sum(finding.rule in words["rules"] for finding in self._findings)
        return str(words["words"].format(n=number)) if number else ""

    @cached_property
    def _advice_first(self) -> str:
        words, steps = self._words["first"], self._first
        if not steps:
            return f"{words['none']}。"
        form = words[("one", "two", "three", "four")[len(steps) - 1]]
        return f"{words['lead']}{form.format(*steps)}。"


def _faults(findings: Sequence[Finding]) -> list[_Fault]:
    """Return the rules that cost points, the dearest first, gates after all others."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.severity is not Severity.INFO:
            by_rule.setdefault(finding.rule, []).append(finding)
    faults = [
        _Fault(
            name,
            found[0].dimension,
            cost(f.deduction for f in found),
            tuple(sorted(found, key=lambda f: (-f.deduction, f.start))),
        )
        for name, found in by_rule.items()
        if any(finding.deduction > 0 for finding in found)
    ]
    return sorted(faults, key=lambda fault: (fault.rule.startswith("gate-"), -fault.points, fault.rule))


def _title(fault: _Fault) -> str:
    """Return what a rule is called; one that is not of the catalogue, by how its first message begins."""
    try:
        return rule(fault.rule).title
    except KeyError:
        return one_line(fault.findings[0].message.split("。")[0])


@cache
def _sacred() -> re.Pattern[str]:
    official = any_of(lines("set-phrases.txt")).pattern
    return re.compile(f"{table('advice.toml')['trim']['sacred']}|{official}")


def _numeral(index: int) -> str:
    return _NUMERALS[index] if index < len(_NUMERALS) else str(index + 1)


def _part(words: dict[str, str], what: str, statuses: Sequence[str], good: str) -> str:
    number, unsure, total = statuses.count(good), statuses.count(UNSURE), len(statuses)
    if unsure == total:
        return words[f"{what}_unsure"]
    which = ("one" if total == 1 else "all") if number == total else "some" if number else "none"
    said = words[f"{what}_{which}"].format(n=number)
    return said + words["unsure"].format(n=unsure) if unsure else said
