from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from analyzer.training.evaluation import CONFIDENCES, Tally
from analyzer.training.reliability import bins, calibration_error, calibration_errors, reliability


def test_confidences_that_come_true_have_no_error():
    assert calibration_error(Counter({(0.75, True): 3, (0.75, False): 1})) == pytest.approx(0)


def test_boasting_and_modesty_are_errors_alike():
    boasting = Counter({(0.95, True): 1, (0.95, False): 1})
    modest = Counter({(0.55, True): 1, (0.05, False): 1})
    assert calibration_error(boasting) == pytest.approx(0.45)
    assert calibration_error(modest) == pytest.approx((0.45 + 0.05) / 2)


def test_bins_hold_every_answer_also_the_surest():
    filled = bins(Counter({(0.0, False): 1, (0.99, True): 2, (1.0, True): 3}))
    assert [(each.size, each.accuracy) for each in filled] == [(1, 0.0), (5, 1.0)]
    assert filled[1].confidence == pytest.approx((2 * 0.99 + 3) / 5)


def test_a_question_without_answers_has_no_error():
    counts: Tally = defaultdict(Counter)
    counts["confidence_vague"] = Counter({(0.5, True): 1})
    errors = calibration_errors(counts)
    assert errors.pop("calibration_error_vague") == pytest.approx(0.5)
    assert set(errors.values()) == {None}
    assert set(reliability(counts)) == set(CONFIDENCES)
