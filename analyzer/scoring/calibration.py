"""Prices fitted to experts' scores, laid over the start values of a profile."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from analyzer.keys import Keys, read_keys
from analyzer.scoring.rubric import Price, Rubric, prior

_DIGITS = 2  # of points
_HOUSE = "fitted.toml"


@dataclass(frozen=True, slots=True)
class Calibration:
    """What experts' scores say of the prices.

    Parameters
    ----------
    name : str
        Stands behind the id of a rubric that it is laid over; empty for the one that is shipped.
    times : mapping of str to float
        By what the start values of each rule's points and cap are multiplied; 1 where a rule is not named.
    below, above : float
        How far below and above a score experts' scores go, four of five of them.
    """

    name: str
    times: Mapping[str, float]
    below: float
    above: float

    def over(self, start: Rubric) -> Rubric:
        """Return a rubric at these prices."""
        prices = {
            rule: Price(self._priced(rule, old.points), old.per, self._priced(rule, old.cap))
            for rule, old in start.prices.items()
        }
        name = f"{start.id}+{self.name}" if self.name else start.id
        return replace(start, id=name, prices=prices, below=self.below, above=self.above)

    def _priced(self, rule: str, points: float) -> float:
        return round(points * self.times.get(rule, 1.0), _DIGITS)

    def written(self, source: str) -> str:
        """Return the file that `read_calibration` reads; `source` says what it was fitted to."""
        lines = [f"# {line}" for line in source.splitlines()]
        lines += [f"name = '{self.name}'", "", "[interval]", f"below = {self.below}", f"above = {self.above}"]
        return "\n".join([*lines, "", "[times]", *(f"{k} = {v}" for k, v in sorted(self.times.items())), ""])


def read_calibration(path: Path) -> Calibration:
    """Return the calibration of a file.

    Raises
    ------
    ShupingError
        Code ``config`` where the file cannot be read, or holds anything else or below 0.
    """
    keys = read_keys(path).only("name", "interval", "times")
    interval, times = keys.table("interval").only("below", "above"), keys.table("times").only(*prior().prices)
    return Calibration(
        str(keys.given.get("name", "")),
        {rule: _number(times, rule) for rule in times.given},
        _number(interval, "below"),
        _number(interval, "above"),
    )


def _number(keys: Keys, name: str) -> float:
    value = keys.given.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < math.inf:
        raise keys.wrong(name, "应是不小于 0 的数")
    return float(value)


@cache
def shipped() -> Calibration:
    """Return the calibration that comes with the program."""
    with as_file(files(__package__).joinpath(_HOUSE)) as path:
        return read_calibration(path)


@cache
def rubric(name: str = "party-duty", prices: Path | None = None) -> Rubric:
    """Return a profile's rubric at fitted prices: the shipped ones, or those of a file.

    Raises
    ------
    FileNotFoundError
        Where there is no such profile.
    ShupingError
        Code ``config`` where the file of prices is wrong.
    """
    return (read_calibration(prices) if prices else shipped()).over(prior(name))
