"""Wording that must not go out before a human has looked at it.

Source: DOMAIN §3, gate G3.  The cap stands in the rubric.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, preface, report, title
from analyzer.rules.places import one_line
from analyzer.rules.wording import evasions, oddities

_LEAST = 2  # letters for characters that are no slip


def _check(report: Report) -> Iterator[Hit]:
    odd, masked = [oddity.place for oddity in oddities(report)], evasions(report)
    if odd or len(masked) >= _LEAST:
        places = odd + masked
        first = min(places, key=lambda place: place.start)
        yield Hit(
            0,
            0,
            f"有 {len(places)} 处固定表述有出入，或用字母代替了汉字（第一处是“{one_line(first.text, 12)}”）。"
            "在有人复核之前，总分封顶。",
            "请由熟悉情况的同志对照正式文件逐处核对；核对属实并改定，或者确认无误，封顶即可解除。",
            0.95,
        )


RULE = Rule(
    id="gate-wording",
    family=Family.GATES,
    dimension=Dimension.LANGUAGE,
    severity=Severity.ERROR,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="表述复核：固定表述待人工核对",
    what="固定表述有出入，或者有两处以上用字母代替汉字（如以 D 代“党”）时，总分封顶，直到有人复核。"
    "拿不准的提法、语序和称谓不触发。",
    why="这类错误影响大、机器又不应代改，须先由人看过。",
    fix="对照正式文件原文核对、改定。",
    basis="各地审稿中“表述复核”的做法。",
    check=_check,
    must_fire=(
        report(preface("以习近平新世代中国特色社会主义思想为指导，履行职责。")),
        report(title("镇D委书记2022年度抓D建工作述职报告"), duties("一、履职情况\n讲党课4次。")),
        report(duties("一、履职情况\n认真贯彻X中央的决策部署，学习XJP新时代思想。")),
        report(duties("一、履职情况\n发展D员3名，D员的ZZ素质有了提高。")),
    ),
    must_not_fire=(
        report(duties("一、履职情况\n增强“四个意识”，坚定“四个自信”，做到“两个维护”。")),
        report(duties("一、履职情况\n评出A类支部4个、D类支部1个，D组第三。引进ZZ型设备、D2B流程和3D课件。")),
        report(duties("一、履职情况\n为老人讲解补充维生素D建议1次。")),
        report(duties("一、履职情况\n坚持党要管党，从严治党。讲党课X次。"), stand_ins=["X次"]),
    ),
)
