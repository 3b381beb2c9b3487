from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr
from sklearn.metrics import cohen_kappa_score, f1_score

from analyzer.training.agreement import (
    adjacent,
    exact,
    f1,
    hits,
    macro_f1,
    mean_error,
    qwk,
    spearman,
    standardised_difference,
    total_hits,
)

LEVELS = ("low", "middle", "high")
pairs = st.lists(st.tuples(st.sampled_from(LEVELS), st.sampled_from(LEVELS)), min_size=1, max_size=40)
scores = st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=3, max_size=40)


@given(pairs)
def test_kappa_and_f1_are_those_of_scikit_learn(drawn: list[tuple[str, str]]):
    gold, predicted = zip(*drawn, strict=True)
    table = Counter(drawn)
    assert macro_f1(table, LEVELS) == pytest.approx(f1_score(gold, predicted, average="macro"))
    if len(set(gold) | set(predicted)) > 1:
        weighted = cohen_kappa_score(gold, predicted, labels=LEVELS, weights="quadratic")
        assert qwk(table, LEVELS) == pytest.approx(weighted)
    else:
        assert qwk(table, LEVELS) == 1


@given(scores)
def test_rank_correlation_is_that_of_scipy(drawn: list[tuple[int, int]]):
    gold, predicted = zip(*drawn, strict=True)
    if len(set(gold)) > 1 and len(set(predicted)) > 1:
        assert spearman(Counter(drawn)) == pytest.approx(spearmanr(gold, predicted).statistic)
    else:
        assert spearman(Counter(drawn)) == 0


@given(pairs, pairs)
def test_counts_of_reports_add_up(one: list[tuple[str, str]], two: list[tuple[str, str]]):
    together = Counter(one) + Counter(two)
    assert qwk(together, LEVELS) == qwk(Counter([*one, *two]), LEVELS)
    apart = zip(hits(Counter(one), "low"), hits(Counter(two), "low"), strict=True)
    assert hits(together, "low") == tuple(a + b for a, b in apart)


def test_one_label_taken_for_another_is_invented_and_missed():
    table = Counter({("a", "a"): 3, ("a", "b"): 1, ("a", None): 2, (None, "b"): 4})
    assert total_hits(table) == (3, 5, 3)
    assert hits(table, "a") == (3, 0, 3)
    assert hits(table, "b") == (0, 5, 0)


def test_nothing_to_find_is_found_whole():
    assert f1(0, 0, 0) == 1
    assert macro_f1(Counter(), LEVELS) is None
    assert qwk(Counter(), LEVELS) is None
    assert spearman(Counter({(1, 2): 2})) is None
    assert mean_error(Counter()) is None
    assert exact(Counter()) is None


def test_adjacent_grades_count_as_near():
    table = Counter({("low", "low"): 1, ("low", "middle"): 1, ("low", "high"): 2})
    assert adjacent(table, LEVELS) == 0.5


def test_differences_are_in_standard_deviations_of_gold():
    assert standardised_difference(Counter({(60, 70): 1, (80, 90): 1})) == pytest.approx(10 / 200**0.5)
    assert standardised_difference(Counter({(60, 70): 3})) is None
