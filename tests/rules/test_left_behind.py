"""What is left of templates and filters: one place, one finding, and no word put into anybody's mouth."""

from __future__ import annotations

import pytest

from analyzer.rules.catalogue import judge, rule
from analyzer.rules.examples import duties, report


def test_a_bracketed_instruction_is_one_finding() -> None:
    example = report(
        duties("一、履职情况\n讲党课4次。（此处填写典型案例）学习XX大精神2次。\n点击此处输入文字"),
        stand_ins=["（此处填写典型案例）", "XX"],
    ).report()
    rules = [rule(name) for name in ("placeholder", "placeholder-instruction", "evading-characters")]
    found = judge(example, rules)
    assert [judgement.rule.id for judgement in found] == [
        "placeholder",
        "placeholder",
        "placeholder-instruction",
    ]
    assert len({judgement.hit.start for judgement in found}) == 3


@pytest.mark.parametrize(
    ("text", "meant"),
    [("以XJP新时代思想为指导", "习近平"), ("抓D建12次", "党建"), ("锤炼ZZ素质", "政治素质")],
)
def test_evading_characters_are_never_filled_in(text: str, meant: str) -> None:
    (judgement,) = judge(report(duties(f"一、履职情况\n{text}。")).report(), [rule("evading-characters")])
    assert meant not in judgement.hit.message + judgement.hit.suggestion
    assert "人工" in judgement.hit.message


def test_one_way_of_writing_is_one_finding_that_counts_its_places() -> None:
    made = report(duties("一、履职情况\n" + "抓D建4次，发展D员2名。" * 5)).report()
    found = judge(made, [rule("evading-characters")])
    assert len(found) == 2
    assert all("5 处" in judgement.hit.message for judgement in found)


def test_what_a_site_puts_on_one_line_is_one_finding() -> None:
    made = report(duties("当前位置：首页 > 范文大全 > 述职\n讲党课4次。\n免责声明：本文由用户上传")).report()
    assert len(judge(made, [rule("placeholder-instruction")])) == 2
