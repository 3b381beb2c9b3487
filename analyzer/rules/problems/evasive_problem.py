"""Most problems are told in words that make them small, and none says how far it reaches.

Source: DOMAIN §2.C problem_evasive.  `generic-problem` looks at each problem without a fact; this at the
habit.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from analyzer.lexicons import pattern
from analyzer.result import CauseStatus, Dimension, SectionType, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.checkable import is_checkable
from analyzer.rules.examples import item, problems, report
from analyzer.rules.places import listed, opening, sections

_pattern = partial(pattern, "problems.toml")


def _check(report: Report) -> Iterator[Hit]:
    limits = report.thresholds["evasive-problem"]
    found = listed(report.analysis)
    if len(found) < limits["least_problems"]:
        return
    words: list[str] = []
    hedged = []
    for problem in found:
        text = report.said(problem.start, problem.end)
        # A problem that is told with its cause, or as a scene, is faced, whatever the words.
        if (hedges := _pattern("hedge").findall(text)) and not (
            problem.cause.status is CauseStatus.EXPLICIT
            or is_checkable(text)
            or any(_pattern(name).search(text) for name in ("scope", "own_act"))
        ):
            hedged.append(problem)
            words += hedges
    if len(hedged) < limits["share"] * len(found):
        return
    own = sections(report.analysis, SectionType.PROBLEMS)
    named = "".join(f"“{word}”" for word in list(dict.fromkeys(words))[:4])
    yield Hit(
        *(opening(report, own[0]) if own else (hedged[0].start, hedged[0].end)),
        f"{len(found)} 个问题里有 {len(hedged)} 个用{named}一类的词来说，又没有写明范围和事实，"
        "读者看不出问题有多大，容易觉得是在避重就轻。",
        "请逐个写明范围，如“5个支部中有1个”，或者写出那件事；范围说清了，“个别”“有时”就可以删去。",
        min(problem.confidence for problem in hedged),
    )


_A = "一是学习不够深入，有时流于形式。"
_B = "二是个别支部组织生活不够严肃。"
_C = "三是服务意识有待增强。"
_LIMITED = "一是个别支部组织生活不严肃，5个支部中有1个全年没有开过组织生活会。"

RULE = Rule(
    id="evasive-problem",
    family=Family.PROBLEMS,
    dimension=Dimension.PROBLEMS,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="问题多数说得轻",
    what="数有几个问题用了“个别”“有时”“有待”“一定程度”一类的词，又没有数字、时间、范围、原因或自己的做法；占到六成的，在问题部分开头指出一次。不足三个问题的不看。",
    why="偶尔一个“个别”是分寸，处处是“个别”就成了避重就轻。",
    fix="用范围代替“个别”，用事实代替“有时”。",
    basis="公开评析中查摆问题“浅、泛、绕、虚”的批评。",
    check=_check,
    must_fire=(
        report(problems("二、存在问题\n" + _A + _B + _C), items=[item(_A), item(_B), item(_C)]),
        report(
            problems("二、存在问题\n" + _A + _B + "三是融合不紧，支部各干各的。"),
            items=[item(_A), item(_B), item("三是融合不紧，支部各干各的。")],
        ),
        report(
            problems("二、存在问题\n" + _B + _C + "三是部分党员还不够主动。"),
            items=[item(_B), item(_C), item("三是部分党员还不够主动。")],
        ),
    ),
    must_not_fire=(
        report(
            problems("二、存在问题\n" + _LIMITED + _B + "三是谈心走过场。"),
            items=[
                item(_LIMITED),
                item(_B),
                item("三是谈心走过场。"),
            ],
        ),
        report(problems("二、存在问题\n" + _A + _B), items=[item(_A), item(_B)]),
        report(
            problems("二、存在问题\n一是到支部少。二是谈心走过场。三是台账不全。"),
            items=[item("一是到支部少。"), item("二是谈心走过场。"), item("三是台账不全。")],
        ),
    ),
)
