"""Cues looked for in many sentences at once are found as in each of them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.understanding.wording import counted, held

# The second can run over the end of a sentence, the third looks around.
CUES = [re.compile(pattern) for pattern in ("学习|学", "由[^，。]{1,3}学", "(?<!不)学(?!了)")]


@given(st.lists(st.text(alphabet="学习由不了，。", min_size=1, max_size=8), max_size=6))
def test_cues_are_counted_sentence_by_sentence(texts):
    assert counted(CUES, texts).tolist() == [[len(cue.findall(text)) for cue in CUES] for text in texts]


@pytest.mark.parametrize("texts", [["由", "学习"], ["学由", "不学了", "由他学"]])
def test_cues_are_held_sentence_by_sentence(texts):
    assert held(CUES, texts).tolist() == [[bool(cue.search(text)) for cue in CUES] for text in texts]
