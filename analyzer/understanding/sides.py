"""Party work and business as a text sets them against each other: its wording with both sides made classes.

Every unit has business of its own, so the words for it never repeat between reports; once they are one
symbol, and those for party work another, the ways of parting and of joining the two do repeat.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heappush

import numpy as np
import numpy.typing as npt

from analyzer.language.layout import Spans
from analyzer.language.memory import by_line
from analyzer.lexicons import classes, patterns
from analyzer.understanding.encoder import Encoded, LazyGrams, code_points

_LEXICON = "integration.toml"
# Symbols of private use, which no text holds for a reason of its own.
ASIDE, PARTING, JOINING, PARTY, BUSINESS = (chr(0xE000 + number) for number in range(5))
_SYMBOLS = {
    "aside": ASIDE,
    "parting": PARTING,
    "joining": JOINING,
    "party": PARTY,
    "business": BUSINESS,
}
_RUN = re.compile(f"([{ASIDE}{PARTING}{JOINING}{PARTY}{BUSINESS}])\\1+")


@dataclass(frozen=True)
class Sides:
    """A text with its words for party work, business, parting and joining made one symbol each.

    Parameters
    ----------
    text : str
        The clauses of the text after one another.
    codes : ndarray of uint32
        Its code points.
    clauses, sentences : ndarray of int32, shape (n, 2)
        Where the units of the text's layout stand in `text`.
    """

    text: str
    codes: npt.NDArray[np.uint32]
    clauses: Spans
    sentences: Spans

    @cached_property
    def sentence_texts(self) -> list[str]:
        """The sentences."""
        return [self.text[start:end] for start, end in self.sentences.tolist()]

    @cached_property
    def sentence_grams(self) -> LazyGrams:
        """All n-grams of each sentence."""
        return LazyGrams(Encoded(self.codes, self.sentences))


def find_sides(text: str, said: Sequence[str], first_clause: npt.NDArray[np.int32]) -> Sides:
    """Return the two sides of a text, given what its clauses say and with which each sentence begins."""
    plain = "\n".join(said)
    marked = "\n".join([part for _, part in by_line("sides", plain, _marked)])
    marked = _replaced(marked, _own_business(text), BUSINESS)
    clauses = _RUN.sub(r"\1", marked).split("\n") if said else []
    edges = np.cumsum([0, *map(len, clauses)]).astype(np.int32)
    joined = "".join(clauses)
    first = edges[first_clause]
    return Sides(
        joined,
        code_points(joined),
        np.stack([edges[:-1], edges[1:]], axis=1),
        np.stack([first[:-1], first[1:]], axis=1),
    )


def _marked(text: str) -> str:
    """Return a text with the words for both sides made symbols."""
    kinds, pattern = classes(_LEXICON, "words")
    return pattern.sub(lambda match: _SYMBOLS[kinds[match.group()]], text)


def _replaced(text: str, words: Sequence[str], symbol: str) -> str:
    """Return a text with some words, the first that stands at a place, made a symbol.

    Every report has words of its own: to compile a pattern of them would take longer.
    """
    pieces, at = [], 0
    ahead = [(place, rank, word) for rank, word in enumerate(words) if (place := text.find(word)) >= 0]
    heapify(ahead)
    while ahead:
        place, rank, word = heappop(ahead)
        if place >= at:
            pieces += [text[at:place], symbol]
            at = place + len(word)
        if (following := text.find(word, at)) >= 0:
            heappush(ahead, (following, rank, word))
    return "".join([*pieces, text[at:]])


def _own_business(text: str) -> list[str]:
    """Return the words by which a report names its business beside party work, the longest first."""
    cues = patterns(_LEXICON)
    found = {word for word in cues["own_business"].findall(text) if not cues["no_business"].search(word)}
    return sorted(found, key=lambda word: (-len(word), word))
