"""Where rules start to speak: the shipped values, and what a user changes of them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from analyzer.errors import error
from analyzer.keys import near
from analyzer.lexicons import table

Thresholds = Mapping[str, Mapping[str, Any]]

_FILE = "thresholds.toml"
_CONFIDENCE = "confidence"  # the table that any rule may have an entry in


def shipped() -> Thresholds:
    """Return the values of ``lexicons/thresholds.toml`` by rule."""
    return table(_FILE)


def adjusted(
    base: Thresholds,
    changes: Iterable[tuple[tuple[str, ...], object]],
    rules: Iterable[str],
    path: Path | None,
) -> Thresholds:
    """Return thresholds with some of them changed.

    Parameters
    ----------
    base : Thresholds
    changes : iterable of (names, value)
        Such as ``(("section-share", "ok"), 0.25)``.
    rules : iterable of str
        Ids of all rules.
    path : Path or None
        The file that the changes come from, for the error.

    Raises
    ------
    ShupingError
        Code ``config`` for a name that does not exist or a value of another type.
    """
    made: dict[str, Any] = deepcopy(dict(base))
    known = {names: value for names, value in _leaves(made) if len(names) > 1}
    default = known[_CONFIDENCE, "default"]
    known |= {(_CONFIDENCE, "rules", rule): default for rule in rules}
    for names, value in changes:
        full = ".".join(("thresholds", *names))
        if names not in known:
            raise error("config", path, detail=f"{full}：没有这个门槛{_meant(names, known)}")
        if (wrong := _wrong(names, known[names], value)) is not None:
            raise error("config", path, detail=f"{full} = {value!r}，{wrong}")
        holder = made
        for name in names[:-1]:
            holder = holder[name]
        holder[names[-1]] = value
    return made


def _leaves(values: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, value in values.items():
        if isinstance(value, dict):
            yield from (((name, *names), leaf) for names, leaf in _leaves(value))
        else:
            yield (name,), value


def _meant(names: tuple[str, ...], known: Iterable[tuple[str, ...]]) -> str:
    """Return what may have been meant: the like of the whole, or what the table holds."""
    known = list(known)
    if guess := near(".".join(names), (".".join(entry) for entry in known)):
        return guess
    beside = sorted(entry[-1] for entry in known if entry[:-1] == names[:-1])
    return f"，{'.'.join(names[:-1])} 之下有 {'、'.join(beside)}" if 0 < len(beside) < 12 else ""


def _wrong(names: tuple[str, ...], usual: object, value: object) -> str | None:
    """Return what is wrong with a value, None where it can stand for the usual one."""
    if isinstance(usual, int | float) and not isinstance(usual, bool):
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not math.isfinite(value)
            or value < 0
        ):
            return "应是一个不小于零的数"
        if isinstance(usual, int) and not isinstance(value, int):
            return "应是整数"
        if names[0] == _CONFIDENCE and value > 1:
            return "应在 0 到 1 之间"
        return None
    return None if isinstance(value, type(usual)) else f"应与原来的 {usual!r} 同类"
