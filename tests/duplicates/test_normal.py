from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.duplicates.normal import normal_form


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2021年讲党课4次。", "２０２２年，讲党课 十二 次"),
        ("学习贯彻党的十九届六中全会精神", "学习贯彻党的二十届三中全会精神"),
        ("学习贯彻党的十九大精神。", "学习贯彻党的二十大精神。"),
        ("扎实开展党史学习教育，", "扎实开展党纪学习教育，"),
        ("一是抓学习。二是抓队伍。", "1．抓学习。（2）抓队伍。"),
        ("青山镇有支部12个。", "绿水镇有支部3个。"),
        ("清河县司法局党组", "双河县民政局党组"),
        ("王建国同志、张某书记", "李春梅同志、赵某书记"),
        ("述职人：王建国", "述职人：李四"),
        ("走访×户，占XX%", "走访46户，占87.5%"),
        ("DCS系统：“好”！", "dcs系统\n好"),
        ("黨組織", "党组织"),
    ],
)
def test_what_a_copyist_swaps_is_the_same(one, other):
    assert normal_form(one).symbols == normal_form(other).symbols


@pytest.mark.parametrize(
    ("one", "other"),
    [("抓学习", "抓队伍"), ("支部书记到位", "支部书记缺位"), ("开展党史学习教育", "开展消防演练")],
)
def test_words_are_not(one, other):
    assert normal_form(one).symbols != normal_form(other).symbols


@given(
    st.text(
        alphabet=st.sampled_from(
            "青山镇2021年三中全会一是、（）。\n \0\1\ue001“”×XＡ某王同志书记党史学习教育𠮷𝟙é"
        )
    )
)
@settings(max_examples=300)
def test_each_symbol_stands_where_its_letters_are(text):
    normal = normal_form(text)
    assert len(normal.symbols) == len(normal.starts) == len(normal.ends)
    places = list(zip(normal.starts.tolist(), normal.ends.tolist(), strict=True))
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(end <= start for (_, end), (start, _) in pairwise(places))
    for symbol, (start, end) in zip(normal.symbols, places, strict=True):
        if symbol.isalnum():  # else it stands for a swap
            assert end == start + 1
            assert normal_form(text[start:end]).symbols in (symbol, "\ue006")
