"""The place's own names and sayings are nobody's fault."""

from __future__ import annotations

from dataclasses import replace

from analyzer.rules.catalogue import judge, rule
from analyzer.rules.examples import duties, report

STOCK = report(
    duties(
        "一、履职情况\n我们提高政治站位，高度重视，压紧压实责任，形成齐抓共管的良好局面。"
        "扎实开展各项活动，队伍面貌焕然一新，各项工作再上新台阶。"
    )
)


def test_a_slogan_of_the_place_is_no_stock_phrase():
    made = STOCK.report()
    (judgement,) = judge(made, [rule("stock-phrases")])
    local = replace(made, local=("提高政治站位，高度重视，压紧压实责任，形成齐抓共管的良好局面",))
    assert not any(hit.hit.message == judgement.hit.message for hit in judge(local, [rule("stock-phrases")]))


def test_blanking_keeps_the_length_and_knows_other_forms_of_a_character():
    made = replace(STOCK.report(), local=("“四敢”(市)",))
    assert made.without_local("讲“四敢”（市）精神") == "讲□□□□□□□精神"
    assert STOCK.report().without_local("讲四敢") == "讲四敢"
