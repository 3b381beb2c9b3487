"""Words by jieba, with the genre's terms as user dictionary.

rjieba is jieba's dictionary and algorithm compiled; its boundaries are jieba's (a test holds them
against each other over the corpus) and it starts at once, so it does the work where it is installed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from analyzer.lexicons import lines

_FREQUENCY = 100_000  # above any dictionary word, so that a term of the genre is one word


@cache
def _dictionary() -> Any:
    import rjieba

    jieba = rjieba.Jieba()
    for term in lines("terms.txt"):
        jieba.add_word(term, _FREQUENCY, "nz")
    return jieba


@cache
def cutter() -> Callable[[str], list[str]]:
    """Return the function that cuts a text into words; their concatenation is the text."""
    cut: Callable[[str], list[str]] = _dictionary().cut
    return cut


def is_word(text: str) -> bool:
    """Whether a text is a word of the dictionary."""
    return bool(_dictionary().has_word(text))
