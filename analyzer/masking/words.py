"""Whether a few characters are a common word, a name that the dictionary knows, or no word at all."""

from __future__ import annotations

from functools import lru_cache

from analyzer.language.segmentation import segmenter

# jieba's tags of places, persons and other names; it has none for a rare word that it rather cuts.
_NAMES = frozenset({"ns", "nr", "nrt", "nrfg", "nz", ""})


def is_han(char: str) -> bool:
    """Return whether a character is Chinese."""
    return "一" <= char <= "鿿"


@lru_cache(maxsize=65536)
def is_word(text: str) -> bool:
    """Return whether the dictionary has it."""
    return segmenter().is_word(text)


@lru_cache(maxsize=65536)
def is_common(text: str) -> bool:
    """Return whether it is a word that is no name."""
    return is_word(text) and _tag(text) not in _NAMES


@lru_cache(maxsize=65536)
def is_place(text: str) -> bool:
    """Return whether it is a place that the dictionary knows."""
    return is_word(text) and _tag(text) == "ns"


@lru_cache(maxsize=65536)
def is_verb(text: str) -> bool:
    """Return whether it is something that one does."""
    return is_word(text) and _tag(text).startswith("v")


def _tag(word: str) -> str:
    tagged = segmenter().tag(word)
    return tagged[0][1] if len(tagged) == 1 else ""
