"""Plain text: the text is the file itself in whatever encoding, or an error says that it cannot be known."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analyzer.errors import ShupingError
from analyzer.reading import Limits, read_bytes, read_text

from .making import REPORT

_TRADITIONAL = (
    "一年來，本人認真履行黨建工作第一責任人職責，現將有關情況報告如下：\r\n一、履職情況。組織學習十二次。"
)
_CHARACTERS = st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"])
_LINES = st.lists(st.text(_CHARACTERS, max_size=30), min_size=1, max_size=12)
_BREAKS = st.sampled_from(["\n", "\r\n", "\r"])


@given(_LINES, _BREAKS, st.sampled_from(["txt", "md"]))
def test_offsets_lead_to_the_lines_of_the_file(lines: list[str], line_break: str, suffix: str) -> None:
    text = line_break.join(lines)
    # U+FEFF at the start would be taken for a byte-order mark.
    assume(text.strip() and not text.startswith("\ufeff"))
    document = read_bytes(codecs.BOM_UTF8 + text.encode(), f"报告.{suffix}")
    assert document.text == text
    kept = [line for line in text.splitlines() if line.strip()]
    assert [document.text[p.start : p.end] for p in document.paragraphs] == kept


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
def test_every_encoding_gives_the_same_text(encoding: str, line_break: str) -> None:
    text = line_break.join(REPORT)
    document = read_bytes(text.encode(encoding), "报告.txt")
    assert document.text == text
    assert [document.text[p.start : p.end] for p in document.paragraphs] == list(REPORT)


def test_the_mark_of_gb18030_is_no_text() -> None:
    assert read_bytes("\ufeff述职报告".encode("gb18030"), "报告.txt").text == "述职报告"


@pytest.mark.parametrize("encoding", ["big5", "cp950", "big5hkscs", "gb18030", "utf-16-be"])
def test_traditional_script(encoding: str) -> None:
    assert read_bytes(_TRADITIONAL.encode(encoding), "a.txt").text == _TRADITIONAL


@given(st.lists(st.sampled_from([*REPORT, *_TRADITIONAL.split("\r\n")]), min_size=1, max_size=4))
def test_gb18030_is_never_taken_for_something_else(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert read_bytes(text.encode("gb18030"), "a.txt").text == text


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le", "cp950"])
def test_a_short_text_is_right_or_refused(encoding: str) -> None:
    for size in range(1, 12):
        for start in range(0, len(_TRADITIONAL) - size, 3):
            text = _TRADITIONAL[start : start + size]
            if not text.strip() or (encoding == "utf-16-le" and size < 6):
                continue
            try:
                found = read_bytes(text.encode(encoding), "a.txt").text
            except ShupingError as failure:
                found = {"encoding": text, "binary": text}[failure.code]
            assert found == text


def test_han_without_any_break_in_utf_16_without_mark() -> None:
    text = "坚持党要管党从严治党，严格纪律要求。"
    assert read_bytes(text.encode("utf-16-be"), "a.txt").text == text


def test_a_mark_that_lies_is_an_error() -> None:
    with pytest.raises(ShupingError, match="UTF-8") as failure:
        read_bytes(codecs.BOM_UTF8 + "述职报告".encode("gb18030"), "a.txt")
    assert failure.value.code == "encoding"


def test_places_and_headings() -> None:
    document = read_bytes("\n# 报告\n\n正文 # 不是标题\n## 问题".encode(), "a.md")
    assert [(p.place, p.heading) for p in document.paragraphs] == [
        ("line 2", 1),
        ("line 4", 0),
        ("line 5", 2),
    ]
    assert [p.heading for p in read_bytes(b"# a", "a.txt").paragraphs] == [0]


def test_one_line_of_two_million_characters() -> None:
    text = "党建工作" * 500_000
    assert read_bytes(text.encode("gb18030"), "a.txt").paragraphs[0].end == 2_000_000


def test_text_that_was_passed_in() -> None:
    document = read_text("\ufeff一、履职\r\n\r\n二、问题")
    assert document.text == "\ufeff一、履职\r\n\r\n二、问题"
    assert document.path is None
    assert document.format == "txt"
    assert len(document.paragraphs) == 2


@pytest.mark.parametrize(
    ("text", "code"), [("", "empty"), (" \n　", "empty"), ("\0\x1b\n", "empty"), ("a\ud800", "encoding")]
)
def test_text_that_cannot_be_taken(text: str, code: str) -> None:
    with pytest.raises(ShupingError) as failure:
        read_text(text)
    assert failure.value.code == code
    assert failure.value.path is None


def test_control_characters_that_were_pasted_are_no_binary_file() -> None:
    assert read_text("一、履职\0\n\x01\n二、\x1b问题").text == "一、履职\0\n\x01\n二、\x1b问题"
    assert len(read_text("一、履职\0\n\x01\n二、问题").paragraphs) == 2
    with pytest.raises(ShupingError) as failure:
        read_bytes("述职报告\0".encode(), "a.txt")
    assert failure.value.code == "binary"


def test_limits_are_the_callers() -> None:
    with pytest.raises(ShupingError) as failure:
        read_text("述职报告", Limits(text_bytes=11))
    assert failure.value.code == "too-large"
