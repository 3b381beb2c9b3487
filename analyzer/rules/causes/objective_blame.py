"""A cause that lays everything on circumstances or on others.

Source: DOMAIN §2.C root_cause_external.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.lexicons import pattern
from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.causes.given import shallow
from analyzer.rules.examples import causes, item, problems, report
from analyzer.rules.places import inside_marks, one_line


def _check(report: Report) -> Iterator[Hit]:
    text = report.document.text
    own_share = pattern("causes.toml", "own_share")
    for problem, start, end in shallow(report, objective=True):
        within = problem.start <= start < problem.end
        if own_share.search(report.said(start, max(end, problem.end) if within else end)):
            continue  # not only circumstances
        title, cause = one_line(problem.title), one_line(text[start:end], 30)
        itself = inside_marks(problem.title) in inside_marks(text[start:end])
        told = f"“{title}”" if itself else f"“{title}”的原因只写了“{cause}”，"
        yield Hit(
            start,
            end,
            f"{told}说的是客观条件或别人，没有说到自己。困难也许属实，但述职要讲的是：在这样的条件下，自己哪里没有做到。",
            "客观情况可以保留，请再加一句自己的：同样的条件下我本来能做什么、为什么没有做。",
            problem.cause.confidence,
        )


_BUSY = "一是活动少，主要是人手紧张、任务繁重。"
_FLOOD = "二是学习中断，受汛期和疫情影响，人员难以集中。"
_OURS = "四是活动少，主要原因是我们人手紧张，而且任务繁重。"
_BOTH = "二是队伍不稳，待遇低是客观原因，但培养没有计划是我的责任。"
_TOLD_BEFORE = "一是人手紧张、任务繁重。"
_COMMITTEE = "五是村干部老化，主要是农村青年外流，同时镇党委没有提前两三年物色，换届临近才找人。"
_ITSELF = "六是基层警力不足，民警长期加班。"
_OTHERS = "三是作用发挥不好，个别同志觉悟不高，下面执行走样。"

RULE = Rule(
    id="objective-blame",
    family=Family.CAUSES,
    dimension=Dimension.CAUSES,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="原因只怪客观、只怪别人",
    what="看原因是否只有人手、经费、任务、疫情、群众素质一类客观情况或他人的毛病，而没有一句自己的。客观之外也说到自己的，以数据和事实说明机制缺口的，不算。",
    why="客观方面写得多、主观方面写得少，是评议中常见的意见；怪到别人头上的问题，自己也就无从整改。",
    fix="保留事实，加上自己的那一份。",
    basis="公开评析中“客观方面写得多、主观少”的意见。",
    check=_check,
    must_fire=(
        report(
            problems("二、存在问题\n" + _OURS),
            items=[item(_OURS, cause="objective", because="我们人手紧张")],
        ),
        report(
            problems("二、存在问题\n" + _BUSY),
            items=[item(_BUSY, cause="objective", because="人手紧张、任务繁重")],
        ),
        report(
            problems("二、存在问题\n" + _ITSELF),
            items=[item(_ITSELF, "基层警力不足", cause="objective", because="基层警力不足，民警长期加班")],
        ),
        report(
            problems("二、存在问题\n" + _FLOOD),
            items=[item(_FLOOD, cause="objective", because="受汛期和疫情影响")],
        ),
        report(
            problems("二、存在问题\n" + _OTHERS),
            items=[item(_OTHERS, cause="objective", because="个别同志觉悟不高，下面执行走样")],
        ),
        report(
            causes("一、原因剖析\n" + _TOLD_BEFORE + "二是带队伍不严，这是我的责任。"),
            problems("二、存在问题\n一是活动少。"),
            items=[item("一是活动少。", cause="objective", because="人手紧张、任务繁重")],
        ),
    ),
    must_not_fire=(
        report(
            problems("二、存在问题\n" + _COMMITTEE),
            items=[item(_COMMITTEE, cause="objective", because="主要是农村青年外流")],
        ),
        report(
            problems("二、存在问题\n" + _BOTH),
            items=[item(_BOTH, cause="objective", because="待遇低是客观原因")],
        ),
        report(
            problems("二、存在问题\n一是活动少。人手是紧，但根子在我，排班时从来没有给支部留过时间。"),
            items=[
                item(
                    "一是活动少。人手是紧，但根子在我，排班时从来没有给支部留过时间。",
                    cause="subjective",
                    because="排班时从来没有给支部留过时间",
                )
            ],
        ),
        report(
            problems("二、存在问题\n二是学习不深，主要是重视不够。"),
            items=[item("二是学习不深，主要是重视不够。", cause="restated", because="重视不够")],
        ),
        report(
            problems("二、存在问题\n三是党务力量弱。12个支部只配了1名专职，台账长期无人核对。"),
            items=[
                item(
                    "三是党务力量弱。12个支部只配了1名专职，台账长期无人核对。",
                    cause="mechanism",
                    because="12个支部只配了1名专职",
                )
            ],
        ),
    ),
)
