"""Notes to this program: unseen by what judges the text, and about the right stretch of it."""

from __future__ import annotations

import pytest

from analyzer.language import blank
from analyzer.reading import read_bytes, read_text

NOTE = "<!-- shuping: ignore x 理由：y -->"


def about(text):
    (note,) = read_text(text).notes
    return text[note.start : note.end].replace(NOTE, "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"甲。乙。{NOTE}丙。", "乙。"),
        (f"甲。乙{NOTE}丙。丁。", "乙丙。"),
        (f"甲。乙”。{NOTE}", "乙”。"),
        (f"甲。\n{NOTE}\n乙。丙。\n丁。", "\n乙。丙。"),
        (f"甲。\n{NOTE}\n\n乙。", "\n\n乙。"),
        (f"甲。\n{NOTE}乙。丙。\n丁。", "乙。丙。"),
        (f"{NOTE}\n甲。\n乙。", "\n甲。"),
        (f"一、标题{NOTE}\n甲。", "一、标题"),
        (f"甲。\r\n{NOTE}\r\n乙。\r\n丙。", "\r\n乙。"),
        (f"甲。\n{NOTE}", ""),
    ],
)
def test_a_note_is_about_the_sentence_before_it_or_the_line_it_begins(text, expected):
    assert about(text) == expected


def test_notes_above_one_another_are_about_the_same_line():
    text = f"甲。\n{NOTE}\n{NOTE}\n乙。\n丙。"
    first, second = read_text(text).notes
    assert first.end == second.end == text.index("乙。") + 2


@pytest.mark.parametrize(
    "comment",
    ["<!-- 待改 -->", "<!-- shuping -->", "<!-- 见 shuping: ignore x -->", "<!- shuping: ignore x ->"],
)
def test_other_comments_are_text_as_before(comment):
    document = read_text(f"甲。{comment}乙。")
    assert document.notes == ()
    assert document.prose == document.text


@pytest.mark.parametrize(
    "comment", ["<!--shuping:ignore x-->", "<!-- Shuping： ignore x -->", "<!--\nshuping:\nignore x\n-->"]
)
def test_the_ways_to_write_one(comment):
    (note,) = read_text(f"甲。{comment}乙。").notes
    assert note.words == "ignore x"
    assert note.place == "第 1 行的注释"


def test_the_text_stays_as_read_and_the_prose_has_its_offsets():
    text = f"甲乙。\n{NOTE}\n丙{NOTE}丁。"
    document = read_bytes(text.encode("utf-8"), "报告.md")
    assert document.text == text
    assert len(document.prose) == len(text)
    assert document.prose.index("丁") == text.index("丁")
    assert "shuping" not in document.prose


def test_what_judges_the_text_reads_it_as_if_the_notes_were_not_there():
    with_notes = f"# 标题\n{NOTE}\n一、履职情况{NOTE}\n全年讲党课{NOTE}4次。{NOTE}到会率升到92%。\n{NOTE}"
    doc = blank()(read_text(with_notes).prose)
    bare = blank()(with_notes.replace(f"\n{NOTE}\n", "\n").replace(NOTE, ""))
    assert doc.text == bare.text.rstrip("\n")


def test_many_notes_and_unfinished_ones_take_no_time():
    text = "甲。<!-- shuping: " * 2000 + NOTE * 200
    assert len(read_text(text).notes) >= 1
