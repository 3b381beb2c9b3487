"""Padding is found by comparing a text with itself; what an honest writer repeats is left alone."""

from __future__ import annotations

import pytest

from analyzer.language import blank
from analyzer.reading.document import blanked
from analyzer.understanding.padding import PaddingKind, find_padding

_TASKS = ("改进学习制度", "整顿后进支部", "完善考核办法", "充实党务干部")


def _left(text: str) -> str:
    """The text as it is read once padding is blanked out."""
    places = [place for entry in find_padding(blank()(text)) for place in entry.places]
    return "".join(blanked(text, places).split())


@pytest.mark.parametrize(
    "tail", ["，共12次、36人次", "，由我牵头，6月底前完成", "，全年不少于4次，每次不少于2小时"]
)
def test_without_padding_the_sentences_read_as_before(tail: str) -> None:
    plain = "".join(f"{task}。" for task in _TASKS)
    assert _left("".join(f"{task}{tail}。" for task in _TASKS)) == plain


def test_of_a_passage_that_stands_twice_the_first_is_kept() -> None:
    passage = (
        "一是到支部少，全年只到过三支部1次，支部换届我也没有到场，意见是别人转来的。"
        "二是谈心走过场，12人次都集中在12月，图的是台账上有记录。"
    )
    text = f"{passage}\n{passage}"
    (found,) = find_padding(blank()(text))
    assert found.kind is PaddingKind.PASSAGE
    assert _left(text) == passage


@pytest.mark.parametrize("tail", ["，共X次", "，取得显著成效", ""])
def test_faults_that_come_back_stay(tail: str) -> None:
    text = "".join(f"{task}{tail}。" for task in _TASKS)
    assert _left(text) == text


def test_owners_of_their_own_are_no_padding() -> None:
    text = (
        "改进学习制度，由我牵头，6月底前完成。整顿后进支部，由组织委员牵头，9月底前完成。"
        "完善考核办法，由党办牵头，年底前完成。"
    )
    assert find_padding(blank()(text)) == ()
