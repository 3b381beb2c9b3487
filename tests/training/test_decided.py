"""Decisions as training labels and as scores."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from analyzer.result import SectionType
from analyzer.store.packing import keys
from analyzer.store.review import Kind, decide
from analyzer.store.store import Store
from analyzer.training.corpus import load
from analyzer.training.decided import DECISIONS, LABELS, TABLE, export
from analyzer.training.experts import read_opinions
from analyzer.training.sentences import split


@pytest.fixture
def result(corpora, analyzer):
    return analyzer.analyze_file(corpora / "w6" / "w6-05.txt")


@pytest.fixture
def reviewed(tmp_path, result):
    """Decide on the first finding of some rules, and export; return the annotation, if there is one."""

    def do(*said, **changes):
        store = Store.open(tmp_path / "a.db")
        store.save([replace(result, **changes)], "一批")
        for kind, rule in said:
            key = next(k for k, f in zip(keys(result), result.findings, strict=True) if f.rule == rule)
            decide(store, result.source.sha256, kind, key, "张三", "看过原文")
        done = export(store, tmp_path / "out")
        found = list(load(tmp_path / "out" / LABELS))
        return done, found[0] if found else None

    return do


def finding(result, rule):
    return next(each for each in result.findings if each.rule == rule)


def sentence_of(text, offset):
    return next(n for n, (start, end, _) in enumerate(split(text), 1) if start <= offset < end)


def test_the_annotation_is_one_as_the_corpus_has_them(reviewed, result):
    done, report = reviewed((Kind.CONFIRM, "vague-claim"))
    assert (done.labels, done.scores, done.decisions) == (1, 0, 1)
    gold, sentences = report.gold, report.raw
    assert report.text == result.text
    assert [gold["sections"][0]["first"], gold["sections"][-1]["last"]] == [1, len(sentences)]
    for one, two in zip(gold["sections"], gold["sections"][1:], strict=False):
        assert two["first"] == one["last"] + 1
    assert {each["type"] for each in gold["sections"]} <= set(map(str, SectionType))
    for each in gold["problems"]:
        assert (each["cause"] == "none") == (each["cause_sents"] == []) == (each["cause_kind"] is None)
        assert each["cause"] == "none" or report.quote_span(each["cause_sents"][0], each["cause_quote"])
    spans = {(span.start, span.end) for span in result.analysis.placeholders}
    told = [report.quote_span(each["sent"], each["quote"], each["nth"]) for each in gold["placeholders"]]
    assert set(told) == spans
    assert gold["scores"]["overall"] == result.scorecard.overall
    assert gold["reviewed"][0]["label"] == "vague"


def test_a_rejected_finding_takes_its_label_away(reviewed, result):
    _, report = reviewed((Kind.REJECT, "vague-claim"), (Kind.REJECT, "placeholder"))
    assert sentence_of(result.text, finding(result, "vague-claim").start) not in report.gold["vague"]
    assert len(report.gold["placeholders"]) == len(result.analysis.placeholders) - 1


def test_a_measure_that_is_not_empty_is_specific(reviewed, result):
    _, report = reviewed((Kind.REJECT, "empty-remedy"))
    place = (finding(result, "empty-remedy").start, finding(result, "empty-remedy").end)
    (number,) = [n for n, each in enumerate(result.analysis.problems) if each.remedy.spans[:1] == (place,)]
    assert report.gold["problems"][number]["remedy"] == "specific"


def test_what_leaves_it_open_what_is_right_becomes_no_label(reviewed, tmp_path):
    done, report = reviewed((Kind.REJECT, "shallow-root-cause"))  # restated: what kind would the cause be?
    assert (done.labels, done.unclear, report) == (0, 1, None)
    (line,) = (tmp_path / "out" / DECISIONS).read_text("utf-8").splitlines()
    assert json.loads(line)["rule"] == "shallow-root-cause"


def test_what_says_nothing_of_labels_is_kept_as_a_decision_and_as_a_score(reviewed, result, tmp_path):
    done, _ = reviewed((Kind.REJECT, "thin-facts"))
    assert (done.labels, done.scores, done.decisions) == (0, 1, 1)
    (opinion,) = read_opinions(tmp_path / "out" / TABLE)
    assert opinion.score == pytest.approx(result.scorecard.overall + finding(result, "thin-facts").deduction)
    assert opinion.path.read_bytes().decode("utf-8") == result.text


def test_line_breaks_stay_as_they_were_read(reviewed, result):
    _, report = reviewed((Kind.CONFIRM, "vague-claim"), text=result.text.replace("\n", "\r", 1))
    assert report.text == result.text.replace("\n", "\r", 1)


def test_without_decisions_there_is_nothing_to_learn(reviewed, tmp_path):
    done, report = reviewed()
    assert (done.labels, done.scores, done.decisions, report) == (0, 0, 0, None)
    assert read_opinions_is_empty(tmp_path / "out" / TABLE)


def read_opinions_is_empty(table):
    return len(table.read_text("utf-8-sig").splitlines()) == 1
