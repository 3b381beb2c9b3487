"""What in a text can be checked: figures, dates, named documents, by the patterns of ``checkable.toml``."""

from __future__ import annotations

from analyzer.lexicons import either

Stretch = tuple[int, int]
_LEXICON = "checkable.toml"


def places(name: str, text: str) -> list[Stretch]:
    """Return where a text holds what a list of patterns finds: ``figure``, ``date``, ``named``."""
    return [match.span() for match in either(_LEXICON, name).finditer(text)]


def figures(text: str) -> int:
    """Return how many figures a text gives; numbers that only count a list are none."""
    return len(places("figure", text))


def is_checkable(text: str) -> bool:
    """Whether a text gives a figure, a time or a document that could be looked up."""
    return any(either(_LEXICON, name).search(text) for name in ("figure", "date", "named"))


def letters(text: str) -> int:
    """Return the number of non-blank characters."""
    return sum(map(len, text.split()))
