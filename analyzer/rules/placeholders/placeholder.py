"""A blank that was never filled in.

Source: DOMAIN §2.A placeholder_data, placeholder_entity, placeholder_instruction.  A masked case is a matter
for a human and has its own rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.result import Dimension, Severity
from analyzer.rules.base import Family, Hit, Level, Report, Rule, Status
from analyzer.rules.blanks import Blank, raised
from analyzer.rules.examples import duties, plans, report
from analyzer.rules.places import one_line

_DATE = re.compile(r"^(?!第)(?:20.*年|.*(?<!个)[月日])$")
_UNDATED = (
    "“{quote}”处的日期没有写全，读者不知道是什么时候的事；初稿的空白留到定稿，也显得稿子没有通读。",
    "请写全年月日；落款的日期以报送的那一天为准。",
)
_AGAIN = 0.4  # of a blank, what the same name costs where it is masked again; enough for the score to rise
_WORDS = {
    Blank.DATA: (
        "“{quote}”处的数字没有填写，读者无从核对做了多少；初稿的空白留到定稿，也显得稿子没有通读。",
        "请从台账里查出数字填上；确实查不到的，删去这一句，不要改成“若干”“多次”。",
    ),
    Blank.ENTITY: (
        "“{quote}”处的名称没有写出，读者不知道说的是哪个单位、哪个人、哪件事。",
        "请写出单位、地点或人员的规范名称；如果是为公开而隐去，请改用“脱敏稿”方式评阅。",
    ),
    Blank.INSTRUCTION: (
        "“{quote}”是模板或代拟稿留给作者的提示语，不是报告的内容，应当在定稿前换成实情。",
        "请写上要补的内容；没有这方面的事实，就把提示语连同所在的句子一起删去。",
    ),
}


def _check(report: Report) -> Iterator[Hit]:
    text = report.document.text
    seen: set[str] = set()
    for span, blank in raised(report, "placeholder"):
        quote = text[span.start : span.end]
        undated = blank is Blank.DATA and _DATE.search(quote)
        message, suggestion = _UNDATED if undated else _WORDS[blank]
        # One name masked throughout is one decision: each place is shown, the first is counted whole.
        repeated = blank is Blank.ENTITY and quote in seen
        seen.add(quote)
        message = message.format(quote=one_line(quote))
        if repeated:
            message += "（与前面隐去的是同一个名称，扣得轻一些。）"
        yield Hit(span.start, span.end, message, suggestion, span.confidence, _AGAIN if repeated else 1.0)


RULE = Rule(
    id="placeholder",
    family=Family.PLACEHOLDERS,
    dimension=Dimension.LANGUAGE,
    severity=Severity.ERROR,
    status=Status.STABLE,
    since="0.1.0",
    level=Level.PRACTICE,
    title="空白未填",
    what="找出该写数字、日期、名称而写着 X、××、**、____、（待补充）的地方。“1+X证书”、X光、“4+2”、"
    "某种程度不算；脱敏稿只查模板提示语。",
    why="空白意味着这件事没有核实过；带着空白报送，通常会被直接退回补正。",
    fix="逐处对照台账填写；查不到的删去。",
    basis="公文定稿的基本要求；对脱敏公开稿不适用。",
    check=_check,
    must_fire=(
        report(duties("一、履职情况\n全年讲党课X次，慰问党员20名。"), stand_ins=["X次"]),
        report(duties("一、履职情况\n金融服务XXX经济社会发展。"), stand_ins=["XXX"]),
        report(
            duties("一、履职情况\n全年讲党课X次。（此处填写典型案例）"),
            stand_ins=["X次", "（此处填写典型案例）"],
            policy="desensitized",
        ),
        report(plans("下步打算\n20XX年6月底前完成整改。"), stand_ins=["20XX年"]),
    ),
    must_not_fire=(
        report(duties("一、履职情况\n推行“4+2”工作法，购置X光机1台，“1+X证书”通过37人。")),
        report(
            duties("一、履职情况\n××市××镇党委全年讲党课X次。"),
            stand_ins=["××市", "××镇", "X次"],
            policy="desensitized",
        ),
        report(duties("一、履职情况\n以XX案为戒，开展警示教育3场。"), stand_ins=["XX"]),
        report(duties("一、履职情况\n走访某些老旧小区12次。"), stand_ins=["某些"], confidence=0.3),
    ),
)
