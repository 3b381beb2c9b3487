"""A masked person or case: a human decides on the wording.

Source: DOMAIN §2.H sensitive_case.  Never guessed about, never filled in, no points taken.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.blanks import Blank, kind
from analyzer.rules.confidence import is_sure
from analyzer.rules.examples import duties, report


def _check(report: Report) -> Iterator[Hit]:
    text = report.document.text
    for span in report.analysis.placeholders:
        if kind(text, span) is Blank.SENSITIVE and is_sure(report, "sensitive-case", span.confidence):
            yield Hit(
                span.start,
                span.end,
                "这里提到一起案件或一名涉案人员而没有写明。写与不写、怎样写，请由熟悉情况的同志把关；本工具不作推测，也不扣分。",
                "请对照上级文件的正式表述，由人工复核后定稿；未公开的案情和人名不宜写入。",
                span.confidence,
            )


RULE = Rule(
    id="sensitive-case",
    family=Family.PLACEHOLDERS,
    dimension=Dimension.LANGUAGE,
    severity=Severity.WARNING,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.HOUSE,
    title="涉案表述请人工复核",
    what="找出“案”“流毒”一类字样旁边用 X、某某代替的人或事，提请人工复核。",
    why="涉案表述要与上级文件一致，机器无从判断，更不应猜测。",
    fix="对照上级文件的正式表述定稿。",
    basis="评阅惯例；只作提示，不扣分。",
    check=_check,
    must_fire=(
        report(duties("一、履职情况\n针对XX案，开展专项整治。"), stand_ins=["XX"]),
        report(duties("一、履职情况\n全面彻底肃清XXX流毒。"), stand_ins=["XXX"]),
        report(
            duties("一、履职情况\n以某某某案为镜鉴开展警示教育。"),
            stand_ins=["某某某"],
            policy="desensitized",
        ),
        report(duties("一、履职情况\n深刻汲取XX案教训。"), stand_ins=["XX案"]),
    ),
    must_not_fire=(
        report(duties("一、履职情况\n通报典型案例X起。"), stand_ins=["X起"]),
        report(duties("一、履职情况\n查办案件XX件。"), stand_ins=["XX件"]),
        report(duties("一、履职情况\n组织警示教育3场，学习党纪案例汇编。")),
    ),
)
