"""What the sheets need of each report once its text is let go, and in what order reports are listed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath
from sys import intern
from typing import Final

from analyzer.lexicons import table
from analyzer.rendering import labels, summary
from analyzer.rendering.duplicates import share
from analyzer.rendering.places import shorten
from analyzer.rendering.risk import Risk, certainty, risk
from analyzer.rendering.workbook.book import Book
from analyzer.result import Dimension, Finding, Origin, Result, Severity, Source
from analyzer.rules.catalogue import rule_title
from analyzer.rules.places import inside_marks, listed
from analyzer.scoring.links import UNSURE, links_of

_POINTS_SHOWN: Final = 3  # faults among the reasons
_QUOTED: Final = 28


@dataclass(frozen=True, slots=True)
class Copy:
    """The nearest other report: how much of the wording, and whose."""

    overlap: float = 0.0
    of: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that a report breaks: how often, and what that cost."""

    rule: str
    count: int
    lost: float


@dataclass(frozen=True, slots=True)
class Report:
    """A report without its text.

    Parameters
    ----------
    source : Source
    path, title : str
        How it is known, and what it is called in a list: its unit, else its file.
    overall : float or None
    grade : str
        ``未评分`` where no score was given.
    interval : str
    scores : tuple of (float or None)
        One for each of `Dimension`.
    gates : str
        The gates that hold the score down, or held it, in few words; empty where none.
    must, should, hints : int
    let_stand : tuple of int
        Suppressed findings by severity.
    certainty : float
    risk : Risk
    copy : Copy
    problems, in_passing, gaps : int
        Problems listed, others told in passing, and how many of both lack a cause or a measure that holds.
    declined : (str, str) or None
        Code and message where no score was given.
    faults : tuple of Fault
        The dearest first.
    reasons : tuple of str
        What to look at, the gravest first.
    rubric, profile : str
    rank : int
        Its place in the order of risk, from 1.
    """

    source: Source
    path: str
    title: str
    overall: float | None
    grade: str
    interval: str
    scores: tuple[float | None, ...]
    gates: str
    must: int
    should: int
    hints: int
    let_stand: tuple[Severity, ...]
    certainty: float
    risk: Risk
    copy: Copy
    problems: int
    in_passing: int
    gaps: int
    unsure: int
    declined: tuple[str, str] | None
    faults: tuple[Fault, ...]
    reasons: tuple[str, ...]
    rubric: str
    profile: str
    rank: int = 0

    @property
    def findings(self) -> int:
        """All findings, those let stand among them."""
        return self.must + self.should + self.hints + len(self.let_stand)


def ranked(book: Book) -> list[Report]:
    """Return all reports, those of the highest risk first."""
    found = sorted(
        book.viewed(partial(_report, copies=_copies(book), said=_beside(book))),
        key=lambda report: (-report.risk.points, report.overall or 0.0, report.path),
    )
    return [replace(report, rank=rank) for rank, report in enumerate(found, 1)]


def path_of(result: Result) -> str:
    """Return how a report is known."""
    return result.source.path or labels.UNTITLED


def title_of(source: Source | None, path: str) -> str:
    """Return what a report is called in a list."""
    return (source.unit if source else None) or f"〔{PurePosixPath(path).name}〕"


def _copies(book: Book) -> dict[str, Copy]:
    """Return the nearest other report of each that has one, last year's of the same unit among them."""
    nearest: dict[str, Copy] = defaultdict(Copy)
    pairs = [(pair.a, pair.b, pair.overlap) for pair in book.duplicates]
    pairs += [(pair.b, pair.a, pair.overlap) for pair in book.duplicates]
    pairs += [(row.this, row.last, row.kept) for row in book.years]
    for mine, other, overlap in pairs:
        if (overlap, nearest[mine].of) > (nearest[mine].overlap, other):
            nearest[mine] = Copy(overlap, other)
    return dict(nearest)


def _beside(book: Book) -> dict[str, tuple[str, ...]]:
    """Return what to look at in a report that only others tell, by path."""
    said: dict[str, list[str]] = defaultdict(list)
    for path, name in dict.fromkeys((each.path, each.name) for each in book.foreign):
        said[path].append(f"自称处写成“{shorten(name, 20)}”，请看原文")
    for row in book.years:
        if row.problems_back:
            said[row.this].append(f"上年 {row.problems_last} 个问题有 {row.problems_back} 个照样写回")
    return {path: tuple(words) for path, words in said.items()}


def _report(result: Result, copies: Mapping[str, Copy], said: Mapping[str, Sequence[str]]) -> Report:
    path = path_of(result)
    copy, beside = copies.get(path, Copy()), said.get(path, ())
    card = result.scorecard
    counted = Counter(finding.severity for finding in result.findings)
    scores = {row.id: row.score for row in card.dimensions} if card else {}
    faults = _faults(result)
    linked, own = links_of(result), listed(result.analysis)
    return Report(
        source=result.source,
        path=path,
        title=title_of(result.source, path),
        overall=card.overall if card else None,
        grade=card.grade if card else "未评分",
        interval=f"{card.interval[0]:.0f}–{card.interval[1]:.0f}" if card else "",
        scores=tuple(scores.get(dimension) for dimension in Dimension),
        gates=_gates(result),
        must=counted[Severity.ERROR],
        should=counted[Severity.WARNING],
        hints=counted[Severity.INFO],
        let_stand=tuple(each.finding.severity for each in result.suppressed),
        certainty=certainty(result),
        risk=risk(result, copy.overlap),
        copy=copy,
        problems=len(own),
        in_passing=len(linked) - len(own),
        gaps=sum(links.has_gap for links in linked),
        unsure=sum(UNSURE in (links.cause, links.remedy) for links in linked),
        declined=(result.abstained.code, result.abstained.message)
        if card is None and result.abstained
        else None,
        faults=faults,
        reasons=_reasons(result, copy, beside, faults),
        rubric=str(result.analyzer.get("rubric", "")),
        profile=str((result.analyzer.get("profile") or {}).get("name", "")),
    )


def _gates(result: Result) -> str:
    if result.scorecard is None or not result.scorecard.vetoes:
        return ""
    held = [veto.cap for veto in result.scorecard.vetoes if veto.release is None]
    return f"■ {summary.number(min(held))} 分" if held else "已解除"


def _faults(result: Result) -> tuple[Fault, ...]:
    counts: dict[str, int] = defaultdict(int)
    lost: dict[str, float] = defaultdict(float)
    for finding in result.findings:
        counts[finding.rule] += 1
        lost[finding.rule] += finding.deduction
    made = [Fault(intern(rule), count, round(lost[rule], 2)) for rule, count in counts.items()]
    return tuple(sorted(made, key=lambda fault: (-fault.lost, -fault.count, fault.rule)))


def _reasons(result: Result, copy: Copy, beside: Sequence[str], faults: tuple[Fault, ...]) -> tuple[str, ...]:
    """Return what to look at in a report: gates, copies, its dearest faults, doubts; each with its sign."""
    bad, warn, hint = (labels.SEVERITY_SIGN[severity] for severity in Severity)
    said = []
    if result.scorecard is None:
        reason = result.abstained.message.split("，")[0] if result.abstained else "没有评分"
        said.append(f"{bad} 未评分，请人工看：{reason}")
    else:
        said += [
            f"{bad} 封顶 {summary.number(veto.cap)} 分：{veto.message.split('，')[0].rstrip('。')}"
            for veto in result.scorecard.vetoes
            if veto.release is None
        ]
    numbers = table("risk.toml")
    if copy.overlap >= numbers["copies"]["steps"][-1][0]:
        sign = bad if copy.overlap >= numbers["copies"]["grave"] else warn
        said.append(f"{sign} 与 {shorten(copy.of, 30)} 重合 {share(copy.overlap)}")
    said += [f"{warn} {words}" for words in beside]
    dear = [fault for fault in faults if fault.lost][:_POINTS_SHOWN]
    for number, fault in enumerate(dear):
        mine = [finding for finding in result.findings if finding.rule == fault.rule]
        worst = max(mine, key=lambda finding: (finding.deduction, -finding.start))
        said.append(
            f"{labels.SEVERITY_SIGN[worst.severity]} {rule_title(fault.rule)}"
            f" {fault.count} 处，失 {summary.number(fault.lost)} 分{_example(worst) if not number else ''}"
        )
    if certainty(result) < numbers["doubt"]["steps"][0][0]:
        said.append(f"{hint} 把握低，机器可能读错，先核对再用")
    if result.source.conflicts:
        fields = "、".join(labels.FIELD.get(each.field, each.field) for each in result.source.conflicts)
        said.append(f"{hint} {fields}说法不一")
    return tuple(said)


def _example(finding: Finding) -> str:
    words = inside_marks(shorten(finding.evidence, _QUOTED)).rstrip("。；，、：")
    return f"，如“{words}”" if words else ""


def origins(source: Source) -> str:
    """Return who says what of a report's unit, author and year, in words."""
    named: dict[Origin, list[str]] = {origin: [] for origin in Origin}
    for name, label in labels.FIELD.items():
        if name in source.origins:
            named[source.origins[name]].append(label)
    return "；".join(
        f"{labels.ORIGIN[origin]}：{'、'.join(fields)}" for origin, fields in named.items() if fields
    )


def conflicts(source: Source) -> str:
    """Return in words where two say different things of a report."""
    return "；".join(
        f"{labels.FIELD.get(each.field, each.field)}：取{labels.ORIGIN[each.taken_from]}“{each.taken}”，"
        f"{labels.ORIGIN[each.other_from]}写“{each.other}”"
        for each in source.conflicts
    )
