"""A promise in the plans with nothing that could be checked.

Source: DOMAIN §2.D measure_vague; ANNOTATION.md, vague.  What `empty-remedy` and `two-skins-loop` take up is
left to them.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.result import Dimension, RemedyStatus, SectionType, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, item, plans, problems, report
from analyzer.rules.places import one_line, section_at, touches
from analyzer.rules.remedies.answers import looped_pledges
from analyzer.rules.search import matches


def _check(report: Report) -> Iterator[Hit]:
    text = report.document.text
    taken_up = [
        span
        for problem in report.analysis.problems
        if problem.remedy.status is RemedyStatus.GENERIC
        for span in problem.remedy.spans
    ]
    taken_up += ((pledge.start, pledge.end) for pledge, _ in looped_pledges(report))
    for span in report.analysis.vague:
        if section_at(report.analysis, span.start) is not SectionType.PLANS:
            continue
        if touches(span.start, span.end, taken_up):
            continue
        if matches("residue.toml", "site", text[span.start : span.end]):  # an advertisement promises nothing
            continue
        yield Hit(
            span.start,
            span.end,
            f"“{one_line(text[span.start : span.end])}”只说了方向，没有对象、数量、时间或办法，"
            "年底无从对账。",
            "请写成能检查的一件事：做什么、做几次、谁负责、哪个月完成；说不具体的，建议删去，把篇幅留给对应问题的措施。",
            span.confidence,
        )


_P = "一是到支部少，全年只到过三支部1次。"
_EMPTY = "进一步提高政治站位，强化责任担当。"
_ADMITTED = "一是存在“两张皮”的现象。"
_LOOP = "推动深度融合，从源头上解决“两张皮”的问题。"
_ADVERTISED = "更多精彩内容请关注公众号。"
_SLOGAN = "以更加饱满的热情推动各项工作再上新台阶。"

RULE = Rule(
    id="vague-promise",
    family=Family.REMEDIES,
    dimension=Dimension.REMEDIES,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="打算空泛，无从对账",
    what="找出打算部分里没有对象、数量、时间、机制的承诺。已经作为某个问题的措施、或作为没有办法的承诺指出过的，不再重复；标题和结尾的表态不算。",
    why="空的承诺不占责任，只占篇幅，也会盖住真正的措施。",
    fix="能写实的写实，写不实的删。",
    basis="公开评析中“措施大而化之”的意见。",
    check=_check,
    must_fire=(
        report(plans("三、下步打算\n" + _EMPTY), vague=[_EMPTY]),
        report(plans("三、下步打算\n每季度到三支部1次。" + _SLOGAN), vague=[_SLOGAN]),
        report(
            problems("二、存在问题\n" + _P),
            plans("三、下步打算\n多到支部走一走。" + _EMPTY),
            items=[item(_P, remedy="generic", measures=["多到支部走一走。"])],
            vague=["多到支部走一走。", _EMPTY],
        ),
    ),
    must_not_fire=(
        report(plans("三、下步打算\n每季度到三支部1次。" + _ADVERTISED), vague=[_ADVERTISED]),
        report(plans("三、下步打算\n每季度到三支部1次，年底公示。")),
        report(
            problems("二、存在问题\n" + _P),
            plans("三、下步打算\n多到支部走一走。"),
            items=[item(_P, remedy="generic", measures=["多到支部走一走。"])],
            vague=["多到支部走一走。"],
        ),
        report(duties("一、履职情况\n" + _EMPTY), vague=[_EMPTY]),
        report(
            problems("二、存在问题\n" + _ADMITTED),
            plans("三、下步打算\n" + _LOOP),
            two_skins=[(_ADMITTED, "admitted"), (_LOOP, "remedy")],
            vague=[_LOOP],
        ),
    ),
)
