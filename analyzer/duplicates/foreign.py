"""The name of another unit where a report speaks of its own: what a copyist forgot to change.

A mention is no such place: partners, superiors and villages of a town are named in every report.  That a
report calls its own unit by two kinds of name needs no other report; the rule ``inconsistent-unit`` looks for
it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import cache, lru_cache, partial
from typing import Any

from analyzer.duplicates.normal import LEXICON, filled
from analyzer.duplicates.pairs import Stretch
from analyzer.lexicons import pattern, table
from analyzer.understanding.identity import core

_SENTENCE = re.compile(r"[^。！？；\n]*")
_LINE = re.compile(r"\S[^\n]*")
_ANYTHING = re.compile("")
_UNITS = "unit-words.toml"


def foreign_units(text: str, own_unit: str, other_units: Collection[str]) -> tuple[Stretch, ...]:
    """Return where a report names another unit in the place of its own, in order.

    Parameters
    ----------
    text : str
    own_unit : str
        The full name of the report's unit.
    other_units : collection of str
        Full names of the other units, such as those of the batch; the own one among them does no harm.  The
        name of a place that is in no list is found too.
    """
    own, kind = _forms(own_unit), _kind(own_unit)
    if kind is None:
        return ()
    others = _named(frozenset(other_units))
    found: dict[int, int] = {}
    for start, end in sorted(_places(text, own, partial(_end, text, others, own, kind))):
        # 合石硖镇 is 石硖镇 that follows 结合, unless the longer one is known.
        if not (end in found and text[found[end] : end] in others):
            found[end] = start
    return tuple(sorted((start, end) for end, start in found.items()))


def _end(
    text: str, others: frozenset[str], own: frozenset[str], kind: int, start: int, after: re.Pattern[str]
) -> int | None:
    """Return where the name of another unit ends that begins at a place; None where there is none."""
    lasts = _last_characters(others)
    for end in range(min(len(text), start + _limits()["longest"]), start + 1, -1):
        if text[end - 1] not in lasts:  # most stretches are no names
            continue
        name = text[start:end]
        if _kind(name) != kind:
            continue
        if any(form.endswith(name) for form in own):
            return None
        listed = name in others and name not in own
        if (listed or _unlisted(name, own)) and after.match(text, end):
            return end
    return None


def _unlisted(name: str, own: frozenset[str]) -> bool:
    if not _pattern("unlisted").fullmatch(name):
        return False
    return not any(name in form or form in name for form in own)


@lru_cache(maxsize=8)
def _last_characters(others: frozenset[str]) -> frozenset[str]:
    """Return what the name of a unit can end with."""
    ends = (end for ends in _limits()["kinds"] for end in ends)
    return frozenset(name[-1] for name in (*ends, *others))


def _places(
    text: str, own: frozenset[str], end_of: Callable[[int, re.Pattern[str]], int | None]
) -> Iterator[Stretch]:
    """Yield the names, of other units, that stand where a report names the unit that it is of.

    `end_of` says where the name ends that begins at a place, followed by a pattern; None where there is none.
    """
    quoted = [match.span() for match in pattern(_UNITS, "rules", "quotation").finditer(text)]
    for before, after, plain in _positions():
        for match in before.finditer(text):
            at = match.end()
            end = end_of(at, after)
            if end is None or any(start < at < stop for start, stop in quoted):
                continue
            said = _sentence(text, at)
            if not (_word("former").search(said) or (plain and _word("partner").search(said))):
                yield at, end
    for at, after in _in_frame(text, own):
        end = end_of(at, after)
        if end is not None:
            yield at, end


def _in_frame(text: str, own: frozenset[str]) -> Iterator[tuple[int, re.Pattern[str]]]:
    """Yield where the title and the lines that sign may name the unit, and what follows the name there."""
    words = _limits()["words"]
    lines = [match.span() for match in _LINE.finditer(text)]
    for start, end in lines[: words["title_lines"]]:
        line = text[start:end]
        if len(line) <= words["title_letters"] and _word("title").search(line) and not _holds(line, own):
            yield from ((at, _ANYTHING) for at in range(start, end))
    for start, end in lines[-words["last_lines"] :]:
        match = _word("signature").match(text, start, end)
        if match and not _holds(text[start:end], own):
            yield match.end(), _word("signed")


def _holds(line: str, own: frozenset[str]) -> bool:
    return any(form in line for form in own)


def _sentence(text: str, at: int) -> str:
    starts = max(text.rfind(mark, 0, at) for mark in "。！？；\n") + 1
    match = _SENTENCE.match(text, starts)
    return match.group() if match else ""


@lru_cache(maxsize=8)
def _named(units: frozenset[str]) -> frozenset[str]:
    return frozenset(form for unit in units for form in _forms(unit))


@lru_cache(maxsize=1024)
def _forms(unit: str) -> frozenset[str]:
    """Return what a unit is called: without what its office is called, and without its region."""
    bare = core(unit)
    local = _pattern("region").sub("", bare)
    return frozenset(form for form in (bare, local) if len(form) > 2)


def _kind(unit: str) -> int | None:
    """Return the number of the kind that a unit's name ends with."""
    bare = core(unit)
    kinds = enumerate(_limits()["kinds"])
    return next((number for number, ends in kinds if bare.endswith(tuple(ends))), None)


def _limits() -> dict[str, Any]:
    limits: dict[str, Any] = table(LEXICON)["foreign"]
    return limits


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(filled(_limits()[name]))


@cache
def _word(name: str) -> re.Pattern[str]:
    return re.compile(_limits()["words"][name])


@cache
def _positions() -> tuple[tuple[re.Pattern[str], re.Pattern[str], bool], ...]:
    return tuple(
        (re.compile(each["before"]), re.compile(each["after"]), each.get("plain", False))
        for each in _limits()["position"]
    )
