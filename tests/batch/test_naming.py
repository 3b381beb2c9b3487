"""What names of files say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.batch.naming import reader
from analyzer.errors import ShupingError


@pytest.mark.parametrize(
    ("pattern", "name", "said"),
    [
        (
            "{region}/{unit}-{year}",
            "甲县/水利局-2021.docx",
            {"region": "甲县", "unit": "水利局", "year": 2021},
        ),
        (
            "{region}/{unit}-{year}",
            "材料/报来的/甲县/水利局-2021年度.docx",
            {"region": "甲县", "unit": "水利局", "year": 2021},
        ),
        ("{region}/{unit}", "甲县.zip/水利局.pdf", {"region": "甲县", "unit": "水利局"}),
        ("{region}/*/{unit}", "甲县/2021/水利局.txt", {"region": "甲县", "unit": "水利局"}),
        ("{}-{unit}（{author}）", "03-水利局（张三）.txt", {"unit": "水利局", "author": "张三"}),
        ("{unit}{year}", "水利局2021.txt", {"unit": "水利局", "year": 2021}),
        ("{unit}-{year}", "甲-乙-2021.txt", {"unit": "甲-乙", "year": 2021}),
        ("{unit}-{year}", "水利局-21.txt", None),
        ("{unit}-{year}", "水利局-2021（修改）.txt", None),
        ("{region}/{unit}", "水利局.txt", None),
        ("{unit}.v1+", "水利局.v1+.txt", {"unit": "水利局"}),
        ("{unit}-{author}", "  - .txt", None),
    ],
)
def test_a_name_is_read_from_its_end(pattern, name, said):
    assert reader(pattern)(name) == said


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "*",
        "{}/x",
        "{name}",
        "{unit}/{unit}",
        "{unit}{author}",
        "*{unit}",
        "{unit",
        "unit}",
        "{unit}//{year}",
        "{unit}.docx",
        "{unit_type}-{unit}*",
    ],
)
def test_a_pattern_that_cannot_be_meant_is_refused(pattern):
    with pytest.raises(ShupingError) as refused:
        reader(pattern)
    assert refused.value.code == "pattern"


_TEXT = st.text("甲乙丙镇乡局一二abc (){}+.*?[]\\^$|", min_size=1, max_size=8).filter(
    lambda text: text.strip() == text
)


@given(st.lists(st.text("甲乙丙", min_size=1), max_size=3), _TEXT, _TEXT, st.integers(1900, 2099))
def test_what_a_pattern_makes_it_reads_back(folders, region, unit, year):
    name = "/".join([*folders, region, f"{unit}-{year}.docx"])
    assert reader("{region}/{unit}-{year}")(name) == {"region": region, "unit": unit, "year": year}


@given(st.text(max_size=12))
def test_any_text_is_a_pattern_or_is_refused_as_one(pattern):
    code = None
    try:
        reader(pattern)("甲县/水利局-2021.docx")
    except ShupingError as refused:
        code = refused.code
    assert code in (None, "pattern")
