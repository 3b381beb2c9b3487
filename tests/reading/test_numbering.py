"""Numbers of automatic lists as Word writes and counts them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.reading.numbering import Counter, Level, List, format_number


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("decimal", "1 2 10 11 20 21 101 110"),
        ("chineseCounting", "一 二 十 十一 二十 二十一 一百零一 一百一十"),
        ("chineseCountingThousand", "一 二 十 十一 二十 二十一 一百零一 一百一十"),
        ("japaneseCounting", "一 二 十 十一 二十 二十一 一百一 一百一十"),
        ("chineseLegalSimplified", "壹 贰 壹拾 壹拾壹 贰拾 贰拾壹 壹佰零壹 壹佰壹拾"),
        ("ideographDigital", "一 二 一〇 一一 二〇 二一 一〇一 一一〇"),
        ("ideographTraditional", "甲 乙 癸 11 20 21 101 110"),
        ("ideographZodiac", "子 丑 酉 戌 20 21 101 110"),
        ("decimalEnclosedCircle", "① ② ⑩ ⑪ ⑳ 21 101 110"),
        ("decimalFullWidth", "１ ２ １０ １１ ２０ ２１ １０１ １１０"),
        ("decimalZero", "01 02 10 11 20 21 101 110"),
        ("upperRoman", "I II X XI XX XXI CI CX"),
        ("lowerLetter", "a b j k t u wwww fffff"),
        ("upperLetter", "A B J K T U WWWW FFFFF"),
        ("klingon", "1 2 10 11 20 21 101 110"),
    ],
)
def test_formats(form: str, expected: str) -> None:
    assert [format_number(value, form) for value in (1, 2, 10, 11, 20, 21, 101, 110)] == expected.split()


@given(
    st.integers(-(2**40), 2**40),
    st.sampled_from(["chineseCounting", "upperRoman", "lowerLetter", "none", "x"]),
)
def test_no_number_is_too_odd_to_write(value: int, form: str) -> None:
    assert len(format_number(value, form)) < 2000


def _counter(*levels: Level, overrides: dict[int, int] | None = None) -> Counter:
    own = dict(enumerate(levels))
    return Counter({1: List("a", own, {}), 2: List("a", own, overrides or {}), 3: List("b", own, {})})


_HAN = Level("chineseCounting", "%1、", suffix="nothing")
_BRACKET = Level("chineseCounting", "（%2）")


def test_inner_levels_start_again() -> None:
    counter = _counter(_HAN, _BRACKET)
    assert [counter.number(1, depth) for depth in (0, 1, 1, 0, 1)] == [
        "一、",
        "（一）",
        "（二）",
        "二、",
        "（一）",
    ]


def test_lists_of_one_definition_count_on_and_others_do_not() -> None:
    counter = _counter(_HAN)
    assert [counter.number(identity, 0) for identity in (1, 2, 3, 1)] == ["一、", "二、", "一、", "三、"]


def test_a_list_that_starts_anew_does_so_once() -> None:
    counter = _counter(_HAN, overrides={0: 5})
    assert [counter.number(identity, 0) for identity in (1, 1, 2, 2, 1)] == [
        "一、",
        "二、",
        "五、",
        "六、",
        "七、",
    ]


def test_a_level_can_go_on_over_outer_ones() -> None:
    counter = _counter(_HAN, Level("decimal", "%2.", restart=0))
    assert [counter.number(1, depth) for depth in (0, 1, 1, 0, 1)] == ["一、", "1.", "2.", "二、", "3."]


def test_outer_numbers_in_the_template() -> None:
    counter = _counter(
        Level("chineseCounting", "第%1章", suffix="space"), Level("decimal", "%1.%2", legal=True)
    )
    assert [counter.number(1, depth) for depth in (1, 0, 1)] == ["1.1 ", "第一章 ", "1.1 "]


def test_bullets_and_hidden_numbers_show_nothing_but_count() -> None:
    assert _counter(Level("bullet", "•")).number(1, 0) == ""
    counter = _counter(_HAN, Level("decimal", "%2.", hidden=True), Level("decimal", "%2.%3"))
    assert [counter.number(1, depth) for depth in (0, 1, 1, 2)] == ["一、", "", "", "2.1 "]


def test_unknown_lists_and_levels_show_nothing() -> None:
    assert _counter(_HAN).number(9, 0) == ""
    assert _counter(_HAN).number(1, 5) == ""
