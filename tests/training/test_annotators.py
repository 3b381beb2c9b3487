from __future__ import annotations

from pathlib import Path

from analyzer.training.annotators import agreement, as_result
from analyzer.training.corpus import load
from analyzer.training.evaluation import figures

ROOT = Path(__file__).parents[2] / "corpora"


def test_an_annotation_agrees_with_itself():
    measured = figures((report, as_result(report)) for report in load(ROOT / "w19"))
    for name in (
        "section_macro_f1",
        "problem_item_f1",
        "missing_root_cause_f1",
        "vague_f1",
        "placeholder_f1",
    ):
        assert measured[name] == 1


def test_agreement_is_published_for_at_least_36_reports():
    measured, intervals = agreement(ROOT)
    assert measured["reports"] >= 36
    low, high = intervals["missing_root_cause_f1"]
    assert low <= measured["missing_root_cause_f1"] <= high
    assert measured["missing_root_cause_f1"] < 1, "annotators who never differ did not work blind"
