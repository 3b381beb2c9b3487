"""Words by jieba, with the genre's terms as user dictionary.

rjieba is jieba's dictionary and algorithm compiled; its boundaries are jieba's (a test holds them
against each other over the corpus) and it starts at once, so it does the work where it is installed.
Where it has no wheel, jieba itself does.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from analyzer.lexicons import lines

_FREQUENCY = 100_000  # above any dictionary word, so that a term of the genre is one word


class Segmenter(NamedTuple):
    """Cutting a text into words, also with tags, and asking whether a text is one of the dictionary's."""

    cut: Callable[[str], list[str]]
    is_word: Callable[[str], bool]
    tag: Callable[[str], list[tuple[str, str]]]


@cache
def segmenter() -> Segmenter:
    """Return the segmenter; the words of a cut text, joined, are the text."""
    try:
        import rjieba
    except ImportError:
        return _plain_jieba()
    # Its default segmenter, which to import it has loaded already: another takes as long again.
    for term in lines("terms.txt"):
        rjieba.add_word(term, _FREQUENCY, "nz")
    return Segmenter(rjieba.cut, rjieba.has_word, rjieba.tag)


def _plain_jieba() -> Segmenter:
    from jieba import Tokenizer

    jieba = Tokenizer()
    for term in lines("terms.txt"):
        jieba.add_word(term, _FREQUENCY, "nz")

    def tag(text: str) -> list[tuple[str, str]]:
        from jieba.posseg import POSTokenizer

        return [(pair.word, pair.flag) for pair in POSTokenizer(jieba).lcut(text)]

    return Segmenter(jieba.lcut, lambda text: bool(jieba.FREQ.get(text)), tag)
