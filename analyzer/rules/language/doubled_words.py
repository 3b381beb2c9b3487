"""A word that stands twice, or a common slip of the pen.

Source: DOMAIN §2.I typo_redundancy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import numpy as np

from analyzer.language.codes import codes_of
from analyzer.language.memory import by_line
from analyzer.lexicons import any_of, table
from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, plans, report
from analyzer.rules.search import found

_HAN = re.compile("[一-鿿]{2}")


@cache
def _slips() -> re.Pattern[str]:
    return any_of(table("usage.toml")["slips"])


@cache
def _doubled() -> tuple[tuple[re.Pattern[str], ...], re.Pattern[str]]:
    """Return what finds doubled particles and the like, and the words that double by nature."""
    usage = table("usage.toml")["doubled"]
    return tuple(map(re.compile, usage["patterns"])), re.compile(usage["natural"])


def _check(report: Report) -> Iterator[Hit]:
    usage = table("usage.toml")
    slips = by_line("slips", report.repaired.text, lambda part: _slips().search(part) is not None)
    for place in found(report, _slips()) if any(held for _, held in slips) else ():
        match, innocent = place.match, usage["innocent"].get(place.text)
        if innocent and re.search(innocent, match.string[max(0, match.start() - 2) : match.end() + 2]):
            continue
        meant = usage["slips"][place.text]
        yield Hit(
            place.start,
            place.end,
            f"“{place.text}”像是笔误，这里通常写作“{meant}”，请核对。",
            "请核对后改正；通读一遍，同类的错字常常不止一处。",
            0.9,
        )
    patterns, natural = _doubled()
    for pattern in patterns:
        for place in found(report, pattern):
            yield _hit(place.text, place.start, place.end)
    repaired = report.repaired
    for start in _twins(repaired.text):
        word = repaired.text[start : start + 2]
        if not natural.match(repaired.text, start) and report.doc._.is_word(start, start + 2):
            yield _hit(2 * word, *repaired.source(start, start + 4))


def _twins(text: str) -> list[int]:
    """Return where two Chinese characters stand twice on end."""
    codes = codes_of(text)
    same = codes[:-2] == codes[2:]
    twice = same[:-1] & same[1:]
    return [at for at in np.flatnonzero(twice).tolist() if _HAN.match(text, at)]


def _hit(text: str, start: int, end: int) -> Hit:
    return Hit(
        start,
        end,
        f"“{text}”里有重复的字词，像是改稿时多留了一个。",
        "请删去多出来的字词，再通读一遍这句话。",
        0.8,
    )


RULE = Rule(
    id="doubled-words",
    family=Family.LANGUAGE,
    dimension=Dimension.LANGUAGE,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="错别字与重复字词",
    what="找出写重的词（如“学习教育学习”）和一张常见错字表里的错字。“一户一户”“高高兴兴”一类本来就重叠的词不算，人名地名不查。",
    why="错字和重复是校对不细的痕迹，评议的人会由此怀疑内容也不细。",
    fix="改正后通读一遍。",
    basis="公文校对的通行做法；错字表由本项目整理，可增减。",
    check=_check,
    must_fire=(
        report(duties("一、履职情况\n机关支部支部主题党日12次。")),
        report(duties("一、履职情况\n把党史学习教育学习作为全年的重要政治工作。")),
        report(duties("一、履职情况\n党组进一步覆行主体责任，对关键岗位重点防犯。")),
        report(plans("三、下步打算\n推进推进支部标准化建设的的各项工作。")),
    ),
    must_not_fire=(
        report(duties("一、履职情况\n把64户的证一本一本办齐，一户一户地走，大家高高兴兴。")),
        report(duties("一、履职情况\n扎实开展党史学习教育，学习效果的确好。为了了解实情，住村12天。")),
        report(duties("一、履职情况\n执法支队支队长到二中队中队长家中走访，第三支部支部书记讲课2次。")),
        report(duties("一、履职情况\n按排名先后公示，预防犯罪讲座3场，出现像老周这样的典型。")),
        report(duties("一、履职情况\n截至目前，安排专人部署，履行职责；难题研究研究就有了办法。")),
    ),
)
