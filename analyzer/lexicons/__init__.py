"""Words, weights and dated terms as data files, each with version and source in its head.

A ``.txt`` file has one entry a line; a line that starts with ``#`` is a comment.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def lines(name: str) -> tuple[str, ...]:
    """Return the entries of a word list."""
    text = files(__name__).joinpath(name).read_text("utf-8")
    stripped = (line.strip() for line in text.splitlines())
    return tuple(line for line in stripped if line and not line.startswith("#"))


@cache
def table(name: str) -> dict[str, Any]:
    """Return a TOML file's content."""
    return tomllib.loads(files(__name__).joinpath(name).read_text("utf-8"))


@cache
def patterns(name: str) -> dict[str, re.Pattern[str]]:
    """Return the compiled ``[patterns]`` of a TOML file."""
    return {key: re.compile(text) for key, text in table(name)["patterns"].items()}


@cache
def classes(name: str, key: str) -> tuple[dict[str, str], re.Pattern[str]]:
    """Return the class of each word of a TOML file's table of lists, and what finds the longest word.

    A word of several lists belongs to the first.
    """
    found: dict[str, str] = {}
    for kind, words in table(name)[key].items():
        for word in words:
            found.setdefault(word, kind)
    tails: dict[str, list[str]] = {}
    for word in sorted(found, key=lambda word: (-len(word), word)):
        tails.setdefault(word[0], []).append(re.escape(word[1:]))
    # One branch a first character, so that most places are passed over without trying a word.
    branches = (f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in tails.items())
    return found, re.compile("|".join(branches))


@cache
def either(name: str, key: str) -> re.Pattern[str]:
    """Return the compiled alternative of a TOML file's list of patterns."""
    return re.compile("|".join(table(name)[key]))
