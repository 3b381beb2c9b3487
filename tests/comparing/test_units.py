from __future__ import annotations

import pytest

from analyzer.comparing.units import pair_years, unit_key
from analyzer.result import Source


def _source(unit, year, author=None, region=None):
    return Source("a.txt", "txt", "0" * 64, unit=unit, year=year, author=author, region=region)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("中共甲镇委员会", "甲镇党委"),
        ("甲镇党委", "甲镇"),
        ("梓湖县医疗保障局党组", "梓湖县医疗保障局"),
        ("国家税务总局云阳山县税务局党委", "云阳山县税务局"),
        ("中共碧桐街道工作委员会", "碧桐街道党工委"),
        ("团结圩村党总支", "团结圩村"),
        ("〔名kx3rm7〕镇党委", "〔名kx3rm7〕镇"),
    ],
)
def test_names_of_one_unit_pair(one, other):
    assert pair_years([_source(one, 2023), _source(other, 2024)]) == [(0, 1)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("甲镇党委", "乙镇党委"),
        ("甲镇党委", "甲镇纪委"),
        ("甲镇党委", "甲镇中心小学党支部"),
        ("梓湖县医疗保障局党组", "梓湖县水利局党组"),
        (None, None),
        ("XX镇党委", "XX镇党委"),
        ("县人民医院党委", "县人民医院党委"),
        ("我局", "我局"),
        ("医疗保障局党组", "医疗保障局党组"),
        ("第一支部", "第一支部"),
        ("中心小学党支部", "中心小学党支部"),
    ],
)
def test_names_that_may_be_of_two_units_do_not(one, other):
    assert pair_years([_source(one, 2023), _source(other, 2024)]) == []


def test_an_author_tells_units_of_one_name_apart():
    sources = [_source("县人民医院", y, a) for y, a in ((2023, "王平"), (2023, "李安"), (2024, "李安"))]
    assert pair_years(sources) == [(1, 2)]


def test_a_town_of_the_same_name_in_another_county_is_another_unit():
    sources = [_source("城关镇党委", 2023, region="甲县"), _source("城关镇党委", 2024, region="乙县")]
    assert pair_years(sources) == []
    assert pair_years([sources[0], _source("城关镇党委", 2024, region="甲县")]) == [(0, 1)]


def test_the_nearest_year_before_is_taken_and_a_missing_year_leapt_over():
    years = (2021, 2024, 2023, 2019)
    assert pair_years([_source("甲镇党委", year) for year in years]) == [(3, 0), (2, 1), (0, 2)]


def test_two_reports_of_one_year_are_paired_by_author_or_not_at_all():
    of_two = [_source("甲镇党委", 2023, "王平"), _source("甲镇党委", 2023, "李安")]
    assert pair_years([*of_two, _source("甲镇党委", 2024, "李安")]) == [(1, 2)]
    assert pair_years([*of_two, _source("甲镇党委", 2024, "赵宁")]) == []
    assert pair_years([*of_two, _source("甲镇党委", 2024)]) == []


def test_a_report_without_a_year_is_left_out():
    assert pair_years([_source("甲镇党委", None), _source("甲镇党委", 2024)]) == []


def test_a_new_leader_reports_for_the_same_unit():
    assert pair_years([_source("甲镇党委", 2023, "王平"), _source("甲镇党委", 2024, "李安")]) == [(0, 1)]


def test_a_name_of_nothing_but_a_body_is_no_unit():
    assert unit_key(_source("党支部", 2024)) == ()
