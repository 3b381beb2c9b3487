"""A problem that is told of others only, without the writer's own share.

Source: DOMAIN §2.C problem_not_self.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from analyzer.lexicons import pattern
from analyzer.result import CauseStatus, Dimension, SectionType, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import causes, item, problems, report
from analyzer.rules.places import listed, one_line, sections

_pattern = partial(pattern, "problems.toml")


def _check(report: Report) -> Iterator[Hit]:
    # Causes told apart are told of all problems.
    apart = "".join(
        report.said(part.start, part.end) for part in sections(report.analysis, SectionType.CAUSES)
    )
    for problem in listed(report.analysis):
        # A mechanism that failed is somebody's to mend: the rules on causes judge that.
        if problem.cause.status is CauseStatus.EXPLICIT:
            continue
        told = "".join(report.said(problem.start, problem.end).split())
        match = _pattern("others").match(told)
        if match is None:
            continue
        if problem.cause.start is not None and problem.cause.end is not None:
            told += report.said(problem.cause.start, problem.cause.end)
        if _pattern("own_share").search(told) or _pattern("own_share").search(apart):
            continue
        yield Hit(
            problem.start,
            problem.end,
            f"“{one_line(problem.title or told, 30)}”说的是“{match.group(1)}”，"
            "没有写到自己在其中该做而没有做的事，看不出这是述职人的问题。",
            "请保留这个现象作为事实，再写一句自己的责任：没有督促、没有过问、没有建立什么，当时是怎么想的。",
            min(0.8, problem.confidence),
        )


_OTHERS = "一是部分党员参加活动不积极，到会率低。"

RULE = Rule(
    id="problem-not-own",
    family=Family.PROBLEMS,
    dimension=Dimension.PROBLEMS,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="只说下面的问题，不说自己的",
    what="找出以“部分党员”“个别支部”“基层党组织”一类开头、全条（含原因）没有“我”“本人”，也没有督促、指导、研究、投入不够一类自己责任的问题。已经说清机制原因的不算。",
    why="述的是本人的职；拿下级的问题代替自己的问题，是评议中常见的批评。",
    fix="现象可以写下面，责任要写到自己。",
    basis="公开评议意见“只谈单位工作，个人履职尽责情况讲的很少”；公开评析中以班子问题、下级问题代替自己问题的批评。",
    check=_check,
    must_fire=(
        report(problems("二、存在问题\n" + _OTHERS), items=[item(_OTHERS)]),
        report(
            problems("二、存在问题\n二是个别支部书记能力偏弱，组织生活质量不高。"),
            items=[item("二是个别支部书记能力偏弱，组织生活质量不高。")],
        ),
        report(
            problems("二、存在问题\n三是有的年轻干部吃苦精神差。部分同志满足于完成任务。"),
            items=[item("三是有的年轻干部吃苦精神差。部分同志满足于完成任务。")],
        ),
    ),
    must_not_fire=(
        report(
            problems("二、存在问题\n一是部分党员参加活动不积极，我没有逐个问过原因。"),
            items=[item("一是部分党员参加活动不积极，我没有逐个问过原因。")],
        ),
        report(problems("二、存在问题\n一是基层支部联系少。"), items=[item("一是基层支部联系少。")]),
        report(
            problems("二、存在问题\n一是个别支部组织生活不严肃，党委督促指导不够。"),
            items=[item("一是个别支部组织生活不严肃，党委督促指导不够。")],
        ),
        report(
            problems("二、存在问题\n" + _OTHERS),
            causes("三、原因分析\n根子在我，重业务轻党建，一年没有到过会。"),
            items=[item(_OTHERS)],
        ),
        report(
            problems("二、存在问题\n一是学习不够深入，抓落实的劲头不足。"),
            items=[item("一是学习不够深入，抓落实的劲头不足。")],
        ),
    ),
)
