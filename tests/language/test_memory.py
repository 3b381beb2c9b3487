from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzer.language import memory
from analyzer.language.memory import Memory
from analyzer.pipeline import Analyzer

PIECES = (
    "",
    "。",
    "，",
    "\n",
    "X次",
    "2023年",
    "一是",
    "因为责任心不强",
    "学习不够深入。",
    "党建与业务两张皮",
)


@pytest.fixture(scope="module")
def analyzer():
    return Analyzer()


@pytest.fixture(scope="module")
def draft(corpora):
    return (corpora / "w6" / "w6-05.txt").read_text("utf-8")


@pytest.fixture
def remembering(monkeypatch):
    """A small memory, so that it forgets while the test runs."""
    monkeypatch.setattr(memory, "_memory", Memory(400))


@pytest.mark.usefixtures("remembering")
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.sampled_from(PIECES)), max_size=3))
def test_what_is_found_with_a_memory_is_what_is_found_without(analyzer, draft, edits):
    text = draft
    for where, taken, put in edits:
        at = int(where * len(text))
        text = text[:at] + put + text[at + taken :]
        remembered = analyzer.analyze_text(text)
        kept, memory._memory = memory._memory, None
        try:
            assert analyzer.analyze_text(text).to_dict() == remembered.to_dict()
        finally:
            memory._memory = kept


def lengths(words):
    """Answer with the length of each word, and count the words asked for."""
    asked = []

    def find(places):
        asked.extend(words[place] for place in places)
        return np.array([len(words[place]) for place in places], dtype=np.float32).reshape(-1, 1)

    return find, asked


def test_only_what_is_new_is_looked_for():
    known = Memory()
    for words, new in ((["a", "bb", "a"], ["a", "bb"]), (["bb", "ccc"], ["ccc"]), ([], [])):
        find, asked = lengths(words)
        assert known.rows("length", words, find)[:, 0].tolist() == [len(word) for word in words]
        assert asked == new


def test_what_is_not_asked_for_any_more_is_forgotten():
    known = Memory(10)
    for number in range(100):
        words = ["again", f"once {number}"]
        find, asked = lengths(words)
        known.rows("length", words, find)
        assert asked == (words if number == 0 else words[1:])
    assert sum(map(len, [*known._recent.values(), *known._before.values()])) <= 24
