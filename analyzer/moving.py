"""A result rebuilt on another text: every offset moved, every string changed, whatever the field.

Integers are either offsets or counts, which no type tells: the lists below do.  A field with an integer that
is in none of them cannot be moved, and says so as soon as anything is masked.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from enum import StrEnum
from functools import cache
from itertools import chain
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

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
        parts: list[str] = []
        at = size = 0
        for start, end, mask in replaced:
            parts += text[at:start], mask
            size += start - at
            self._spans.append((end, size, size + len(mask)))
            at, size = end, size + len(mask)
        self.text = "".join([*parts, text[at:]])

    def back(self, text: str) -> Moved:
        """Return the way back to the text that this one was made of."""
        return Moved(
            self.text,
            [
                (low, high, text[start:end])
                for start, (end, low, high) in zip(self._starts, self._spans, strict=True)
            ],
        )

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
_Reader = Callable[[Any], Iterable[str]]


class _Step(NamedTuple):
    """What moves a value, and what gives the strings that are in it; None where it holds none."""

    move: _Mover
    strings: _Reader | None = None


def move(value: Any, moved: Moved, phrase: Phrase) -> Any:
    """Return a dataclass of `analyzer.result` on the other text.

    Parameters
    ----------
    value : dataclass
    moved : Moved
    phrase : callable
        Returns what stands for a string.
    """
    kind: Any = type(value)
    return _step(kind).move(value, moved, phrase)


def strings(value: Any) -> Iterable[str]:
    """Return every string of a dataclass that `move` has a phrase for."""
    kind: Any = type(value)
    read = _step(kind).strings
    return read(value) if read else ()


def has_integers(kind: Any) -> bool:
    """Return whether a value of this type can hold an integer."""
    return kind is int or any(map(has_integers, get_args(kind)))


@cache
def _step(kind: Any) -> _Step:
    """Return the step for a dataclass."""
    hints = get_type_hints(kind)
    names = [each.name for each in fields(kind)]
    values = attrgetter(*names)
    steps = [
        (at, step)
        for at, name in enumerate(names)
        if (step := _field(f"{kind.__name__}.{name}", hints[name]))
    ]
    evidence = names.index("evidence") if "evidence" in names else None
    readers = [(names[at], step.strings) for at, step in steps if step.strings]

    def rebuilt(value: Any, moved: Moved, phrase: Phrase) -> Any:
        made = list(values(value))
        for at, step in steps:
            if made[at] is not None:
                made[at] = step.move(made[at], moved, phrase)
        if evidence is not None:  # a cut through a name has become a whole mask
            made[evidence] = moved.text[made[names.index("start")] : made[names.index("end")]]
        return kind(*made)

    def read(value: Any) -> Iterable[str]:
        for name, inner in readers:
            held = getattr(value, name)
            if held is not None:
                yield from inner(held)

    return _Step(rebuilt, read if readers else None)


def _field(name: str, kind: Any) -> _Step | None:
    """Return the step for a field, None where its value stays."""
    if name in STARTS:
        return _Step(lambda value, moved, phrase: moved.start(value))
    if name in ENDS:
        return _Step(lambda value, moved, phrase: moved.end(value))
    if name in STRETCHES:
        return _Step(lambda value, moved, phrase: _stretches(value, moved))
    if has_integers(kind):
        if name not in COUNTS:
            raise TypeError(f"{name}: neither offset nor count")
        return None
    return _value(kind)


def _stretches(value: Any, moved: Moved) -> Any:
    if value and isinstance(value[0], int):
        return moved.start(value[0]), moved.end(value[1])
    return tuple((moved.start(start), moved.end(end)) for start, end in value)


def _value(kind: Any) -> _Step | None:
    made = get_origin(kind)
    if made in (Union, UnionType):
        (some,) = (each for each in get_args(kind) if each is not NoneType)
        return _value(some)
    if made is tuple:
        return _tuple(_value(get_args(kind)[0]))
    if made is dict:
        return _Step(lambda value, moved, phrase: anything(value, phrase), _all_strings)
    if kind is str:
        return _Step(lambda value, moved, phrase: phrase(value), lambda value: (value,))
    return _step(kind) if hasattr(kind, "__dataclass_fields__") else None


def _tuple(inner: _Step | None) -> _Step | None:
    if inner is None:
        return None
    step, read = inner
    return _Step(
        lambda value, moved, phrase: tuple([step(each, moved, phrase) for each in value]),
        read and (lambda value: chain.from_iterable(map(read, value))),
    )


def _all_strings(value: Any) -> list[str]:
    found: dict[str, str] = {}
    anything(value, lambda text: found.setdefault(text, text))
    return list(found)


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
