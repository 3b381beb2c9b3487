"""A problem is stated without any reason why.

Source: DOMAIN §2.C no_root_cause; 把问题当原因、只摆现象不查本质 is the best attested complaint of reviewers.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.result import CauseStatus, Dimension, SectionType, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import causes, item, problems, rectification, report
from analyzer.rules.places import listed, one_line, section_at


def _check(report: Report) -> Iterator[Hit]:
    for problem in listed(report.analysis):
        # What last year's list leaves unfinished is an account rendered; its cause was given last year.
        leftover = section_at(report.analysis, problem.start) is SectionType.RECTIFICATION
        if problem.cause.status is CauseStatus.NONE and not leftover:
            yield Hit(
                problem.start,
                problem.end,
                f"“{one_line(problem.title, 30)}”只写了现象或后果，"
                "没有说为什么会这样（“导致”“致使”后面跟的是后果，不是原因）。不知道病根，"
                "后面的措施就没有着力点。",
                "请自问三句再补写：这件事我做了什么、没做什么？哪个制度或环节断了？当时我心里是怎么想的？",
                problem.cause.confidence,
            )


_NONE = "一是支部活动质量不高，形式单一，导致党员参加的积极性下降。"
_WISH = "二是意识形态工作还需进一步加强。"
_EXPLAINED = "三是会前没有研究业务议题，于是学习和业务各讲各的。"

RULE = Rule(
    id="missing-root-cause",
    family=Family.CAUSES,
    dimension=Dimension.CAUSES,
    severity=Severity.ERROR,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="问题没有原因",
    what="逐个问题看有没有交代原因。不带“原因”二字、靠前后事实说清的，写在单独“原因剖析”里的，都算有；只有“导致”“致使”引出后果的，不算。上年整改中交代的未了事项不查。",
    why="只摆现象、不查本质，是对照检查和述职中最常被点名的毛病。",
    fix="每个问题写一句属于自己的原因，落到想法、责任、方法或制度上。",
    basis="纪检和组织部门公开评析中反复指出“只摆现象不查本质”“问题与原因不分”。",
    check=_check,
    must_fire=(
        report(problems("二、存在问题\n" + _NONE), items=[item(_NONE)]),
        report(problems("二、存在问题\n" + _WISH), items=[item(_WISH)]),
        report(
            problems("二、存在问题\n" + _NONE + _EXPLAINED),
            items=[item(_NONE), item(_EXPLAINED, cause="mechanism", because="会前没有研究业务议题")],
        ),
    ),
    must_not_fire=(
        report(
            problems("二、存在问题\n" + _EXPLAINED),
            items=[item(_EXPLAINED, cause="mechanism", because="会前没有研究业务议题")],
        ),
        report(
            problems("二、存在问题\n" + _NONE),
            causes("三、原因剖析\n支部活动我只要求有记录，从不问效果。"),
            items=[item(_NONE, cause="subjective", because="支部活动我只要求有记录，从不问效果")],
        ),
        report(
            rectification("一、上年问题整改\n去年点评的3个问题已改2个，实训设备更新只办成一半。"),
            items=[item("实训设备更新只办成一半。")],
        ),
        report(
            problems("二、存在问题\n四是学习不深，主要原因是学得不够深入。"),
            items=[item("四是学习不深，主要原因是学得不够深入。", cause="restated", because="学得不够深入")],
        ),
    ),
)
