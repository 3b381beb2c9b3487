from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from analyzer.rendering.prose import Prose


def lines(text: str, width: int, indent: int = 0) -> list[str]:
    buffer = io.StringIO()
    Console(file=buffer, width=width, color_system=None).print(Prose(Text(text), indent))
    return buffer.getvalue().removesuffix("\n").split("\n")


def test_lines_break_between_characters_and_not_at_the_first_space():
    assert lines("28 处失分，主要是数据没有填写", 12) == ["28 处失分，", "主要是数据没", "有填写"]


def test_no_line_begins_with_a_comma_or_ends_with_an_opening_bracket():
    assert lines("一二三四五，六", 10) == ["一二三四", "五，六"]
    assert lines("一二三四（五）", 10) == ["一二三四", "（五）"]


def test_words_and_numbers_stay_whole():
    assert lines("共有12348热线", 8)[1].startswith("12348")


def test_following_lines_are_indented():
    assert lines("一二三四五六", 8, indent=2) == ["一二三四", "  五六"]


@given(st.text(alphabet="党建，。（）ab1 ×“”", max_size=80), st.integers(6, 30), st.integers(0, 3))
def test_every_line_fits_and_nothing_is_lost(text, width, indent):
    found = lines(text, width, indent)
    assert all(cell_len(line.rstrip()) <= width for line in found)
    assert "".join("".join(found).split()) == "".join(text.split())
