from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from analyzer.rendering.places import Places, merged, quote, shorten

TEXT = "标题\n\n一、履职。开展活动X次，成效明显；\r\n二、问题！\n"
TEXTS = st.text(alphabet="党建X。；\n\r 　”a", max_size=60)


def test_plain_text_is_counted_in_lines_as_an_editor_does():
    places = Places(TEXT, "txt")
    at = TEXT.index("X次")
    assert places.name(at, at + 2) == "第 3 行"
    assert places.name(at, TEXT.index("！")) == "第 3—4 行"


def test_documents_are_counted_in_paragraphs_without_blank_ones():
    at = TEXT.index("X次")
    assert Places(TEXT, "docx").name(at, at + 2) == "第 2 段"


def test_a_finding_on_everything_or_on_what_is_absent_concerns_the_whole_text():
    places = Places(TEXT, "txt")
    assert places.name(0, len(TEXT)) == places.name(0, 0) == "全文"


def test_a_quotation_stays_in_its_sentence():
    at = TEXT.index("X次")
    pieces = quote(TEXT, [(at, at + 2)], Places(TEXT, "txt").sentence(at))
    assert [(p.text, p.marked) for p in pieces] == [
        ("开展活动", False),
        ("X次", True),
        ("，成效明显；", False),
    ]


def test_a_long_sentence_is_cut_where_the_reader_can_see_it():
    text = "前" * 50 + "X次" + "后" * 50 + "。"
    before, marked, after = quote(text, [(50, 52)], (0, len(text)), around=5)
    assert (before.text, marked.text, after.text) == ("…" + "前" * 5, "X次", "后" * 5 + "…")


def test_several_places_of_one_sentence_are_quoted_together():
    text = "学习X次，研讨Y次。"
    pieces = quote(text, [(2, 4), (7, 9)], (0, len(text)))
    assert "".join(p.text for p in pieces) == text
    assert [p.text for p in pieces if p.marked] == ["X次", "Y次"]


@given(TEXTS)
def test_lines_hold_all_of_the_text_but_its_breaks(text):
    lines = Places(text, "txt").lines
    assert "".join(text[line.start : line.end] for line in lines) == text.replace("\r", "").replace("\n", "")
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))


@given(TEXTS, st.data())
def test_every_position_has_a_sentence_and_a_quotation_shows_the_mark(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = Places(text, "txt").sentence(start)
    assert 0 <= first <= len(text)
    pieces = quote(text, [(start, end)], (first, last))
    marked = "".join(p.text for p in pieces if p.marked)
    assert marked == shorten(text[start:end], 72)
    assert not any("\n" in p.text or "\r" in p.text for p in pieces)


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8)).map(lambda t: (t[0], t[0] + t[1])), max_size=8)
)
def test_merged_stretches_cover_the_same_and_do_not_overlap(spans):
    whole = merged(spans)
    assert {i for s, e in spans for i in range(s, e)} == {i for s, e in whole for i in range(s, e)}
    assert all(a[1] <= b[0] for a, b in pairwise(whole))
