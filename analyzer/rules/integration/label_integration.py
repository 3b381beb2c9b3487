"""A slogan of integration stands beside a business result, and no deed of the party links them.

Source: DOMAIN §2.E lzp_label.  `siloed` judges the duties as a whole; this names the place, and keeps silent
where the duties as a whole do join the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.lexicons import classes, either, patterns
from analyzer.result import Dimension, DutyItem, Link, SectionType, Severity, Siloed
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, report
from analyzer.rules.places import one_line, section_at, touches

_CLAUSE = re.compile(r"[^，。；！？：\n]+")
_LEXICON = "integration.toml"


def _check(report: Report) -> Iterator[Hit]:
    if report.analysis.siloed in (None, Siloed.NONE):
        return
    text = report.repaired.text
    for item in report.analysis.integration:
        if item.link is not Link.CLAIMED or section_at(report.analysis, item.start) is not SectionType.DUTIES:
            continue
        labelled = _labelled(report, item)
        if labelled is None:
            continue
        slogan, result = labelled
        yield Hit(
            *report.repaired.source(*slogan),
            f"“{one_line(text[slice(*slogan)])}”后面接的是业务数字“{one_line(text[slice(*result)])}”，"
            "中间没有写党组织做了什么，读者看不出这个数与党建有什么关系。",
            "请写出把两头连起来的那件事：哪个支部、哪几名党员、做了什么，这个数才变了；没有这样的事，就只写业务结果。",
            report.thresholds["label-integration"]["confidence"],
        )


def _labelled(report: Report, item: DutyItem) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Return the first slogan of an item and the business figure soon after it; None without such a pair.

    Both are places in the repaired text.
    """
    text, reach = report.repaired.text, report.thresholds["label-integration"]["reach"]
    start, end = report.repaired.taken(item.start, item.end)
    for slogan in patterns(_LEXICON)["label"].finditer(text, start, end):
        around = _clause_around(text, start, slogan)
        for clause in _CLAUSE.finditer(text, around[1], min(end, slogan.end() + reach)):
            if _is_business_figure(report, *clause.span()):
                return around, clause.span()
    return None


def _is_business_figure(report: Report, start: int, end: int) -> bool:
    """Whether a clause gives a figure of business, filled in or not, and names no act of the party."""
    text, cues = report.repaired.text, patterns(_LEXICON)
    if not either("checkable.toml", "figure").search(text, start, end) and not (
        cues["masked"].search(text, start, end)
        and touches(*report.repaired.source(start, end), report.blanks)
    ):
        return False
    if any(cues[name].search(text, start, end) for name in ("inward", "party_actor", "help")):
        return False
    kinds, words = classes(_LEXICON, "words")
    return cues["result"].search(text, start, end) is not None or any(
        kinds[word] == "business" for word in words.findall(text, start, end)
    )


def _clause_around(text: str, start: int, slogan: re.Match[str]) -> tuple[int, int]:
    return next(clause.span() for clause in _CLAUSE.finditer(text, start) if clause.end() > slogan.start())


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
            duties("一、履职情况\n以党建引领促业务发展，紧盯存贷款增长XX%的目标任务。"),
            siloed="partial",
            stand_ins=["XX%"],
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
        report(duties("一、履职情况\n今年“党建+文化礼堂”在村里建了3个。"), siloed="partial"),
        report(duties("一、履职情况\n坚持党建引领，全年发展党员6名，集中学习12次。"), siloed="full"),
    ),
)
