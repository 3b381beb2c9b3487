from __future__ import annotations

import importlib.util
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from analyzer.errors import ShupingError
from analyzer.training.annotators import as_result
from analyzer.training.corpus import GoldReport, corpus
from analyzer.training.evaluation import (
    combine,
    evaluate,
    figures,
    figures_of,
    owners_figures,
    render,
    tally,
    tally_of_negative,
)

from .predictions import spoiled

ROOT = Path(__file__).parents[2]
YARDSTICK = ROOT.parent / "shared" / "tools" / "evaluate.py"


@cache
def reports() -> list[GoldReport]:
    return corpus(ROOT / "corpora")


@cache
def yardstick() -> ModuleType:
    if not YARDSTICK.exists():
        pytest.skip("the owner's evaluate.py is not here")
    spec = importlib.util.spec_from_file_location("yardstick", YARDSTICK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measured(pairs: list[tuple[GoldReport, dict[str, Any] | None]]) -> dict[str, Any]:
    theirs = yardstick().Tally()
    for report, result in pairs:
        theirs.add(report.text, report.gold, result)
    return theirs.figures()


def assert_same(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    assert list(ours) == list(theirs)
    for name, value in theirs.items():
        assert ours[name] == (None if value is None else pytest.approx(value, abs=1e-12)), name


def nothing(report: GoldReport) -> None:
    return None


@pytest.mark.parametrize(
    "predict",
    [
        as_result,
        nothing,
        *(lambda report, k=k: spoiled(report, hash((k, len(report.text)))) for k in range(6)),
    ],
    ids=["perfect", "nothing", *(f"spoiled-{k}" for k in range(6))],
)
def test_agrees_with_the_owners_evaluation(predict: Callable[[GoldReport], dict[str, Any] | None]):
    pairs = [(report, predict(report)) for report in reports()]
    ours = owners_figures(combine(tally(report, result) for report, result in pairs))
    theirs = measured(pairs)
    assert_same(ours, theirs)


@pytest.mark.parametrize("number", range(0, 168, 24))
def test_agrees_on_a_single_report(number: int):
    report = reports()[number]
    for seed in range(20):
        result = spoiled(report, seed)
        assert_same(owners_figures(tally(report, result)), measured([(report, result)]))


def test_perfect_results_reach_the_best_of_every_figure():
    best = figures((report, as_result(report)) for report in reports())
    assert best.pop("reports") == len(reports())
    zero = {
        name for name in best if name.startswith(("clean_", "declined_report", "overall_m", "overall_stand"))
    }
    for name in zero | {"reports_without_result"}:
        assert best.pop(name) == 0, name
    assert best.pop("declined_negatives") is None
    assert set(best.values()) == {1.0}


def test_findings_on_exemplary_reports_are_counted_by_severity():
    good = next(report for report in reports() if report.gold["grade"] == "A")
    poor = next(report for report in reports() if report.gold["grade"] == "D")
    raised = {"findings": [{"severity": "error"}, {"severity": "error"}, {"severity": "info"}]}
    counted = figures([(good, as_result(good) | raised), (poor, as_result(poor) | raised)])
    assert counted["clean_report_error_findings"] == 2
    assert counted["clean_report_warning_findings"] == 0
    assert counted["clean_report_info_findings"] == 1


def test_refusals_are_counted_apart_for_reports_and_negatives():
    one, two = reports()[:2]
    counts = combine(
        [
            tally(one, as_result(one) | {"scorecard": None}),
            tally(two, as_result(two)),
            tally_of_negative({"scorecard": None}),
            tally_of_negative({"scorecard": None}),
            tally_of_negative({"scorecard": {"overall": 70}}),
        ]
    )
    assert figures_of(counts)["declined_reports"] == 0.5
    assert figures_of(counts)["declined_negatives"] == pytest.approx(2 / 3)
    assert figures_of(counts)["reports"] == 2


def test_a_cause_placed_elsewhere_is_no_hit():
    report = next(r for r in reports() if any(p["cause"] == "explicit" for p in r.gold["problems"]))
    result = as_result(report)
    for problem in result["analysis"]["problems"]:
        if problem["cause"]["start"] is not None:
            problem["cause"] |= {"start": 0, "end": 1, "kind": "restated"}
    measured_now = figures([(report, result)])
    assert measured_now["cause_span_hit_rate"] == 0
    assert measured_now["cause_kind_accuracy_on_matched"] < 1


def test_scores_that_are_too_high_show_as_a_positive_difference():
    pairs = []
    for report in reports()[:20]:
        result = as_result(report)
        result["scorecard"]["overall"] += 4
        pairs.append((report, result))
    measured_now = figures(pairs)
    assert measured_now["overall_mean_difference"] == pytest.approx(4)
    assert measured_now["overall_mae"] == pytest.approx(4)
    assert measured_now["overall_standardised_difference"] > 0


def test_a_quote_that_is_not_in_its_sentence_is_reported():
    report = reports()[0]
    gold = report.gold | {"placeholders": [{"sent": 1, "quote": "不在此处X次"}]}
    with pytest.raises(ShupingError, match="不在此处X次"):
        tally(GoldReport(report.id, report.author, report.text, gold), None)


def test_a_folder_without_annotations_is_an_error(tmp_path: Path):
    with pytest.raises(ShupingError, match="gold"):
        evaluate(tmp_path, analyzer=None)


def test_rendered_figures_look_as_the_owners():
    lines = render({"reports": 12, "section_macro_f1": 0.95671, "siloed_qwk": None}).splitlines()
    assert lines == [
        "reports                          12",
        "section_macro_f1                 0.957",
        "siloed_qwk                       -",
    ]
