from __future__ import annotations

import dataclasses
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer import result as shapes
from analyzer.moving import (
    COUNTS,
    ENDS,
    STARTS,
    STRETCHES,
    Moved,
    has_integers,
    move,
    strings,
)
from analyzer.result import Cause, CauseStatus, Problem, Remedy, RemedyStatus, Slots


def _fields():
    for kind in vars(shapes).values():
        if isinstance(kind, type) and dataclasses.is_dataclass(kind):
            hints = get_type_hints(kind)
            for each in dataclasses.fields(kind):
                yield f"{kind.__name__}.{each.name}", hints[each.name]


def test_of_every_integer_it_is_known_whether_it_is_an_offset_or_a_count():
    classified = STARTS | ENDS | STRETCHES | COUNTS
    unknown = [name for name, kind in _fields() if has_integers(kind) and name not in classified]
    assert not unknown, "add them to STARTS, ENDS, STRETCHES or COUNTS of analyzer.moving"


def test_every_field_that_is_listed_is_there_and_once():
    listed = [*STARTS, *ENDS, *STRETCHES, *COUNTS]
    assert len(listed) == len(set(listed))
    assert set(listed) <= {name for name, kind in _fields() if has_integers(kind)}


@dataclasses.dataclass(frozen=True, slots=True)
class _Unknown:
    start: int
    note: str


def test_a_field_that_nobody_classified_is_refused():
    with pytest.raises(TypeError, match=r"_Unknown\.start"):
        move(_Unknown(3, "甲"), Moved("甲乙丙丁", ()), str)


_PROBLEM = Problem(
    0,
    9,
    "甲镇的问题",
    Cause(CauseStatus.EXPLICIT, None, 3, 5, 0.5),
    Remedy(RemedyStatus.SPECIFIC, ((1, 4), (6, 8)), 0.5, Slots(owner=((2, 3),))),
    0.5,
)


def test_what_is_nested_moves_too():
    moved = move(_PROBLEM, Moved("甲镇的会开得太多。", [(0, 2, "〔名abcdef〕镇")]), str)
    assert (moved.start, moved.end) == (0, 17)
    assert (moved.cause.start, moved.cause.end) == (11, 13)
    assert moved.remedy.spans == ((0, 12), (14, 16))  # the first began inside of the name
    assert moved.remedy.slots.owner == ((10, 11),)
    assert list(strings(_PROBLEM)) == ["甲镇的问题"]


def test_places_that_are_not_there_stay_so():
    none = dataclasses.replace(_PROBLEM.cause, start=None, end=None)
    assert move(none, Moved("甲", [(0, 1, "〔〕")]), str) == none


@st.composite
def _replaced(draw):
    text = draw(st.text("甲乙丙\n x", max_size=40))
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    return text, [(start, end, draw(st.text("〔〕ab", max_size=5))) for start, end in spans]


@given(_replaced(), st.data())
def test_a_stretch_holds_the_same_text_as_before_and_whole_masks(drawn, data):
    text, replaced = drawn
    moved = Moved(text, replaced)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    # Widened by hand to whole names, what is expected can be put together piece by piece.
    first = next((a for a, b, _ in replaced if a < start < b), start)
    last = next((b for a, b, _ in replaced if a < end < b), end)
    expected, at = "", first
    for a, b, mask in replaced:
        if first <= a and b <= last:
            expected, at = expected + text[at:a] + mask, b
    assert moved.text[moved.start(start) : moved.end(end)] == expected + text[at:last]


@given(_replaced(), st.data())
def test_order_is_kept(drawn, data):
    text, replaced = drawn
    moved = Moved(text, replaced)
    places = sorted(data.draw(st.lists(st.integers(0, len(text)))))
    for where in (moved.start, moved.end):
        there = [where(place) for place in places]
        assert there == sorted(there)
        assert all(0 <= place <= len(moved.text) for place in there)
