"""A section that the genre cannot do without is absent.

Source: DOMAIN §2.B missing_section; local notices ask for 履职情况, 存在问题,
下步打算.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.result import Dimension, RemedyStatus, SectionType, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, item, plans, preface, problems, report
from analyzer.rules.places import letters, sections


def _check(report: Report) -> Iterator[Hit]:
    analysis = report.analysis
    if not analysis.sections:
        return
    confidence = min(section.confidence for section in analysis.sections)
    problem_sections = sections(analysis, SectionType.PROBLEMS, SectionType.CAUSES)
    if not problem_sections and not analysis.problems:
        yield Hit(
            0,
            0,
            "全文没有“存在问题”部分，也没有在别处写出一个自己的不足。述职评议重在解决问题，"
            "只讲成绩，评议和整改都无从谈起；问题查摆和原因剖析两项因此不能得分。",
            "请补写“存在问题”：自己抓党建有哪几件没做好，各有什么具体表现，为什么会这样。内容请据实写，不宜由他人代拟。",
            confidence,
            zeroes=(Dimension.PROBLEMS, Dimension.CAUSES),
        )
    answered = any(problem.remedy.status is not RemedyStatus.NONE for problem in analysis.problems)
    if not sections(analysis, SectionType.PLANS) and not answered:
        yield Hit(
            0,
            0,
            "全文没有“下步打算”部分，写出的问题也没有在别处交代怎样改。有问题而没有整改去向，明年无从对账；"
            "整改措施一项因此不能得分。",
            "请补写“下步打算”：逐条对应前面的问题，写明谁来办、何时办完、办到什么程度。",
            confidence,
            zeroes=(Dimension.REMEDIES,),
        )
    whole = letters(report.document.text) or 1
    owned = sum(letters(report.document.text[section.start : section.end]) for section in problem_sections)
    self_examination = owned / whole >= report.thresholds["missing-section"]["self_examination"]
    if not sections(analysis, SectionType.DUTIES, SectionType.RECTIFICATION) and not self_examination:
        yield Hit(
            0,
            0,
            "全文没有“履职情况”部分。述职先要说明一年里自己抓了哪些事、结果怎样，否则问题和打算都失去了对照。",
            "请补写“履职情况”：本人做了什么、做了几次、改变了什么，用能核对的事实说话。",
            confidence,
            weight=0.7,
        )


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
    what="看全文有没有履职情况、存在问题、下步打算三部分。标题可以合写、也可以没有标题；问题写在别处、措施跟在每个问题后面的，都算有。",
    why="三部分互为依据：没有问题，评议落空；没有打算，问题落空；没有履职，无从对照。",
    fix="把缺的部分补上，内容从自己的台账和民主评议意见里找，不要照抄范文。",
    basis="多地组织部门的述职通知要求履职情况、存在问题、下步打算三段齐全；具体名称各地不一。",
    check=_check,
    must_fire=(
        report(preface("现将履职情况报告如下。"), _DUTIES, _PLANS),
        report(_DUTIES, _PROBLEMS, items=[item("一是到支部少。全年只到过1次三支部，我把精力都放在招商上。")]),
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
            _PLANS,
            items=[item("一是到支部少。全年只到过1次三支部，我把精力都放在招商上。")],
        ),
        report(
            duties("全年主持党委会12次，其中9次研究党建。说句实话，三支部我只到过1次，这件事没有做好。"),
            _PLANS,
            items=[item("三支部我只到过1次，这件事没有做好。")],
        ),
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
