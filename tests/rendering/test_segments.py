from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analyzer.rendering.segments import segments

SPANS = st.lists(st.tuples(st.integers(-2, 22), st.integers(-2, 22), st.sampled_from("abc")), max_size=8)


@given(st.integers(0, 20), SPANS, st.lists(st.integers(-2, 22)))
def test_segments_cover_the_text_once_and_carry_what_covers_them(length, spans, cuts):
    found = list(segments(length, spans, cuts))
    assert [i for s in found for i in range(s.start, s.end)] == list(range(length))
    assert all(s.start < s.end for s in found)
    for segment in found:
        for i in range(segment.start, segment.end):
            expected = tuple(m for s, e, m in spans if 0 <= s <= i < e <= length)
            assert segment.marks == expected
    starts = {s.start for s in found}
    assert all(cut in starts for cut in cuts if 0 < cut < length)


def test_neighbouring_marks_do_not_touch_each_other():
    assert [(s.start, s.end, s.marks) for s in segments(4, [(0, 2, "a"), (2, 4, "b")])] == [
        (0, 2, ("a",)),
        (2, 4, ("b",)),
    ]
