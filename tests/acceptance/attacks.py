"""Attempts to get a better score without a better report."""

from __future__ import annotations

import random
import re

from analyzer.lexicons import lines
from analyzer.training.corpus import GoldReport

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；]")


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
    start, end = _section(report, "problems")

    def cued(match: re.Match[str]) -> str:
        head, comma, rest = match.group().partition("，")
        return f"{head}，主要原因是{rest}" if comma else match.group()

    return report.text[:start] + _SENTENCE.sub(cued, report.text[start:end]) + report.text[end:]


def figures(report: GoldReport) -> str:
    """The same empty figures at the end of every sentence of the duties."""
    start, end = _section(report, "duties")
    padded = re.sub(r"(?<=[一-鿿])。", "，共12次、36人次。", report.text[start:end])
    return report.text[:start] + padded + report.text[end:]


def mechanisms(report: GoldReport) -> str:
    """The same empty promise of an owner and a date at the end of every sentence of the plans."""
    start, end = _section(report, "plans")
    padded = re.sub(r"(?<=[一-鿿])。", "，由我牵头，6月底前完成。", report.text[start:end])
    return report.text[:start] + padded + report.text[end:]


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


ATTACKS = {
    attack.__name__: attack
    for attack in (shuffled, problems_twice, cue_words, figures, mechanisms, slogans, longer)
}


def _section(report: GoldReport, kind: str) -> tuple[int, int]:
    """Return where the longest section of a type stands; an empty stretch at the end where there is none."""
    spans = [
        (report.raw[section["first"] - 1][0], report.raw[section["last"] - 1][1])
        for section in report.gold["sections"]
        if section["type"] == kind
    ]
    return max(spans, key=lambda span: span[1] - span[0], default=(len(report.text), len(report.text)))
