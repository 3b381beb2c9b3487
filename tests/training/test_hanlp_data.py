"""What the HanLP components learn from, and how they are measured; needs neither HanLP nor torch."""

from __future__ import annotations

import pytest

from analyzer.language.layout import lay_out
from analyzer.language.windows import Stretch, Window, sentences, windows
from analyzer.training.corpus import load
from analyzer.training.hanlp_agreement import StretchAgreement
from analyzer.training.hanlp_data import cause_and_measure, marked, samples, words

TEXT = "二、问题\n（一）" + "学习不够深入，主要是我抓得不紧。" * 8 + "\n（二）责任不实。"


@pytest.fixture(scope="module")
def report(corpora):
    return next(report for report in load(corpora / "w6") if report.id == "w6-05")


def test_windows_cover_every_sentence_once_and_carry_the_heading():
    layout = lay_out(TEXT)
    places = windows(TEXT, layout)
    assert "".join(TEXT[p.start : p.end] for p in places) == TEXT.replace("\n", "")
    assert [p.lead for p in places] == ["", *["二、问题\n"] * (len(places) - 1)]
    assert all("\n" not in TEXT[p.start : p.end] for p in places)


def test_an_endless_sentence_is_read_in_pieces():
    text = "学" * 1000
    for places in (sentences(lay_out(text)), windows(text, lay_out(text))):
        assert "".join(text[p.start : p.end] for p in places) == text
        assert max(p.end - p.start for p in places) <= 400


def test_causes_are_the_annotators_quotes(report):
    found = [report.context.text[s.start : s.end] for s in cause_and_measure(report) if s.label == "CAUSE"]
    assert "支部活动参加与否影响不到考核等次" in found
    assert len(found) == 4


def test_measures_are_the_checkable_clauses_of_specific_answers(report):
    found = [report.context.text[s.start : s.end] for s in cause_and_measure(report) if s.label == "MEASURE"]
    assert len(found) == 1
    assert found[0].startswith("2020年3月底前会同律师协会出台")
    assert not found[0].endswith("。")


def test_words_are_those_of_the_segmenter(report):
    text = report.context.text
    assert "".join(text[s.start : s.end] for s in words(report)) == "".join(text.split())


def test_samples_tag_the_stretches_after_the_lead():
    (example,) = marked("学习不够", [Window(0, 4, "二\n")], [Stretch(0, 2, "CAUSE")])
    (sample,) = samples([example])
    assert sample == {"token": list("二\n学习不够"), "tag": ["O", "O", "B-CAUSE", "I-CAUSE", "O", "O"]}


def test_agreement_tells_exact_from_touching():
    agreement = StretchAgreement()
    agreement.add(
        [Stretch(0, 4, "CAUSE"), Stretch(10, 14, "CAUSE")], [Stretch(0, 4, "CAUSE"), Stretch(12, 16, "CAUSE")]
    )
    figures = agreement.figures()["CAUSE"]
    assert figures["exact_f1"] == 0.5
    assert figures["overlap_f1"] == 1.0
    assert figures["character_f1"] == 0.75
