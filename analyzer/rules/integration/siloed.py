"""Party work and business stand apart in the duties.

Source: DOMAIN §2.E lzp_structural and lzp_label.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.result import Dimension, Link, SectionType, Severity, Siloed
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, report, title
from analyzer.rules.places import opening, sections

_WORDS = {
    Siloed.FULL: "履职部分党建归党建、业务归业务（或只写了一头），"
    "看不出党组织为中心工作做了哪件事、起了什么作用。",
    Siloed.PARTIAL: "履职部分说到了党建促业务，但只有概括的说法，"
    "没有写出是哪个支部、做了什么，业务上才有了哪个变化。",
}

_FEW = (
    "履职各项里，党建怎样推动了业务，写得具体的只有 {} 项，其余只有概括的说法，"
    "没有写出是哪个支部、做了什么，业务上才有了哪个变化。"
)
_NO_PARTY_WORK = (Link.BUSINESS, Link.OTHER)


def _check(report: Report) -> Iterator[Hit]:
    done = sections(report.analysis, SectionType.DUTIES)
    verdict = report.analysis.siloed
    if not done or verdict is None or verdict is Siloed.NONE:
        return
    limits, items = report.thresholds["siloed"], report.analysis.integration
    if limits["only_with_party_work"] and all(item.link in _NO_PARTY_WORK for item in items):
        return
    tied = sum(item.link is Link.TIED for item in items)
    yield Hit(
        *opening(report, done[0]),
        _FEW.format(tied) if tied and verdict is Siloed.PARTIAL else _WORDS[verdict],
        "请选一两项中心工作，写清党组织做了什么、由谁去做、业务上因此有了什么能核对的变化；没有这样的事，就如实写进问题。",
        done[0].confidence,
        limits[verdict.value],
    )


_APART = duties(
    "一、履职情况\n（一）抓学习\n集中学习12次，讲党课4次。\n（二）抓业务\n招商引资到位资金3.2亿元，办结信访件47件。"
)
_CLAIMED = duties("一、履职情况\n以党建引领促业务发展，招商引资到位资金3.2亿元。")
_JOINED = duties("一、履职情况\n二支部领办征地难题，7名党员包46户，3月底前全部签约，项目提前40天开工。")

RULE = Rule(
    id="siloed",
    family=Family.INTEGRATION,
    dimension=Dimension.INTEGRATION,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="党建与业务各写各的",
    what="通看履职部分：党组织的做法有没有落到业务上、有没有写出结果。只喊“以党建引领促发展”算一半，完全分开写算全。",
    why="评议的是抓党建抓出了什么；两头各写各的，党建成了自我循环，业务成了工作总结。",
    fix="用一件事把两头连起来：谁、做了什么、业务上变了什么。",
    basis="述职评议考核强调基层党建与中心工作深度融合；具体判断属评审惯例。",
    check=_check,
    must_fire=(
        report(_APART, siloed="full"),
        report(_CLAIMED, siloed="partial"),
        report(title("2021年述职报告"), _APART, siloed="partial"),
    ),
    must_not_fire=(
        report(_JOINED, siloed="none"),
        report(_JOINED),
        report(title("2021年对照检查材料"), siloed="full"),
    ),
)
