"""Hardly any problem of one's own.

Source: DOMAIN §2.B missing_section (fewer than two problem sentences) and §1.9 成绩一大段、问题一点点.
Where nothing is told or admitted at all, it is `missing-section`.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.result import Dimension, SectionType, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, item, problems, report
from analyzer.rules.places import listed, opening, sections, tells_no_problem, unread


def _check(report: Report) -> Iterator[Hit]:
    least = report.thresholds["few-problems"]["least"]
    found = listed(report.analysis)
    own = sections(report.analysis, SectionType.PROBLEMS)
    if len(found) >= least or not (found or own) or tells_no_problem(report) or unread(report):
        return
    start, end = opening(report, own[0]) if own else (found[0].start, found[0].end)
    told = f"只写出 {len(found)} 个问题" if found else "没有写出一个具体的问题"
    hollow = not report.analysis.problems
    lost = "没有写出问题，也就无从剖析原因，原因剖析一项因此不能得分。" if hollow else ""
    yield Hit(
        start,
        end,
        f"问题部分{told}，通常至少要有 {least} 个。查摆过少，容易让人觉得避重就轻。{lost}",
        "请对照民主评议、巡察反馈、上年点评和自己的台账，看还有哪些没做好的事；写出来的，每一个写深写透。",
        min([part.confidence for part in own] or [problem.confidence for problem in found]),
        (least - len(found)) / least,
        (Dimension.CAUSES,) if hollow else (),
    )


_ONE = "一是到支部少，全年只到过三支部1次。"
_TWO = "二是谈心走过场，12人次集中在12月。"
_THREE = "三是台账不全，6月以后没有登记。"

RULE = Rule(
    id="few-problems",
    family=Family.PROBLEMS,
    dimension=Dimension.PROBLEMS,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="问题写得过少",
    what="数写出了几个自己的问题，不足三个的提示，多于三个不加分；只有一两句笼统话、一个具体的问题都没有的，原因剖析一项不能得分。写了一大段而程序没有认出问题的，不打分。",
    why="述职评议重在解决问题，只写一两个，往往是没有认真查摆。",
    fix="从评议意见、反馈清单、上年承诺里再找；不要为凑数拆条。",
    basis="评审惯例；没有统一的条数要求。",
    check=_check,
    must_fire=(
        report(problems("二、存在问题\n" + _ONE), items=[item(_ONE)]),
        report(problems("二、存在问题\n" + _ONE + _TWO), items=[item(_ONE), item(_TWO)]),
        report(problems("二、存在问题\n工作中还有不少差距，今后将努力改进。")),
    ),
    must_not_fire=(
        report(
            problems("二、存在问题\n" + _ONE + _TWO + _THREE), items=[item(_ONE), item(_TWO), item(_THREE)]
        ),
        report(duties("一、履职情况\n全年讲党课4次。")),
        report(duties("一、履职情况\n" + _ONE + _TWO + _THREE), items=[item(_ONE), item(_TWO), item(_THREE)]),
    ),
)
