"""A slogan of integration stands beside a business result, and no deed of the party links them.

Source: DOMAIN §2.E lzp_label.  `siloed` judges the duties as a whole; this names the place, and keeps silent
where the duties as a whole do join the two.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.lexicons import patterns, table
from analyzer.result import Dimension, DutyItem, Link, SectionType, Severity, Siloed
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, report
from analyzer.rules.places import one_line, section_at


def _check(report: Report) -> Iterator[Hit]:
    if report.analysis.siloed in (None, Siloed.NONE):
        return
    text = report.document.text
    for item in report.analysis.integration:
        if section_at(report.analysis, item.start) is not SectionType.DUTIES:
            continue
        labelled = _label(text, item)
        if labelled is None:
            continue
        slogan, result = labelled
        yield Hit(
            *slogan,
            f"“{one_line(text[slice(*slogan)])}”后面接的是业务结果“{one_line(text[slice(*result)])}”，"
            "中间没有写党组织做了什么，读者看不出这个结果与党建有什么关系。",
            "请写出把两头连起来的那件事：哪个支部、哪几名党员、做了什么，这个数才变了；没有这样的事，就只写业务结果。",
            table("thresholds.toml")["label-integration"]["confidence"],
        )


def _label(text: str, item: DutyItem) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Return the slogan of an item and the measured result that follows it; None without such a pair."""
    if item.link is not Link.CLAIMED or not (item.party and item.business and item.figure):
        return None
    reach = table("thresholds.toml")["label-integration"]["reach"]
    if not 0 <= item.business[0] - item.party[0] <= reach:
        return None
    return (
        (item.party, item.business)
        if patterns("integration.toml")["label"].search(text, *item.party)
        else None
    )


_LABEL = "坚持以党建引领促业务发展，招商引资到位资金3.2亿元。"

RULE = Rule(
    id="label-integration",
    family=Family.INTEGRATION,
    dimension=Dimension.INTEGRATION,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="党建贴标签",
    what="找履职部分里“以党建引领促发展”一类的话后面直接接业务数字、整项里又没有党员或支部做法的地方。写出了谁做了什么的不算；履职部分总体上已把两头连起来的，不提。",
    why="口号加业绩，两样东西只是挨着；没有中间那件事，党建的作用就无从谈起。",
    fix="删掉口号，换成党组织做的那件事。",
    basis="述职评议考核强调基层党建与中心工作深度融合；何为贴标签属评审惯例。",
    check=_check,
    must_fire=(
        report(duties("一、履职情况\n" + _LABEL), siloed="partial"),
        report(
            duties(
                "一、履职情况\n（一）抓学习\n集中学习12次。\n（二）抓发展\n坚持围绕中心抓党建、抓好党建促发展。全年新增学位1620个。"
            ),
            siloed="partial",
        ),
        report(
            duties("一、履职情况\n打造“党建+供水”品牌，管网漏损率由上年的14.6%下降到12.9%。"),
            siloed="full",
        ),
    ),
    must_not_fire=(
        report(
            duties(
                "一、履职情况\n坚持以党建引领促业务发展，二支部7名党员包联46户，3月底前全部签约，到位资金3.2亿元。"
            ),
            siloed="partial",
        ),
        report(duties("一、履职情况\n" + _LABEL), siloed="none"),
        report(duties("一、履职情况\n坚持以党建引领促业务发展，各项工作取得新进展。"), siloed="partial"),
        report(duties("一、履职情况\n招商引资到位资金3.2亿元，办结信访件47件。"), siloed="full"),
    ),
)
