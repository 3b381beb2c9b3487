"""Attempts to get a better score without a better report."""

from __future__ import annotations

import itertools
import random
import re
from collections import Counter
from collections.abc import Callable

from analyzer.lexicons import lines
from analyzer.training.corpus import GoldReport

# Sentences that padding must be put into to be padding; once or twice it is a claim like others.
LEAST = 4

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；]")
_FULL_STOP = re.compile(r"(?<=[一-鿿])。")
_OWN_UNIT = re.compile("我[局校院镇乡县村区]")
_YEAR = re.compile(r"20\d\d(?=年度?[^。\n]{0,20}(?:述职|述责|述廉))")


def shuffled(report: GoldReport) -> str:
    """The paragraphs in any order."""
    paragraphs = report.text.split("\n")
    random.Random(report.id).shuffle(paragraphs)
    return "\n".join(paragraphs)


def problems_twice(report: GoldReport) -> str:
    """The section of problems once more after itself, so that it takes its share of the report."""
    start, end = _section(report, "problems")
    return f"{report.text[:end]}\n{report.text[start:end]}{report.text[end:]}"


def cue_words(report: GoldReport) -> str:
    """主要原因是 put before the second clause of every sentence about problems."""

    def cued(match: re.Match[str]) -> str:
        head, comma, rest = match.group().partition("，")
        return f"{head}，主要原因是{rest}" if comma else match.group()

    return _everywhere(report, "problems", _SENTENCE, cued)


def figures(report: GoldReport) -> str:
    """The same empty figures at the end of every sentence of the duties."""
    return _everywhere(report, "duties", _FULL_STOP, lambda _: "，共12次、36人次。")


def mechanisms(report: GoldReport) -> str:
    """The same empty promise of an owner and a date at the end of every sentence of the plans."""
    return _everywhere(report, "plans", _FULL_STOP, lambda _: "，由我牵头，6月底前完成。")


def slogans(_: GoldReport) -> str:
    """Nothing but slogans under the three headings."""
    words = lines("stock-phrases.txt")
    parts = [f"{'，'.join(words[k : k + 6])}。" for k in range(0, len(words) - 6, 6)]
    third = len(parts) // 3
    return "\n".join(
        [
            "2023年度抓党建工作述职报告",
            "一、履职情况",
            *parts[:third],
            "二、存在问题",
            *parts[third : 2 * third],
            "三、下步打算",
            *parts[2 * third :],
        ]
    )


def longer(report: GoldReport) -> str:
    """Every paragraph of the duties twice in other places, to be long."""
    start, end = _section(report, "duties")
    return f"{report.text[:end]}\n{report.text[start:end]}{report.text[end:]}"


def all_twice(report: GoldReport) -> str:
    """The whole report once more after itself."""
    return f"{report.text}\n{report.text}"


def other_figures(report: GoldReport) -> str:
    """The same empty words with other figures at the end of every sentence of the duties."""
    numbers = itertools.count(3, 7)

    def padded(_: re.Match[str]) -> str:
        number = next(numbers)
        return f"，共{number}次、{3 * number}人次。"

    return _everywhere(report, "duties", _FULL_STOP, padded)


def another_unit(report: GoldReport) -> str:
    """Half of it from a report of another unit: its own name for itself changes in the middle."""
    half = len(report.text) // 2
    own = Counter(_OWN_UNIT.findall(report.text)).most_common(1)
    if not own:
        return report.text
    name = own[0][0]
    other = "我镇" if name in ("我局", "我校", "我院") else "我校"
    return report.text[:half] + report.text[half:].replace(name, other)


def last_year(report: GoldReport) -> str:
    """Last year's report with another year in its title."""
    return _YEAR.sub(lambda match: str(int(match.group()) + 1), report.text, count=1)


ATTACKS = {
    attack.__name__: attack
    for attack in (
        shuffled,
        problems_twice,
        cue_words,
        figures,
        mechanisms,
        slogans,
        longer,
        all_twice,
        other_figures,
        another_unit,
        last_year,
    )
}


def _everywhere(
    report: GoldReport, kind: str, pattern: re.Pattern[str], change: Callable[[re.Match[str]], str]
) -> str:
    """Return the report with something changed all over a section; as it is where that is not often."""
    start, end = _section(report, kind)
    changed = [change(match) != match.group() for match in pattern.finditer(report.text, start, end)]
    if sum(changed) < LEAST:
        return report.text
    return report.text[:start] + pattern.sub(change, report.text[start:end]) + report.text[end:]


def _section(report: GoldReport, kind: str) -> tuple[int, int]:
    """Return where the longest section of a type stands; an empty stretch at the end where there is none."""
    spans = [
        (report.raw[section["first"] - 1][0], report.raw[section["last"] - 1][1])
        for section in report.gold["sections"]
        if section["type"] == kind
    ]
    return max(spans, key=lambda span: span[1] - span[0], default=(len(report.text), len(report.text)))
