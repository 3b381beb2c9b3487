"""Letters or signs stand for characters of party terms, as on sites that evade filters.

Source: DOMAIN §2.A censored_token.  Always for a human: nothing is filled in or guessed, no points are taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.examples import duties, problems, report, title
from analyzer.rules.wording import evasions


def _check(report: Report) -> Iterator[Hit]:
    places = evasions(report)
    times = Counter(place.text for place in places)
    # One way of writing is one finding, where it first stands: a copied page may hold it at every turn.
    for place in places:
        if count := times.pop(place.text, 0):
            again = f"同样的写法全文有 {count} 处。" if count > 1 else ""
            yield Hit(
                place.start,
                place.end,
                f"这里用字母或符号顶替了党的名称、组织、用语或领导人姓名中的字。{again}"
                "正式报告应当写规范全称；这种写法多见于网上转载的文稿，须由人工核对后改定。",
                "请对照正式文件，由熟悉情况的同志逐处核实用语后改写；本工具不代为还原。同时请核实这一段内容是否出自本单位。",
                0.9,
            )


RULE = Rule(
    id="evading-characters",
    family=Family.PLACEHOLDERS,
    dimension=Dimension.LANGUAGE,
    severity=Severity.ERROR,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="用字母符号顶替政治用语",
    what="找出用字母、符号顶替党的名称、组织、用语或领导人姓名中的字的写法。“3D建模”“D级危房”、产品编号不算；已按空白指出的不重复。",
    why="政治用语写得不完整是严肃的文字差错，也往往说明内容是从网上转来的。",
    fix="逐处由人工对照正式文件核实、写全。",
    basis="公文用语规范的通行要求；只提请人工复核，不扣分，不代为改写。",
    check=_check,
    must_fire=(
        report(title("县市场监督管理局D组书记2020年抓D建工作述职报告")),
        report(duties("一、履职情况\n坚持以XJP新时代中国特色社会主义思想为指导，讲党课4次。")),
        report(duties("一、履职情况\n认真贯彻X中央决策部署，ZZ素质不断提高。")),
        report(problems("二、存在问题\n一是落实全面从严治D主体责任有差距。")),
    ),
    must_not_fire=(
        report(
            duties("一、履职情况\n开展3D建模培训2期，排查D级危房11户，D类人才引进4名，更换X中央空调1台。")
        ),
        report(duties("一、履职情况\n设A、B、C、D组开展竞赛，“D建筑公司”党建联建。")),
        report(duties("一、履职情况\n学习XX大精神4次。"), stand_ins=["XX"]),
        report(duties("一、履职情况\n党员、党委、党中央决策部署逐项落实，研究党建议题9个。")),
    ),
)
