"""Two constructions run into one, or a sentence without its subject.

Source: DOMAIN §2.I grammar_blend.  A few patterns of which the reading is not in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from analyzer.language.memory import by_line
from analyzer.lexicons import table
from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, plans, problems, report
from analyzer.rules.places import one_line
from analyzer.rules.search import found


@cache
def _blends() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    return tuple(
        (entry["mark"], re.compile(entry["pattern"]), entry["about"])
        for entry in table("usage.toml")["blended"]
    )


def _held(text: str) -> list[int]:
    """Return which constructions some lines may hold; the patterns look for the breaks around them."""
    lines = f"\n{text}\n"
    return [
        number
        for number, (mark, pattern, _) in enumerate(_blends())
        if mark in text and pattern.search(lines)
    ]


def _check(report: Report) -> Iterator[Hit]:
    held = {number for _, some in by_line("blended", report.repaired.text, _held) for number in some}
    for number, (_, pattern, about) in enumerate(_blends()):
        for place in found(report, pattern) if number in held else ():
            yield Hit(
                place.start,
                place.end,
                f"“{one_line(place.text, 30)}”{about}。",
                "请把这句话拆开或补上主语，读一遍看谁做了什么是否清楚。",
                0.75,
            )


RULE = Rule(
    id="blended-grammar",
    family=Family.LANGUAGE,
    dimension=Dimension.LANGUAGE,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="句式杂糅、缺主语",
    what="只查少数几种有把握的病句：句首“为……提供了支撑”而没有主语、“通过……使……”、“原因是……造成的”、“防止……不再发生”、“责任……履好职”等。"
    "标题、口号没有主语是常例，不算。",
    why="句子缺了主语或两种说法挤在一起，读者分不清是谁做的、做成了什么。",
    fix="一句话只说一件事，写明谁做的。",
    basis="公文语言的通行要求。",
    check=_check,
    must_fire=(
        report(duties("一、履职情况\n补齐了短板。为全市经济社会发展提供了强劲的金融支撑。")),
        report(problems("二、存在问题\n主要原因还是我第一责任人责任没有充分履好职。")),
        report(plans("三、下步打算\n完善制度，防止类似问题不再发生。")),
        report(problems("二、存在问题\n支部活动少，原因是我到支部少造成的。")),
    ),
    must_not_fire=(
        report(duties("一、履职情况\n党员突击队抢修了3天，为春灌提供了保障。")),
        report(duties("一、履职情况\n以支部为单位，围绕增收这个中心，通过公开账目让村民放心。")),
        report(plans("三、下步打算\n加强服务，提高办事水平，加大抽查力度，防止问题反弹。")),
    ),
)
