"""The duties give far fewer figures than the genre does.

Source: DOMAIN §3 D5 (quantified evidence); the norm is measured on corpora/ and stands in thresholds.toml.
Stand-ins count as nothing; the rate is per 100 characters, so length neither helps nor hurts.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.result import Dimension, Section, SectionType, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.checkable import figures
from analyzer.rules.examples import duties, plans, report
from analyzer.rules.places import letters, opening, sections, without


def _check(report: Report) -> Iterator[Hit]:
    limits = report.thresholds["thin-facts"]
    text = report.document.text
    blanks = [(span.start, span.end) for span in report.analysis.placeholders]
    done: list[Section] = sections(report.analysis, SectionType.DUTIES, SectionType.RECTIFICATION)
    length = sum(letters(text[part.start : part.end]) for part in done)
    if length < limits["shortest_duties"]:
        return
    found = sum(figures(without(text, part.start, part.end, blanks)) for part in done)
    rate, norm = 100 * found / length, limits["norm"]
    if rate < limits["least"]:
        yield Hit(
            *opening(report, done[0]),
            f"履职部分 {length} 字，能核对的数字有 {found} 个，平均每百字 {rate:.1f} 个；"
            f"写得实的同类报告约为 {norm:.1f} 个。事实偏少，看不出实绩的分量。",
            "请挑三四件最能说明履职的事，写清时间、对象、数量和前后变化；空着的数据一并填上，没有把握的宁可不写。",
            min(part.confidence for part in done),
            1 - rate / norm,
        )


_EMPTY = "认真落实第一责任人职责，坚持把党建工作摆在突出位置，加强组织领导，强化责任落实，形成了良好局面。"
_FULL = "全年主持党委会12次，研究党建议题9个；领办任务4项，10月底前办结3项；到三支部6次，谈心18人次。"

RULE = Rule(
    id="thin-facts",
    family=Family.FACTS,
    dimension=Dimension.FACTS,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.HOUSE,
    title="履职事实偏少",
    what="数履职部分平均每百字有几个能核对的数字，与写得实的同类报告相比；没有填的空白不算数。",
    why="述职要让人看到做了什么、做成什么；通篇没有数字，成绩就只剩评价。",
    fix="每一项工作至少留一个能核对的数；数字要是自己抓的事，不是单位的业务报表。",
    basis="本项目在语料上测得的经验值，仅供参考。",
    check=_check,
    must_fire=(
        report(duties("一、履职情况\n" + _EMPTY * 3)),
        report(duties("一、履职情况\n" + _EMPTY * 4 + "全年讲党课4次。")),
        report(
            duties(
                "一、履职情况\n"
                + "全年讲党课X次，慰问党员XX名，开展活动X场，成效明显，得到广大党员一致好评。" * 3
            ),
            stand_ins=["X次", "XX名", "X场"] * 3,
        ),
    ),
    must_not_fire=(
        report(duties("一、履职情况\n" + _FULL * 3)),
        report(duties("一、履职情况\n" + _FULL * 12)),
        report(duties("一、履职情况\n" + _EMPTY), plans("二、下步打算\n" + _EMPTY * 3)),
    ),
)
