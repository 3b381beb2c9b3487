"""The binary Word format: pieces in any order, and where the way leads when it is something else."""

from __future__ import annotations

import shutil
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.errors import ShupingError
from analyzer.reading import Document, read_bytes

from . import making
from .making import REPORT

_TEXT = "\r".join(REPORT) + "\r"


def _lines(document: Document) -> list[str]:
    return [document.text[p.start : p.end] for p in document.paragraphs]


@pytest.mark.parametrize("suffix", ["doc", "wps", "DOC"])
def test_the_text_of_a_file(suffix: str) -> None:
    document = read_bytes(making.ole(making.binary_word([(_TEXT, False)])), f"报告.{suffix}")
    assert _lines(document) == list(REPORT)
    assert document.format == suffix.lower()
    assert [p.place for p in document.paragraphs][:2] == ["p[1]", "p[2]"]


@given(st.lists(st.integers(1, len(_TEXT) - 1), max_size=6))
def test_pieces_in_any_order_make_the_same_text(cuts: list[int]) -> None:
    bounds = [0, *sorted(set(cuts)), len(_TEXT)]
    pieces = [(_TEXT[a:b], False) for a, b in pairwise(bounds)]
    assert _lines(read_bytes(making.ole(making.binary_word(pieces)), "a.doc")) == list(REPORT)


def test_pieces_of_one_byte_a_character() -> None:
    pieces = [("第", False), ("12", True), ("次会议\r", False), ("1. “A”\r", True)]
    assert _lines(read_bytes(making.ole(making.binary_word(pieces)), "a.doc")) == ["第12次会议", "1. “A”"]


def test_the_table_stream_that_the_file_names_is_taken() -> None:
    streams = making.binary_word([(_TEXT, False)])
    streams["0Table"] = b"\xff" * 200
    assert _lines(read_bytes(making.ole(streams), "a.doc")) == list(REPORT)


def test_marks_inside_the_text() -> None:
    field = '见\x13 HYPERLINK "http://a" \x14链接\x15。\r'
    breaks = "上\x0b下\x0c后\r格一\x07格二\x07\x07"
    pieces = [(field + breaks + "党\x1e建\x1f工\x01作\t好\U00020000\r", False)]
    assert _lines(read_bytes(making.ole(making.binary_word(pieces)), "a.doc")) == [
        "见链接。",
        "上",
        "下",
        "后",
        "格一",
        "格二",
        "党-建工作\t好\U00020000",
    ]


_OTHERS = {
    "rtf": rb"{\rtf1\ansi\ansicpg936 \u20826?\u24314?\par}",
    "old": making.ole(making.binary_word([("x\r", True)], version=0x68)),
}


@pytest.mark.parametrize("kind", _OTHERS)
def test_without_libreoffice_the_error_says_what_is_missing(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(ShupingError, match="LibreOffice") as failure:
        read_bytes(_OTHERS[kind], "a.doc")
    assert failure.value.code == "missing-converter"
    assert "另存为 .docx" in failure.value.hint


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_rich_text_by_way_of_libreoffice() -> None:
    document = read_bytes(_OTHERS["rtf"], "a.doc")
    assert document.text == "党建"
    assert document.format == "doc"
