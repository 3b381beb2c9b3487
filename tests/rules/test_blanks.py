"""Which stand-in is whose business."""

from __future__ import annotations

import pytest

from analyzer.result import Span
from analyzer.rules.blanks import Blank, kind
from analyzer.rules.catalogue import rule
from analyzer.rules.examples import duties, report

CASES = [
    ("全年讲党课[X次]。", Blank.DATA),
    ("同比增长[XX%]。", Blank.DATA),
    ("[20XX年]，我将", Blank.DATA),
    ("下降百分之[…]，", Blank.DATA),
    ("[（可结合本村实际展开）]", Blank.INSTRUCTION),
    ("投入[XX万余元]。", Blank.DATA),
    ("建立支部[（  ）]个。", Blank.DATA),
    ("全年学习[学习次]。", Blank.DATA),
    ("全年讲党课[Ｘ次]。", Blank.DATA),
    ("服务[XXX]经济社会发展。", Blank.ENTITY),
    ("在[××县]任职。", Blank.ENTITY),
    ("[王某某]同志", Blank.ENTITY),
    ("涌现出[张××]等", Blank.ENTITY),
    ("数据[待补充]。", Blank.INSTRUCTION),
    ("[（此处填写典型案例）]", Blank.INSTRUCTION),
    ("述职人：[【姓名】]", Blank.INSTRUCTION),
    ("针对[XX]案，开展整治", Blank.SENSITIVE),
    ("针对[XX案]，开展整治", Blank.SENSITIVE),
    ("肃清[XXX]流毒", Blank.SENSITIVE),
    ("通报典型[X起]案例", Blank.DATA),
]


@pytest.mark.parametrize(("marked", "expected"), CASES)
def test_kind(marked: str, expected: Blank) -> None:
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    assert kind(text, Span(start, end, 1.0)) is expected


@pytest.mark.parametrize(
    ("told", "stand_ins", "said"),
    [
        ("讲党课X次。", ["X次"], "有 1 处数据空白或模板提示语没有处理，"),
        ("在××县讲党课X次。", ["××县", "X次"], "没有处理（另有 1 处名称空着，不计在内），"),
    ],
)
def test_the_gate_says_what_it_leaves_out(told: str, stand_ins: list[str], said: str) -> None:
    (hit,) = rule("gate-open-blanks").check(report(duties(told), stand_ins=stand_ins).report())
    assert said in hit.message
