from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.comparing.compare import compare
from analyzer.comparing.comparison import Kind, SwapKind, Wording
from analyzer.result import Analysis, Section, SectionType

from ..rendering.gold import small_result


def _result(text):
    section = Section(SectionType.DUTIES, 0, len(text), None, 1.0)
    return small_result(text, analysis=Analysis(sections=(section,)))


def _passages(last, this):
    comparison = compare(_result(last), _result(this), Kind.YEARS)
    return [passage for part in comparison.parts for passage in part.passages]


def _swaps(last, this):
    (passage,) = _passages(last, this)
    return passage.wording, [(s.kind, last[slice(*s.last)], this[slice(*s.this)]) for s in passage.swaps]


BASE = "2023年镇党委组织集中学习12次，到3个联系点调研，解决饮水等难题5个。"


@pytest.mark.parametrize(
    ("this", "wording", "swaps"),
    [
        (BASE, Wording.SAME, []),
        (BASE.replace("，", "、"), Wording.SAME, []),
        ("一是" + BASE, Wording.SAME, []),
        (BASE.replace("2023", "2024"), Wording.SWAPPED, [(SwapKind.YEAR, "2023", "2024")]),
        (BASE.replace("12次", "15次"), Wording.SWAPPED, [(SwapKind.FIGURE, "12", "15")]),
        (BASE.replace("12次", "XX次"), Wording.SWAPPED, [(SwapKind.FIGURE, "12", "XX")]),
        (BASE.replace("饮水", "修路"), Wording.EDITED, [(SwapKind.WORDS, "饮水", "修路")]),
    ],
)
def test_what_was_swapped_is_told(this, wording, swaps):
    assert _swaps(BASE, this) == (wording, swaps)


def test_a_campaign_or_meeting_swapped_for_another_is_a_name():
    last = "扎实开展党史学习教育，深入学习党的十九届六中全会精神，讲党课4次。"
    this = "扎实开展党纪学习教育，深入学习党的二十届三中全会精神，讲党课4次。"
    wording, swaps = _swaps(last, this)
    assert wording is Wording.SWAPPED
    assert {kind for kind, _, _ in swaps} == {SwapKind.NAME}


def test_another_sentence_is_new_and_the_old_one_gone():
    kinds = {p.wording for p in _passages(BASE, "推行村务网上公开，十四个村的账目每月上墙，群众可以随时查。")}
    assert kinds == {Wording.NEW, Wording.GONE}


def test_official_wording_alone_is_no_wording_of_ones_own():
    official = "以习近平新时代中国特色社会主义思想为指导，增强“四个意识”、坚定“四个自信”、做到“两个维护”。"
    (passage,) = _passages(official, official)
    assert passage.wording is Wording.SET


def test_each_sentence_has_one_partner():
    twice = BASE + BASE
    kinds = [passage.wording for passage in _passages(BASE, twice)]
    assert sorted(kinds) == [Wording.NEW, Wording.SAME]


SENTENCES = st.sampled_from(
    [
        BASE,
        BASE.replace("12", "X"),
        BASE.replace("2023", "2022"),
        "一是讲党课4次；",
        "讲党课____次。",
        "\ud800\u3000",
        "（一）《条例》“三会一课”",
        "，。；",
        "<!-- shuping: 免计 -->",
        "2023",
    ]
)
TEXTS = st.lists(st.tuples(SENTENCES, st.sampled_from(["", "\n", "\r\n"])), max_size=8).map(
    lambda parts: "".join(words + end for words, end in parts)
)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_whatever_the_texts_swaps_lie_inside_their_sentences(last, this):
    for passage in _passages(last, this):
        assert passage.last or passage.this
        for swap in passage.swaps:
            for span, sentence in ((swap.last, passage.last), (swap.this, passage.this)):
                assert sentence[0] <= span[0] <= span[1] <= sentence[1]


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_whatever_the_text_it_is_kept_beside_itself(text):
    assert {p.wording for p in _passages(text, text)} <= {Wording.SAME, Wording.SET}
