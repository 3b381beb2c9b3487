"""A result rebuilt on another text: every offset moved, every string changed, whatever the field.

Integers are either offsets or counts, which no type tells: the lists below do.  A field with an integer that
is in none of them cannot be moved, and says so as soon as anything is masked.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import fields
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

Stretch = tuple[int, int]
STARTS = frozenset(
    # Sections lie end to end: where one ends in a name, the next begins, before that name.
    ["Section.start", "Section.end"]
    + [f"{owner}.start" for owner in ("Cause", "Problem", "TwoSkins", "Span", "DutyItem", "Finding")]
)
ENDS = frozenset(f"{owner}.end" for owner in ("Cause", "Problem", "TwoSkins", "Span", "DutyItem", "Finding"))
STRETCHES = frozenset(
    [f"Slots.{slot}" for slot in ("owner", "deadline", "metric", "mechanism")]
    + [f"DutyItem.{part}" for part in ("party", "business", "actor", "mechanism", "figure")]
    + ["Remedy.spans", "Personal.spans", "Content.phrases", "Remark.spans"]
)
COUNTS = frozenset(
    [f"Personal.{count}" for count in ("own", "figured", "collective", "unnamed")]
    + [f"SectionContent.{count}" for count in ("letters", "figures", "dates", "names", "documents")]
    + [f"Compared.{count}" for count in ("beyond", "known", "mended")]
    + ["Source.year", "DimensionScore.max", "Scorecard.suppressed"]
)


class Moved:
    """Where the places of a text are once stretches of it are replaced.

    Parameters
    ----------
    text : str
    replaced : sequence of (int, int, str)
        Stretches in order, apart from each other, and what stands there instead.
    """

    def __init__(self, text: str, replaced: Sequence[tuple[int, int, str]]) -> None:
        self._starts = [start for start, _, _ in replaced]
        self._spans: list[tuple[int, int, int]] = []  # end in the old text; start and end in the new one
        parts, at, size = [], 0, 0
        for start, end, mask in replaced:
            parts += text[at:start], mask
            size += start - at
            self._spans.append((end, size, size + len(mask)))
            at, size = end, size + len(mask)
        self.text = "".join([*parts, text[at:]])

    def start(self, place: int) -> int:
        """Return where a stretch begins; one that begins in a name begins before its mask."""
        return self._at(place, inside=1)

    def end(self, place: int) -> int:
        """Return where a stretch ends; one that ends in a name ends after its mask."""
        return self._at(place, inside=2)

    def _at(self, place: int, inside: int) -> int:
        index = bisect_left(self._starts, place) - 1
        if index < 0:
            return place
        span = self._spans[index]
        return span[inside] if place < span[0] else span[2] + place - span[0]


Phrase = Callable[[str], str]
_Mover = Callable[[Any, Moved, Phrase], Any]


def move(value: Any, moved: Moved, phrase: Phrase) -> Any:
    """Return a dataclass of `analyzer.result` on the other text.

    Parameters
    ----------
    value : dataclass
    moved : Moved
    phrase : callable
        Returns what stands for a string.
    """
    return _mover(type(value))(value, moved, phrase)


def classified(name: str) -> bool:
    """Return whether it is known what the integers of a field, such as ``Section.start``, are."""
    return any(name in names for names in (STARTS, ENDS, STRETCHES, COUNTS))


def has_integers(kind: Any) -> bool:
    """Return whether a value of this type can hold an integer."""
    return kind is int or any(map(has_integers, get_args(kind)))


@cache
def _mover(kind: Any) -> _Mover:
    """Return what moves a dataclass."""
    hints = get_type_hints(kind)
    steps = [(each.name, _field(f"{kind.__name__}.{each.name}", hints[each.name])) for each in fields(kind)]
    moving = [(name, step) for name, step in steps if step]

    def rebuilt(value: Any, moved: Moved, phrase: Phrase) -> Any:
        values = {name: getattr(value, name) for name, _ in steps}
        for name, step in moving:
            if values[name] is not None:
                values[name] = step(values[name], moved, phrase)
        return kind(**values)

    return rebuilt


def _field(name: str, kind: Any) -> _Mover | None:
    """Return what moves a field's value, None where it stays."""
    if name in STARTS:
        return lambda value, moved, phrase: moved.start(value)
    if name in ENDS:
        return lambda value, moved, phrase: moved.end(value)
    if name in STRETCHES:
        return lambda value, moved, phrase: _stretches(value, moved)
    if has_integers(kind):
        if name not in COUNTS:
            raise TypeError(f"{name}: neither offset nor count")
        return None
    return _value(kind)


def _stretches(value: Any, moved: Moved) -> Any:
    if value and isinstance(value[0], int):
        return moved.start(value[0]), moved.end(value[1])
    return tuple((moved.start(start), moved.end(end)) for start, end in value)


def _value(kind: Any) -> _Mover | None:
    made = get_origin(kind)
    if made in (Union, UnionType):
        (some,) = (each for each in get_args(kind) if each is not NoneType)
        return _value(some)
    if made is tuple:
        inner = _value(get_args(kind)[0])
        return inner and (
            lambda value, moved, phrase: tuple(inner(each, moved, phrase) for each in value)
        )
    if made is dict:
        return lambda value, moved, phrase: anything(value, phrase)
    if kind is str:
        return lambda value, moved, phrase: phrase(value)
    return _mover(kind) if hasattr(kind, "__dataclass_fields__") else None


def anything(value: Any, phrase: Phrase) -> Any:
    """Return plain data with every string changed, but for the keys of its tables."""
    if isinstance(value, StrEnum):
        return value
    if isinstance(value, str):
        return phrase(value)
    if isinstance(value, dict):
        return {key: anything(each, phrase) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(anything(each, phrase) for each in value)
    return value
