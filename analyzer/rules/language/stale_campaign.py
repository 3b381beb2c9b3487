"""A campaign or set phrase is spoken of as current in a year that it does not belong to.

Source: DOMAIN §2.H stale_campaign.  The windows are dated data (``campaigns.toml``); where their months are
not confirmed they are set generously.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from analyzer.lexicons import patterns, table
from analyzer.result import Dimension, SectionType, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, plans, problems, report, title
from analyzer.rules.places import section_at
from analyzer.rules.reporting_year import FILING_MONTHS, Source, reporting_year
from analyzer.rules.search import Place, found, sentence_of

_BEFORE = 14  # characters before a term that may say that it is current
_AHEAD = (SectionType.PLANS, SectionType.CLOSING)
_NOW = (SectionType.TITLE, SectionType.PREFACE, SectionType.DUTIES, *_AHEAD)


@dataclass(frozen=True, slots=True)
class _Term:
    name: str
    mark: str
    pattern: re.Pattern[str]
    first: int | None  # months since the year 0
    last: int | None
    confirmed: bool


@cache
def _terms() -> tuple[_Term, ...]:
    return tuple(
        _Term(
            entry["name"],
            entry["mark"],
            re.compile(entry["pattern"]),
            _months(entry.get("first")),
            _months(entry.get("last")),
            entry["confirmed"],
        )
        for entry in table("campaigns.toml")["term"]
    )


def _named(text: str) -> list[_Term]:
    """Return the terms that a text may name."""
    return [term for term in _terms() if term.mark in text]


def _months(date: str | None) -> int | None:
    if date is None:
        return None
    year, month = date.split("-")
    return 12 * int(year) + int(month)


def _check(report: Report) -> Iterator[Hit]:
    named = _named(report.repaired.text)
    told = reporting_year(report) if named else None
    if told is None:
        return
    for term in named:
        for place in found(report, term.pattern):
            if fault := _fault(report, term, place, told.year):
                yield Hit(
                    place.start,
                    place.end,
                    fault + "读者会疑心稿子沿用了别的年份。",
                    "请人工核对：是旧稿没有改净的，换成当年的任务；说的是巩固、深化成果的，写明“巩固”“深化”；年份写错的，改年份。",
                    0.9 if told.source is Source.TITLE else 0.75,
                )
                break  # a term is told once


def _fault(report: Report, term: _Term, place: Place, reported: int) -> str:
    """Say what does not fit; empty where nothing is wrong."""
    section = section_at(report.analysis, place.start)
    ahead = section in _AHEAD
    year = reported + ahead
    if term.first is not None and term.first > 12 * year + (12 if ahead else 12 + FILING_MONTHS):
        return f"{reported} 年的报告里出现了{term.name}，而按本工具的时间表，这一提法（部署）在那之后才有。"
    if term.last is None or term.last > 12 * year or section not in _NOW:
        return ""
    if not _is_current(place, term, reported):
        return ""
    return (
        f"报告写的是 {reported} 年，这里把{term.name}当作{'下一步' if ahead else '当年'}的任务来写，"
        f"而按本工具的时间表，它作为当前任务到 {(term.last - 1) // 12} 年为止"
        f"{'' if term.confirmed else '（起止月份未经核实，请以上级文件为准）'}。"
    )


def _is_current(place: Place, term: _Term, reported: int) -> bool:
    """Whether a term is what is done now, where the sentence neither looks back nor names what followed."""
    match, cues = place.match, patterns("campaigns.toml")
    before = match.string[max(0, match.start() - _BEFORE) : match.start()]
    others = sentence_of(match).replace(match.group(), "")
    return (
        cues["current"].search(before.rsplit("\n")[-1]) is not None
        and not cues["past"].search(others)
        and not any(int(named.group("year")) < reported for named in cues["year"].finditer(others))
        and not any(other.last is None or other.last > (term.last or 0) for other in _named(others))
    )


_T24 = title("××局党组书记2024年度抓基层党建工作述职报告")
_T18 = title("2018年抓党建工作述职报告")

RULE = Rule(
    id="stale-campaign",
    family=Family.LANGUAGE,
    dimension=Dimension.LANGUAGE,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="时效错位",
    what="把报告的年份与学习教育、专题活动、重要提法的起止时间对照：已经结束的还当作当前任务来写，或者当年还没有的已经写进去，就请人工核对。"
    "“巩固”“深化成果”“回顾”“以来”和法规名称不算。",
    why="时效不对，多半是沿用了旧稿或套用了别处的稿子；评议的人一眼就能看出来。",
    fix="换成当年的任务，或者写明是在巩固成果。",
    basis="审稿通行要求。时间表是数据文件，定期复核；其中一部分月份没有查到权威出处，按宽的算，须由熟悉情况的同志确认。",
    check=_check,
    must_fire=(
        report(_T24, duties("一、履职情况\n深入开展党史学习教育，引导党员学史明理。")),
        report(_T18, duties("一、履职情况\n（二）深入开展党的群众路线教育实践活动。")),
        report(_T18, duties("一、履职情况\n深刻领悟“两个确立”的决定性意义。")),
        report(_T24, plans("三、下步打算\n深入学习贯彻党的十九大精神，打牢思想根基。")),
    ),
    must_not_fire=(
        report(_T24, duties("一、履职情况\n巩固拓展党史学习教育成果，推动常态化长效化。")),
        report(_T24, duties("一、履职情况\n学习《党史学习教育工作条例》。扎实开展党纪学习教育。")),
        report(_T24, duties("一、履职情况\n巩固拓展脱贫攻坚成果，同乡村振兴有效衔接。")),
        report(
            _T18, duties("一、履职情况\n深入学习贯彻党的十九大精神，推进“两学一做”学习教育常态化制度化。")
        ),
        report(_T24, problems("二、存在问题\n2021年开展党史学习教育时定下的“办实事”清单还有两件没有办完。")),
        report(title("2021年度述职报告"), plans("三、下步打算\n学习宣传贯彻党的二十大精神。")),
        report(duties("一、履职情况\n深入开展党史学习教育。")),
    ),
)
