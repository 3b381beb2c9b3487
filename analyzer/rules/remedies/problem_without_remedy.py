"""A problem that no measure answers.

Source: DOMAIN §2.D problem_without_measure.  Where there are no plans at all,
`missing-section` says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.result import Dimension, RemedyStatus, SectionType, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, item, plans, problems, report
from analyzer.rules.places import one_line, sections


def _check(report: Report) -> Iterator[Hit]:
    found = report.analysis.problems
    answered = sum(problem.remedy.status is not RemedyStatus.NONE for problem in found)
    if not answered and not sections(report.analysis, SectionType.PLANS):
        return
    for problem in found:
        if problem.remedy.status is RemedyStatus.NONE:
            told = "前面写到没有解决的" if problem.in_passing else "前面写了"
            yield Hit(
                problem.start,
                problem.end,
                f"{told}“{one_line(problem.title, 30)}”，"
                f"后面的措施里没有一条回应它（{len(found)} 个问题中有 {answered} 个得到回应）。"
                "问题提了不改，等于没有提。",
                "请在“下步打算”里补一条专门对应它的措施，写明谁来办、何时办完、办到什么程度；暂时无力解决的，也请说明打算怎样推动。",
                problem.remedy.confidence,
                report.thresholds["problem-without-remedy"]["in_passing"] if problem.in_passing else 1.0,
            )


_A = "一是到支部少，全年只到过三支部1次。"
_B = "二是党务干部激励不足，3年没有一人交流提拔。"
_PLAN_A = "每季度到三支部1次，年底公示到场记录。"
_PLAN_AB = "以上两条，由组织委员6月底前一并拿出办法。"

RULE = Rule(
    id="problem-without-remedy",
    family=Family.REMEDIES,
    dimension=Dimension.REMEDIES,
    severity=Severity.ERROR,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="有问题没有措施",
    what="逐个问题看后面有没有措施回应。换了说法、一条措施管几个问题、措施直接跟在问题后面的，都算有。条数不相等本身不算错。",
    why="述职要问题、原因、措施一一对得上；漏掉的那一条，往往正是最难的那一条。",
    fix="列一张“问题—措施”对照表，哪一格空着就补哪一格。",
    basis="各地要求述职后形成问题清单、整改清单；评审意见“措施与问题不对应”。",
    check=_check,
    must_fire=(
        report(
            problems("二、存在问题\n" + _A + _B),
            plans("三、下步打算\n" + _PLAN_A),
            items=[item(_A, remedy="specific", measures=[_PLAN_A]), item(_B)],
        ),
        report(
            problems("二、存在问题\n" + _A),
            plans("三、下步打算\n在新的一年里再创佳绩。"),
            items=[item(_A)],
        ),
        report(
            duties("一、履职情况\n全年讲党课4次。不足的是，" + _B),
            plans("二、明年计划\n" + _PLAN_A),
            items=[item(_B)],
        ),
    ),
    must_not_fire=(
        report(
            problems("二、存在问题\n" + _A + _B),
            plans("三、下步打算\n" + _PLAN_AB),
            items=[
                item(_A, remedy="specific", measures=[_PLAN_AB]),
                item(_B, remedy="specific", measures=[_PLAN_AB]),
            ],
        ),
        report(
            problems("二、存在问题\n" + _A),
            plans("三、下步打算\n进一步转变作风。"),
            items=[item(_A, remedy="generic", measures=["进一步转变作风。"])],
        ),
        report(problems("二、存在问题\n" + _A + _B), items=[item(_A), item(_B)]),
    ),
)
