"""Stock phrases crowd sentences that hold no fact.

Source: DOMAIN §2.G boilerplate.  The rate is per 1000 characters of the report; official wording is no
stock phrase, and a phrase beside a figure is forgiven.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, report, title


def _check(report: Report) -> Iterator[Hit]:
    limits = report.thresholds["stock-phrases"]
    content, text = report.analysis.content, report.document.text
    if content is None or content.density < limits["least"]:
        return
    foreign = report.without_local(text)
    counted = [(start, end) for start, end in content.phrases if foreign[start:end] == text[start:end]]
    density = content.density * len(counted) / max(1, len(content.phrases))
    begins = [sentence.start for sentence in report.sentences]
    crowded: dict[int, list[str]] = {}
    for start, end in counted:
        crowded.setdefault(bisect_right(begins, start) - 1, []).append("".join(text[start:end].split()))
    if density < limits["least"] or len(crowded) < 2:
        return
    worst, found = max(crowded.items(), key=lambda entry: (len(entry[1]), -entry[0]))
    named = "".join(f"“{phrase}”" for phrase in dict.fromkeys(found))
    yield Hit(
        report.sentences[worst].start,
        report.sentences[worst].end,
        f"全文有 {len(counted)} 处现成话出现在没有事实的句子里，"
        f"平均每千字 {density:.0f} 处；这一句就有{named}。"
        "现成话换哪个单位都能用，读者记不住，也容易盖住真正做过的事。",
        "请从这一句改起：能换成一件事的换成事，不能换的删去。政治表述按规范写一次即可，不必反复。",
        0.9,
        min(1.0, (density - limits["norm"]) / (limits["full"] - limits["norm"])),
    )


_STOCK = "我们提高政治站位，高度重视，压紧压实责任，形成齐抓共管的良好局面。"
_MORE = "扎实开展各项活动，队伍面貌焕然一新，各项工作再上新台阶。"

RULE = Rule(
    id="stock-phrases",
    family=Family.LANGUAGE,
    dimension=Dimension.LANGUAGE,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="套话过多",
    what="数没有事实的句子里的现成话，按每千字的处数衡量；后面跟着数字、时间或文件的不算，规范的政治表述不算。",
    why="公文要求文字准确、简明；套话多了，事实就少了。",
    fix="一句一句问：去掉这句，读者少知道什么？什么也不少的，就删。",
    basis="组织部门联审中“少讲套话空话”的要求；词表由本项目整理，可增减。",
    check=_check,
    must_fire=(
        report(duties("一、履职情况\n" + _STOCK + _MORE)),
        report(duties("一、履职情况\n" + _MORE + "讲党课4次。" + _STOCK)),
        report(title("2021年述职报告"), duties("团结带领全体党员真抓实干。\n" + _STOCK)),
    ),
    must_not_fire=(
        report(
            duties(
                "一、履职情况\n高度重视培训，3月举办2期；扎实开展走访，到户46家；团结带领12名党员修渠3公里。"
            )
        ),
        report(
            duties(
                "一、履职情况\n学习贯彻习近平新时代中国特色社会主义思想，增强“四个意识”、坚定“四个自信”、做到“两个维护”。"
            )
        ),
        report(
            duties(
                "一、履职情况\n" + "到三支部参加组织生活，当场认领难题，逐件交账并公示。" * 10 + "深入推进。"
            )
        ),
    ),
)
