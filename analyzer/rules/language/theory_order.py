"""An official phrase with its words in another order than the documents have them, or in an older form.

Source: DOMAIN §2.H theory_order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from analyzer.lexicons import table
from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, plans, report
from analyzer.rules.places import one_line
from analyzer.rules.search import found, is_quoted

_UNCONFIRMED = 0.4  # weight of a line of the table that no source confirms


@cache
def _orders() -> tuple[tuple[str, re.Pattern[str], str, bool], ...]:
    return tuple(
        (entry["mark"], re.compile(entry["pattern"]), entry["usual"], entry["confirmed"])
        for entry in table("wording.toml")["order"]
    )


def _check(report: Report) -> Iterator[Hit]:
    text = report.repaired.text
    for mark, pattern, usual, confirmed in _orders():
        for place in found(report, pattern) if mark in text else ():
            if is_quoted(place.match):
                continue  # an older text may be quoted as it was
            yield Hit(
                place.start,
                place.end,
                f"“{one_line(place.text)}”与现行文件的写法不同，请核对：{usual}。",
                "请对照现行文件核对提法；如果是引用旧文件的原话，请加引号并注明出处。",
                0.9 if confirmed else 0.6,
                1.0 if confirmed else _UNCONFIRMED,
            )


RULE = Rule(
    id="theory-order",
    family=Family.LANGUAGE,
    dimension=Dimension.LANGUAGE,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="提法的语序或用词不合通行写法",
    what="对照一张不长的表，找出语序颠倒、用词过时的提法。加了引号或书名号的引文不算。",
    why="提法有固定的次序和用词，写乱了显得没有认真学过原文。",
    fix="照现行文件的写法改。",
    basis="公文审核的通行要求；表中个别条目没有查到权威出处，只作轻提示，须由熟悉情况的同志确认。",
    check=_check,
    must_fire=(
        report(duties("一、履职情况\n深入学习党的理论方针路线政策，把准政治方向。")),
        report(duties("一、履职情况\n注重发挥党组战斗堡垒作用。")),
        report(duties("一、履职情况\n坚持党要管党，从严治党。")),
        report(plans("三、下步打算\n贯彻党的方针政策路线。")),
    ),
    must_not_fire=(
        report(duties("一、履职情况\n学习党的理论和路线方针政策，宣讲党的路线方针政策11场。")),
        report(duties("一、履职情况\n坚持党要管党、全面从严治党。")),
        report(duties("一、履职情况\n为民服务中心办件412件，基层党组织战斗堡垒作用得到发挥。")),
        report(duties("一、履职情况\n重温“党要管党，从严治党”的论述。")),
    ),
)
