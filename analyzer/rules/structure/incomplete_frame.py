"""Title, reporter, year or closing line is missing.

Source: DOMAIN §2.B frame_incomplete.  A text that has neither title nor opening is taken for a pasted
body, whose frame the system adds later, and is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.result import Dimension, SectionType, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import closing, duties, plans, preface, report, title
from analyzer.rules.frame import head, is_titled, is_whole, pattern, tail
from analyzer.rules.places import sections

_NAMES = {"title": "标题", "who": "述职人（单位、职务或姓名）", "time": "年度或日期", "closing": "结束语"}


def _check(report: Report) -> Iterator[Hit]:
    limits = report.thresholds["incomplete-frame"]
    first, last = head(report, limits["lines_head"]), tail(report, limits["lines_tail"])
    if not first or not is_whole(report, first):
        return
    around = "\n".join([*first, *last])
    there = {
        "title": is_titled(report, first),
        "who": pattern("slots", "who").search(around),
        "time": pattern("slots", "time").search(around),
        "closing": sections(report.analysis, SectionType.CLOSING)
        or pattern("slots", "closing").search("\n".join(last)),
    }
    missing = [_NAMES[slot] for slot, found in there.items() if not found]
    if len(missing) >= limits["least_missing"]:
        yield Hit(
            0,
            0,
            f"首尾没有看到{'、'.join(missing)}。单独成文的述职报告缺这些，归档和评议时不易认出是谁、哪一年的。",
            "请在开头写明标题、单位职务和年度，结尾写一句“以上报告，请予评议”一类的话；由系统统一加封面的可以不管。",
            0.8,
        )


_BODY = duties("一、履职情况\n全年主持党委会12次，其中9次研究党建，领办任务4项，办结4项。")
_PLANS = plans("三、下步打算\n每季度到三支部1次。\n每月谈心2人。\n6月底前补齐台账。\n年底公示。")

RULE = Rule(
    id="incomplete-frame",
    family=Family.STRUCTURE,
    dimension=Dimension.STRUCTURE,
    severity=Severity.INFO,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="标题、述职人、年度或结束语不全",
    what="看开头几行和结尾几行有没有标题、述职人、年度、结束语，缺两样以上的提示。既无标题又无开场白、直接从正文开始的，当作粘贴的正文，不查。",
    why="首尾不全的稿子，存档后认不出是谁、哪一年的。",
    fix="按通知的格式补齐首尾。",
    basis="公文和述职材料的通行格式；只作提示。",
    check=_check,
    must_fire=(
        report(preface("一年来，我切实履行第一责任人责任，现将履职情况报告如下："), _BODY, _PLANS),
        report(title("述职报告"), _BODY, _PLANS),
        report(preface("各位同志：下面我作述职。"), _BODY, _PLANS),
    ),
    must_not_fire=(
        report(title("云岔镇党委书记2022年度述职报告"), _BODY, _PLANS, closing("以上报告，请予评议。")),
        report(_BODY, _PLANS),
        report(title("云岔镇党委书记2022年度述职报告"), _BODY, _PLANS),
        report(
            preface("各位领导：现将2021年履职情况报告如下。"),
            _BODY,
            _PLANS,
            closing("述职人：王山\n2021年12月20日"),
        ),
    ),
)
