"""What piles up is eased, and no fault ever comes free."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.result import Dimension
from analyzer.scoring.easing import capped, eased, slope
from analyzer.scoring.rubric import prior

from ..conftest import ROOT

MOST, KNEE = 10.0, 0.7
COSTS = st.floats(0, 60)


def test_a_dimension_loses_what_a_hand_computes():
    assert eased(5.0, MOST, KNEE) == 5
    assert eased(7.0, MOST, KNEE) == 7
    # 3 are left beyond the knee, of which 6 more points take 3 x 6 / (3 + 6).
    assert eased(13.0, MOST, KNEE) == pytest.approx(9)


def test_the_example_of_the_page_on_scoring():
    most, knee = prior().most(Dimension.FACTS), prior().knee
    page = (ROOT / "docs" / "scoring.md").read_text("utf-8")
    for cost in (12.0, 10.0):
        assert f"失 {eased(cost, most, knee):.1f} 分" in page
    assert f"极限 {most:g}，" in page
    assert f"超出 {12 - knee * most:.2f} 分" in page


def test_a_rule_above_its_cap_counts_in_part():
    assert capped(3.0, 4.0, 0.25) == 3
    assert capped(8.0, 4.0, 0.25) == 5


@given(COSTS, st.floats(0.1, 5))
def test_one_more_fault_always_costs_more_and_never_more_than_its_price(cost, more):
    for ease in (lambda value: eased(value, MOST, KNEE), lambda value: capped(value, 4.0, 0.25)):
        assert ease(cost) < ease(cost + more) <= ease(cost) + more + 1e-9
    assert eased(cost, MOST, KNEE) < MOST


@given(COSTS)
def test_the_slope_is_the_derivative(cost):
    step = 1e-6
    assert slope(cost, MOST, KNEE) == pytest.approx(
        (eased(cost + step, MOST, KNEE) - eased(cost, MOST, KNEE)) / step, abs=1e-3
    )


def test_arrays_are_eased_as_numbers_are():
    costs, most = np.array([[5.0, 13.0]]), np.array([[10.0, 10.0]])
    assert eased(costs, most, np.array([[KNEE]])).tolist() == [[eased(c, MOST, KNEE) for c in (5.0, 13.0)]]
