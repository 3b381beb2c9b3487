"""The duties name the unit, or nobody, and hardly ever the writer.

Source: DOMAIN §2.F unit_replaces_self.  Counted by clause in `analysis.personal`; a deed without a subject
is no proof of either, so only duties in which the writer never appears are raised,
and they weigh less where most deeds are nobody's.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.result import Dimension, SectionType, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, plans, preface, problems, report, title
from analyzer.rules.frame import is_of_body
from analyzer.rules.places import opening, sections


def _check(report: Report) -> Iterator[Hit]:
    limits = report.thresholds["unit-replaces-self"]
    done = sections(report.analysis, SectionType.DUTIES)
    told = next((part for part in report.analysis.personal if part.section is SectionType.DUTIES), None)
    if not done or told is None or is_of_body(report):
        return
    deeds = told.collective + told.unnamed
    by_others = told.collective >= limits["collective"] * deeds
    weight = 1.0 if by_others else limits["unnamed_weight"]
    if told.own or deeds < limits["least_deeds"] or not weight:
        return
    yield Hit(
        *opening(report, done[0]),
        f"履职部分约有 {deeds} 处写做了什么：{told.collective} 处写的是单位、班子或众人，"
        f"{told.unnamed} 处没有写明是谁，"
        "没有一处写明是本人做的。述职是述本人的职，读者看不出这些事里您做了哪一件。",
        "请选三四件自己经手的事，写成“我＋动作＋对象＋次数或结果”；集体的成绩可以保留，写明自己在其中做了什么。",
        min(part.confidence for part in done),
        weight,
    )


_WE = "局党组高度重视党建工作，召开会议12次，研究议题9个。各支部开展主题党日24次。全局党员干部走访群众46户。"
_NOBODY = "召开党委会12次，研究党建议题9个。建立台账5本，整改问题14个。组织培训3期，轮训党员86名。"
_I = "我带头讲党课4次，到三支部参加组织生活6次，帮助解决办公用房等3件事。"

RULE = Rule(
    id="unit-replaces-self",
    family=Family.FACTS,
    dimension=Dimension.FACTS,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="以单位、班子代替本人",
    what="按分句数履职部分写的是谁做的事：本人（我、本人、亲自、带头）、单位或众人（党组、我局、全体党员）、没有写明。一处本人的具体做法都没有的才提；“我带领……”算本人。标题或开头写明是领导班子述职的不提。",
    why="评议的是书记本人抓党建的情况；只写单位做了什么，换一位书记也是同一份报告。",
    fix="保留集体的成绩，补上自己的动作：提出了什么、到了哪里、解决了哪一件。",
    basis="公开的审稿意见“只谈单位工作，个人履职尽责情况讲的很少”“多用‘我’为第一人称”；次数的门槛是本项目的经验值。",
    check=_check,
    must_fire=(
        report(duties("一、履职情况\n" + _WE * 2)),
        report(duties("一、履职情况\n" + _NOBODY * 2)),
        report(
            duties("一、履职情况\n" + _WE + _NOBODY),
            problems("二、存在问题\n我到支部少。"),
            plans("三、下步打算\n我每季度到支部1次。"),
        ),
        report(title("局党组班子成员2021年度述职报告"), duties("一、履职情况\n" + _WE * 2)),
    ),
    must_not_fire=(
        report(duties("一、履职情况\n" + _WE * 2 + _I)),
        report(duties("一、履职情况\n" + _NOBODY * 2 + "全年带头讲党课4次，亲自督办信访件7件。")),
        report(duties("一、履职情况\n我带领局党组一班人召开党组会12次，研究议题9个。" + _WE * 2)),
        report(duties("一、履职情况\n" + _WE)),
        report(title("县水利局党组领导班子2021年度述职报告"), duties("一、履职情况\n" + _WE * 2)),
        report(preface("现在，我代表局党组班子作述职报告。"), duties("一、履职情况\n" + _WE * 2)),
    ),
)
