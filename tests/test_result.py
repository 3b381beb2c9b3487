from __future__ import annotations

import json
from dataclasses import replace

import pytest

from analyzer.pipeline import Analyzer
from analyzer.result import Conflict, Dimension, Origin, Result, losses

from .rendering.gold import finding, small_result


@pytest.fixture(scope="module")
def result(corpora):
    return Analyzer().analyze_file(corpora / "w1" / "w1-01.txt")


def test_a_result_survives_the_journey_as_json(result):
    assert Result.from_dict(json.loads(json.dumps(result.to_dict()))) == result


def test_a_declined_result_survives_it_too():
    declined = Analyzer().analyze_text("太短了。")
    assert declined.scorecard is None
    assert Result.from_dict(json.loads(json.dumps(declined.to_dict()))) == declined


def test_where_unit_and_year_come_from_survives_it(result):
    conflict = Conflict("unit", "甲局", Origin.MANIFEST, "乙局", Origin.REPORT)
    source = replace(
        result.source, unit="甲局", region="某市", origins={"unit": Origin.MANIFEST}, conflicts=(conflict,)
    )
    known = replace(result, source=source)
    read = Result.from_dict(json.loads(json.dumps(known.to_dict())))
    assert read == known
    assert read.source.origins["unit"] is Origin.MANIFEST


@pytest.mark.parametrize(
    "change", [{"schema": "shuping.result/2"}, {"analysis": None}, {"findings": [{"rule": "x"}]}]
)
def test_another_shape_is_refused(result, change):
    with pytest.raises(ValueError, match=r"shuping\.result/1"):
        Result.from_dict({**result.to_dict(), **change})


def test_dimensions_that_cost_as_much_count_as_much_however_it_adds_up() -> None:
    text = "一、履职情况"
    many = [finding(text, 0, 1, deduction=0.1, dimension=Dimension.FACTS) for _ in range(10)]
    one = finding(text, 0, 1, deduction=1.0, dimension=Dimension.LANGUAGE)
    lost = losses(small_result(text, (*many, one)).findings)
    assert lost[Dimension.FACTS] == lost[Dimension.LANGUAGE] == 1.0
