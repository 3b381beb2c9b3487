"""A word stands where a number is expected: 多次, 若干, 一系列.

Source: DOMAIN §2.A vague_quantifier.  A sentence that is already called vague is left to the rules on vague
sentences, one with a blank to the rule on blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from analyzer.lexicons import pattern
from analyzer.result import Dimension, SectionType, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.checkable import is_checkable
from analyzer.rules.examples import duties, plans, problems, report
from analyzer.rules.places import one_line, section_at, touches
from analyzer.rules.search import matches

_pattern = partial(pattern, "quantifiers.toml")

_EXPECTED = (SectionType.DUTIES, SectionType.RECTIFICATION, SectionType.PLANS)
_END = re.compile(r"[，。；！？：]")
_STOP = re.compile(r"[。；！？\n]")


def _check(report: Report) -> Iterator[Hit]:
    repaired, analysis = report.repaired, report.analysis
    told = [*report.blanks, *((span.start, span.end) for span in analysis.vague)]
    for match in matches("quantifiers.toml", "vague", repaired.text):
        place = repaired.source(*match.span())
        if section_at(analysis, place[0]) not in _EXPECTED:
            continue
        start, end = _clauses(repaired.text, match)
        clauses = "".join(repaired.text[start:end].split())
        if (
            not is_checkable(clauses)
            and _pattern("act").search(clauses)
            and not _pattern("fixed").search(clauses)
            and not touches(*repaired.source(start, end), told)
        ):
            stop = _STOP.search(repaired.text, match.end(), end)
            told_so = repaired.text[start : stop.start() if stop else end]
            yield Hit(
                *place,
                f"“{one_line(told_so)}”里的“{match.group()}”没有数，前后也没有写出做了几次、涉及多少，读者无从核对。",
                "请从台账里查出实际的次数或数量写上，能写明时间、对象更好；查不到的，删去这个词。",
                0.8,
            )


def _clauses(text: str, match: re.Match[str]) -> tuple[int, int]:
    """Return the clause that holds the word and the one after it."""
    start = max(text.rfind(mark, 0, match.start()) for mark in "，。；！？：\n") + 1
    ends = _END.finditer(text, match.end())
    next(ends, None)
    after = next(ends, None)
    return start, len(text) if after is None else after.start()


RULE = Rule(
    id="vague-quantifier",
    family=Family.FACTS,
    dimension=Dimension.FACTS,
    severity=Severity.INFO,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="用“多次”“一系列”代替数字",
    what="在履职、整改和打算部分，找出“多次”“若干”“大量”“一系列”“一大批”一类的词：前后两个分句里都没有能核对的数字、时间或文件名的才指出。已按空泛或空白指出的句子不再重复。",
    why="“多次”可以是两次，也可以是二十次；该有数的地方没有数，等于没有交账。",
    fix="写“次数＋对象＋时间”，如“4次专题研究，覆盖3个支部”；没有数的，删去副词。",
    basis="组织部门审稿的通行意见：要有事例和数据。",
    check=_check,
    must_fire=(
        report(duties("一、履职情况\n多次深入基层开展调研，听取党员意见。")),
        report(duties("一、履职情况\n围绕组织建设制定了一系列制度，把责任压到支部。")),
        report(plans("三、下步打算\n组织若干场宣讲，培养一大批业务骨干。")),
    ),
    must_not_fire=(
        report(duties("一、履职情况\n先后多次到三支部调研，其中3月、6月、9月各1次。")),
        report(duties("一、履职情况\n多次召开党委会研究党建。全年12次会议里有9次列了党建议题。")),
        report(duties("一、履职情况\n学习《关于新形势下党内政治生活的若干准则》，开展研讨。")),
        report(problems("二、存在问题\n一是对二支部多次要求，却没有到场督促。")),
        report(
            duties("一、履职情况\n多次组织活动，队伍面貌焕然一新。"),
            vague=["多次组织活动，队伍面貌焕然一新。"],
        ),
    ),
)
