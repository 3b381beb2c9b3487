"""The writer's own unit is of two kinds (我局, 我行) that cannot be one.

Source: DOMAIN §2.F unit_identity.  By the kinds alone, without any list of places; another unit's name left
in a copied text is looked for where several reports are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from analyzer.lexicons import any_of, classes, table
from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, plans, preface, report, title

_LEXICON = "unit-words.toml"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return what finds the own unit, a quotation, and that a unit became another."""
    rules, kinds = table(_LEXICON)["rules"], classes(_LEXICON, "kinds")[0]
    own = rules["own"].replace("WORDS", any_of(kinds).pattern)
    return re.compile(own), re.compile(rules["quotation"]), re.compile(rules["renamed"])


def _check(report: Report) -> Iterator[Hit]:
    own, quotation, renamed = _patterns()
    text = report.repaired.text
    kinds = classes(_LEXICON, "kinds")[0]
    found: dict[str, list[re.Match[str]]] = {}
    for match in own.finditer(text):
        found.setdefault(kinds[match.group(1)], []).append(match)
    if len(found) < 2 or renamed.search(text):
        return
    quoted = [match.span() for match in quotation.finditer(text)]
    spoken = {
        kind: kept
        for kind, places in found.items()
        if (kept := [place for place in places if not any(a < place.start() < b for a, b in quoted)])
    }
    if len(spoken) < 2:
        return
    usual = max(spoken, key=lambda kind: (len(spoken[kind]), -spoken[kind][0].start()))
    together = [set(pair) for pair in table(_LEXICON)["rules"]["together"]]
    for kind, places in spoken.items():
        if kind != usual and {kind, usual} not in together:
            there, here = spoken[usual][0].group(), places[0].group()
            yield Hit(
                *report.repaired.source(*places[0].span()),
                f"全文有 {len(spoken[usual])} 处自称“{there}”，这里却称“{here}”，"
                "像是两个单位，读者会问稿子是不是从别处搬来的。",
                "请核对本单位的简称并统一；确是年内更名、调任的，请说明一句。",
                report.thresholds["inconsistent-unit"]["confidence"],
            )


RULE = Rule(
    id="inconsistent-unit",
    family=Family.LANGUAGE,
    dimension=Dimension.LANGUAGE,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="单位自称不一致",
    what="看“我局、本行、我镇”一类的自称是不是同一种单位。上下级或同一单位的两种叫法（我院与我校、我村与我镇、我厂与公司）、科室队站等内设机构、我市我县等地域、引号里别人的话，都不算；文中说到更名、合并、调任的，不查。",
    why="一份稿子里出现两种单位，轻则疏漏，重则让人怀疑内容不是自己的。",
    fix="全文只用一个规范的简称，第一次出现时写全称。",
    basis="公文用语前后一致的通行要求；抄改别处材料被通报的公开案例中有此情形。请人工核对，程序不作认定。",
    check=_check,
    must_fire=(
        report(duties("一、履职情况\n我局党组研究议题9个。全年我局发展党员3名，我社支部换届2个。")),
        report(
            preface("我行全体党员在分行党委领导下开展工作。"),
            duties("一、履职情况\n我行开展主题党日12次。"),
            plans("三、下步打算\n进一步加强我局党建工作。"),
        ),
        report(title("2021年述职报告"), duties("我镇共有支部12个。本乡党员460名，我镇发展党员6名。")),
    ),
    must_not_fire=(
        report(duties("一、履职情况\n我院党委与我校同步部署，本院发展党员3名。")),
        report(duties("一、履职情况\n我村离镇上20里，我镇今年修路3公里，我村出工46人。")),
        report(duties("一、履职情况\n3月机构改革后，我办更名，我局党组研究议题9个。")),
        report(
            duties("一、履职情况\n我局走访企业46家，有企业说：“我行我素不行，我厂想转型。”我办的事都公示。")
        ),
        report(duties("一、履职情况\n我局服务我市经济，我科、我处、我队各有台账，我办理信访件47件。")),
    ),
)
