from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.language import blank
from analyzer.result import Siloed
from analyzer.training.corpus import CORPORA, load
from analyzer.training.integration import train
from analyzer.understanding.integration import Integration, IntegrationModel
from analyzer.understanding.structure import contextualise

ROOT = Path(__file__).parents[2]
ACTING = """一、履职情况
窗口支部6名党员领办慢件，平均办理时间由26分钟缩短到9分钟。
3月起，4个支部各认领1个业务难题，年底办结4个，追回欠缴资金320万元。
党员突击队11名党员驻点17天，抢修管线2.3公里，停水时间由9小时压到3小时。
我带头包联2个项目，支部会上议定的8项措施全部落地，项目提前40天完工。
稽查支部会商9次，补征税款1200万元，挽回损失85万元。
"""
APART = """一、履职情况
深入学习贯彻党的十九大精神，组织党员集中学习XX次，党员党性修养明显增强。
严格落实“三会一课”制度，组织生活质量不断提高。
认真落实党风廉政建设责任制，签订责任书XX份。
各项存款余额XX亿元，较年初增加XX亿元，各项业务全面发展。
以党建引领业务，各项工作迈上新的台阶。
服务水平明显提升，受到群众一致好评。
"""


@pytest.fixture(scope="module")
def model() -> IntegrationModel:
    return train(
        [report for author in ("w3", "w6", "w10", "w14") for report in load(ROOT / CORPORA / author)]
    )


def judged(model: IntegrationModel, text: str, kind: str = "duties") -> Integration | None:
    context = contextualise(blank()(text))
    return model.predict(context, [kind] * len(context.layout.sentences))


def test_party_work_that_acts_on_business_is_not_siloed(model: IntegrationModel) -> None:
    judgement = judged(model, ACTING)
    assert judgement is not None
    assert judgement.level is Siloed.NONE
    assert 0.4 < judgement.confidence <= 1


def test_party_work_and_business_side_by_side_are_siloed(model: IntegrationModel) -> None:
    judgement = judged(model, APART)
    assert judgement is not None
    assert judgement.level in (Siloed.PARTIAL, Siloed.FULL)


def test_without_duties_there_is_no_judgement(model: IntegrationModel) -> None:
    assert judged(model, ACTING, "plans") is None
    assert judged(model, "") is None


def test_arrays_restore_the_model(model: IntegrationModel) -> None:
    restored = IntegrationModel.from_arrays(model.arrays())
    assert judged(restored, APART) == judged(model, APART)
