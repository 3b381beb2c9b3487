"""A score can be recomputed from its findings, and moves the way a reader expects."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.language import blank
from analyzer.reading.document import Document
from analyzer.result import (
    Dimension,
    Finding,
    Policy,
    Release,
    Scorecard,
    Section,
    SectionType,
    Severity,
    Span,
)
from analyzer.rules.base import Hit, Report, Status
from analyzer.rules.catalogue import Judgement, catalogue, judge, rule
from analyzer.rules.examples import closing, duties, item, plans, preface, problems, report
from analyzer.scoring.calibration import rubric
from analyzer.scoring.score import score

from .gold import SEED, gold, gold_paths

PATHS = gold_paths()


def _score(made: Report) -> tuple[tuple[Finding, ...], Scorecard]:
    return score(made, judge(made, catalogue()))


def _recompute(findings: tuple[Finding, ...], card: Scorecard) -> None:
    assert 100 - sum(Decimal(str(finding.deduction)) for finding in findings) == Decimal(str(card.overall))
    assert all(finding.deduction >= 0 for finding in findings)
    assert 0 <= card.overall <= 100
    assert [d.id for d in card.dimensions] == list(rubric().weights)
    assert all(0 <= d.score <= d.max and d.why for d in card.dimensions)
    assert all(card.overall <= veto.cap for veto in card.vetoes if veto.release is None)


_GOOD = report(
    preface("现将2021年履职情况报告如下。"),
    duties("一、履职情况\n" + "二支部领办征地难题，7名党员包46户，3月底前全部签约，提前40天开工。"),
    problems(
        "二、存在问题\n一是到支部少。全年只到过三支部1次，我把精力都放在招商上。"
        "二是谈心走过场。12人次集中在12月，我图的是台账上有记录。"
        "三是台账不全。6月以后没有登记，我没有指定过谁来管。"
    ),
    plans("三、下步打算\n每季度到三支部1次。每月15日谈心2人。由组织委员6月底前补齐台账。"),
    items=[
        item(
            "一是到支部少。全年只到过三支部1次，我把精力都放在招商上。",
            cause="subjective",
            because="我把精力都放在招商上",
            remedy="specific",
            measures=["每季度到三支部1次。"],
        ),
        item(
            "二是谈心走过场。12人次集中在12月，我图的是台账上有记录。",
            cause="subjective",
            because="我图的是台账上有记录",
            remedy="specific",
            measures=["每月15日谈心2人。"],
        ),
        item(
            "三是台账不全。6月以后没有登记，我没有指定过谁来管。",
            cause="mechanism",
            because="我没有指定过谁来管",
            remedy="specific",
            measures=["由组织委员6月底前补齐台账。"],
        ),
    ],
    siloed="none",
)


def test_a_report_without_faults_keeps_every_point() -> None:
    findings, card = _score(_GOOD.report())
    assert all(finding.severity is Severity.INFO for finding in findings)
    assert card.overall == 100
    assert card.grade == "A"
    assert {d.why for d in card.dimensions} == {"没有失分。"}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_the_score_of_an_annotated_report_recomputes(path: Path) -> None:
    made, _ = gold(path)
    findings, card = _score(made)
    _recompute(findings, card)
    for finding in findings:
        assert made.document.text[finding.start : finding.end] == finding.evidence
    hits = judge(made, catalogue())
    zeroed = {dimension for judgement in hits for dimension in judgement.hit.zeroes}
    for dimension in card.dimensions:
        if dimension.id in zeroed:
            assert dimension.score == 0
        elif not zeroed:
            lost = sum(
                f.deduction
                for f in findings
                if f.dimension is dimension.id and not f.rule.startswith("gate-")
            )
            expected = 5 * (1 - lost / rubric().most(dimension.id))
            assert dimension.score == pytest.approx(max(0, expected), abs=0.006)


_HITS = st.lists(
    st.builds(
        lambda entry, weight, zeroes: Judgement(
            entry, Hit(0, 1, "为什么", "怎么改", 0.9, weight, tuple(zeroes))
        ),
        st.sampled_from([*catalogue(), replace(rule("siloed"), status=Status.PREVIEW)]),
        st.floats(0, 1),
        st.one_of(st.just([]), st.lists(st.sampled_from(list(Dimension)), max_size=2, unique=True)),
    ),
    max_size=60,
)


@settings(deadline=None)
@given(_HITS)
def test_any_findings_sum_to_the_points_lost(hits: list[Judgement]) -> None:
    made = report(duties("一、履职情况\n讲党课4次。")).report()
    findings, card = score(made, hits)
    assert len(findings) == len(hits)
    _recompute(findings, card)


@settings(deadline=None)
@given(_HITS, st.integers(0, 59))
def test_mending_a_fault_never_lowers_the_score(hits: list[Judgement], mended: int) -> None:
    made = report(duties("一、履职情况\n讲党课4次。")).report()
    rest = hits[:mended] + hits[mended + 1 :]
    assert score(made, rest)[1].overall >= score(made, hits)[1].overall


def test_mending_one_of_very_many_faults_still_raises_the_score() -> None:
    made = report(duties("一、履职情况\n讲党课4次。")).report()
    hits = [
        Judgement(rule(name), Hit(0, 1, "为什么", "怎么改", 0.9))
        for name in ("placeholder", "contradicting-figures", "stock-phrases", "inconsistent-year")
    ] * 4
    whole = score(made, hits)[1]
    assert next(d.score for d in whole.dimensions if d.id is Dimension.LANGUAGE) > 0
    for number in range(4):
        assert score(made, hits[:number] + hits[number + 1 :])[1].overall > whole.overall


def _filled(made: Report) -> Report:
    """Fill every stand-in of a report with figures of the same length."""
    text = list(made.document.text)
    for span in made.analysis.placeholders:
        for i in range(span.start, span.end):
            text[i] = re.sub(r"[^\w%次名个]|[Xx×〇○_某]", "3", text[i])
    done = "".join(text)
    return Report(
        replace(made.document, text=done), blank()(done), replace(made.analysis, placeholders=()), made.policy
    )


def test_filling_the_blanks_removes_their_findings_and_nothing_else() -> None:
    blanks = report(
        *_GOOD.parts[:-1],
        plans("三、下步打算\n每季度到三支部1次。每月15日谈心2人。由组织委员6月底前补齐台账X册。"),
        items=_GOOD.items[:2],
        siloed="none",
        stand_ins=["X册"],
    ).report()
    before, low = _score(blanks)
    after, high = _score(_filled(blanks))
    gone = [f.rule for f in before if f not in after and f.rule not in {a.rule for a in after}]
    assert sorted(set(gone)) == ["gate-open-blanks", "placeholder"]
    assert {f.rule for f in after} == {f.rule for f in before} - set(gone)
    assert high.overall > low.overall
    assert low.overall <= 74
    assert [veto.id for veto in low.vetoes] == ["gate-open-blanks"]
    assert high.vetoes == ()


@pytest.mark.parametrize("path", PATHS[::9], ids=lambda path: path.stem)
def test_filling_the_blanks_of_a_real_draft_never_lowers_it(path: Path) -> None:
    made, _ = gold(path)
    if not made.analysis.placeholders:
        pytest.skip("nothing to fill")
    after, card = _score(_filled(made))
    assert "placeholder" not in {finding.rule for finding in after}
    assert card.overall >= _score(made)[1].overall


@pytest.mark.parametrize("path", PATHS[::9], ids=lambda path: path.stem)
def test_a_sentence_of_filler_never_raises_the_score(path: Path) -> None:
    made, _ = gold(path)
    filler = "我们高度重视，狠抓落实，各项工作取得了显著成效，得到了广大群众的一致好评。"
    text = made.document.text.rstrip() + "\n" + filler
    start, end = len(text) - len(filler), len(text)
    longer = Report(
        Document(text, (), None, "txt", ""),
        blank()(text),
        replace(
            made.analysis,
            sections=(*made.analysis.sections, Section(SectionType.DUTIES, start, end, None, 1.0)),
            vague=(*made.analysis.vague, Span(start, end, 1.0)),
        ),
        made.policy,
    )
    assert _score(longer)[1].overall <= _score(made)[1].overall


def test_no_problems_at_all_loses_what_judges_them_and_is_capped() -> None:
    empty = report(duties("一、履职情况\n讲党课4次。"), plans("二、下步打算\n每季度到支部1次。")).report()
    findings, card = _score(empty)
    _recompute(findings, card)
    scores = {d.id: d.score for d in card.dimensions}
    assert scores[Dimension.PROBLEMS] == scores[Dimension.CAUSES] == 0
    assert card.overall <= 59
    missing = next(f for f in findings if f.rule == "missing-section")
    assert missing.deduction >= 38


def test_a_gate_is_a_finding_whose_deduction_is_what_the_cap_took() -> None:
    blank_left = replace(_GOOD, parts=(*_GOOD.parts, closing("全年讲党课X次。")), stand_ins=("X次",))
    findings, card = _score(blank_left.report())
    gate = next(f for f in findings if f.rule == "gate-open-blanks")
    others = sum(Decimal(str(f.deduction)) for f in findings if f is not gate)
    assert card.overall == 74
    assert Decimal(str(gate.deduction)) == 100 - others - 74


def test_a_gate_that_a_human_lifted_takes_nothing_and_says_by_whom() -> None:
    blank_left = replace(_GOOD, parts=(*_GOOD.parts, closing("全年讲党课X次。")), stand_ins=("X次",)).report()
    release = Release("王明", "数据按要求隐去")
    findings, card = score(blank_left, judge(blank_left, catalogue()), releases={"gate-open-blanks": release})
    _recompute(findings, card)
    assert card.overall > 74
    (veto,) = card.vetoes
    assert (veto.id, veto.release) == ("gate-open-blanks", release)
    assert next(f for f in findings if f.rule == "gate-open-blanks").deduction == 0


def test_of_two_gates_the_one_that_is_not_lifted_holds() -> None:
    empty = report(duties("一、履职情况\n讲党课X次。"), stand_ins=["X次"]).report()
    hits = judge(empty, catalogue())
    assert len(score(empty, hits)[1].vetoes) == 2
    lifted = score(empty, hits, releases={"gate-no-problems": Release("王明", "另文报送")})[1]
    assert lifted.overall <= 74
    assert {veto.id: veto.release is None for veto in lifted.vetoes} == {
        "gate-no-problems": False,
        "gate-open-blanks": True,
    }


def test_a_preview_rule_is_shown_but_costs_nothing() -> None:
    made = report(duties("一、履职情况\n讲党课4次。")).report()
    preview = replace(rule("siloed"), status=Status.PREVIEW)
    findings, card = score(made, [Judgement(preview, Hit(0, 2, "为什么", "怎么改", 0.9))])
    assert [f.deduction for f in findings] == [0]
    assert card.overall == 100


@pytest.mark.skipif(not SEED.exists(), reason="the genuine submission is not in the tree")
def test_the_seed_is_a_c_with_its_blanks_and_its_loop_named() -> None:
    made, _ = gold(SEED)
    findings, card = _score(made)
    _recompute(findings, card)
    assert 52 <= card.overall <= 72
    count = {name: sum(f.rule == name for f in findings) for name in {f.rule for f in findings}}
    assert count["placeholder"] == 6
    assert count["sensitive-case"] == 2
    assert count["two-skins-loop"] == 1
    assert count["shallow-root-cause"] == 2
    assert "missing-root-cause" not in count
    assert "numbering-gap" not in count
    published = replace(made, policy=Policy.DESENSITIZED)
    shown = {f.rule for f in _score(published)[0]}
    assert "placeholder" not in shown
    assert "sensitive-case" in shown


def test_scores_agree_with_the_experts_of_the_corpus() -> None:
    pairs = []
    for path in PATHS:
        made, note = gold(path)
        pairs.append((_score(made)[1].overall, note["scores"]["overall"]))
    assert sum(abs(a - b) for a, b in pairs) / len(pairs) <= 7
