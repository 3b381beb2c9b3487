"""A measure that says neither who, nor when, nor how much, nor by what means.

Source: DOMAIN §2.D measure_vague and measure_unowned.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.result import Dimension, RemedyStatus, Severity, Slot
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.checkable import SLOT_NAMES
from analyzer.rules.examples import item, plans, problems, report
from analyzer.rules.places import listed, one_line
from analyzer.rules.remedies.answers import is_looped, looped_pledges


def _check(report: Report) -> Iterator[Hit]:
    most = report.thresholds["empty-remedy"]["most_filled"]
    pledges = looped_pledges(report)
    for problem in listed(report.analysis):
        remedy = problem.remedy
        if (
            remedy.status is not RemedyStatus.GENERIC
            or not remedy.spans
            or is_looped(problem, report, pledges)
        ):
            continue
        if len(Slot) - len(remedy.missing) > most:
            continue
        missing = "、".join(SLOT_NAMES[slot] for slot in remedy.missing)
        filled = len(remedy.missing) < len(Slot)
        verdict = (
            "只写了一部分，明年这时还不好检查做没做到" if filled else "只表明了态度，明年这时无从检查做没做到"
        )
        start, end = remedy.spans[0]
        yield Hit(
            start,
            end,
            f"针对“{one_line(problem.title, 24)}”的措施“"
            f"{one_line(report.document.text[start:end], 24)}”没有写明{missing}，{verdict}。",
            f"请补上{missing}；一时定不下来的，先写清第一步做什么、什么时候做。",
            remedy.confidence,
            len(remedy.missing) / len(Slot),
        )


_A = "一是到支部少，全年只到过三支部1次。"
_B = "二是学习不深，研讨多是念稿子。"
_EMPTY = "进一步转变作风，深入基层。"
_MIRROR = "深化理论学习，着力提升学习质效。"

RULE = Rule(
    id="empty-remedy",
    family=Family.REMEDIES,
    dimension=Dimension.REMEDIES,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="措施空泛",
    what="对只表明意向的措施，逐项看有没有写谁来办、何时办完、办到什么数、靠什么办法；缺得越多，扣分越多。标题空而下文具体的不算。",
    why="“进一步加强”“着力提升”没有办法检查，也就没有办法落实。",
    fix="按“动作＋对象＋责任人＋时限＋可查验的结果”来写。",
    basis="公开评析中“措施大而化之、笼而统之”的意见；一些地方的评分办法对措施不具体有扣分。",
    check=_check,
    must_fire=(
        report(
            problems("二、存在问题\n" + _A),
            plans("三、下步打算\n" + _EMPTY),
            items=[item(_A, remedy="generic", measures=[_EMPTY])],
        ),
        report(
            problems("二、存在问题\n" + _B),
            plans("三、下步打算\n" + _MIRROR),
            items=[item(_B, remedy="generic", measures=[_MIRROR])],
        ),
        report(
            problems("二、存在问题\n" + _B),
            plans("三、下步打算\n每季度抓好一次学习，不断提高质量。"),
            items=[item(_B, remedy="generic", measures=["每季度抓好一次学习，不断提高质量。"])],
        ),
        report(
            problems("二、存在问题\n" + _A),
            plans("三、下步打算\n全年到支部X次。"),
            items=[item(_A, remedy="generic", measures=["全年到支部X次。"])],
            stand_ins=["X次"],
        ),
    ),
    must_not_fire=(
        report(
            problems("二、存在问题\n" + _A),
            plans("三、下步打算\n每季度到三支部1次，由组织委员登记公示。"),
            items=[item(_A, remedy="specific", measures=["每季度到三支部1次，由组织委员登记公示。"])],
        ),
        report(
            problems("二、存在问题\n" + _A),
            plans("三、下步打算\n6月底前由组织委员负责，把到场记录纳入年度考核。"),
            items=[item(_A, remedy="generic", measures=["6月底前由组织委员负责，把到场记录纳入年度考核。"])],
        ),
        report(problems("二、存在问题\n" + _A), plans("三、下步打算\n再创佳绩。"), items=[item(_A)]),
        report(
            problems("二、存在问题\n一是党建和业务“两张皮”。"),
            plans("三、下步打算\n着力破解“两张皮”。"),
            items=[item("一是党建和业务“两张皮”。", remedy="generic", measures=["着力破解“两张皮”。"])],
            two_skins=[("党建和业务“两张皮”", "admitted"), ("破解“两张皮”", "remedy")],
        ),
    ),
)
