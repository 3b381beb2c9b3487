from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.language import blank
from analyzer.result import Stance
from analyzer.training.corpus import CORPORA, load
from analyzer.training.two_skins import train
from analyzer.understanding.sides import BUSINESS, JOINING, PARTING, PARTY
from analyzer.understanding.structure import contextualise
from analyzer.understanding.two_skins import TwoSkinsModel

ROOT = Path(__file__).parents[2]
SYMBOLS = str.maketrans({PARTING: "分", JOINING: "合", PARTY: "党", BUSINESS: "业"})


@pytest.fixture(scope="module")
def model() -> TwoSkinsModel:
    return train(
        [report for author in ("w3", "w9", "w12", "w14") for report in load(ROOT / CORPORA / author)]
    )


def found(model: TwoSkinsModel, text: str, kind: str) -> list[tuple[str, str]]:
    context = contextualise(blank()(text))
    mentions = model.predict(context, [kind] * len(context.layout.sentences))
    return [(context.text[one.start : one.end], str(one.stance)) for one in mentions]


@pytest.mark.parametrize(
    ("text", "kind", "marked", "stance"),
    [
        (
            "支部活动不少，但党建与业务融合不深，存在“两张皮”现象。",
            "problems",
            "党建与业务融合不深",
            "admitted",
        ),
        ("有的支部重业务、轻党建，一手硬一手软。", "problems", "重业务", "admitted"),
        ("一是党建工作与供热业务各唱各的调。", "problems", "各唱各的调", "admitted"),
        ("坚持党建与业务同谋划、同部署，着力破解“两张皮”问题。", "plans", "“两张皮”", "remedy"),
        ("推动党建与业务深度融合，防止就党建抓党建。", "plans", "就党建抓党建", "remedy"),
        (
            "以前支部会只念文件、业务会只谈指标，如今两个会合成一个，党建与业务“两张皮”的毛病治住了。",
            "duties",
            "“两张皮”",
            "resolved",
        ),
        (
            "县委主要领导反复强调，党建和业务不能是“两张皮”，不能各吹各的号。",
            "duties",
            "“两张皮”",
            "demand",
        ),
        (
            "按照市委“党建和业务必须同部署、同考核，不能各吹各的号”的要求，抓好以下工作。",
            "plans",
            "各吹各的号",
            "demand",
        ),
        (
            "区委巡察组反馈指出，我局“党建与业务结合不紧”，要求年底前整改到位。",
            "problems",
            "结合不紧",
            "demand",
        ),
        (
            "区委巡察组反馈指出，我局“党建与业务结合不紧”。目前已全部整改到位。",
            "rectification",
            "结合不紧",
            "resolved",
        ),
    ],
)
def test_mentions_are_found_with_their_stance(
    model: TwoSkinsModel, text: str, kind: str, marked: str, stance: str
) -> None:
    (span, how), *others = found(model, text, kind)
    assert others == []
    assert marked in span
    assert how == stance


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("理论学习与实际工作“两张皮”，学用结合不够紧密。", "problems"),
        ("建成政务服务一张网，把三套系统的数据接口打通。", "duties"),
        ("年轻党员比例偏低，后备力量不足。", "problems"),
        ("医院坚持中西医结合，开设中医特色门诊3个。", "duties"),
        ("机构改革后两个局合并，人员于3月底前到位。", "duties"),
        ("全年召开支委会12次，发展党员3名。", "duties"),
    ],
)
def test_other_pairs_are_no_mentions(model: TwoSkinsModel, text: str, kind: str) -> None:
    assert found(model, text, kind) == []


def test_what_names_neither_side_is_not_looked_at_closely(model: TwoSkinsModel) -> None:
    context = contextualise(blank()("今年降雨偏多，水库安全度汛。党建与业务“两张皮”现象依然存在。"))
    assert model.read(context, ["problems"] * 2).sentences.tolist() == [1]
    assert found(model, "今年降雨偏多，水库安全度汛。", "problems") == []


def test_all_stances_are_told_apart(model: TwoSkinsModel) -> None:
    assert set(model.stances) == set(Stance)


def test_nothing_is_found_in_an_empty_text(model: TwoSkinsModel) -> None:
    assert found(model, "", "duties") == []


def test_arrays_restore_the_model(model: TwoSkinsModel) -> None:
    restored = TwoSkinsModel.from_arrays(model.arrays())
    text = "党建与业务“两张皮”现象依然存在。"
    assert found(restored, text, "problems") == found(model, text, "problems") != []


def test_a_units_own_business_is_business() -> None:
    context = contextualise(blank()("一是党建与蚕桑工作结合不紧。二是蚕桑支部学归学。"))
    both = context.sides
    assert both.sentence_texts[0].translate(SYMBOLS) == "一是党与业工作合不紧。"
    assert both.sentence_texts[1].translate(SYMBOLS) == "二是业党学归学。"


@given(st.text(alphabet="党建业务和与两张皮，。；\n融合支部X1 ", max_size=60))
def test_every_unit_keeps_its_place(text: str) -> None:
    context = contextualise(blank()(text))
    both = context.sides
    layout = context.layout
    assert len(both.clauses) == len(layout.clauses)
    assert len(both.sentences) == len(layout.sentences)
    assert "".join(both.sentence_texts) == both.text
    assert all(both.sentence_texts)
