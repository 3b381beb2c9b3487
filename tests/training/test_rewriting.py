from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.training import augmentation
from analyzer.training.corpus import GoldReport, load
from analyzer.training.rewriting import Edit, rewrite
from analyzer.training.sentences import split

ROOT = Path(__file__).parents[2] / "corpora"
REPORTS = [*load(ROOT / "w1")][:3] + [*load(ROOT / "w14")][:3] + [*load(ROOT / "w18")][:3]
WAYS = (
    "without_headings",
    "partly_headed",
    "without_frame",
    "renamed",
    "wrapped",
    "filled",
    "half_width",
    "masked",
)


def check(report: GoldReport) -> None:
    """What the guideline demands of any annotation."""
    count = len(split(report.text))
    sections = report.gold["sections"]
    assert [section["first"] for section in sections] == [1, *(s["last"] + 1 for s in sections[:-1])]
    assert sections[-1]["last"] == count
    for problem in report.gold["problems"]:
        assert 1 <= problem["first"] <= problem["last"] <= count
        assert (problem["cause"] == "none") == (not problem["cause_sents"])
        if problem["cause_quote"]:
            assert any(report.quote_span(n, problem["cause_quote"]) for n in problem["cause_sents"])
    for mark in (*report.gold["two_skins"], *report.gold["placeholders"]):
        assert report.quote_span(mark["sent"], mark["quote"], mark.get("nth", 1))
    assert all(1 <= number <= count for number in report.gold["vague"])


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.id)
def test_a_spoiled_report_keeps_a_true_annotation(report: GoldReport, way: str):
    spoiled = getattr(augmentation, way)(report)
    if spoiled is not None:
        assert spoiled.text != report.text
        check(spoiled)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(REPORTS), st.data())
def test_what_is_put_in_anywhere_moves_the_annotation_along(report: GoldReport, data: st.DataObject):
    places = sorted(data.draw(st.sets(st.integers(0, len(report.text)), min_size=1, max_size=6)))
    text = data.draw(st.sampled_from(["\n", "插进来的话", "。", " "]))
    new = rewrite(report, [Edit(place, place, text) for place in places])
    if new is not None:
        assert new.text.replace(text, "") == report.text.replace(text, "")
        check(new)


def test_the_same_report_is_spoiled_in_the_same_way():
    assert augmentation.half_width(REPORTS[0]).text == augmentation.half_width(REPORTS[0]).text


def test_filling_leaves_no_stand_in_and_wrapping_breaks_none():
    masked = next(report for report in REPORTS if report.gold["placeholders"])
    assert augmentation.filled(masked).gold["placeholders"] == []
    kept = [mark["quote"] for mark in augmentation.wrapped(masked).gold["placeholders"]]
    assert kept == [mark["quote"] for mark in masked.gold["placeholders"]]


def test_a_renamed_heading_keeps_its_number_and_meaning():
    report = next(iter(load(ROOT / "w1")))
    renamed = augmentation.renamed(report)
    assert json.dumps(renamed.gold["sections"]) == json.dumps(report.gold["sections"])
    heads = [renamed.text[slice(*renamed.raw[section["first"] - 1])] for section in renamed.gold["sections"]]
    assert any(head.startswith("一、") for head in heads)
