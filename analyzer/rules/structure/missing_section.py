"""A section that the genre cannot do without is absent.

Source: DOMAIN §2.B missing_section; local notices ask for 履职情况, 存在问题, 下步打算.
Which parts a kind of report needs, and by what names, is the profile's to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from analyzer.result import CauseStatus, Dimension, RemedyStatus, SectionType, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, item, plans, preface, problems, report
from analyzer.rules.places import listed, sections, still_blank, tells_no_problem


def _check(report: Report) -> Iterator[Hit]:
    analysis, expected = report.analysis, report.thresholds["sections"]
    if not analysis.sections:
        return
    confidence = min(section.confidence for section in analysis.sections)
    for part in expected["needed"]:
        for message, suggestion, weight, zeroes in _ABSENT[part](report):
            yield Hit(0, 0, message, suggestion, confidence, weight, zeroes)
    for subject in expected["subjects"]:
        if not re.search(subject["words"], report.repaired.text):
            yield Hit(
                0,
                0,
                f"全文没有讲到“{subject['name']}”。{subject['why']}。",
                f"请补写“{subject['name']}”：自己做了什么、有没有拿不准的事、怎样处理的，据实写，没有的事不必写。",
                confidence,
                report.thresholds["missing-section"]["subject_weight"],
            )


_Absence = tuple[str, str, float, tuple[Dimension, ...]]  # message, suggestion, weight, what it leaves empty


def _no_problems(report: Report) -> Iterator[_Absence]:
    expected = report.thresholds["sections"]
    if tells_no_problem(report):
        name = expected["names"]["problems"]
        own = sections(report.analysis, SectionType.PROBLEMS)
        lacks = (
            f"“{name}”部分没有写出一个自己的不足"
            if own
            else f"全文没有“{name}”部分，也没有在别处写出一个自己的不足"
        )
        yield (
            f"{lacks}。{expected['purpose']}，"
            "只讲成绩，评议和整改都无从谈起；问题查摆和原因剖析两项因此不能得分。",
            f"请补写“{name}”：自己{expected['task']}有哪几件没做好，各有什么具体表现，为什么会这样。内容请据实写，不宜由他人代拟。",
            1.0,
            (Dimension.PROBLEMS, Dimension.CAUSES),
        )


def _no_causes(report: Report) -> Iterator[_Absence]:
    analysis, name = report.analysis, report.thresholds["sections"]["names"]["causes"]
    limits = report.thresholds["missing-section"]
    found = listed(analysis)
    told = sum(problem.cause.status is CauseStatus.EXPLICIT for problem in found)
    if found and not sections(analysis, SectionType.CAUSES) and told < limits["told"] * len(found):
        yield (
            f"没有单独的“{name}”部分，写出的 {len(found)} 个问题里，就地说清原因的只有 {told} 个。"
            "只摆现象、不挖根源，检查就停在了表面。",
            f"请补写“{name}”，或在每个问题后面说清：当时自己是怎样想、怎样做的，制度上缺了哪一环。",
            limits["causes_weight"],
            (),
        )


def _no_plans(report: Report) -> Iterator[_Absence]:
    analysis, name = report.analysis, report.thresholds["sections"]["names"]["plans"]
    answered = any(problem.remedy.status is not RemedyStatus.NONE for problem in analysis.problems)
    own = sections(analysis, SectionType.PLANS)
    if not answered and all(still_blank(report, section) for section in own):
        lacks = f"“{name}”部分还没有填写" if own else f"全文没有“{name}”部分"
        yield (
            f"{lacks}，写出的问题也没有在别处交代怎样改。有问题而没有整改去向，明年无从对账；"
            "整改措施一项因此不能得分。",
            f"请补写“{name}”：逐条对应前面的问题，写明谁来办、何时办完、办到什么程度。",
            1.0,
            (Dimension.REMEDIES,),
        )


def _no_duties(report: Report) -> Iterator[_Absence]:
    analysis, name = report.analysis, report.thresholds["sections"]["names"]["duties"]
    limits = report.thresholds["missing-section"]
    whole = report.letters.all or 1
    owned = sum(
        report.letters.between(section.start, section.end)
        for section in sections(analysis, SectionType.PROBLEMS, SectionType.CAUSES)
    )
    if (
        not sections(analysis, SectionType.DUTIES, SectionType.RECTIFICATION)
        and owned / whole < limits["self_examination"]
    ):
        yield (
            f"全文没有“{name}”部分。述职先要说明一年里自己抓了哪些事、结果怎样，否则问题和打算都失去了对照。",
            f"请补写“{name}”：本人做了什么、做了几次、改变了什么，用能核对的事实说话。",
            limits["duties_weight"],
            (),
        )


_ABSENT: dict[str, Callable[[Report], Iterator[_Absence]]] = {
    "problems": _no_problems,
    "causes": _no_causes,
    "plans": _no_plans,
    "duties": _no_duties,
}


_DUTIES = duties("一、履职情况\n全年主持党委会12次，其中9次研究党建，领办任务4项，办结4项。")
_PROBLEMS = problems("二、存在问题\n一是到支部少。全年只到过1次三支部，我把精力都放在招商上。")
_PLANS = plans("三、下步打算\n每季度到三支部1次，年底公示到场记录。")

RULE = Rule(
    id="missing-section",
    family=Family.STRUCTURE,
    dimension=Dimension.STRUCTURE,
    severity=Severity.ERROR,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.LOCAL,
    title="缺少必备的部分",
    what="看全文有没有履职情况、存在问题、下步打算三部分；对照检查、述责述廉等按各自的口径看。标题可以合写、也可以没有标题；问题写在别处、措施跟在每个问题后面的，都算有。",
    why="三部分互为依据：没有问题，评议落空；没有打算，问题落空；没有履职，无从对照。",
    fix="把缺的部分补上，内容从自己的台账和民主评议意见里找，不要照抄范文。",
    basis="多地组织部门的述职通知要求履职情况、存在问题、下步打算三段齐全；具体名称各地不一。",
    check=_check,
    must_fire=(
        report(preface("现将履职情况报告如下。"), _DUTIES, _PLANS),
        report(_DUTIES, _PROBLEMS, items=[item("一是到支部少。全年只到过1次三支部，我把精力都放在招商上。")]),
        report(
            _DUTIES,
            _PROBLEMS,
            plans("三、下步打算\n一是（待补充）。\n二是【请填写】。"),
            items=[item("一是到支部少。")],
        ),
        report(_DUTIES, problems("二、存在问题\n一是【请填写问题一】。\n二是XX。"), _PLANS),
        report(
            problems("一、存在问题\n一是到支部少，主要是我重视不够。"),
            preface(
                "以上情况另行报告，现就下一步工作作如下安排，请各位领导和同志们批评指正，并多提宝贵意见，我一定虚心接受。"
            ),
            _PLANS,
            items=[item("一是到支部少，主要是我重视不够。")],
        ),
    ),
    must_not_fire=(
        report(
            _DUTIES,
            _PROBLEMS,
            plans("三、下步打算\n一是每季度到三支部XX次。"),
            items=[item("一是到支部少。")],
        ),
        report(
            _DUTIES,
            _PROBLEMS,
            _PLANS,
            items=[item("一是到支部少。全年只到过1次三支部，我把精力都放在招商上。")],
        ),
        report(
            duties("全年主持党委会12次，其中9次研究党建。说句实话，三支部我只到过1次，这件事没有做好。"),
            _PLANS,
            items=[item("三支部我只到过1次，这件事没有做好。")],
        ),
        report(duties("全年主持党委会12次。回过头来看，也有不少事情没有做好，三支部只到过1次。"), _PLANS),
        report(
            _DUTIES,
            problems("二、问题与改进\n一是到支部少。我把精力都放在招商上。改法：每季度到三支部1次。"),
            items=[
                item(
                    "一是到支部少。我把精力都放在招商上。",
                    cause="subjective",
                    because="我把精力都放在招商上",
                    remedy="specific",
                    measures=["改法：每季度到三支部1次。"],
                )
            ],
        ),
        report(
            problems(
                "一、查摆的问题\n一是到支部少。全年只到过1次三支部，我把精力都放在招商上，心里觉得党建有副书记管。"
            ),
            plans("二、整改措施\n每季度到三支部1次。"),
            items=[item("一是到支部少。")],
        ),
    ),
)
