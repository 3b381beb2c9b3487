"""Problems or plans are squeezed.

Source: DOMAIN §1.7 and §2.B section_share.  No national rule exists, so the check is soft, never rewards
length above the threshold, and leaves alone reports whose problems are told with their causes.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.result import CauseStatus, Dimension, Section, SectionType, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, item, plans, problems, report
from analyzer.rules.places import listed, opening, sections


def _check(report: Report) -> Iterator[Hit]:
    limits = report.thresholds["section-share"]
    whole = report.letters.all
    if whole < limits["shortest_report"]:
        return
    analysis, names = report.analysis, report.thresholds["sections"]["names"]

    def share(parts: list[Section]) -> float:
        return sum(report.letters.between(part.start, part.end) for part in parts) / whole

    own = sections(analysis, SectionType.PROBLEMS, SectionType.CAUSES)
    done = share(sections(analysis, SectionType.DUTIES, SectionType.RECTIFICATION))
    found = listed(analysis)
    told = sum(problem.cause.status is CauseStatus.EXPLICIT for problem in found)
    if own and share(own) < limits["ok"] and told < limits["told"] * max(1, len(found)):
        part = share(own)
        weight = 1.0 if part < limits["squeezed"] else limits["poor_weight"]
        if part >= limits["poor"]:
            weight = limits["hint_weight"]
        yield Hit(
            *opening(report, own[0]),
            f"问题和原因合起来占全文 {part:.0%}，{names['duties']}占 {done:.0%}；"
            f"写出的 {len(found)} 个问题里，说清了原因的有 {told} 个。"
            "篇幅花在成绩上，问题就容易一笔带过。",
            "请为每个问题补上一件具体的事和它的原因，同时删去履职部分没有事实的句子；要补的是内容，不是字数。",
            min(section.confidence for section in own),
            weight,
        )
    ahead = sections(analysis, SectionType.PLANS)
    if ahead and own and share(ahead) < limits["plans_squeezed"]:
        yield Hit(
            *opening(report, ahead[0]),
            f"“{names['plans']}”只占全文 {share(ahead):.0%}，要回应 {len(found)} 个问题，"
            "每个问题分不到几句话，难以写清谁办、何时办、办到什么程度。",
            "请逐条对应前面的问题写措施，写到能检查为止。",
            min(section.confidence for section in ahead),
            limits["plans_weight"],
        )


_LONG = duties("一、履职情况\n" + "全年主持党委会12次，研究党建议题9个，逐项交办并按月核对办理结果。" * 20)
_BARE = problems("二、存在问题\n一是学习不够深入。二是支部活动不够丰富。三是融合还不够紧密。")
_BARE_ITEMS = [
    item("一是学习不够深入。"),
    item("二是支部活动不够丰富。"),
    item("三是融合还不够紧密。"),
]
_PLANS = plans(
    "三、下步打算\n" + "每季度到三支部参加组织生活1次，带着上次没有办完的事项去，当场交账并公示。" * 3
)

RULE = Rule(
    id="section-share",
    family=Family.STRUCTURE,
    dimension=Dimension.STRUCTURE,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.LOCAL,
    title="问题或打算篇幅过小",
    what="按去掉空白的字数算各部分的比重：问题（含原因）低于三分之一提示，低于四分之一、低于一成半依次加重；打算低于一成二提示。六百字以内的短稿和四成以上问题已说清原因的，不查问题的比重。",
    why="成绩一大段、问题一点点，是退稿时最常见的意见之一。",
    fix="补每个问题的事实和原因，删成绩里的空话。超过门槛写得再长也不加分。",
    basis="比重没有全国统一的数；各地要求从四分之一到一半以上不等，这里取较宽的一档，可在配置里改。",
    check=_check,
    must_fire=(
        report(_LONG, _BARE, _PLANS, items=_BARE_ITEMS),
        report(
            _LONG,
            problems("二、不足\n学习抓得不紧，支部活动少。"),
            _PLANS,
            items=[item("学习抓得不紧，支部活动少。")],
        ),
        report(
            _LONG,
            problems(
                "二、存在问题\n一是到支部少。"
                + "我把精力放在招商上，全年只到过三支部1次，支部换届我也没有到场。" * 10
            ),
            plans("三、下步打算\n今后加强学习，改进作风。"),
            items=[item("一是到支部少。", cause="subjective", because="我把精力放在招商上")],
        ),
    ),
    must_not_fire=(
        report(
            duties("一、履职情况\n全年主持党委会12次。"), _BARE, plans("三、打算\n改。"), items=_BARE_ITEMS
        ),
        report(
            _LONG,
            problems("二、存在问题\n一是到支部少。我把精力放在招商上，全年只到过三支部1次。"),
            _PLANS,
            items=[
                item(
                    "一是到支部少。我把精力放在招商上，全年只到过三支部1次。",
                    cause="subjective",
                    because="我把精力放在招商上",
                )
            ],
        ),
        report(
            _LONG,
            problems(
                "二、存在问题\n"
                + "一是到支部少，全年只到过三支部1次，支部换届我也没有到场，事后才知道票数。" * 16
            ),
            plans(
                "三、下步打算\n"
                + "每季度到三支部参加组织生活1次，带着上次没有办完的事项去，当场交账并公示。" * 6
            ),
            items=[item("一是到支部少，全年只到过三支部1次，")],
        ),
    ),
)
