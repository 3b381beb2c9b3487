import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.language.folding import fold
from analyzer.language.repair import repair

LONG = (
    "一年来，我坚持把党建工作摆在突出位置，先后主持召开党组会十二次，专题研究党建议题十四个，逐项明确责任人和完成时限，"
    "到年底全部办结。局机关和八个直属事业单位设党总支两个、党支部十五个，有党员二百八十七名，六成在闸站、泵站一线，"
    "汛期都有巡堤任务。我联系的闸站支部全年开展主题党日十二次，我参加十一次，缺的那一次在省厅对账。"
)


def wrapped(text: str, width: int, newline: str = "\n") -> str:
    return newline.join(textwrap.wrap(text, width))


@given(st.text())
def test_every_repaired_character_knows_its_source(text):
    repaired = repair(text)
    folded = fold(text)
    assert len(repaired.text) == len(repaired.offsets)
    assert all(b > a for a, b in zip(repaired.offsets, repaired.offsets[1:], strict=False))
    for char, offset in zip(repaired.text, repaired.offsets, strict=True):
        assert char == folded[offset] or (char == "\n" and text[offset].isspace())


@pytest.mark.parametrize("width", [22, 26, 28, 33])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_hard_wrapped_lines_are_joined(width, newline):
    assert repair(wrapped(LONG, width, newline)).text == LONG


def test_a_page_number_inside_a_sentence_is_left_out():
    lines = wrapped(LONG, 26).split("\n")
    assert repair("\n".join([*lines[:4], "第1页 共3页", "", "- 2 -", *lines[4:]])).text == LONG


@pytest.mark.parametrize("number", ["— 2 —", "~2~", "•  2  •", "第2页，共3页", "2/3"])
def test_page_numbers_are_left_out_as_programs_print_them(number):
    lines = wrapped(LONG, 26).split("\n")
    assert repair("\n".join([*lines[:4], number, *lines[4:]])).text == LONG


@pytest.mark.parametrize("line", ["2021", "XX", "1,234"])
def test_what_is_a_page_number_in_a_margin_only_stays(line):
    assert line in repair(f"{LONG}\n{line}\n{LONG}").text.split("\n")


def test_headings_between_wrapped_lines_stay_lines():
    text = f"{wrapped(LONG, 26)}\n二、存在问题\n{wrapped(LONG, 26)}"
    assert repair(text).text == f"{LONG}\n二、存在问题\n{LONG}"


def test_short_lines_are_no_hard_wraps():
    verse = "\n".join(["存在问题", "学习不够深入", "责任压得不实", "下步打算", "加强学习", "压实责任"])
    assert repair(verse).text == verse


def test_stray_spaces_inside_words_are_left_out():
    assert repair("机 关 党 建 与业 务“ 两张皮 ”，学习X 次").text == "机关党建与业务“两张皮”，学习X次"


def test_spaces_that_set_words_apart_stay():
    assert repair("县融媒体中心　　二〇二三年十二月").text == "县融媒体中心　　二〇二三年十二月"
    assert repair("see page 3 of the report").text == "see page 3 of the report"


def test_the_way_back_spans_what_was_left_out():
    text = "两张\u200b皮"
    repaired = repair(text)
    assert repaired.text == "两张皮"
    assert repaired.source(0, 3) == (0, 4)


def set_in_lines(paragraphs: list[str], width: int = 28) -> str:
    """Return paragraphs as copied off a page, first lines indented."""
    return "\n".join(
        line
        for text in paragraphs
        for line in textwrap.wrap("\u3000\u3000" + text, width, drop_whitespace=False)
    )


def test_indents_tell_paragraphs_of_wrapped_lines_apart():
    assert repair(set_in_lines([LONG, LONG])).text == f"{LONG}\n{LONG}"


@pytest.mark.parametrize("blanks", ["    ", "\u3000\u3000", "\t"])
def test_an_indent_of_all_lines_says_nothing(blanks):
    lines = wrapped(LONG, 26).split("\n")
    assert repair("\n".join(blanks + line for line in lines)).text == LONG


def test_lines_broken_anywhere_are_joined_where_indents_tell_paragraphs():
    pieces = [LONG[:17], LONG[17:50], LONG[50:59], LONG[59:100], LONG[100:124], LONG[124:]]
    torn = "\u3000\u3000" + "\n".join(pieces)
    assert repair(f"{torn}\n{torn}").text == f"{LONG}\n{LONG}"


def test_a_running_head_is_left_out_with_its_page_number():
    head = "某县水利局党组述职材料"
    lines = wrapped(LONG, 26).split("\n")
    pages = [*lines[:2], "- 1 -", head, *lines[2:4], "- 2 -", head, *lines[4:]]
    assert repair("\n".join(pages)).text == LONG


def test_a_paragraph_goes_on_over_a_page():
    assert repair("一、做法\n全年学习12次，走访党\n- 3 -\n员40户，办结5件。").text == (
        "一、做法\n全年学习12次，走访党员40户，办结5件。"
    )


def test_a_line_that_begins_with_a_closing_mark_goes_on():
    assert repair("增强党课的吸引力\n、感染力。").text == "增强党课的吸引力、感染力。"


def test_stray_spaces_do_not_hide_how_lines_were_cut():
    lines = wrapped(LONG, 26).split("\n")
    assert repair("\n".join(line[:9] + " " + line[9:] for line in lines)).text == LONG


def test_blanks_at_the_ends_of_lines_are_left_out():
    assert repair("　　一是学习不深。  \n　　二是下去少。 ").text == "一是学习不深。\n二是下去少。"


def test_a_stretch_of_the_source_is_found_again():
    repaired = repair("两 张\u200b皮，学习")
    assert repaired.text[slice(*repaired.taken(0, 5))] == "两张皮"
