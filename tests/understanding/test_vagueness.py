from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.language import blank
from analyzer.training.corpus import CORPORA, load
from analyzer.training.vagueness import train
from analyzer.understanding.structure import contextualise
from analyzer.understanding.vagueness import VaguenessModel

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def model() -> VaguenessModel:
    return train(
        [report for author in ("w6", "w9", "w12", "w14") for report in load(ROOT / CORPORA / author)]
    )


def vague(model: VaguenessModel, text: str, kind: str) -> list[str]:
    context = contextualise(blank()(text))
    claims = model.predict(context, [kind] * len(context.layout.sentences))
    return [context.text[claim.start : claim.end] for claim in claims]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("通过学习，广大党员干部的思想认识明显提高，凝聚力战斗力显著增强。", "duties"),
        ("金融服务质效明显提升，各项工作迈上新的台阶。", "duties"),
        ("进一步提高政治站位，切实增强抓好党建工作的责任感和使命感。", "plans"),
    ],
)
def test_claims_and_promises_with_nothing_checkable_are_vague(
    model: VaguenessModel, text: str, kind: str
) -> None:
    assert vague(model, text, kind) == [text]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("全年发展党员12名，转正9名，排查处置风险线索37条。", "duties"),
        ("窗口平均办理时间由26分钟缩短到9分钟。", "duties"),
        ("没有发生违纪违法问题。", "duties"),
        ("一、履职情况", "duties"),
        ("3月底前由机关党委牵头制定考核办法，每季度通报一次，年底由我向党组会报告。", "plans"),
    ],
)
def test_facts_denials_and_headings_are_not_vague(model: VaguenessModel, text: str, kind: str) -> None:
    assert vague(model, text, kind) == []


def test_only_duties_and_plans_are_judged(model: VaguenessModel) -> None:
    text = "通过学习，广大党员干部的思想认识明显提高，凝聚力战斗力显著增强。"
    assert vague(model, text, "problems") == []
    assert vague(model, "", "duties") == []


def test_arrays_restore_the_model(model: VaguenessModel) -> None:
    restored = VaguenessModel.from_arrays(model.arrays())
    context = contextualise(blank()("凝聚力显著增强。发展党员3名。"))
    types = ["duties", "duties"]
    assert restored.predict(context, types) == model.predict(context, types)
