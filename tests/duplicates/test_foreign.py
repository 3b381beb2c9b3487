from __future__ import annotations

import pytest

from analyzer.duplicates.foreign import foreign_units
from analyzer.understanding.identity import identify

OWN = "清河县青山镇"
OTHERS = ("清河县绿水镇", "清河县石桥乡", "清河县司法局", OWN)


def found(text, own=OWN, others=OTHERS):
    return [text[start:end] for start, end in foreign_units(text, own, others)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("青山镇2023年述职报告\n全年走访46户。我们绿水镇党委坚持周调度。", "绿水镇"),
        ("我现任绿水镇党委书记。", "绿水镇"),
        ("作为清河县绿水镇党委书记，我讲党课4次。", "清河县绿水镇"),
        ("现将绿水镇2023年抓党建工作情况报告如下：", "绿水镇"),
        ("绿水镇党委书记抓基层党建工作述职报告\n一年来，我讲党课4次。", "绿水镇"),
        ("全年走访46户。\n述职人：绿水镇党委书记 王建国", "绿水镇"),
        ("存在问题。绿水镇党委坚持问题导向，整改9个。", "绿水镇"),
        ("作为石桥乡党委书记，我到村里12次。", "石桥乡"),
        ("我们龙泉镇党委没有把责任压到支部。", "龙泉镇"),  # in no list
    ],
)
def test_another_unit_in_the_own_place_is_found(text, name):
    assert found(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "青山镇2023年述职报告\n我们青山镇党委坚持周调度。作为青山镇党委书记，我讲党课4次。",
        "作为清河县青山镇党委书记，我讲党课4次。",
        "我带队到绿水镇党委学习，绿水镇党委坚持周调度的做法值得借鉴。",
        "绿水镇党委与我镇结对。绿水镇派来3名干部。",
        "县司法局党组坚持每季度下沉一次，我们司法局的同志住在镇里。",
        "我原任绿水镇党委书记，3月调到青山镇。",
        "2021年，我任绿水镇党委书记期间，修过这条渠。",
        "村民说：“我们绿水镇党委才不这样。”",
        "我们乡镇党委最怕开会。我们全镇党员都在。作为建制镇党委书记，我有责任。",
        "作为石桥村党支部书记的包联领导，我去了12次。",
        "",
    ],
)
def test_a_mention_is_none(text):
    assert found(text) == []


def test_bureaus_of_two_counties_are_told_apart_by_their_county():
    own, others = "青山县司法局", ("清河县司法局", "清河县教育局")
    assert found("作为清河县司法局党组书记，我负总责。", own, others) == ["清河县司法局"]
    assert found("我们司法局党组研究9次。", own, others) == []
    assert found("我们教育局党组研究9次。", own, others) == ["教育局"]


def test_the_end_of_the_own_name_is_the_own_unit():
    assert found("我任市财政局党组书记三年。", "槐川市财政局", ("泊云市财政局", "市财政局")) == []


def test_a_unit_whose_kind_says_nothing_is_left_alone():
    assert found("我们绿水镇党委坚持周调度。", own="县委组织部") == []


def test_no_report_of_the_corpus_names_another_unit_as_its_own(corpora):
    """Each was written of one unit: what is found there would be an accusation without ground."""
    texts = {path.name: path.read_text("utf-8") for path in sorted(corpora.glob("w*/*.txt"))}
    units = {name: unit for name, text in texts.items() if (unit := identify(text, text).unit)}
    assert len(units) > 100
    others = frozenset(units.values())
    said = {name: found(texts[name], unit, others) for name, unit in units.items()}
    assert [name for name, units_found in said.items() if units_found] == []


def test_a_name_is_found_once_and_no_longer_than_it_is():
    text = "2025年度述职报告\n按照考核通知要求，结合石硖镇实际，述职如下。\n一、履职情况"
    assert [text[start:end] for start, end in foreign_units(text, "青河镇", [])] == ["石硖镇"]
