from __future__ import annotations

import pytest

from analyzer.masking import Masker
from analyzer.masking.persons import found as persons
from analyzer.masking.places import found as places

MASKER = Masker(b"key")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("沱源县羊角垭乡党委书记述职报告", ["沱源", "羊角垭"]),
        ("我到石坎村、坳背村看了", ["石坎", "坳背"]),
        ("软弱涣散的官塘村", ["官塘"]),
        ("石门岭国有林场党支部书记", ["石门岭"]),
        ("泾河新城城市综合服务有限公司党支部", ["泾河"]),
        ("驻红旗社区的工作队", ["红旗"]),
        ("板坡、牛栏、石岔三个村", ["石岔", "牛栏", "板坡"]),
        ("帮扶大塘、新桥两个村", ["新桥", "大塘"]),
        ("大塘和新桥两个村，花园很好，坪上、湾下也好", ["新桥", "大塘"]),
        ("彭家湾的采砂场", ["彭家湾"]),
    ],
)
def test_places_and_units_are_found_by_their_kind(text, names):
    assert list(dict.fromkeys(place.stem for place in places(text))) == names


@pytest.mark.parametrize(
    "text",
    [
        "在县委、市政府的领导下，我镇各村、全县乡镇、示范村和贫困村",
        "党中央、国务院、省委、市委组织部、县纪委",
        "加上新能源公司的待遇，支部集中学习12次，推动企业上市，改造老旧小区，创建文明城市",
        "以习近平新时代中国特色社会主义思想为指导，学习毛泽东同志的著作，向雷锋同志学习",
        "新时代“枫桥经验”、“两学一做”、主题教育、党的二十大",
        "由党委书记任组长、各部门负责人任成员，落实主任责任",
        "XX镇××村某某某同志、张××、李某",
        "办公室高度重视，党员程序严格，群众方面温暖了",
        "领取养老金的老同志，建成小康社会，小程序上的老毛病，发扬老黄牛精神",
        "《关于加强基层治理的意见》（国办发〔2021〕5号）",
    ],
)
def test_what_is_no_name_stays(text):
    assert MASKER.text(text) == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("由副书记沈卓然兼任。", "沈卓然"),
        ("科室主任韦敏接任。", "韦敏"),
        ("我是王桂香，今年任职", "王桂香"),
        ("述职人：周维平", "周维平"),
        ("述职人：王　芳\n", "王芳"),
        ("姓名：任达", "任达"),
        ("某镇自来水站党支部书记、站长  龚明来\n", "龚明来"),
        ("规划设计所党支部　刘景和\n", "刘景和"),
        ("由陈小满同志牵头", "陈小满"),
        ("母亲赖秀英在村里", "赖秀英"),
        ("述职报告\n\n陈小满\n\n各位领导：", "陈小满"),
    ],
)
def test_persons_are_found_where_the_report_says_that_one_is_meant(text, name):
    assert name in persons(text)


@pytest.mark.parametrize("text", ["请许书记批评", "老周每月来一次", "和徐师傅一起"])
def test_a_surname_that_stands_for_a_person_is_masked(text):
    assert "〔人" in MASKER.text(text)


@pytest.mark.parametrize("word", ["有限", "集团", "甲乙、", "a", "1", " ", "王", "陈家湾", "羊角垭乡", "…"])
def test_a_word_without_end_is_read_to_its_end(word):
    assert MASKER.text(word * 20_000)
