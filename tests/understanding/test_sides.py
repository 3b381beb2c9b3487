from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from analyzer.understanding.sides import _replaced


@given(st.text("甲乙丙", max_size=30), st.sets(st.text("甲乙", min_size=1, max_size=4), max_size=4))
def test_own_words_become_symbols_as_a_pattern_of_them_would_make_them(text, words):
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    by_pattern = re.sub("|".join(longest_first), "●", text) if words else text
    assert _replaced(text, longest_first, "●") == by_pattern
