"""Garble that forums strew into copies is not read, and what stands beside it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analyzer.language.garble import SOUND, garbled, without_garble
from analyzer.language.repair import repair

_ROWS = "; P* C; l: A% y; R _", ') e# p6 p8 P& ~9 ]+ A" o', ": f! c0 z, O6 ^; ?( w"


def test_rows_at_the_ends_of_lines_and_between_them_are_not_read():
    text = f"一、履职情况 {_ROWS[0]}\n讲党课4次，到会率98%。\n{_ROWS[1]}\r\n二、存在问题\n学得少。 {_ROWS[2]}"
    assert repair(text).text == "一、履职情况\n讲党课4次，到会率98%。\n二、存在问题\n学得少。"
    assert [text[start:end] for start, end in garbled(text)] == list(_ROWS)


def test_rows_that_touch_the_text_are_not_read():
    text = '更实更牢" s9 q. O L# O3 ?\n3 s/ D/ |9 Y! Q; X% H8 y1 o按照要求到XX县\n* l7 S) v7 Z/ Z` W一、问题'
    assert repair(text).text == "更实更牢\n按照要求到XX县\n一、问题"
    assert (
        repair("牢固5 s9 q. O L# O3 ?\n3 s/ D/ |9 Y! Q; 3个村").text == "牢固5\n3个村"
    )  # it may be a figure


def test_figures_grades_and_foreign_words_are_read():
    for text in (
        "各支部得分 96.5 94.0 91.2 88.0\n各科室得分 1 2 3 4 5 6 7\n六级为 A B C D E F G",
        f"只有一行的，可能是别的什么 {_ROWS[0]}\n讲党课4次。",
        "推行 5S + PDCA + QC 管理法\n推行 ISO 9001 + HSE 管理",
    ):
        assert not garbled(text)
        assert without_garble(text) == text


def test_sounds_that_sites_write_behind_characters_are_known():
    text = "黨(dǎng)員(yuán)們（men）學(xué)習(xí)4次，到圪（gē）塔村。（de）第(1)项、QC(quality)小组"
    assert SOUND.findall(text) == ["(dǎng)", "(yuán)", "（men）", "(xué)", "(xí)", "（gē）"]


@given(st.text(st.sampled_from("讲课4次。 aZ9;*#\n"), max_size=200))
def test_places_stay_where_they_were(text):
    left = without_garble(text)
    assert len(left) == len(text)
    assert all(one in (other, " ") for one, other in zip(left, text, strict=True))
