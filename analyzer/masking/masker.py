"""Results with masks in the place of names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import PurePath
from typing import Any

from analyzer.lexicons import table
from analyzer.masking import persons, places
from analyzer.masking.masks import Masks, normal
from analyzer.moving import Moved, move, strings
from analyzer.result import Result, Source

_NAMED = {"unit": "name", "region": "name", "author": "person"}  # fields of a source, and how they are masked
_BETWEEN = "\ufdd0"  # no character, and no blank: no name reaches across it
_CUT = "…"
_BLANK = re.compile(r"\s+")
_MOST_PLAIN = 20_000
_SHORT = 3  # a name shorter than this is not looked for across a line break

Names = dict[str, str]  # how a name stands in a text, without spaces, and its mask


class Masker:
    """Masks for the names of one batch; two of the same key and names mask alike, wherever they are.

    Parameters
    ----------
    key : bytes
        Such as `key_of` makes.
    units, persons : iterable of str
        Names that are known beforehand, of units and regions, and of authors.  What else a report names is
        found in it.
    """

    def __init__(self, key: bytes, units: Iterable[str] = (), persons: Iterable[str] = ()) -> None:
        self._masks = Masks(key)
        self._given: Names = {}
        for unit in sorted(set(units)):
            self._given |= self._unit(unit)
        for person in sorted(set(persons)):
            self._given |= self._person(person)
        self._plain: set[str] = set()  # strings beside the reports' texts that hold no name
        self._heads: dict[str, list[str]] = {}
        for name in self._given:
            self._heads.setdefault(name[:2], []).append(name)
        first, second = ("".join(sorted({head[at] for head in self._heads})) for at in (0, 1))
        self._head = re.compile(f"(?=([{re.escape(first)}][{re.escape(second)}]))") if self._heads else None

    def mask(self, result: Result) -> Result:
        """Return the result as a reader may see it who shall not know of whom it is.

        Offsets are into the masked text.  One that is masked already is returned as it is.
        """
        if result.analyzer.get("masked"):
            return result
        texts = list(dict.fromkeys([result.text, *strings(result)]))
        joined = _BETWEEN.join(texts)
        replaced = self._search(result, texts).replaced(joined)
        moved = Moved(joined, replaced)
        masked, at = {}, 0
        for text in texts:
            masked[text] = moved.text[moved.start(at) : moved.start(at + len(text))]
            at += len(text) + len(_BETWEEN)
        inside = Moved(result.text, [each for each in replaced if each[1] <= len(result.text)])
        made: Result = move(result, inside, masked.__getitem__)
        return replace(
            made,
            source=self._source(result.source, made.source),
            analyzer=self._analyzer(result.analyzer, made.analyzer),
        )

    def _search(self, result: Result, texts: Iterable[str]) -> _Search:
        """Return the search for the names of a result, all of whose strings are given."""
        beside = self._found_beside(result.text, texts)
        # Where two say different things of a name, those hold who know it beforehand.
        names = self._found(result.text) | beside | self._of_source(result.source)
        return _Search(names | self._given_in(_BETWEEN.join([result.text, *beside])))

    def text(self, text: str) -> str:
        """Return any text with its names masked."""
        return _Search(self._found(text) | self._given_in(text)).masked(text)

    def field(self, field: str, name: str) -> str:
        """Return a unit, region or author as the source of a masked result has it."""
        masked: str = self._field(field, self.text(name), name)
        return masked

    def path(self, path: str) -> str:
        """Return what a report's file is called: ``报告-kq3rm7x4p2ab.docx``."""
        return self._masks.path(path)

    def _source(self, known: Source, made: Source) -> Source:
        return replace(
            made,
            path=None if known.path is None else self.path(known.path),
            sha256=self._masks.digest(known.sha256),
            **{field: self._field(field, getattr(made, field), getattr(known, field)) for field in _NAMED},
            conflicts=tuple(
                replace(
                    after,
                    taken=self._field(after.field, after.taken, before.taken),
                    other=self._field(after.field, after.other, before.other),
                )
                for before, after in zip(known.conflicts, made.conflicts, strict=True)
            ),
        )

    def _field(self, field: str, made: Any, known: Any) -> Any:
        """Return a name that shows nothing, also where it is too common a word to be masked in a text."""
        if made != known or not known or field not in _NAMED or places.is_blank(known):
            return made
        return self._masks.mask(_NAMED[field], known)

    def _analyzer(self, known: dict[str, Any], made: dict[str, Any]) -> dict[str, Any]:
        made = {**made, "masked": True}
        if "settings" in made:
            name = PurePath(known["settings"]["path"]).name
            made["settings"] = {**made["settings"], "path": self.text(name)}
        return made

    def _found(self, text: str) -> Names:
        """Return the names that a text shows by itself."""
        names: Names = {}
        for said, mask in self._masks_found(text):
            names.setdefault(said, mask)
        return names

    def _masks_found(self, text: str) -> Iterator[tuple[str, str]]:
        for kind, reach in _reach(text):
            yield normal(reach), self._masks.mask(kind, reach)
        for place in dict.fromkeys(places.found(text)):
            yield from self._place(place).items()
        for person in persons.found(text):
            yield person, self._masks.mask("person", person)
        for surname, said in persons.familiar(text):
            yield said, said.replace(surname, self._masks.mask("person", surname), 1)

    def _found_beside(self, text: str, strings: Iterable[str]) -> Names:
        """Return the names in strings that are no part of the text; most come back in every report."""
        new = [each for each in strings if each not in self._plain and each not in text]
        # No line begins or ends in it: what is found in a string is not to depend on what stands beside it.
        joined = _BETWEEN.join(["", *new, ""]).replace("\n", " ")
        names = self._found(joined) | self._given_in(joined)
        if len(self._plain) > _MOST_PLAIN:
            self._plain.clear()
        self._plain.update(each for each in new if not any(name in "".join(each.split()) for name in names))
        return names

    def _given_in(self, text: str) -> Names:
        """Return the names known beforehand that may be in a text: those of which the first two signs are."""
        names: Names = {}
        if self._head:
            for head in self._heads.keys() & set(self._head.findall("".join(text.split()))):
                names.update((name, self._given[name]) for name in self._heads[head])
        return names

    def _of_source(self, source: Source) -> Names:
        names: Names = {}
        said = [(field, getattr(source, field)) for field in _NAMED]
        for conflict in source.conflicts:
            said += [(conflict.field, conflict.taken), (conflict.field, conflict.other)]
        for field, name in said:
            if name and field in _NAMED:
                names |= self._person(name) if field == "author" else self._unit(name)
        if source.path:
            names[normal(PurePath(source.path).name)] = self.path(source.path)
        return names

    def _unit(self, name: str) -> Names:
        names: Names = {}
        for place in places.given(name):
            names |= self._place(place)
        # A single character stands for too much.
        names = {name: mask for name, mask in names.items() if len(name) > 1}
        if len(names) > 1:  # whole, lest something else is found across its parts: 丁县长 in 丁县长尾巷小学
            names[normal(name)] = _Search(names).masked(normal(name))
        return names

    def _person(self, names: str) -> Names:
        return {name: self._masks.mask("person", name) for name in persons.given(names)}

    def _place(self, place: places.Place) -> Names:
        mask = self._masks.mask("name", place.core)
        return {place.stem: mask} if place.stands_alone else {place.stem + place.kind: mask + place.kind}


class _Search:
    """Finds names in texts, the longest where several begin at a place.

    Spaces and line breaks inside a name do not hide it.
    """

    def __init__(self, names: Names) -> None:
        self._names = names
        self._kept: list[tuple[int, int]] = []
        # Where a quotation is cut short, a name may be cut too.
        self._cut = {
            cut: mask
            for name, mask in names.items()
            if mask.count("〔") < 2  # a part of a name of several parts is found by itself
            for size in range(2, len(name))
            for cut in (name[:size] + _CUT, _CUT + name[-size:])
        }

    def masked(self, text: str) -> str:
        """Return a text with masks in the place of names."""
        replaced = self.replaced(text)
        return Moved(text, replaced).text if replaced else text

    def replaced(self, text: str) -> list[tuple[int, int, str]]:
        """Return the stretches of a text that names take, and what stands there instead."""
        squeezed = "".join(text.split())
        found = list(self._found(squeezed, self._names))
        if _CUT in squeezed:
            found += self._found(squeezed, self._cut)
        if not found:
            return []
        place = _places(text)
        kept = persons.kept(squeezed)
        chosen, free = [], 0
        for start, end, mask in sorted(found, key=lambda span: (span[0], -span[1])):
            if start < free or any(a < end and start < b for a, b in kept):
                continue
            stretch = place(start), place(end - 1) + 1
            if end - start < _SHORT and "\n" in text[slice(*stretch)]:
                continue
            chosen.append((*stretch, mask))
            free = end
        return chosen

    @staticmethod
    def _found(text: str, names: Names) -> Iterator[tuple[int, int, str]]:
        for name, mask in names.items():
            start = text.find(name)
            while start >= 0:
                end = start + len(name)
                at, start = start, text.find(name, end)
                if _goes_on(text, at) or _goes_on(text, end):  # a number inside of a longer one
                    continue
                # The sign of a quotation that is cut short stays.
                if name[0] == _CUT:
                    yield at + 1, end, mask
                elif name[-1] == _CUT:
                    yield at, end - 1, mask
                else:
                    yield at, end, mask


def _goes_on(text: str, place: int) -> bool:
    """Return whether a number or a Latin word reaches over a place."""
    around = text[place - 1 : place + 1] if place else ""
    return len(around) == 2 and around.isascii() and around.isalnum()


def _places(text: str) -> Callable[[int], int]:
    """Return what gives the place in a text of a place in it without its blank characters."""
    left, blank = [], []  # places without blanks at which blanks stand, and how many up to there
    total = 0
    for match in _BLANK.finditer(text):
        left.append(match.start() - total)
        total += match.end() - match.start()
        blank.append(total)

    def place(squeezed: int) -> int:
        at = bisect_right(left, squeezed)
        return squeezed + (blank[at - 1] if at else 0)

    return place


def _reach(text: str) -> Iterator[tuple[str, str]]:
    """Yield the numbers and addresses in a text, each with its kind."""
    signs, kinds = _reach_patterns()
    if signs.search(text):
        for kind, pattern in kinds.items():
            yield from ((kind, match.group()) for match in pattern.finditer(text))


@cache
def _reach_patterns() -> tuple[re.Pattern[str], dict[str, re.Pattern[str]]]:
    kinds = {kind: re.compile(pattern) for kind, pattern in table("masking.toml")["reach"].items()}
    return kinds.pop("signs"), kinds
