"""Not a word on clean government, which a party committee answers for.

Source: DOMAIN §2.B missing_clean_gov and §1.1 (the classes of content are known from secondary sources).
A hint by kind of unit (`lexicons/coverage.toml`), no fault of style.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.coverage import uncovered
from analyzer.rules.examples import duties, report, title


def _check(report: Report) -> Iterator[Hit]:
    return uncovered(
        report,
        "clean-governance",
        "党风廉政建设",
        "如果这一年做过廉政方面的工作，请补一两句：做了什么、几次、解决了什么；另有专题报告的，注明即可。",
    )


_LINE = "全年主持党委会12次，研究党建议题9个，逐项交办并按月核对办理结果，年底前办结。"
_HEAD = title("云岔镇党委书记2022年度抓基层党建工作述职报告")

RULE = Rule(
    id="missing-clean-governance",
    family=Family.STRUCTURE,
    dimension=Dimension.STRUCTURE,
    severity=Severity.INFO,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="没有写到党风廉政建设",
    what="党委、党组、党工委书记的报告，看全文有没有党风廉政、一岗双责、警示教育、谈话提醒、三重一大一类内容；有一处即可。支部、村、社区和看不出单位类型的报告不查。",
    why="党风廉政是抓党建责任的一部分，一字不提，容易被问到。",
    fix="补一两句有动作、有数的话，不必另起一段。",
    basis="公开的述职材料和转述的内容分类多列有党风廉政责任，原文分类未核，单位可按通知调整；只作覆盖提示。",
    check=_check,
    must_fire=(
        report(_HEAD, duties("一、履职情况\n" + _LINE * 12)),
        report(title("县水利局党组书记2021年述职报告"), duties("一、履职情况\n" + _LINE * 12)),
        report(title("XX街道党工委书记述职报告"), duties("一、主要工作\n" + _LINE * 14)),
    ),
    must_not_fire=(
        report(_HEAD, duties("一、履职情况\n" + _LINE * 12 + "开展警示教育3次。")),
        report(title("图书馆党支部书记2021年述职报告"), duties("一、履职情况\n" + _LINE * 12)),
        report(_HEAD, duties("一、履职情况\n" + _LINE)),
        report(title("2021年度述职"), duties("一、履职情况\n" + _LINE * 12)),
    ),
)
