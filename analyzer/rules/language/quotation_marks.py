"""Quotation marks, titles' marks and half-width punctuation.

Source: DOMAIN §2.I punct_quote.  The house style of a receiving office goes first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from analyzer.lexicons import pattern, table
from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, problems, report
from analyzer.rules.search import found, is_quoted

_cue = partial(pattern, "usage.toml", "quoting")

_PAIRS = (("“", "”", "引号"), ("《", "》", "书名号"))
_AROUND = 12  # characters shown from a mark without its pair
_MOST = 3  # marks without their pair that are told one by one
_MARKED = frozenset("“”‘’'\"")


def _check(report: Report) -> Iterator[Hit]:
    yield from _unpaired(report)
    yield from _bare_terms(report)
    text = report.document.text
    half = list(_cue("half").finditer(text))
    if len(half) >= table("usage.toml")["quoting"]["half_least"]:
        yield Hit(
            half[0].start(),
            half[0].start() + 1,
            f"汉字之间有 {len(half)} 处用了半角标点（如“{half[0].group()[0]}”），不合中文的通行写法。",
            "请统一改成全角标点；用查找替换一次就能改完。",
            0.9,
        )
    if "教育》" in text or "活动》" in text:
        for place in found(report, _cue("book")):
            yield Hit(
                place.start,
                place.end,
                f"{place.text}是一项活动而不是书或文件，通常不用书名号。",
                "请去掉书名号，或者改用引号。",
                0.8,
            )


def _unpaired(report: Report) -> Iterator[Hit]:
    """Yield marks that lack their pair in the paragraph, where the whole text does not make up for them."""
    repaired = report.repaired
    text, told = repaired.text, 0
    for opens, closes, name in _PAIRS:
        if text.count(opens) == text.count(closes):
            continue
        for position in _alone(text, opens, closes):
            if told == _MOST:
                return
            told += 1
            start, end = repaired.source(position, position + 1)
            shown = text[position : position + _AROUND].split("\n")[0]
            if text[position] == closes:
                shown = text[max(0, position + 1 - _AROUND) : position + 1].rsplit("\n")[-1]
            yield Hit(
                start,
                end,
                f"“{shown.strip('“”')}”处的{name}只有一半，从哪里引到哪里看不出来。",
                "请补上缺的一半，或者删去多出来的一半。",
                0.8,
            )


def _alone(text: str, opens: str, closes: str) -> Iterator[int]:
    """Yield the position of each mark that lacks its pair; a paragraph ends what is open."""
    held = -1
    for match in re.finditer(f"[{opens}{closes}\n]", text):
        mark = match.group()
        if mark == closes:
            if held < 0:
                yield match.start()
            held = -1
            continue
        if held >= 0:
            yield held
        held = match.start() if mark == opens else -1
    if held >= 0:
        yield held


def _bare_terms(report: Report) -> Iterator[Hit]:
    """Yield terms that are written in quotation marks and stand without them; the first of each."""
    text = report.repaired.text
    for term, usual in table("usage.toml")["quoting"]["terms"].items():
        if term not in text:
            continue
        for place in found(report, re.compile(term)):
            before = text[place.match.start() - 1 : place.match.start()]
            if before not in _MARKED and not is_quoted(place.match):
                yield Hit(
                    place.start,
                    place.end,
                    f"这里的{term}没有加引号；它是约定的简称或比喻，通常写作{usual}。",
                    "请加上引号，全文写法一致；接收单位另有体例的，按其体例。",
                    0.7,
                )
                break


RULE = Rule(
    id="quotation-marks",
    family=Family.LANGUAGE,
    dimension=Dimension.LANGUAGE,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="引号、书名号与半角标点",
    what="查四件事：引号、书名号缺一半，村“两委”一类约定加引号的词没有加，把活动写进书名号，汉字之间夹半角标点（三处以上只提一次）。引号里套引号不算。",
    why="标点是校对的门面；引号缺了，提法从哪里到哪里也看不清。",
    fix="补齐、统一。",
    basis="标点符号用法的通行要求；接收单位另有体例的从其体例。",
    check=_check,
    must_fire=(
        report(duties("一、履职情况\n增强“四个意识、坚定“四个自信”。")),
        report(duties("一、履职情况\n帮助村两委制定议事规则。")),
        report(duties("一、履职情况\n讲党课4次,到支部9次,走访46户,办结417件。")),
        report(duties("一、履职情况\n扎实开展《党史学习教育》，集中学习14次。")),
    ),
    must_not_fire=(
        report(
            duties("一、履职情况\n帮助村“两委”制定议事规则，解决“两张皮”。学习《党史学习教育工作条例》。")
        ),
        report(problems("二、存在问题\n点评指出“党建、业务‘两张皮’，重布置轻落实”。")),
        report(duties("一、履职情况\n办结率95.4%，比例为3:1，详见A,B两类清单。")),
    ),
)
