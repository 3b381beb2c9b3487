"""Prices fitted to experts' scores stay a list of deductions, and follow what experts say."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analyzer.result import Dimension
from analyzer.rules.catalogue import catalogue, judge
from analyzer.scoring.ledger import Ledger, ledger
from analyzer.scoring.rubric import prior
from analyzer.scoring.score import score
from analyzer.training.house import anchors
from analyzer.training.pricing import Scored, fit_prices

from ..scoring.gold import gold, gold_paths

_RULES = ("missing-root-cause", "empty-remedy", "thin-facts", "siloed")


def _scored(times: dict[str, float], count: int = 60) -> list[Scored]:
    """Reports of ten groups whose expert takes the start values, some of them multiplied."""
    chance, by = random.Random(7), prior()
    made = []
    for number in range(count):
        amounts = {rule: chance.random() for rule in _RULES}
        lost = sum(
            min(by.prices[rule].points * amount, by.prices[rule].cap) * times.get(rule, 1.0)
            for rule, amount in amounts.items()
        )
        made.append(Scored(f"{number}", f"g{number % 10}", Ledger(amounts, frozenset(), ()), by, 100 - lost))
    return made


def test_the_fit_finds_what_the_expert_takes():
    fit = fit_prices(_scored({"missing-root-cause": 0.5, "siloed": 0.6}))
    assert abs(fit.times["missing-root-cause"] - 0.5) < 0.1
    assert abs(fit.times["thin-facts"] - 1) < 0.15
    wanted = np.array([entry.score for entry in _scored({"missing-root-cause": 0.5, "siloed": 0.6})])
    assert np.abs(fit.held_out - wanted).mean() < np.abs(fit.before - wanted).mean() / 3


def test_prices_are_fitted_by_the_arithmetic_of_the_scorecard():
    by, entries, cards = prior(), [], []
    for path in gold_paths()[::20]:
        report, note = gold(path)
        hits = judge(report, catalogue())
        lost = ledger(report, hits, by)
        entries.append(Scored(path.stem, path.parent.name, lost, by, note["scores"]["overall"]))
        cards.append(score(report, hits, by)[1].overall)
    # A scorecard rounds what each of seven dimensions loses to a tenth.
    assert np.abs(fit_prices(entries).before - cards).max() <= 7 * 0.05 + 1e-6


def test_a_dimension_that_experts_score_mildly_lowers_the_prices_of_its_rules():
    plain = _scored({})
    mild = [replace(entry, dimensions={Dimension.CAUSES: 4.5}) for entry in plain]
    assert fit_prices(mild).times["missing-root-cause"] < fit_prices(plain).times["missing-root-cause"] - 0.05


def test_a_rule_that_never_fires_keeps_its_price():
    assert abs(fit_prices(_scored({})).times["fixed-phrase"] - 1) < 1e-6


def test_half_mending_a_fault_never_costs_more():
    chance, by = random.Random(3), prior()
    made = []
    for number in range(60):
        none = chance.random()
        amounts = {"missing-root-cause": none, "shallow-root-cause": 1 - none}
        # An odd expert, who would rather read nothing than a stock phrase.
        made.append(
            Scored(f"{number}", f"g{number % 10}", Ledger(amounts, frozenset(), ()), by, 90 + 8 * none)
        )
    fitted = fit_prices(made).calibration("x").over(by).prices
    assert fitted["shallow-root-cause"].points <= fitted["missing-root-cause"].points + 0.04


FITTED = fit_prices(_scored({"thin-facts": 2.0}, 30)).calibration("").over(prior())


@given(st.dictionaries(st.sampled_from(_RULES), st.floats(0, 2), min_size=1), st.randoms())
def test_taking_a_fault_away_never_lowers_a_score(amounts, chance):
    kept = {rule: amount for rule, amount in amounts.items() if chance.random() < 0.5}
    prices = FITTED.prices

    def lost(held):
        return sum(min(prices[rule].points * amount, prices[rule].cap) for rule, amount in held.items())

    assert all(price.points >= 0 and price.cap >= 0 for price in prices.values())
    assert lost(kept) <= lost(amounts)


def test_a_dimension_left_empty_is_lost_whole_whatever_the_prices():
    by = prior()
    empty = Scored("x", "gx", Ledger({}, frozenset({Dimension.CAUSES}), ()), by, 80)
    fit = fit_prices([*_scored({}), empty])
    assert abs(fit.before[-1] - (100 - by.weights[Dimension.CAUSES])) < 1e-9


def test_anchors_pull_but_are_not_measured():
    entries, pulls = _scored({}), anchors()
    assert pulls
    fit = fit_prices(entries, pulls)
    assert len(fit.held_out) == len(fit.before) == len(entries)
