"""It is not said as whom the report is made, or it slides from one party post to another.

Source: DOMAIN §2.B role_unclear.  One person may hold two posts and say so.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import closing, duties, plans, preface, report, title
from analyzer.rules.frame import head, is_of_body, is_whole, pattern

_HEAD, _TAIL = 300, 150  # characters in which a report says whose it is
_FIRST, _LONGEST_TITLE = 2, 40  # lines of a title, and their length


def _check(report: Report) -> Iterator[Hit]:
    text = report.repaired.text
    first = head(report, _FIRST)
    if not first or not is_whole(report, first) or is_of_body(report):
        return
    named, as_post = pattern("roles", "named"), pattern("roles", "as_post")
    if not (named.search(text[:_HEAD]) or named.search(text[-_TAIL:]) or as_post.search(text)):
        yield Hit(
            0,
            0,
            "首尾和正文都没有写明以什么职务述职，读者分不清是党组织书记述职，还是单位的工作总结。",
            "请在标题或开头写明单位和职务，如“某局党组书记”；兼任两个职务的，写明这次以哪个职务述职。",
            0.8,
        )
        return
    posts = pattern("roles", "post").findall("\n".join(line for line in first if len(line) <= _LONGEST_TITLE))
    if not posts or pattern("roles", "both").search(text[:_HEAD]):
        return
    for match in as_post.finditer(text):
        post = match.group(1)
        if not any(post in other or other in post for other in posts):
            yield Hit(
                *report.repaired.source(*match.span(1)),
                f"开头以“{posts[0]}”述职，这里又说“{match.group()}”，前后身份不一致，"
                "读者不清楚这一段履行的是哪个职务的责任。",
                "请核对：笔误的改正；确实兼任的，开头写明两个职务，各段写清以哪个职务做的事。",
                0.8,
            )
            return


_BODY = duties("一、履职情况\n全年召开会议12次，其中9次研究党建，办结任务4项。")
_PLANS = plans("三、下步打算\n每季度到三支部1次，每月谈心2人，6月底前补齐台账，年底公示。" * 2)

RULE = Rule(
    id="unclear-role",
    family=Family.STRUCTURE,
    dimension=Dimension.STRUCTURE,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="述职身份不清",
    what="看标题、开头、落款和正文有没有写明以什么职务述职；开头写的是一个党内职务、正文“作为……书记”又是另一个的，也指出。写明一肩挑、兼任的不算。",
    why="述的是个人履行职务的情况，身份不清，责任就对不上人；党组书记和机关党委书记的职责并不相同。",
    fix="开头写清职务，一段只说一个职务的事。",
    basis="公开评议意见中“主体不清”的批评。",
    check=_check,
    must_fire=(
        report(title("2021年度抓党建工作述职报告"), _BODY, _PLANS),
        report(
            title("县水利局党组书记2021年度述职报告"),
            duties("一、履职情况\n作为机关党委书记，我全年召开会议12次。"),
            _PLANS,
        ),
        report(
            title("石门镇党委书记述职报告"),
            duties("一、履职情况\n召开会议12次。\n作为局党组书记，我到支部4次。"),
            _PLANS,
        ),
    ),
    must_not_fire=(
        report(title("县水利局党组书记、机关党委书记2021年度述职报告"), _BODY, _PLANS),
        report(title("县水利局领导班子2021年度述职报告"), _BODY, _PLANS),
        report(preface("我是青岗村支部书记郭长贵，现在述职。"), _BODY, _PLANS),
        report(title("2021年度述职报告"), _BODY, _PLANS, closing("述职人：县档案局局长 王山")),
        report(
            title("县水利局党组书记2021年度述职报告"),
            preface("我是党组书记，同时兼任机关党委书记。"),
            duties("一、履职情况\n作为机关党委书记，我全年召开会议12次。"),
            _PLANS,
        ),
        report(
            title("县水利局党组书记2021年度述职报告"),
            duties("一、履职情况\n作为党组书记，我全年召开会议12次。"),
            _PLANS,
        ),
    ),
)
