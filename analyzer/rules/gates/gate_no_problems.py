"""No problem is told at all.

Source: DOMAIN §3, gate G2.  The cap stands in the rubric.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, item, plans, problems, report
from analyzer.rules.places import tells_no_problem


def _check(report: Report) -> Iterator[Hit]:
    if tells_no_problem(report):
        yield Hit(
            0,
            0,
            "全文没有写出自己的问题，缺少述职最要紧的一部分，总分封顶。",
            "请先补写“存在问题”，再看其他意见。",
            min(section.confidence for section in report.analysis.sections),
        )


_D = duties("一、履职情况\n讲党课4次。")
_M = plans("二、下步打算\n每季度到支部1次。")

RULE = Rule(
    id="gate-no-problems",
    family=Family.GATES,
    dimension=Dimension.PROBLEMS,
    severity=Severity.ERROR,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="缺项：没有存在问题",
    what="全文没有问题部分，也没有在别处承认一个不足时，总分封顶。",
    why="述职评议重在解决问题；没有问题的述职不完整。",
    fix="补写“存在问题”。",
    basis="各地通知把“存在问题”列为必述内容。",
    check=_check,
    must_fire=(report(_D, _M), report(_D), report(duties("全年讲党课4次，到支部9次，成绩突出。"), _M)),
    must_not_fire=(
        report(_D, problems("二、存在问题\n到支部少。"), _M),
        report(duties("讲党课4次，但是到支部少。"), _M, items=[item("到支部少。")]),
        report(problems("一、查摆问题\n到支部少。")),
        report(duties("讲党课4次，当然工作中也还有一些不够的地方，到支部少。"), _M),
    ),
)
