"""The report was handed in with blanks: it goes back to be completed.

Source: DOMAIN §3, gate G1.  The cap stands in the rubric.
"""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.blanks import Blank, raised
from analyzer.rules.examples import duties, report


def _check(report: Report) -> Iterator[Hit]:
    found = raised(report, "placeholder")
    if blanks := [span for span, blank in found if blank in (Blank.DATA, Blank.INSTRUCTION)]:
        names = len(found) - len(blanks)
        apart = f"（另有 {names} 处名称空着，不计在内）" if names else ""
        yield Hit(
            0,
            0,
            f"有 {len(blanks)} 处数据空白或模板提示语没有处理{apart}，按“退回补正”对待：补齐之前，总分封顶。",
            "请先把空白逐处填好或删去，再看其他意见；补齐后封顶自动解除。",
            max(span.confidence for span in blanks),
        )


RULE = Rule(
    id="gate-open-blanks",
    family=Family.GATES,
    dimension=Dimension.LANGUAGE,
    severity=Severity.ERROR,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="退回补正：空白未填",
    what="有一处以上数据空白或模板提示语未处理时，总分封顶。隐去的单位、人名不触发；脱敏稿只看提示语。",
    why="带着空白的稿子还不是定稿，评出高分会误导报送单位。",
    fix="逐处填好或删去。",
    basis="各地审稿中“退回补正”的做法。",
    check=_check,
    must_fire=(
        report(duties("一、履职情况\n讲党课X次。"), stand_ins=["X次"]),
        report(duties("一、履职情况\n讲党课4次（待补充）。"), stand_ins=["（待补充）"]),
        report(
            duties("一、履职情况\n（此处填写典型案例）"),
            stand_ins=["（此处填写典型案例）"],
            policy="desensitized",
        ),
    ),
    must_not_fire=(
        report(duties("一、履职情况\n讲党课4次。")),
        report(duties("一、履职情况\n讲党课X次。"), stand_ins=["X次"], policy="desensitized"),
        report(duties("一、履职情况\n在××县××镇任职。"), stand_ins=["××县", "××镇"]),
    ),
)
