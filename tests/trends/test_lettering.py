"""Lines of text: no wider than they may be, broken where Chinese may be broken."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analyzer.trends.lettering import balanced, drawable, width, wrap

words = (
    st.text(st.sampled_from("述职报告2025.1，。（）“”abc -−至年 "), min_size=1, max_size=60)
    .map(str.strip)
    .filter(bool)
)


@given(words, st.floats(2, 20))
def test_lines_hold_all_letters_and_no_more_than_fits(text, most):
    lines = wrap(text, 1, most)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line, 1) <= most or len(line) == 1 for line in lines)


@given(words)
def test_a_balanced_title_takes_no_more_lines(text):
    assert len(balanced(text, 1, 12)) <= len(wrap(text, 1, 12))


def test_marks_and_numbers_stay_where_they_belong():
    lines = wrap("平均每年升1.0 分（区间 0.6 至 1.3），其余看不出变化", 1, 9)
    assert not any(line[0] in "，。）" or line[-1] == "（" for line in lines)
    assert any("0.6 至 1.3" in line for line in lines)


def test_what_is_cut_off_is_shown():
    lines = wrap("很长的单位名称" * 10, 1, 10, lines=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")


def test_a_character_that_no_font_has_is_replaced_by_one():
    assert drawable("甲\U0001f600乙\t丙\x00") == "甲〓乙 丙〓"
