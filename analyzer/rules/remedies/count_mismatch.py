"""The lists of problems and measures count differently: a hint.

Source: DOMAIN §2.D count_mismatch.  A difference alone is no fault.  Within one paragraph `numbering-gap`
holds an announced number against its list; here the list stands in paragraphs of its own, or elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.language.layout import numeral_value
from analyzer.lexicons import patterns
from analyzer.result import Dimension, RemedyStatus, SectionType, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, item, plans, problems, report
from analyzer.rules.places import listed, opening, sections
from analyzer.rules.remedies.lists import Numbered, numbered_items

_CONFIDENCE = 0.7


def _check(report: Report) -> Iterator[Hit]:
    told, planned = _counted(report, SectionType.PROBLEMS), _counted(report, SectionType.PLANS)
    for kind, items in ((SectionType.PROBLEMS, told), (SectionType.PLANS, planned)):
        yield from _announced(report, kind, items)
    if len(told) >= 2:
        yield from _recounted(report, len(told))
    yield from _apart(report, told, planned)


def _counted(report: Report, kind: SectionType) -> list[Numbered]:
    """Return the items of a list that counts from one on; none where it starts over or skips."""
    items = numbered_items(report, kind)
    return items if [item.number for item in items] == list(range(1, len(items) + 1)) else []


def _announced(report: Report, kind: SectionType, items: list[Numbered]) -> Iterator[Hit]:
    """Yield the number that opens a section where the paragraphs below it count otherwise."""
    repaired = report.repaired
    for part in sections(report.analysis, kind):
        own = [item.start for item in items if part.start <= item.start < part.end]
        if len(own) < 2:
            continue
        start, first = repaired.taken(part.start, own[0])
        match = patterns("measures.toml")["announced"].search(repaired.text, start, first)
        # In the paragraph of the list itself, it is the business of numbering-gap.
        if match and "\n" in repaired.text[match.end() - 1 : first] and _value(match) != len(own):
            yield Hit(
                *repaired.source(*match.span()),
                f"这里说“{''.join(match.group().split())}”，后面按序号数出 {len(own)} 条，"
                "对不上。这只是提示，不扣分。",
                "请核对条数：漏写的补上，多出的归并，或把前面的数字改过来。",
                _CONFIDENCE,
            )


def _recounted(report: Report, count: int) -> Iterator[Hit]:
    """Yield where the plans speak of another number of problems than there are."""
    repaired = report.repaired
    for part in sections(report.analysis, SectionType.PLANS):
        within = repaired.taken(part.start, part.end)
        match = patterns("measures.toml")["recounted"].search(repaired.text, *within)
        if match and _value(match) != count:
            yield Hit(
                *repaired.source(*match.span()),
                f"这里说“{''.join(match.group().split())}”，而前面的问题按序号是 {count} 条，"
                "对不上。这只是提示，不扣分。",
                "请核对问题的条数，把两处改成一致。",
                _CONFIDENCE,
            )


def _apart(report: Report, told: list[Numbered], planned: list[Numbered]) -> Iterator[Hit]:
    """Yield where the lists differ much, and not every problem is answered."""
    limits = report.thresholds["count-mismatch"]
    if min(len(told), len(planned)) < 2 or abs(len(told) - len(planned)) < limits["difference"]:
        return
    if abs(len(told) - len(listed(report.analysis))) > limits["grouped"]:
        return  # several problems under one number
    plans = sections(report.analysis, SectionType.PLANS)
    cues = patterns("measures.toml")
    if all(problem.remedy.status is not RemedyStatus.NONE for problem in listed(report.analysis)) or any(
        cues["whole_plan"].search(part.heading or "")
        or cues["answers_several"].search(report.said(part.start, part.end))
        for part in plans
    ):
        return
    yield Hit(
        *opening(report, plans[0]),
        f"问题列了 {len(told)} 条，措施列了 {len(planned)} 条，又有问题没有得到回应，"
        "读者不好一一对照。条数不等本身不算错，这只是提示。",
        "请按问题的次序排列措施；一条措施管几个问题的，写明“针对第几、第几个问题”。",
        _CONFIDENCE,
    )


def _value(match: re.Match[str]) -> int:
    number = match.group(1)
    return 2 if number == "两" else numeral_value(number)


_LIST = "一是学习不深。\n二是到支部少。\n三是谈心少。"
_THREE = "一是抓学习，每周半天。\n二是每季度到支部1次。\n三是每季度谈心1次。"
_FIVE = _THREE + "\n四是抓好阵地。\n五是抓好宣传。"
_ITEMS = [item("一是学习不深。"), item("二是到支部少。"), item("三是谈心少。")]
_ANSWERED = [
    item("一是学习不深。", remedy="specific", measures=["一是抓学习，每周半天。"]),
    item("二是到支部少。", remedy="specific", measures=["二是每季度到支部1次。"]),
    item("三是谈心少。", remedy="specific", measures=["三是每季度谈心1次。"]),
]

RULE = Rule(
    id="count-mismatch",
    family=Family.REMEDIES,
    dimension=Dimension.REMEDIES,
    severity=Severity.INFO,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="问题与措施的条数对不上",
    what="数编了号的问题和措施：标题下说“三个方面”而下面分段列了几条、打算里说“以上三个问题”而前面有几条，是否一致；两边相差两条以上又有问题没有回应的，也提示。同一段里的条数由“numbering-gap”查；写明一条管几个问题的不算。",
    why="条数对不上，多半是删改时漏了一条；读者也不好对照。",
    fix="核对条数，按同一次序排列。",
    basis="评审惯例；条数不等本身不是错，只作提示。",
    check=_check,
    must_fire=(
        report(problems("二、存在问题\n存在以下四个方面的问题：\n" + _LIST), items=_ITEMS),
        report(
            problems("二、存在问题\n" + _LIST),
            plans("三、下步打算\n针对以上四个问题，我将这样改：\n" + _THREE),
            items=_ANSWERED,
        ),
        report(
            problems("二、存在问题\n" + _LIST),
            plans("三、下步打算\n" + _FIVE),
            items=_ITEMS,
        ),
    ),
    must_not_fire=(
        report(
            problems("二、存在问题\n存在以下三个方面的问题：\n" + _LIST),
            plans("三、下步打算\n针对以上三个问题，我将这样改：\n" + _THREE),
            items=_ANSWERED,
        ),
        report(problems("二、存在问题\n" + _LIST), plans("三、下步打算\n" + _FIVE), items=_ANSWERED),
        report(
            problems("二、存在问题\n" + _LIST),
            plans("三、下步打算\n一是针对前两个问题，每周学习半天。\n二是谈心。"),
            items=_ITEMS,
        ),
        report(
            duties("一、履职情况\n从四个方面抓落实：\n一是抓学习。\n二是抓组织。"),
            problems("二、存在问题\n" + _LIST),
            items=_ITEMS,
        ),
    ),
)
