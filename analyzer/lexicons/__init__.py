"""Words, weights and dated terms as data files, each with version and source in its head.

A ``.txt`` file has one entry a line; a line that starts with ``#`` is a comment.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def lines(name: str) -> tuple[str, ...]:
    """Return the entries of a word list."""
    text = files(__name__).joinpath(name).read_text("utf-8")
    stripped = (line.strip() for line in text.splitlines())
    return tuple(line for line in stripped if line and not line.startswith("#"))


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of any of some words, the longest where several begin at a place.

    Words are grouped by their first character, by which ``re`` finds them fast.
    """
    tails: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        tails.setdefault(word[0], []).append(re.escape(word[1:]))
    return re.compile("|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in tails.items()))


@cache
def table(name: str) -> dict[str, Any]:
    """Return a TOML file's content."""
    return tomllib.loads(files(__name__).joinpath(name).read_text("utf-8"))


def overlaid(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table with another laid over it: tables merge key by key, all else is replaced."""
    both = dict(base)
    for key, value in over.items():
        below = both.get(key)
        both[key] = (
            overlaid(below, value) if isinstance(value, Mapping) and isinstance(below, Mapping) else value
        )
    return both


@cache
def patterns(name: str) -> dict[str, re.Pattern[str]]:
    """Return the compiled ``[patterns]`` of a TOML file."""
    return {key: re.compile(text) for key, text in table(name)["patterns"].items()}


@cache
def pattern(name: str, *keys: str) -> re.Pattern[str]:
    """Return the compiled pattern that stands at a path of keys of a TOML file."""
    text = table(name)
    for key in keys:
        text = text[key]
    return re.compile(str(text))


@cache
def classes(name: str, key: str) -> tuple[dict[str, str], re.Pattern[str]]:
    """Return the class of each word of a TOML file's table of lists, and what finds the longest word.

    A word of several lists belongs to the first.
    """
    found: dict[str, str] = {}
    for kind, words in table(name)[key].items():
        for word in words:
            found.setdefault(word, kind)
    return found, any_of(found)


@cache
def either(name: str, key: str) -> re.Pattern[str]:
    """Return the compiled alternative of a TOML file's list of patterns.

    Where the file says what they may begin with (``[begins]``), that is looked for first.
    """
    patterns, begins = "|".join(table(name)[key]), table(name).get("begins", {}).get(key)
    return re.compile(f"(?=[{begins}])(?:{patterns})" if begins else patterns)


@cache
def each(name: str, key: str) -> tuple[re.Pattern[str], ...]:
    """Return a TOML file's list of patterns one by one: those that begin with a word are found faster so."""
    return tuple(re.compile(pattern) for pattern in table(name)[key])
