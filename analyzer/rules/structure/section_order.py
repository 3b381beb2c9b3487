"""The parts stand in an order that the argument cannot follow.

Source: DOMAIN §2.B section_order.  Rectification in front, causes beside their problems, measures beside
their problems and a block on integrity after the plans are all usual and no fault.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.result import Dimension, Section, SectionType, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import causes, duties, item, plans, problems, rectification, report
from analyzer.rules.places import opening

# (what comes too early, what should stand before it, what that does to the reader)
_ORDERS = (
    (SectionType.PLANS, SectionType.PROBLEMS, "读者还不知道有什么问题，就先读到了怎么改"),
    (SectionType.PROBLEMS, SectionType.DUTIES, "读者还不知道做了什么，就先读到了不足"),
    (SectionType.PLANS, SectionType.CAUSES, "措施先于原因，看不出是对着原因下的药"),
)


def _check(report: Report) -> Iterator[Hit]:
    expected = report.thresholds["sections"]
    names, order = expected["names"], expected["order"]
    first: dict[SectionType, Section] = {}
    for section in report.analysis.sections:
        if section.type in order:
            first.setdefault(section.type, section)
    told: set[SectionType] = set()
    for early, late, why in _ORDERS:
        if early in told or early not in first or late not in first or first[early].start > first[late].start:
            continue
        told.add(early)
        yield Hit(
            *opening(report, first[early]),
            f"“{names[early]}”写在了“{names[late]}”前面，{why}，前后对不上号。",
            f"请按“{expected['sequence']}”的顺序调整，内容不必重写。",
            min(first[early].confidence, first[late].confidence),
        )


_D = duties("一、履职情况\n全年主持党委会12次，研究党建议题9个。")
_P = problems("二、存在问题\n一是到支部少，全年只到过三支部1次。")
_M = plans("三、下步打算\n每季度到三支部1次，年底公示。")
_C = causes("四、原因剖析\n我把精力都放在招商上。")
_ITEMS = [item("一是到支部少，全年只到过三支部1次。")]

RULE = Rule(
    id="section-order",
    family=Family.STRUCTURE,
    dimension=Dimension.STRUCTURE,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="部分的先后颠倒",
    what="看履职情况、存在问题、原因剖析、下步打算的先后。上年整改放在最前、原因和措施跟在每个问题后面、廉洁自律放在最后，都不算颠倒。",
    why="述职是一条推理：做了什么、差在哪里、为什么、怎么改。次序一乱，措施就看不出针对什么。",
    fix="把整段挪到应在的位置，再检查一遍“上述问题”“以上原因”这类指代。",
    basis="各地通知和评审惯例；没有全国统一的硬性要求。",
    check=_check,
    must_fire=(
        report(_D, _M, _P, items=_ITEMS),
        report(_P, _D, _M, items=_ITEMS),
        report(_D, _P, _M, _C, items=_ITEMS),
    ),
    must_not_fire=(
        report(_D, _P, _M, items=_ITEMS),
        report(rectification("一、上年问题整改\n去年点评的3个问题已改2个。"), _D, _P, _C, _M, items=_ITEMS),
        report(_D, _P, _M, duties("四、廉洁自律情况\n本人按时申报个人事项2次。"), items=_ITEMS),
        report(_D, _P, _M, problems("问题二：一是台账不全。"), plans("改法：3月底前补齐。"), items=_ITEMS),
    ),
)
