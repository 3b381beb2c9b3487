"""A measure about something that no problem speaks of: a hint.

Source: DOMAIN §2.D measure_without_problem.  Duties that go on whatever was found wrong (廉政, 学习,
意识形态, 安全, 融合) need no problem, and who says when and how much has one in mind.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.lexicons import classes, patterns, table
from analyzer.result import Dimension, SectionType, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import item, plans, problems, report
from analyzer.rules.places import letters, one_line, sections, touches
from analyzer.rules.remedies.lists import numbered_items
from analyzer.understanding.slots import find_slots, missing
from analyzer.understanding.wording import content


def _check(report: Report) -> Iterator[Hit]:
    analysis, limits = report.analysis, report.thresholds["remedy-without-problem"]
    plans = sections(analysis, SectionType.PLANS)
    answering = [span for problem in analysis.problems for span in problem.remedy.spans]
    if len(analysis.problems) < limits["least_problems"] or not answering or not plans:
        return
    if any(patterns("measures.toml")["whole_plan"].search(part.heading or "") for part in plans):
        return
    standing = set(table("measures.toml")["standing"])
    apart = [
        measure
        for measure in numbered_items(report, SectionType.PLANS)
        if not touches(measure.start, measure.end, answering)
        and letters(said := report.said(measure.start, measure.end)) >= limits["shortest"]
        and not patterns("measures.toml")["routine"].search(said)
        and not _topics(said) & standing
    ]
    if not apart:
        return
    asked = "\n".join(
        report.said(start, end)
        for problem in analysis.problems
        for start, end in ((problem.start, problem.end), (problem.cause.start, problem.cause.end))
        if start is not None and end is not None
    )
    topics, words = _topics(asked), content(asked)
    for _, start, end in apart:
        said = report.said(start, end)
        own = content(said)
        if (
            not _topics(said) & topics
            and len(own & words) < limits["likeness"] * len(own)
            and len(missing(find_slots(said, [(0, len(said))]))) >= limits["least_missing"]
        ):
            yield Hit(
                start,
                end,
                f"这一条“{one_line(said, 30)}”要办的事，前面的 {len(analysis.problems)} 个问题里没有提到，"
                "读者不知道它要解决什么。这只是提示，不扣分。",
                "如果确有这个问题，请补进“存在问题”；如果是来年的常规工作，可移到工作安排里，或写明由哪个问题引出。",
                limits["confidence"],
            )


def _topics(words: str) -> set[str]:
    kinds, pattern = classes("matching.toml", "topics")
    return {kinds[word] for word in pattern.findall(words)}


_A = "一是到支部少，全年只到过三支部1次。"
_B = "二是党课质量不高，念稿子多。"
_PLAN_A = "一是每季度到三支部1次。"
_PLAN_B = "二是改进党课，请身边人讲身边事。"
_ITEMS = [
    item(_A, remedy="specific", measures=[_PLAN_A]),
    item(_B, remedy="generic", measures=[_PLAN_B]),
]
_PROBLEMS = problems("二、存在问题\n" + _A + _B)

RULE = Rule(
    id="remedy-without-problem",
    family=Family.REMEDIES,
    dimension=Dimension.REMEDIES,
    severity=Severity.INFO,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="措施没有对应的问题",
    what="看打算里编了号的措施：没有回应任何一个问题、说的事前面也没有提过的，提示一下。党风廉政、学习、意识形态、安全、融合一类年年要做的不算；写明了责任人、时限、数量的不算；“重点工作安排”一类的年度计划不查。",
    why="问题和措施要对得上；凭空多出来的措施，要么是漏查了问题，要么是把全年计划抄了进来。",
    fix="补上问题，或把它移到工作安排里。",
    basis="评审惯例“措施与问题一一对应”；仅作提示。",
    check=_check,
    must_fire=(
        report(
            _PROBLEMS,
            plans("三、下步打算\n" + _PLAN_A + _PLAN_B + "三是建设一处文化长廊，营造浓厚氛围。"),
            items=_ITEMS,
        ),
        report(
            _PROBLEMS,
            plans("三、努力方向\n" + _PLAN_A + _PLAN_B + "三是大力推进口袋公园建设，让市民推窗见绿。"),
            items=_ITEMS,
        ),
        report(
            _PROBLEMS,
            plans("三、下步打算\n" + _PLAN_A + _PLAN_B + "三是完成领导交办的其他各项任务，争取更好的成绩。"),
            items=_ITEMS,
        ),
    ),
    must_not_fire=(
        report(_PROBLEMS, plans("三、下步打算\n" + _PLAN_A + _PLAN_B), items=_ITEMS),
        report(
            _PROBLEMS,
            plans("三、下步打算\n" + _PLAN_A + _PLAN_B + "三是持续抓好党风廉政建设，守住廉洁底线。"),
            items=_ITEMS,
        ),
        report(
            _PROBLEMS,
            plans("三、2022年重点工作安排\n" + _PLAN_A + _PLAN_B + "三是建设一处文化长廊，营造浓厚氛围。"),
            items=_ITEMS,
        ),
        report(
            _PROBLEMS,
            plans(
                "三、下步打算\n"
                + _PLAN_A
                + _PLAN_B
                + "三是网上申诉4月30日前上线，由信息股股长负责，我每周问一次。"
            ),
            items=_ITEMS,
        ),
    ),
)
