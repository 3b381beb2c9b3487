from __future__ import annotations

import json
from functools import partial

import pytest

from analyzer.training.cards import write_cards
from analyzer.training.comparison import textcat, texts
from analyzer.training.comparison.contestants import Contestant
from analyzer.training.comparison.measuring import compete, differences
from analyzer.training.comparison.published import published, table
from analyzer.training.comparison.questions import CAUSES, ITEMS, QUESTIONS, SECTIONS, VAGUENESS
from analyzer.training.comparison.registry import CONTESTANTS, descriptions
from analyzer.training.corpus import load


@pytest.fixture(scope="module")
def reports(corpora):
    """Two reports of each of four authors."""
    return [report for author in ("w1", "w2", "w3", "w4") for report in list(load(corpora / author))[:2]]


@pytest.fixture(scope="module")
def entries(reports):
    return [compete(contestant, "causes", lambda: reports) for contestant in ("shipped", "words", "cues")]


def test_every_contestant_and_question_is_described():
    words = descriptions()
    assert {each.name for each in CONTESTANTS} == words["contestants"].keys()
    assert {each.name for each in QUESTIONS} == words["questions"].keys()
    for each in CONTESTANTS:
        assert set(each.questions) <= words["questions"].keys()
        assert words["contestants"][each.name].keys() >= {"zh", "en"}


def test_every_question_has_the_shipped_model_and_something_simple():
    for question in QUESTIONS:
        names = {each.name for each in CONTESTANTS if question.name in each.questions}
        assert "shipped" in names
        assert names & {"majority", "cues"}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_units_texts_and_columns_go_together(question, reports):
    for report in reports:
        labels = question.labels(report)
        assert len(question.texts(report)) == len(labels)
        assert len(question.columns(report)) == len(labels)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_the_right_answers_have_the_best_figures(question, reports):
    for report in reports:
        figures = question.figures(question.tally(report, question.labels(report)))
        # Several gold items may share their sentences, and two of our sentences one of the annotation's.
        assert min(value for value in figures.values()) >= 0.65, (report.id, figures)


def test_figures_are_named_for_readers(reports):
    for question in QUESTIONS:
        figures = question.figures(question.tally(reports[0], question.labels(reports[0])))
        assert figures.keys() <= descriptions()["figures"].keys()


def test_results_repeat(reports, entries):
    again = compete("words", "causes", lambda: reports)
    first = entries[1]
    assert again.by_author == first.by_author
    assert not first.why_not


def test_spacys_categoriser_repeats(reports):
    def answers():
        answer = textcat.bag(CAUSES, reports[:4])
        return [list(answer(report)) for report in reports[4:]]

    assert answers() == answers()


def test_a_threshold_is_found_where_one_label_is_sought(reports):
    answer = texts.characters(VAGUENESS, reports[:6])
    for report in reports[6:]:
        given = answer(report)
        assert len(given) == len(VAGUENESS.labels(report))
        assert set(given) <= {"yes", "no"}


def test_no_items_are_no_items(reports):
    counts = ITEMS.tally(reports[0], ["O"] * len(ITEMS.labels(reports[0])))
    assert ITEMS.figures(counts) == {"problem_item_f1": 0.0}


def test_an_entry_does_not_differ_from_itself(entries):
    assert set(differences(CAUSES, entries[0], entries[0]).values()) == {(0.0, 0.0)}


def test_what_is_not_installed_is_told(monkeypatch, reports):
    absent = Contestant("words", texts.words, ("causes",), {"no-such-package": "no_such_package"})
    monkeypatch.setattr("analyzer.training.comparison.registry.CONTESTANTS", (absent,))
    assert compete("words", "causes", lambda: reports).why_not == "not installed: no-such-package"


def test_losers_and_absentees_are_kept_and_reach_the_cards(entries, tmp_path):
    broken = partial(compete, "boosting", "causes", lambda: [])
    content = published([*entries, broken()], "corpus", None, tmp_path / "none.json")
    contestants = content["questions"]["causes"]["contestants"]
    assert contestants["cues"]["figures"]["cause_macro_f1"]["less_shipped"]
    assert contestants["boosting"]["why_not"].startswith("failed")
    assert content["hanlp"]["why_not"]
    assert table(content).row_count
    (tmp_path / "comparison.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    write_cards(tmp_path, "1", "data")
    card = (tmp_path / "causes.md").read_text("utf-8")
    value = contestants["cues"]["figures"]["cause_macro_f1"]["value"]
    assert "**Compared**" in card
    assert f"| {descriptions()['contestants']['cues']['en']} | {value:.3f}" in card
    assert "failed" in card
    assert "**Compared**" not in (tmp_path / "genre.md").read_text("utf-8")


def test_cards_say_how_often_answers_are_wrong_and_that_a_comparison_is_older(entries, tmp_path):
    comparison = published(entries, "corpus", None, tmp_path / "none.json")
    (tmp_path / "comparison.json").write_text(json.dumps(comparison, ensure_ascii=False), encoding="utf-8")
    bins = [
        {"size": 9, "confidence": 0.45, "accuracy": 0.1},
        {"size": 10, "confidence": 0.55, "accuracy": 0.5},
        {"size": 30, "confidence": 0.95, "accuracy": 0.9},
    ]
    for corpus in ("corpus", "another"):
        figures = {"corpus": corpus, "figures": {}, "reliability": {"causes": bins}}
        (tmp_path / "figures.json").write_text(json.dumps(figures), encoding="utf-8")
        write_cards(tmp_path, "1", "data")
        card = (tmp_path / "causes.md").read_text("utf-8")
        assert "| 0.5 | 40 | 20.0% |" in card
        assert "| 0.9 | 30 | 10.0% |" in card
        assert ("when the corpus was smaller" in card) == (corpus == "another")


def test_what_was_measured_before_is_kept_on_the_same_corpus_only(entries, tmp_path):
    old = published(entries, "corpus", None, tmp_path / "none.json")
    same = published([], "corpus", old, tmp_path / "none.json")
    other = published([], "another", old, tmp_path / "none.json")
    assert same["questions"] == old["questions"]
    assert not other["questions"]["causes"]["contestants"]


def test_shipped_cards_hold_the_shipped_comparison(root):
    content = json.loads((root / "models" / "comparison.json").read_text("utf-8"))
    for question, card in ((SECTIONS, "sections"), (ITEMS, "problems"), (CAUSES, "causes")):
        text = (root / "models" / f"{card}.md").read_text("utf-8")
        for entry in content["questions"][question.name]["contestants"].values():
            assert entry["en"] in text
