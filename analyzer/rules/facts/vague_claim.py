"""An achievement is claimed with nothing that could be checked.

Source: DOMAIN §2.A unsupported_effect and vague_quantifier; ANNOTATION.md, vague.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.result import Dimension, Policy, SectionType, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, plans, report
from analyzer.rules.places import one_line, section_at, touches

_DONE = (SectionType.DUTIES, SectionType.RECTIFICATION)
_EMPTY = (
    "“{}”说的是效果或态度，没有能核对的数字、时间、名称或事例，换一个单位也能照用。",
    "请补一个能核对的事实：做了哪件事、涉及多少人、由多少变为多少；没有事实支撑的，建议删去。",
)
# Where the fact was to be and was left open, the blank itself has its own finding.
_OPEN = (
    "“{}”里的数据或名称空着，余下的话没有能核对的事实。",
    "请先对照台账把空白填上，填好后这条意见多半随之消除；仍只有评价的，补一个事实或者删去。",
)


def _check(report: Report) -> Iterator[Hit]:
    text = report.document.text
    for span in report.analysis.vague:
        if section_at(report.analysis, span.start) in _DONE:
            open_blank = report.policy is Policy.STRICT and touches(span.start, span.end, report.blanks)
            message, suggestion = _OPEN if open_blank else _EMPTY
            quoted = one_line(text[span.start : span.end])
            yield Hit(span.start, span.end, message.format(quoted), suggestion, span.confidence)


RULE = Rule(
    id="vague-claim",
    family=Family.FACTS,
    dimension=Dimension.FACTS,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="成效空泛，无从核对",
    what="找出履职部分里只说效果或态度、没有数字、时间、名称、文件、机制或事例的句子。标题、紧跟事实的总括句、“没有发生违纪”一类否定陈述不算。",
    why="“明显提升”“有力推动”说的是结论；没有依据的结论，评议的人无法采信，也分不出干得多和干得少。",
    fix="用“由甲变为乙”“在几家中排第几”“哪一件事”来代替形容词，或者删去。",
    basis="组织部门审稿的通行意见：要有事例和数据，少用套话。",
    check=_check,
    must_fire=(
        report(
            duties("一、履职情况\n党建工作质效明显提升。全年讲党课4次。"), vague=["党建工作质效明显提升。"]
        ),
        report(duties("一、履职情况\n队伍凝聚力、战斗力显著增强。"), vague=["队伍凝聚力、战斗力显著增强。"]),
        report(
            duties("一、履职情况\n为全市经济发展提供了强劲支撑。"), vague=["为全市经济发展提供了强劲支撑。"]
        ),
    ),
    must_not_fire=(
        report(duties("一、履职情况\n到会率由61%升到92%，会风明显好转。")),
        report(plans("三、下步打算\n进一步提高站位。"), vague=["进一步提高站位。"]),
        report(duties("一、履职情况\n全年没有发生违纪问题。")),
    ),
)
