"""The rubric and the catalogue know the same rules."""

from __future__ import annotations

import pytest

from analyzer.result import Dimension
from analyzer.rules.base import Family
from analyzer.rules.catalogue import catalogue
from analyzer.scoring.rubric import rubric


def test_every_rule_has_its_price_and_every_price_its_rule() -> None:
    priced = {entry.id for entry in catalogue() if entry.family is not Family.GATES}
    gates = {entry.id for entry in catalogue() if entry.family is Family.GATES}
    assert set(rubric().prices) == priced
    assert set(rubric().caps) == gates


def test_the_seven_weights_make_a_hundred() -> None:
    assert set(rubric().weights) == set(Dimension)
    assert sum(rubric().weights.values()) == 100


def test_prices_are_never_rewards() -> None:
    for price in rubric().prices.values():
        assert price.points >= 0
        assert price.cap >= 0


@pytest.mark.parametrize("name", ["length-out-of-range", "sensitive-case", "evading-characters"])
def test_length_and_what_a_human_must_see_cost_nothing(name: str) -> None:
    assert rubric().prices[name].points == 0


@pytest.mark.parametrize(
    ("overall", "grade"),
    [(100, "A"), (90, "A"), (89.9, "B"), (75, "B"), (74.9, "C"), (60, "C"), (59.9, "D"), (0, "D")],
)
def test_grades(overall: float, grade: str) -> None:
    assert rubric().grade(overall) == grade


def test_an_unknown_rubric_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        rubric("no-such-rubric")
