"""A set phrase of the Party's documents is not written as they write it.

Source: DOMAIN §2.H fixed_phrase_error.  Shown to a human; nothing is put right and no wording is proposed.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, preface, report
from analyzer.rules.wording import oddities


def _check(report: Report) -> Iterator[Hit]:
    for oddity in oddities(report):
        yield Hit(
            oddity.place.start,
            oddity.place.end,
            f"{oddity.about}。固定表述不能有出入，请人工核对；本工具不改写，也不推测原意。",
            "请对照正式文件的原文逐字核对，由熟悉情况的同志定稿。",
            0.95,
        )


RULE = Rule(
    id="fixed-phrase",
    family=Family.LANGUAGE,
    dimension=Dimension.LANGUAGE,
    severity=Severity.ERROR,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="固定表述有出入",
    what="对照一份有出处的固定表述表，找出写错、漏字、各项不全或张冠李戴的地方，提请人工核对。没有展开的简称、“等”字结尾的列举、表里没有的提法都不管。",
    why="固定表述出错是退稿的理由，也最容易被误传。",
    fix="对照正式文件原文改定；本工具不代改。",
    basis="公文审核的通行要求；表述表只收有出处的，定期复核，须由熟悉情况的同志负责。",
    check=_check,
    must_fire=(
        report(preface("以习近平新世代中国特色社会主义思想为指导，履行职责。")),
        report(
            duties(
                "一、履职情况\n增强政治意识、大局意识、核心意识、责任意识“四个意识”，自觉同党中央保持一致。"
            )
        ),
        report(duties("一、履职情况\n坚定“四个自信”（道路自信、理论自信、制度自信）。")),
        report(duties("一、履职情况\n坚定“四个意识”、增强“四个自信”、做到“两个维护”。")),
        report(duties("一、履职情况\n认真学习习近平新时代中国特色思想。")),
    ),
    must_not_fire=(
        report(preface("以习近平新时代中国特色社会主义思想为指导，履行职责。")),
        report(duties("一、履职情况\n增强“四个意识”，坚定“四个自信”，做到“两个维护”。")),
        report(duties("一、履职情况\n牢固树立政治意识、大局意识、核心意识、看齐意识，“四个意识”更加牢固。")),
        report(duties("一、履职情况\n强化大局意识、责任意识、服务意识，领办事项11件。")),
        report(duties("一、履职情况\n做到“两个维护”的自觉性增强。学习习近平生态文明思想2次。")),
    ),
)
