"""A strength is written as a problem: 要求过严, 急于求成.

Source: DOMAIN §2.C problem_as_merit.  Strictness by which somebody came to harm is a problem, and is let be.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.lexicons import either
from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, item, problems, report
from analyzer.rules.places import one_line
from analyzer.rules.search import matches


def _check(report: Report) -> Iterator[Hit]:
    for match in matches("problems.toml", "merit", report.repaired.text):
        start, end = report.repaired.source(*match.span())
        problem = next(
            (entry for entry in report.analysis.problems if entry.start <= start < entry.end), None
        )
        if problem and not either("problems.toml", "harm").search(report.said(problem.start, problem.end)):
            yield Hit(
                start,
                end,
                f"“{one_line(match.group())}”听上去像优点，又没有写它误了什么事、伤了谁，"
                "容易被读成在说成绩。",
                "请写清这样做造成了什么后果、谁受了影响；没有后果的，换成一件确实没有做好的事。",
                min(0.8, problem.confidence),
            )


_STRICT = "一是工作要求过严，有时急于求成。"

RULE = Rule(
    id="problem-as-merit",
    family=Family.PROBLEMS,
    dimension=Dimension.PROBLEMS,
    severity=Severity.WARNING,
    status=Status.PREVIEW,
    since="0.1.0",
    level=Level.PRACTICE,
    title="把优点当问题",
    what="在写出的问题里找“要求过严”“急于求成”“抓得过细”“批评直接”“追求完美”一类的说法；写了后果、事例或数字的不算。",
    why="听上去是优点的问题，没有说出差在哪里，评议的人无从帮助改进。",
    fix="写后果，或者换一个真问题。",
    basis="评审惯例，未见公开出处。语料中这类写法太少，命中准不准还没有测够，所以试行、不计分。",
    check=_check,
    must_fire=(
        report(problems("二、存在问题\n" + _STRICT), items=[item(_STRICT)]),
        report(
            problems("二、存在问题\n二是对同志要求偏高，批评比较直接。"),
            items=[item("二是对同志要求偏高，批评比较直接。")],
        ),
        report(
            problems("二、存在问题\n三是想干的事太多，工作中过于追求完美。"),
            items=[item("三是想干的事太多，工作中过于追求完美。")],
        ),
    ),
    must_not_fire=(
        report(
            problems("二、存在问题\n一是性子急、要求过严，两名年轻同志先后提出调离。"),
            items=[item("一是性子急、要求过严，两名年轻同志先后提出调离。")],
        ),
        report(
            problems("二、存在问题\n一是急于求成，换届方案没有征求意见就上会，返工一次。"),
            items=[item("一是急于求成，换届方案没有征求意见就上会，返工一次。")],
        ),
        report(duties("一、履职情况\n对干部要求严格，批评直接，全年谈话18人次。")),
        report(
            problems("二、存在问题\n一是对自己要求不严，学习不够。"),
            items=[item("一是对自己要求不严，学习不够。")],
        ),
    ),
)
