"""In what order reports are read, and how sure the reading of one is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analyzer.lexicons import table
from analyzer.rendering.risk import Level, certainty, risk
from analyzer.result import Analysis, Release, Section, SectionType, Severity, Veto

from .gold import abstained_result, finding, small_result

TEXT = "一、履职情况\n成效明显。" * 10


def report(*, lost=0.0, sections=(0.99,), sure=0.99, errors=0, gates=()):
    """A report that lost so many points, its sections of equal length and so sure."""
    size = len(TEXT) // len(sections)
    made = tuple(
        Section(SectionType.DUTIES, n * size, (n + 1) * size, None, confidence)
        for n, confidence in enumerate(sections)
    )
    found = [finding(TEXT, 7, 12, deduction=lost, confidence=sure)] if lost else []
    found += [finding(TEXT, 7, 12, deduction=0.0, severity=Severity.ERROR)] * errors
    result = small_result(TEXT, tuple(found), Analysis(sections=made))
    return replace(result, scorecard=replace(result.scorecard, vetoes=tuple(gates)))


def gate(release=None):
    return Veto("gate-open-blanks", 74, "有 9 处空白。", release)


def test_a_gate_outweighs_whatever_else_is_wrong_but_a_copy():
    best_of_the_gated = risk(report(gates=[gate()]))
    worst_without = risk(report(lost=80.0, errors=99, sure=0.5))
    assert best_of_the_gated.points > worst_without.points


def test_a_gate_that_somebody_released_weighs_nothing():
    assert risk(report(gates=[gate(Release("王明", "脱敏稿"))])).gate == 0


def test_points_add_up():
    made = risk(report(lost=30.0, errors=4, sure=0.85), 0.97)
    assert (made.gate, made.lost, made.errors, made.copied, made.doubt) == (0, 30, 2, 55, 5)
    assert made.points == 92
    assert made.level is Level.HIGH


@pytest.mark.parametrize(("overlap", "level"), [(0.98, Level.HIGH), (0.8, Level.HIGH), (0.79, Level.LOW)])
def test_even_the_best_report_is_read_first_where_it_is_a_copy(overlap, level):
    assert risk(report(), overlap).level is level


def test_what_has_no_score_is_for_people_to_read():
    assert risk(abstained_result(TEXT)).level is Level.HIGH


def test_a_good_report_is_of_low_risk():
    assert risk(report(lost=8.0)).level is Level.LOW


def test_certainty_is_that_of_the_weaker_foundation():
    assert certainty(report(lost=10.0, sections=(0.9, 0.7), sure=0.95)) == 0.8
    assert certainty(report(lost=10.0, sections=(0.99,), sure=0.6)) == 0.6
    assert certainty(report(sections=(0.97,))) == 0.97
    assert certainty(small_result(TEXT)) == 0


def test_a_finding_that_cost_nothing_does_not_make_the_reading_doubtful():
    result = report(lost=10.0)
    doubtful = finding(TEXT, 0, 5, deduction=0.0, confidence=0.5)
    assert certainty(replace(result, findings=(*result.findings, doubtful))) == certainty(result)


def test_the_users_guide_tells_the_numbers_that_are_used(root):
    told = "".join((root / "docs" / "batch.md").read_text("utf-8").split())
    numbers = table("risk.toml")
    steps = [f"{at:.0%}以上{points}" for at, points in numbers["copies"]["steps"][1:]]
    steps += [f"低于{at:.0%}加{points}" for at, points in numbers["doubt"]["steps"]]
    for words in (
        f"封顶未解除加{numbers['gate']}",
        f"没有评分的按{numbers['unscored']}算",
        f"须改的意见每处{numbers['errors']['each']}，最多{numbers['errors']['most']}",
        f"{numbers['copies']['steps'][0][0]:.0%}以上加{numbers['copies']['steps'][0][1]}",
        f"{numbers['levels']['high']}分以上为高，{numbers['levels']['middle']}分以上为中",
        *steps,
    ):
        assert words in told, words
