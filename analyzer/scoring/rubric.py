"""A rubric: what each dimension weighs, what each rule costs, where a gate caps the score.

A profile's file gives only what differs from the one that it ``extends``: tables merge key by key.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from analyzer.lexicons import overlaid, table
from analyzer.result import Dimension


class Per(StrEnum):
    """What a rule's points are for."""

    REPORT = "report"  # each hit costs the points
    ITEM = "item"  # each hit costs the points divided by the number of problems
    KILOCHAR = "kilochar"  # each hit costs the points divided by the thousands of characters


@dataclass(frozen=True, slots=True)
class Price:
    """What a rule costs: points for each hit of weight 1, and at most `cap` for all of its hits."""

    points: float
    per: Per
    cap: float


@dataclass(frozen=True, slots=True)
class Rubric:
    """A rubric as read from its file.

    Parameters
    ----------
    id, name, version, source, note : str
        `name` and `note` are Chinese, for users; the note says what is provisional, and may be empty.
    trusts_choice : bool
        Whether a text is scored that a person calls a report of this kind and the genre model does not.
    off : frozenset of str
        Rules that are not asked, by id.
    thresholds : dict of str to dict
        ``thresholds.toml`` with what the profile lays over it, for `analyzer.rules.base.Report`.
    floor : float
        The part of each dimension's weight that faults cannot take while its section exists.
    knee : float
        The part of what faults can take of a dimension that they take whole; the rest they only near.
    beyond : float
        The part that counts of what a rule's hits cost above its cap.
    weights : dict of Dimension to float
        They sum to 100.
    prices : dict of str to Price
        By rule id.
    caps : dict of str to float
        The highest score that a gate lets pass, by rule id.
    grades : tuple of (str, float)
        Grade and its lower bound, best first.
    milder : dict of str to str
        Faults that may not cost more than another, which one of them half mends.
    below, above : float
        How far below and above a score experts' scores go, four of five of them.
    """

    id: str
    name: str
    version: str
    source: str
    note: str
    trusts_choice: bool
    off: frozenset[str]
    thresholds: dict[str, Any]
    floor: float
    knee: float
    beyond: float
    weights: dict[Dimension, float]
    prices: dict[str, Price]
    caps: dict[str, float]
    grades: tuple[tuple[str, float], ...]
    milder: dict[str, str]
    below: float = 0.0
    above: float = 0.0

    @property
    def profile(self) -> str:
        """The name of the profile."""
        return self.id.split("/")[0]

    def most(self, dimension: Dimension) -> float:
        """Return the points of a dimension that faults near, while its section exists."""
        return (1 - self.floor) * self.weights[dimension]

    def grade(self, overall: float) -> str:
        """Return the grade of a score."""
        return next(name for name, bound in self.grades if overall >= bound)

    def interval(self, overall: float) -> tuple[float, float]:
        """Return where four of five expert scores of a report with this score would be."""
        return round(max(0.0, overall - self.below), 1), round(min(100.0, overall + self.above), 1)


@cache
def prior(name: str = "party-duty") -> Rubric:
    """Return a profile's rubric with the start values of its prices, which experts' scores have not moved.

    Raises FileNotFoundError where there is no such profile.
    """
    raw = _content(name)
    return Rubric(
        raw["id"],
        raw["name"],
        raw["version"],
        raw["source"],
        raw["note"],
        raw["trusts_choice"],
        frozenset(raw["off"]),
        overlaid(table("thresholds.toml"), raw.get("thresholds", {})),
        raw["floor"],
        raw["knee"],
        raw["beyond"],
        {Dimension(key): value for key, value in raw["weights"].items()},
        {key: Price(value["points"], Per(value["per"]), value["cap"]) for key, value in raw["rules"].items()},
        {key: value["cap"] for key, value in raw["gates"].items()},
        tuple(sorted(raw["grades"].items(), key=lambda entry: -entry[1])),
        raw["milder"],
    )


def _content(name: str) -> dict[str, Any]:
    own: dict[str, Any] = tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))
    return overlaid(_content(own["extends"]), own) if "extends" in own else own
