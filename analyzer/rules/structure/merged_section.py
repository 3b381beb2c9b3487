"""One heading for two parts: problems with plans, or duties with problems.

Source: DOMAIN §2.B merged_section and §4.  Problems with their causes belong together and are no fault;
nor is the form in which each problem is followed by its own measure.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from analyzer.lexicons import pattern
from analyzer.result import Dimension, RemedyStatus, SectionType, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, item, plans, problems, report
from analyzer.rules.places import listed, one_line, sections

_pattern = partial(pattern, "frame.toml", "merged")

_LONGEST_HEADING = 30


def _check(report: Report) -> Iterator[Hit]:
    found = listed(report.analysis)
    answered = sum(problem.remedy.status is RemedyStatus.SPECIFIC for problem in found)
    if found and answered >= report.thresholds["merged-section"]["answered"] * len(found):
        return
    headings = [section.heading or "" for section in sections(report.analysis, SectionType.PLANS)]
    apart = any(heading and not _pattern("problems_plans").search(heading) for heading in headings)
    merged: dict[str, tuple[int, int, str]] = {}
    for start, end, line in report.paragraphs:
        if len(line) > _LONGEST_HEADING or line[-1] in "。；：，" or _pattern("not").search(line):
            continue
        # A table of contents gives a heading before its time: the last place is the true one.
        if _pattern("duties_problems").search(line):
            merged[one_line(line)] = (start, end, "履职")
        elif not apart and _pattern("problems_plans").search(line):
            merged[one_line(line)] = (start, end, "打算")
    for quote, (start, end, other) in merged.items():
        yield Hit(
            start,
            end,
            f"“{quote}”把两个部分合在一个标题下，问题与{other}混在一起写，"
            "容易都说不透，评议时也不便逐条对照。",
            "建议分成两个部分；通知要求合写的，请在每个问题后面紧跟它的措施，写明谁办、何时办完。",
            0.8,
        )


_ONE = "一是到支部少，主要是重视不够。今后加强学习。"

RULE = Rule(
    id="merged-section",
    family=Family.STRUCTURE,
    dimension=Dimension.STRUCTURE,
    severity=Severity.INFO,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="两个部分合在一个标题下",
    what="找出“存在问题及下步打算”“主要做法和存在问题”一类的标题。“存在问题及原因”不算；另有“下步打算”部分的，或多数问题已有具体措施的，不指出。",
    why="两部分合写，往往是问题一笔带过、打算也一笔带过。",
    fix="分开写；必须合写的，一个问题配一条措施。",
    basis="多地通知要求三段分写，也有要求合写的；只作提示。",
    check=_check,
    must_fire=(
        report(problems("二、存在问题及今后打算\n" + _ONE), items=[item(_ONE)]),
        report(problems("二、存在的不足和努力方向\n" + _ONE), items=[item(_ONE)]),
        report(duties("一、主要做法和存在的不足\n讲党课4次。" + _ONE), items=[item(_ONE)]),
    ),
    must_not_fire=(
        report(problems("二、存在问题及原因分析\n" + _ONE), items=[item(_ONE)]),
        report(
            problems("二、存在问题及整改措施\n" + _ONE),
            plans("三、下步打算\n每季度到三支部1次。"),
            items=[item(_ONE)],
        ),
        report(
            problems("二、存在问题及今后打算\n一是到支部少。改法：每季度到三支部1次。"),
            items=[item("一是到支部少。", remedy="specific", measures=["改法：每季度到三支部1次。"])],
        ),
        report(duties("一、上年度点评问题及整改措施落实情况\n3条点评已办结2条。")),
    ),
)
