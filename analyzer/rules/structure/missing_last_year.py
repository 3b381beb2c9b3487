"""Nothing is said of what became of last year's problems.

Source: DOMAIN §2.B missing_last_year and §1.1: districts ask for a line on last year's comments and its
result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from analyzer.language.memory import by_line, runs_on
from analyzer.lexicons import table
from analyzer.result import Dimension, SectionType, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.coverage import is_asked
from analyzer.rules.examples import duties, preface, problems, rectification, report
from analyzer.rules.places import sections


@cache
def _answers() -> tuple[re.Pattern[str], ...]:
    words = table("coverage.toml")["last-year"]
    return tuple(re.compile(pattern) for pattern in (*words["answered"], *words["new_in_post"]))


def _answered(text: str, *, runs: bool = False) -> bool:
    """Whether a text holds an answer, of those that run on beyond a line or else those that do not."""
    return any(pattern.search(text) for pattern in _answers() if runs_on(pattern) is runs)


def _check(report: Report) -> Iterator[Hit]:
    if not is_asked(report, "last-year") or sections(report.analysis, SectionType.RECTIFICATION):
        return
    text = report.repaired.text
    if any(held for _, held in by_line("last year", text, _answered)) or _answered(text, runs=True):
        return
    yield Hit(
        0,
        0,
        "全文没有交代上一年述职点评、评议或检查中指出的问题改得怎样。去年答应的事今年不提，评议的人容易认为没有改。",
        "请补一段上年问题整改情况，逐条写“问题、做了什么、什么时候见到什么结果”；首次述职或刚到任的，写明即可。",
        0.8,
    )


_LINE = "全年主持党委会12次，研究党建议题9个，逐项交办并按月核对办理结果，年底前办结。"

RULE = Rule(
    id="missing-last-year",
    family=Family.STRUCTURE,
    dimension=Dimension.STRUCTURE,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.LOCAL,
    title="没有交代上年问题的整改",
    what="看全文有没有上年问题整改的部分，或者一处回应上年点评、巡察反馈、整改台账、承诺事项的话；有一处即可。写明首次述职或刚到任的不查；个人述职述廉、对照检查另有写法，也不查。",
    why="述职评议要形成闭环：上年的问题不回头看，今年的打算也难以让人相信。",
    fix="逐条写“问题—措施—结果（时间）”；没改完的照实写。",
    basis="部分地方要求在述职中逐条报告上年点评和检查所指问题的整改结果，各地不一。",
    check=_check,
    must_fire=(
        report(
            duties("一、履职情况\n" + _LINE * 12 + "去年全镇考核排名第五，检查发现问题46个，今年提升到第二。")
        ),
        report(duties("一、履职情况\n" + _LINE * 12)),
        report(
            duties("一、履职情况\n" + _LINE * 12 + "与教师签订师德承诺书，向代表委员及时反馈，按时兑现奖金。")
        ),
        report(preface("现将履职情况报告如下。"), duties("一、履职情况\n" + _LINE * 12)),
        report(duties("一、履职情况\n" + _LINE * 12), problems("二、存在问题\n一是到支部少，全年1次。")),
    ),
    must_not_fire=(
        report(
            duties("一、履职情况\n" + _LINE * 12 + "市委第三巡察组2023年反馈的两条，前一条11月评估认定完成。")
        ),
        report(
            duties(
                "一、履职情况\n" + _LINE * 12 + "4月召开专题组织生活会，查找问题21个，年底前全部完成了整改。"
            )
        ),
        report(rectification("一、上年度点评问题整改情况\n3条点评已办结2条。"), duties(_LINE * 12)),
        report(duties("一、履职情况\n" + _LINE * 12 + "去年点评指出的谈心走过场，今年逐人补谈了18次。")),
        report(duties("一、履职情况\n" + _LINE * 12 + "去年评议给我提的意见是谈心走过场，今年补谈了18次。")),
        report(preface("我今年5月到任，第一次述职。"), duties("一、履职情况\n" + _LINE * 12)),
        report(duties("一、履职情况\n" + _LINE)),
    ),
)
