"""The rubric and the catalogue know the same rules."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from analyzer.config import AUTO, PROFILES
from analyzer.lexicons import overlaid, table
from analyzer.result import Dimension
from analyzer.rules.base import Family
from analyzer.rules.catalogue import catalogue
from analyzer.scoring.calibration import rubric


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


NAMED = [name for name in PROFILES if name != AUTO]


@pytest.mark.parametrize("name", NAMED)
def test_every_profile_prices_the_rules_and_makes_a_hundred(name: str) -> None:
    made = rubric(name)
    assert made.id.startswith(name)
    assert made.name
    assert made.source
    assert set(made.prices) == set(rubric().prices)
    assert made.off <= set(made.prices)
    assert set(made.weights) == set(Dimension)
    assert sum(made.weights.values()) == 100
    assert min(made.weights.values()) > 0


@pytest.mark.parametrize("name", NAMED[1:])
def test_a_profile_gives_only_what_differs(name: str) -> None:
    own = tomllib.loads(files("analyzer.scoring").joinpath(f"{name}.toml").read_text("utf-8"))
    base = tomllib.loads(files("analyzer.scoring").joinpath(f"{own['extends']}.toml").read_text("utf-8"))
    _differs(own["rules"], base["rules"])
    _differs(own["thresholds"], table("thresholds.toml"))


def _differs(own: dict[str, Any], base: dict[str, Any]) -> None:
    for key, value in own.items():
        assert key in base
        assert value != base[key]
        if isinstance(value, dict) and "points" not in value:
            _differs(value, base[key])


def test_a_table_laid_over_another_keeps_what_it_does_not_name() -> None:
    assert overlaid({"a": {"b": 1, "c": 2}, "d": 3}, {"a": {"b": 4}, "e": 5}) == {
        "a": {"b": 4, "c": 2},
        "d": 3,
        "e": 5,
    }
