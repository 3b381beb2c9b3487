"""Not one of the problems is explained.

Source: DOMAIN §3, gate G2.  The cap stands in the rubric.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.result import CauseStatus, Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.confidence import is_sure
from analyzer.rules.examples import item, problems, report
from analyzer.rules.places import listed


def _check(report: Report) -> Iterator[Hit]:
    found = listed(report.analysis)
    if found and all(
        problem.cause.status is CauseStatus.NONE
        and is_sure(report, "missing-root-cause", problem.cause.confidence)
        for problem in found
    ):
        yield Hit(
            found[0].start,
            found[-1].end,
            f"写出的 {len(found)} 个问题都没有说为什么会这样，总分封顶。",
            "请先为每个问题写出原因，再看其他意见；不必每条都写“主要原因是”，把事情的来由说清就可以。",
            min(problem.cause.confidence for problem in found),
        )


_A = "一是到支部少。"
_B = "二是学习不够深入。"

RULE = Rule(
    id="gate-no-causes",
    family=Family.GATES,
    dimension=Dimension.CAUSES,
    severity=Severity.ERROR,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="缺项：问题都没有原因",
    what="所有问题都只有现象、没有一条原因时，总分封顶。原因写得浅的不触发。",
    why="只摆现象、不查本质，整改没有着力点。",
    fix="为每个问题写出原因。",
    basis="公开评析中“只摆现象不查本质”的意见。",
    check=_check,
    must_fire=(
        report(problems("存在问题\n" + _A), items=[item(_A)]),
        report(problems("存在问题\n" + _A + _B), items=[item(_A), item(_B)]),
        report(problems("不足\n" + _B), items=[item(_B)]),
    ),
    must_not_fire=(
        report(
            problems("存在问题\n" + _A + "三是谈心少，主要是重视不够。"),
            items=[item(_A), item("三是谈心少，主要是重视不够。", cause="restated", because="重视不够")],
        ),
        report(problems("存在问题\n" + _A), items=[item(_A)], confidence=0.4),
        report(problems("存在问题\n工作还有差距。")),
    ),
)
