"""Figures of one report contradict each other.

Source: DOMAIN §2.I numeric_inconsistent.  Which of them is right only the ledger can tell.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, plans, preface, report
from analyzer.rules.figures import clashes


def _check(report: Report) -> Iterator[Hit]:
    repaired = report.repaired
    for clash in clashes(repaired.text):
        start, end = repaired.source(clash.start, clash.end)
        yield Hit(
            start,
            end,
            f"{clash.about}。有一处对不上，别的数也会跟着受怀疑。",
            "请对照台账核对，改正写错的数；两个数说的不是一回事的，把各自的范围（时间、对象、人数还是人次）写明。",
            clash.confidence,
        )


RULE = Rule(
    id="contradicting-figures",
    family=Family.FACTS,
    dimension=Dimension.FACTS,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="数字前后矛盾",
    what="在一份报告里核对数字：部分与整体、余数、合计、同一总数写了两个数、升降方向和差额、"
    "超过 100% 的比例、人次少于场次、频次与全年次数、“全程”“全员”与人次、日历上没有的日子。"
    "约数、口径不同的数和时间不同的数不比。",
    why="数字是履职最硬的证据；前后打架，整篇都难让人相信。",
    fix="对照台账统一；口径不同的写明口径。",
    basis="审稿通行要求；只比报告里写出的数，不判断哪个数是真的。",
    check=_check,
    must_fire=(
        report(duties("一、履职情况\n账物不符的有217卷，其中203卷查明是编号重复，剩余24卷还在查。")),
        report(duties("一、履职情况\n党组班子成员主动全程参加党组、支部组织的各类活动30余场次50余人次。")),
        report(preface("全镇18个村，党员960名。"), duties("一、履职情况\n全镇19个村活动场所全部达标。")),
        report(duties("一、履职情况\n群众满意率103%，到会率由61%下降到92%。")),
        report(duties("一、履职情况\n发展党员6名，其中35岁以下8名。")),
        report(duties("一、履职情况\n到会率由61%升到92%，提高21个百分点。")),
        report(duties("一、履职情况\n排查出问题12个，整改15个。坚持每月开展主题党日一次，全年开展7次。")),
    ),
    must_not_fire=(
        report(duties("一、履职情况\n反馈问题14个，已整改11个，其余3个正在推进。")),
        report(duties("一、履职情况\n到会率由61%升到92%，提高31个百分点；平均办理时间由21天降到9天。")),
        report(duties("一、履职情况\n全年完成税收103%，超额完成任务；排名由第9位升到第2位。")),
        report(duties("一、履职情况\n发展党员9名，其中生产班组7名、35岁以下8名。培训14场，参加410人次。")),
        report(duties("一、履职情况\n老旧安置房130多户漏水，维修了104户，剩下的26户要搭架子。")),
        report(
            duties("一、履职情况\n4月起每月召开晨会一次，全年开了8次。"),
            plans("三、下步打算\n每月到会1次，全年不少于12次。"),
        ),
        report(duties("一、履职情况\n全镇19个村集体经济收入全部达到10万元以上，其中50万元以上的村有6个。")),
        report(duties("一、履职情况\n46名辅警里有9名党员，组织关系在本支部的只有3名，其余6名不在。")),
    ),
)
