"""A quoted set or formula that a reader from elsewhere may not know.

Source: DOMAIN §2.H unverified_term.  A question, never a fault: many places have wording of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from analyzer.lexicons import table
from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, plans, report
from analyzer.rules.search import found

_DIGIT = re.compile(r"\d")
_COUNTED = re.compile("“([一二三四五六七八九十])[个项]([^”]{2,6})”$")
_NUMERALS = "一二三四五六七八九十"
_HEADING = re.compile(
    r"(?m)^[ \u3000]*[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．是]([^。：:\n]{2,20})[。：:\n]"
)
_AFTER = 48  # characters after a term in which it may be spelled out


@cache
def _asked() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    asked = table("wording.toml")["asked"]
    return (
        re.compile("|".join(asked["patterns"])),
        re.compile(asked["spelled"]),
        re.compile(asked["known_formula"]),
    )


def _check(report: Report) -> Iterator[Hit]:
    asked, spelled, formula = _asked()
    known = table("wording.toml")["known"]["sets"]
    places = list(found(report, asked))
    headings = [match[1] for match in _HEADING.finditer(report.repaired.text)]
    explained = {
        place.text
        for place in places
        if _is_explained(place.match, spelled) or _is_listed(headings, place.text)
    }
    seen = set(explained)
    for place in places:
        inside = place.text.strip("“”")
        is_known = formula.match(inside) or any(term in inside for term in known)
        if place.text in seen or is_known or report.without_local(place.text) != place.text:
            continue
        seen.add(place.text)
        yield Hit(
            place.start,
            place.end,
            f"{place.text}没有展开，外单位的评议人可能不知道指什么。这里只是一问，不是说它有错，也不扣分。",
            "请在第一次出现时用一句话说明，或注明出自哪份文件；本地通用的提法，可以加进本单位的词表，以后不再提示。",
            0.6,
        )


def _is_explained(match: re.Match[str], spelled: re.Pattern[str]) -> bool:
    """Whether what follows says what a term stands for, be it only by taking up its figures again."""
    after = match.string[match.end() : match.end() + _AFTER]
    figures = set(_DIGIT.findall(match.group()))
    return spelled.search(after) is not None or (len(figures) > 1 and figures <= set(_DIGIT.findall(after)))


def _is_listed(headings: Sequence[str], term: str) -> bool:
    """Whether a set of so many aspects (“六个方面”) is gone through by headings that end in its word."""
    named = _COUNTED.match(term)
    if named is None:
        return False
    return sum(heading.endswith(named[2]) for heading in headings) > _NUMERALS.index(named[1])


RULE = Rule(
    id="unverified-term",
    family=Family.LANGUAGE,
    dimension=Dimension.LANGUAGE,
    severity=Severity.INFO,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.HOUSE,
    title="提法没有展开",
    what="找出加了引号的“几个什么”“几项什么”和“4+2”一类提法，既不在常见提法表里，后面也没有说明的，提请确认。",
    why="本地的提法外人看不懂；写错了数或沿用了旧提法，也常在这里露出来。",
    fix="第一次出现时说明一句，或注明出处。",
    basis="评阅经验；只提问，不判错，不扣分。",
    check=_check,
    must_fire=(
        report(duties("一、履职情况\n落实“四个*意识*”要求，讲党课4次。")),
        report(duties("一、履职情况\n认真对照市委“四个敢不敢、善不善”的要求，提升能力。")),
        report(plans("三、下步打算\n围绕“五项制度”组织各类活动。")),
        report(duties("对照“三个方面”查摆。\n（一）理论学习方面。读得少。\n（二）工作作风方面。下去得少。")),
        report(duties("一、履职情况\n帮助村里制定“4+2”发展思路。")),
    ),
    must_not_fire=(
        report(
            duties(
                "对照“三个方面”查摆。\n（一）理论学习方面。读得少。\n（二）工作作风方面。下去得少。\n（三）廉洁自律方面。提醒得少。"
            )
        ),
        report(duties("一、履职情况\n增强“四个意识”、坚定“四个自信”、做到“两个维护”，落实“三会一课”。")),
        report(duties("一、履职情况\n推行“1+3”帮扶办法，即1户由1名党员、1名技术员、1名干部帮扶。")),
        report(duties("一、履职情况\n支部书记说：“三个月招不齐20名表磁工”。“1+X”证书试点2个。")),
    ),
)
