"""No better score without a better report: attempts to fool it gain nothing, mending always pays."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.lexicons import lines
from analyzer.pipeline import Analyzer
from analyzer.reading import read_text
from analyzer.result import Result
from analyzer.rules.base import Report
from analyzer.rules.catalogue import catalogue, judge
from analyzer.scoring.score import score
from analyzer.training.corpus import CORPORA, GoldReport, load_annotation
from analyzer.understanding.analysis import analysis_of
from analyzer.understanding.components import understanding

from ..conftest import ROOT
from .attacks import ATTACKS

# Twelve authors, every grade.  A gain of half a point is a rounding of models, not a prize.
IDS = (
    "w1-06",
    "w2-01",
    "w4-07",
    "w5-01",
    "w6-09",
    "w8-11",
    "w9-10",
    "w11-07",
    "w13-08",
    "w15-01",
    "w17-05",
    "w20-10",
)
MOST = 0.5


@cache
def _gold(name: str) -> GoldReport:
    path = ROOT / CORPORA / name.partition("-")[0] / name
    return load_annotation(path.with_suffix(".json"), path.with_suffix(".txt"))


@cache
def _result(text: str) -> Result:
    return _analyzer().analyze_text(text)


@cache
def _analyzer() -> Analyzer:
    return Analyzer()


def _overall(text: str) -> float | None:
    card = _result(text).scorecard
    return None if card is None else card.overall


def _rules(text: str) -> set[str]:
    return {finding.rule for finding in _result(text).findings}


def test_the_sample_has_every_grade_and_as_many_authors_as_reports() -> None:
    golds = [_gold(name) for name in IDS]
    assert {gold.gold["grade"] for gold in golds} == set("ABCD")
    assert len({gold.author for gold in golds}) == len(IDS)
    assert all(_overall(gold.text) is not None for gold in golds)


@pytest.mark.parametrize("name", IDS)
@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_gains_nothing(attack: str, name: str) -> None:
    gold = _gold(name)
    honest, attacked = _overall(gold.text), _overall(ATTACKS[attack](gold))
    assert honest is not None
    assert attacked is None or attacked <= honest + MOST


@pytest.mark.parametrize("name", IDS)
@pytest.mark.parametrize(
    "attack", ["problems_twice", "longer", "all_twice", "figures", "other_figures", "mechanisms"]
)
def test_what_only_fills_is_named(attack: str, name: str) -> None:
    text = ATTACKS[attack](_gold(name))
    if text == _gold(name).text:
        pytest.skip("too few sentences to fill")
    assert "repeated-filler" in _rules(text)
    assert "repeated-filler" not in _rules(_gold(name).text)


@pytest.mark.parametrize("name", IDS)
def test_slogans_alone_are_not_scored(name: str) -> None:
    abstained = _result(ATTACKS["slogans"](_gold(name))).abstained
    assert abstained is not None
    assert abstained.code == "only-slogans"


@pytest.mark.parametrize("name", ["w4-08", "w13-12", "w19-08", "w6-07", "w13-08"])
def test_paragraphs_out_of_order_are_not_scored(name: str) -> None:
    abstained = _result(ATTACKS["shuffled"](_gold(name))).abstained
    assert abstained is not None
    # Of what stands in no order, the problems may not be made out either.
    assert abstained.code in ("disorder", "unread-problems")


@pytest.mark.parametrize(("first", "second"), [("w9-01", "w5-03"), ("w6-07", "w38-03")])
def test_two_reports_in_one_file_are_not_scored_as_one(first: str, second: str) -> None:
    own, other = (_gold(name).text.strip() for name in (first, second))
    assert _result(own).abstained is None
    untitled = other[other.index("一、") :]
    abstained = _result(f"{own}\n{untitled}").abstained
    assert abstained is not None
    assert abstained.code == "several-reports"
    assert untitled.split("\n")[0] in abstained.message


@pytest.mark.parametrize("name", ["w1-02", "w12-05", "w16-05", "w4-11"])
def test_another_units_name_is_noticed(name: str) -> None:
    assert "inconsistent-unit" in _rules(ATTACKS["another_unit"](_gold(name)))


@pytest.mark.parametrize("name", ["w9-09", "w9-01"])
def test_last_years_text_under_a_new_title_is_noticed(name: str) -> None:
    text = ATTACKS["last_year"](_gold(name))
    assert "inconsistent-year" in _rules(text) - _rules(_gold(name).text)


@pytest.mark.parametrize("name", IDS)
def test_padding_is_quoted_as_it_stands(name: str) -> None:
    text = ATTACKS["figures"](_gold(name))
    found = [f for f in _result(text).findings if f.rule == "repeated-filler"]
    assert found
    assert all(f.evidence == text[f.start : f.end] and f.evidence.strip() for f in found)


def test_a_stock_phrase_that_comes_back_is_no_way_to_hide_it() -> None:
    """Only what would count for the writer is left out: a fault that is repeated stays one."""
    gold = _gold("w8-11")
    phrase = lines("stock-phrases.txt")[0]
    padded = re.sub("(?<=[一-鿿])。", f"，{phrase}。", gold.text)
    honest, filled = _result(gold.text), _result(padded)
    assert filled.analysis.content is not None
    assert honest.analysis.content is not None
    assert filled.analysis.content.density > honest.analysis.content.density
    assert filled.scorecard is None or filled.scorecard.overall <= _overall(gold.text) + MOST


def test_a_blank_that_comes_back_is_still_a_blank() -> None:
    gold = _gold("w8-11")
    padded = re.sub("(?<=[一-鿿])。", "，共X次。", gold.text)
    more = len(_result(padded).analysis.placeholders) - len(_result(gold.text).analysis.placeholders)
    assert more >= 10


@cache
def _judged(name: str) -> tuple[Report, list]:
    document = read_text(_gold(name).text)
    doc = understanding()(document.prose)
    report = Report(document, doc, analysis_of(doc, document.prose))
    return report, judge(report, catalogue())


@settings(deadline=None)
@given(st.sampled_from(IDS), st.data())
def test_mending_any_faults_never_lowers_a_score(name: str, data: st.DataObject) -> None:
    report, hits = _judged(name)
    kept = data.draw(st.lists(st.booleans(), min_size=len(hits), max_size=len(hits)))
    rest = [hit for hit, keep in zip(hits, kept, strict=True) if keep]
    assert score(report, rest)[1].overall >= score(report, hits)[1].overall


def _filled(result: Result) -> str:
    """Fill every stand-in with figures of its length."""
    text = list(result.text)
    for span in result.analysis.placeholders:
        for i in range(span.start, span.end):
            text[i] = re.sub("[XxＸ×*＊〇○_]", "3", text[i])
    return "".join(text)


def test_filling_the_seeds_blanks_raises_its_score_and_removes_their_findings(shared: Path) -> None:
    before = _result((shared / "corpus" / "seed" / "seed.txt").read_text("utf-8"))
    after = _result(_filled(before))
    places = {(f.rule, f.start, f.end) for f in after.findings}
    gone = [f for f in before.findings if (f.rule, f.start, f.end) not in places]
    blanks = before.analysis.placeholders
    touched = [any(f.start < b.end and b.start < f.end for b in blanks) for f in gone]
    assert all(hit or f.rule == "gate-open-blanks" for f, hit in zip(gone, touched, strict=True))
    assert len(after.findings) == len(before.findings) - len(gone)
    assert not {f.rule for f in after.findings} & {"placeholder", "gate-open-blanks"}
    assert before.scorecard is not None
    assert after.scorecard is not None
    assert after.scorecard.overall > before.scorecard.overall
