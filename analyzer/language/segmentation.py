"""Words by jieba, with the genre's terms as user dictionary.

rjieba is jieba's dictionary and algorithm compiled; its boundaries are jieba's (a test holds them
against each other over the corpus) and it starts at once, so it does the work where it is installed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from analyzer.lexicons import lines

_FREQUENCY = 100_000  # above any dictionary word, so that a term of the genre is one word


@cache
def cutter() -> Callable[[str], list[str]]:
    """Return the function that cuts a text into words; their concatenation is the text."""
    import rjieba

    jieba = rjieba.Jieba()
    for term in lines("terms.txt"):
        jieba.add_word(term, _FREQUENCY, "nz")
    cut: Callable[[str], list[str]] = jieba.cut
    return cut
