"""The names of persons: a surname and one or two characters, where the report says that a person is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import Any

from analyzer.lexicons import any_of, table
from analyzer.masking.masks import normal
from analyzer.masking.words import is_common, is_han, is_word

_LISTED = re.compile(r"[、，,;；/\s]+")
_ALONE = re.compile(r"^[ \t\u3000]*([一-鿿](?:[ \u3000]{0,4}[一-鿿]){1,3})[ \t\u3000]*$", re.MULTILINE)
_LAST = re.compile(r"[ \t\u3000]([一-鿿]{2,3})[ \t\u3000]*$", re.MULTILINE)
_NAME = re.compile(r"[一-鿿·]{2,15}|[A-Za-z][A-Za-z .'-]{2,40}")
_LAST_ONLY = ("和", "来")  # end a name where nothing follows that they could be joined to
_FAR = 200  # a line of a name alone stands at most so far from the beginning or the end


class _Words:
    """What ``masking.toml`` says of persons."""

    def __init__(self) -> None:
        lexicon: dict[str, Any] = table("masking.toml")
        about = lexicon["persons"]
        self.surnames = frozenset(about["surnames"])
        self.sure = self.surnames - frozenset(about["doubtful"])
        self.double = frozenset(about["double"])
        self.never = frozenset(about["never"])
        self.given = frozenset(about["given"])
        self.common = frozenset(about["common"])
        self.kept = frozenset(about["kept"])
        self.places = frozenset(lexicon["places"]["levels"])
        self.blanks = frozenset(lexicon["blanks"]["characters"])
        sure = "".join(sorted(self.sure))
        characters = "".join(sorted(self.given))
        before = any_of(about["before"]).pattern
        self.titles = any_of(about["titles"])
        surnames = "".join(sorted(self.surnames))
        self.before = re.compile(f"(?:{before})[ \\u3000]{{0,3}}(?=[{sure}]|[{surnames}][{characters}]{{2}})")
        self.familiar = re.compile(f"[{sure}](?:{any_of(about['familiar']).pattern})|[老小][{sure}]")
        self.plain = re.compile(f"(?=([{sure}][{characters}]{{2}}))")
        self.declared = re.compile(about["declared"] + r"([一-鿿](?:[ \u3000]{0,4}[一-鿿]){1,3})(?![一-鿿])")


@cache
def _words() -> _Words:
    return _Words()


def given(names: str) -> list[str]:
    """Return the names in what was given as an author: one, or several with a mark between them."""
    words = _words()
    parts = [normal(part) for part in _LISTED.split(names)]
    whole = normal(names)
    if len(whole) <= 3 and is_han(whole[:1] or " "):  # 王　芳
        parts = [whole]
    return [
        part
        for part in parts
        if _NAME.fullmatch(part)
        and not words.blanks & set(part)
        and part not in words.kept
        and (part[0] in words.surnames or not is_common(part))
    ]


def kept(text: str) -> list[tuple[int, int]]:
    """Return where those stand whom everybody may name."""
    return [match.span() for match in _kept().finditer(text)]


@cache
def _kept() -> re.Pattern[str]:
    return any_of([*table("masking.toml")["persons"]["kept"], *table("masking.toml")["places"]["kept"]])


def found(text: str) -> Iterator[str]:
    """Yield the full names in a text, as they stand there but for spaces."""
    words = _words()
    seen = [*_declared(text), *_after_title(text), *_before_title(text), *_by_shape(text)]
    for name in dict.fromkeys(seen):
        if name not in words.kept and not words.blanks & set(name):
            yield name


def familiar(text: str) -> Iterator[tuple[str, str]]:
    """Yield surnames that stand for a person, with what is said beside them: 王 of 王书记, 周 of 老周."""
    words = _words()
    for match in words.familiar.finditer(text):
        start, end = match.span()
        said = match.group()
        if start and is_word(text[start - 1 : start + 1]):  # 养老金
            continue
        if said[0] in "老小":
            # The dictionary has 老张 and 小周 too.
            wider = text[start : start + 3]
            known = said in words.common or wider in words.common or is_common(wider)
            if not known and not _begins_word(text, end - 1):
                yield said[1], said
        elif not is_common(said[:2]):
            yield said[0], said


def _begins_word(text: str, start: int) -> bool:
    return any(
        text[start : start + size] in _words().common or is_common(text[start : start + size])
        for size in (2, 3)
    )


def _declared(text: str) -> Iterator[str]:
    """Yield names after 姓名：, and those that fill or end a line in the head or at the foot."""
    words = _words()
    for match in words.declared.finditer(text):
        name = normal(match.group(1))
        if _is_name(name, words.surnames):
            yield name
    for match in chain(_ALONE.finditer(text), _LAST.finditer(text)):
        if _FAR < match.start() < len(text) - _FAR:
            continue
        name = normal(match.group(1))
        if len(name) <= 3 and _is_name(name, words.sure) and not is_word(name):
            yield name


def _is_name(name: str, surnames: frozenset[str]) -> bool:
    words = _words()
    if len(name) == 4 and name[:2] not in words.double:
        return False
    return (
        (name[0] in surnames or name[:2] in words.double)
        and not words.places & set(name[1:])
        and not words.never & set(name[1:].rstrip("".join(_LAST_ONLY)))
        and not is_common(name)
        and name[:2] not in words.common
    )


def _after_title(text: str) -> Iterator[str]:
    """Yield names after a title: 书记沈卓然兼任."""
    words = _words()
    for match in words.before.finditer(text):
        name = _from(text, match.end())
        if name:
            yield name


def _from(text: str, start: int) -> str:
    """Return the name that begins at a surname."""
    words = _words()
    second, third, fourth = (text[k : k + 1] for k in range(start + 1, start + 4))
    if (
        not is_han(second or " ")
        or second in words.never
        or second in words.places
        or _begins_word(text, start)
    ):
        return ""
    if (
        is_han(third or " ")
        and third not in words.never
        and ({second, third} <= words.given or not is_word(third + fourth))
    ):
        return text[start : start + 3]
    return "" if is_common(second + third) and third not in words.never else text[start : start + 2]


def _before_title(text: str) -> Iterator[str]:
    """Yield names before a title: 由陈小满同志牵头."""
    words = _words()
    for match in words.titles.finditer(text):
        end = match.start()
        for size in (3, 2):
            name = text[max(0, end - size) : end]
            before = text[end - size - 1 : end - size] if end > size else ""
            if len(name) == size and _is_name(name, words.sure) and all(map(is_han, name)):
                if not _begins_word(text, end - size) and not (before and is_word(before + name[0])):
                    yield name
                break


def _by_shape(text: str) -> Iterator[str]:
    """Yield names without any cue that are made of a surname and two characters of given names."""
    words = _words()
    for match in words.plain.finditer(text):
        name, start = match.group(1), match.start()
        before, after = text[start - 1 : start], text[start + 3 : start + 4]
        if (
            not is_common(name)
            and not _begins_word(text, start)
            and not is_common(name[1:])
            and not (before and is_word(before + name[0]))
            and not (after and is_word(name[2] + after))
        ):
            yield name
