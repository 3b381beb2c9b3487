"""Patterns that first look whether they can begin at a place find what they would find without it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analyzer.lexicons import either, table
from analyzer.training.corpus import CORPORA

_AHEAD = re.compile(r"^(\(\?x\))?\(\?=\[[^]]+\]\)")


def _places(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text)]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [path.read_text("utf-8") for path in sorted(Path(CORPORA).glob("*/*.txt"))[::3]]


@pytest.mark.parametrize("name", sorted(table("checkable.toml")["begins"]))
def test_a_list_begins_with_what_it_may_begin_with(texts: list[str], name: str) -> None:
    forms = table("checkable.toml")[name]
    plain = re.compile("|".join(forms))
    found = [_places(plain, text) for text in texts]
    assert any(found)
    assert [_places(either("checkable.toml", name), text) for text in texts] == found


@pytest.mark.parametrize("name", ["undone", "settled"])
def test_a_pattern_begins_with_what_it_may_begin_with(texts: list[str], name: str) -> None:
    said = table("items.toml")["left_open"][name]
    plain = re.compile(_AHEAD.sub(r"\1", said))
    assert plain.pattern != said
    found = [_places(plain, text) for text in texts]
    assert any(found)
    assert [_places(re.compile(said), text) for text in texts] == found


def test_a_promise_begins_where_a_clause_does(texts: list[str]) -> None:
    said = table("matching.toml")["patterns"]["promise"]
    ahead = "(?:^|(?=[，；。]))"
    plain = re.compile(said.removeprefix(ahead))
    assert plain.pattern != said
    sentences = [sentence for text in texts for sentence in re.findall(r"[^。\n]+[。\n]?", text)]
    found = [_places(plain, sentence) for sentence in sentences]
    assert any(found)
    assert [_places(re.compile(said), sentence) for sentence in sentences] == found
