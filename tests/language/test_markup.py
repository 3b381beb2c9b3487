"""Marks of Markdown are not read; stars that stand for what is missing are."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.language.markup import without_markup
from analyzer.language.repair import repair


@pytest.mark.parametrize(
    "text",
    [
        "**一、履职情况**\n抓学习，全年学习24次。",
        "存在：**一是责任压得不实**。抓得少。**二是融合不深，**停在口头。",
        "深入开展**党史学习教育**，突出**政治引领**作用作用。",
        "* 一是学得少。\n- 二是抓得松。\n+ **三是管得宽**。\n* （一）学习",
        "一、履职情况\n***\n二、存在问题\n* * *\n三、下步打算",
        "落实“4+2”*发展思路，抓好支部。\n* 指四个产业、两项保障。",
        "走访**户，发展党员**名。**一是学得少。**\n**二、存在问题**",
    ],
)
def test_marks_are_not_read(text: str) -> None:
    bare = re.sub(r"(?m)^\s*\*[ *]*$|^[-*+] +|\*\*(?![户名])|(?<!\*)\*(?!\*)", "", text)
    assert repair(text).text == re.sub(r"\n+", "\n", bare)


@pytest.mark.parametrize(
    "text",
    [
        "走访**户，慰问**人，到**村调研。",
        "开展活动**次，走访**镇**村。",
        "**县妇联党组书记20**年述职报告",
        "走访*户，发展党员*名。",
        "按5*8小时值守，推行“1*3*N”工作法。",
        "**党支部报送，**同志牵头，发展党员***名。",
        "- 抓学习，全年学习24次。",
        "2024-12- 一是学得少",
    ],
)
def test_what_stands_in_for_something_is(text: str) -> None:
    assert without_markup(text) == text


@given(st.text(alphabet="*-+ 一是，。户村X1\n", max_size=40))
def test_nothing_but_marks_is_made_invisible(text: str) -> None:
    for char, shown in zip(text, without_markup(text), strict=True):
        assert shown == char or (shown == "\u200b" and char in "*-+ ")
