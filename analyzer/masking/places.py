"""The names of places and units: found in a text, or taken out of a full name that was given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from analyzer.lexicons import any_of, table
from analyzer.masking.masks import normal
from analyzer.masking.words import is_common, is_han, is_place, is_verb, is_word

_END = "·"
_BESIDE = re.compile("[、和与]")
_MOST_BETWEEN = 8
_LONGEST = 4  # characters of a name that are looked for before its kind


class Place(NamedTuple):
    """A name (羊角垭) with its kind (乡), which is empty where it has none."""

    stem: str
    kind: str

    @property
    def stands_alone(self) -> bool:
        """Whether the name is meant wherever it stands, also without its kind."""
        if not self.kind:
            return True
        return len(self.stem) > 1 and self.stem not in _words().names and not is_common(self.stem)

    @property
    def core(self) -> str:
        """What the mask is made of: the same for 甲乙镇 and 甲乙社区, not for 甲镇 and 甲县."""
        return self.stem if len(self.stem) > 1 else self.stem + self.kind


class _Words:
    """What ``masking.toml`` says of places."""

    def __init__(self) -> None:
        lexicon: dict[str, Any] = table("masking.toml")
        about = lexicon["places"]
        self.kinds = any_of(about["kinds"])
        self.between = frozenset(about["between"])
        self.between_sizes = sorted({len(word) for word in self.between}, reverse=True)
        self.seeming: list[str] = about["seeming"]
        self.levels = frozenset(about["levels"])
        self.regions = frozenset(about["regions"])
        self.rural = frozenset(about["rural"])
        self.organs = frozenset(about["organs"])
        self.row = re.compile(about["row"])
        self.hamlet = re.compile(about["hamlet"])
        self.breaks = self.levels | set(about["former"])
        self.never = frozenset(about["never"])
        self.common = frozenset(about["common"])
        self.names = frozenset(about["names"])
        self.kept = frozenset(about["kept"])
        self.pointing = frozenset(about["pointing"])
        self.generic = frozenset(about["generic"])
        self.prefix = re.compile(about["prefix"])
        self.suffix = re.compile(about["suffix"])
        self.governed = re.compile(about["governed"])
        self.unit = re.compile(about["unit"])
        self.blanks = frozenset(lexicon["blanks"]["characters"])


@cache
def _words() -> _Words:
    return _Words()


def is_blank(name: str) -> bool:
    """Return whether a name was left out already: XX镇, 某局."""
    return bool(_words().blanks & set(name))


def found(text: str) -> Iterator[Place]:
    """Yield the names of places and units in a text, as often as each stands there with its kind."""
    for match in _words().hamlet.finditer(text):
        yield Place(match.group(), "")
    for place, _, _ in _found(text):
        yield place
    for match in _words().row.finditer(text):
        yield from _in_row(text, match)


def _found(text: str) -> Iterator[tuple[Place, int, int]]:
    """Yield the names with where each begins and its kind ends."""
    words = _words()
    for match in words.kinds.finditer(text):
        start = _before_kind(text, match.start())
        around = text[max(0, match.start() - 1) : match.end() + 1]
        if any(
            seeming in around or text.startswith(seeming, start - 1, start + 3) for seeming in words.seeming
        ):
            continue
        kind = text[start : match.end()]
        stem = _stem(text, start, kind)
        if stem:
            yield Place(stem, kind), start - len(stem), match.end()


def given(name: str) -> list[Place]:
    """Return what tells a unit from others in its full name; the name itself where nothing does.

    >>> [place.stem for place in given("中共沱源县羊角垭乡委员会")]
    ['沱源', '羊角垭']
    """
    words = _words()
    whole = normal(name)
    if not whole or is_blank(whole):
        return []
    rest = words.suffix.sub("", words.prefix.sub("", whole)) or whole
    shown = list(_found(rest))
    places = [place for place, _, _ in shown]
    # What is found leaves open a name of one character, and one that is a common word.
    before, rest = (rest[: shown[0][1]], rest[shown[-1][2] :]) if shown else ("", rest)
    places += _governing(before + _END)[0]
    governing, rest = _governing(rest)
    places += governing
    if places and len(rest) > 2 and rest[0] in words.levels and not is_word(rest[:2]):
        rest = rest[1:]
    stem, kind = _parted(rest)
    says_nothing = {stem, rest} & words.generic or _seems(rest) or (not kind and is_common(stem))
    if stem and not says_nothing:
        places.append(Place(stem, kind))
    if not places and whole not in words.generic and not is_common(whole):
        return [Place(whole, "")]
    return [place for place in places if place.stem not in words.kept]


def _governing(name: str) -> tuple[list[Place], str]:
    """Return the province, city and county that a name begins with, and what is left of it."""
    words = _words()
    places = []
    while match := words.governed.match(name):
        if match.group(1) not in words.generic and not _seems(match.group()):
            places.append(Place(*match.groups()))
        name = name[match.end() :]
    return places, name


def _parted(name: str) -> tuple[str, str]:
    """Return a unit's own name and the words for its kind: 蓝盾 and 集团有限公司."""
    kinds = _words().unit
    start = len(name)
    while match := kinds.search(name[:start]):
        before = _before_kind(name, match.start())
        if before == 0 or (start < len(name) and before < 2):
            break
        start = before
    match = kinds.search(name)
    if start == len(name) and match:  # 水利局 is all kind, and still the name
        start = match.start()
    return name[:start], name[start:]


def _seems(name: str) -> bool:
    """Return whether a name with its kind is none: 城市, 全镇."""
    words = _words()
    return name in words.seeming or (len(name) == 2 and name[0] in words.pointing)


def _in_row(text: str, match: re.Match[str]) -> Iterator[Place]:
    """Yield the names of a row from its last one back; all but the first are bounded on both sides."""
    name, kind = match.groups()
    end = match.end() + len(name)
    while len(name) > 1:
        if _stem(name, len(name), kind) == name:
            yield Place(name, kind)
        end -= len(name) + 1
        name = _BESIDE.split(text[max(0, end - _LONGEST) : max(0, end)])[-1]
        if len(name) == _LONGEST:  # the first of the row, which something else stands before
            name = ""
            if stem := _stem(text, end, kind):
                yield Place(stem, kind)


def _before_kind(text: str, start: int) -> int:
    """Return where the words begin that may stand between a name and its kind."""
    words = _words()
    for _ in range(_MOST_BETWEEN):
        for size in words.between_sizes:
            if start > size and text[start - size : start] in words.between:
                start -= size
                break
        else:
            break
    return start


def _stem(text: str, end: int, kind: str) -> str:
    """Return the name that ends before a kind, empty where none does.

    Most names have two characters, which are no common word; a third is one where they alone are none.
    """
    words = _words()
    start = end
    while start and end - start < _LONGEST and is_han(char := text[start - 1]) and char not in words.never:
        if char in words.breaks and end - start >= 2:
            break
        start -= 1
    run = text[start:end]
    begins_line = start == 0 or text[start - 1] == "\n"
    known = text[max(0, end - 2) : end]
    if len(known) < 2 or (len(run) < 2 and not is_place(known)):
        return ""
    stem, longer = (run[-2:], run[-3:]) if len(run) > 1 else (known, known)
    if (
        stem in words.common
        or longer in words.common
        or stem in words.kept
        or words.levels & set(stem)
        or stem[-1] in words.organs
    ):
        return ""
    if stem not in words.names and (
        is_common(stem)
        or (
            is_common(stem[1] + kind)
            and not is_word(stem)
            and stem[1] not in words.regions
            and kind not in words.rural
        )
        or (len(run) > 2 and is_common(longer))
    ):
        return ""
    if len(run) > 2 and stem not in words.names:
        alone = len(run) == 3 and (begins_line or not is_word(stem))
        if is_verb(longer[:2]) and not is_word(stem):
            return ""
        joined = is_word(longer[:2]) and not is_word(stem) and not is_word(run[-4:-2])
        if alone or is_word(longer) or joined:
            return longer
    return stem
