import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.language.layout import Ordinal, chinese_number, lay_out, ordinal_at


@given(st.text(alphabet="一是党建工作，。；！？\n “”（）1.、"))
def test_units_are_in_order_and_leave_out_only_white_space(text):
    layout = lay_out(text)
    for spans in (layout.sentences, layout.clauses):
        assert all(a < b for a, b in spans)
        assert all(end <= start for end, start in zip(spans[:-1, 1], spans[1:, 0], strict=True))
        covered = {i for a, b in spans for i in range(a, b)}
        assert all(char.isspace() for i, char in enumerate(text) if i not in covered)


@given(st.text(alphabet="一是党建工作，。；！？\n"))
def test_clauses_belong_to_their_sentence(text):
    layout = lay_out(text)
    for i, (start, end) in enumerate(layout.sentences):
        first, stop = layout.first_clause[i], layout.first_clause[i + 1]
        assert first < stop
        assert layout.clauses[first, 0] == start
        assert layout.clauses[stop - 1, 1] == end


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("一、履职情况", Ordinal.CHAPTER, 1),
        ("第三部分 下步打算", Ordinal.CHAPTER, 3),
        ("（十二）抓队伍", Ordinal.SECTION, 12),
        ("3．强化督查", Ordinal.NUMBER, 3),
        ("（2）落实责任", Ordinal.BRACKET, 2),
        ("③落实责任", Ordinal.BRACKET, 3),
        ("一是学习不够", Ordinal.SPOKEN, 1),
        ("第二，压实责任", Ordinal.SPOKEN, 2),
        ("头一桩，支部的活", Ordinal.SPOKEN, 1),
        ("首先，抓学习", Ordinal.SPOKEN, 0),
        ("一是个好办法", Ordinal.NONE, 0),
        ("4.7亿元投资", Ordinal.NONE, 0),
        ("一年来，我", Ordinal.NONE, 0),
    ],
)
def test_ordinals(text, kind, value):
    mark = ordinal_at(text, 0, len(text))
    assert (mark.kind, mark.value) == (kind, value)


@pytest.mark.parametrize(
    ("text", "value"), [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("九十九", 99), ("百", 0)]
)
def test_chinese_numbers(text, value):
    assert chinese_number(text) == value
