"""Which part of a report is its own wording: not official, not the genre's, not quoted."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analyzer.duplicates.normal import LEXICON, Normal, normal_form
from analyzer.duplicates.shingles import Hashes, covered, held, sampled, shingles
from analyzer.lexicons import any_of, lines, table

Mask = NDArray[np.bool_]

LEARNED: Final = "common.npz"  # written by analyzer.duplicates.learn
NOTHING: Final[Hashes] = np.empty(0, np.uint32)


def own_wording(text: str, normal: Normal, shared: Hashes = NOTHING) -> Mask:
    """Return which symbols of a text's normal form are its own wording.

    Parameters
    ----------
    text : str
    normal : Normal
        Of the text.
    shared : array of uint32
        Sorted hashes of sampled runs that many reports of this run hold.
    """
    length = len(normal.symbols)
    size = table(LEXICON)["wording"]["shingle"]
    hashes = shingles(normal.codes(), size)
    own = ~_quoted(text, normal)
    for match in _phrases().finditer(normal.symbols):
        own[slice(*match.span())] = False
    own[covered(held(hashes, learned()), size, length)] = False
    if len(shared):
        own[_shared(hashes, shared, size, length)] = False
    return own


def _quoted(text: str, normal: Normal) -> Mask:
    limits = table(LEXICON)["quoted"]
    spans = [match.span() for pattern in _quotations() for match in pattern.finditer(text)]
    marked = normal.inside(spans)
    if marked.sum() > limits["most"] * len(marked):
        return np.zeros(len(marked), np.bool_)
    return marked


def _shared(hashes: Hashes, shared: Hashes, size: int, length: int) -> Mask:
    """Return what is common here: as only every so many runs are known, the space between is filled."""
    limits = table(LEXICON)["wording"]
    places = np.flatnonzero(sampled(hashes, limits["one_of"]))
    common = held(hashes[places], shared)
    marked = covered(_at(places[common], len(hashes)), size, length)
    both = common[1:] & common[:-1] & (np.diff(places) <= limits["common_gap"])
    for start, end in zip(places[:-1][both], places[1:][both], strict=True):
        marked[start : end + size] = True
    return marked


def _at(places: NDArray[np.intp], length: int) -> Mask:
    marks = np.zeros(length, np.bool_)
    marks[places] = True
    return marks


@cache
def _quotations() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, table(LEXICON)["quoted"]["patterns"]))


@cache
def _phrases() -> re.Pattern[str]:
    phrases = (*lines("set-phrases.txt"), *lines("stock-phrases.txt"))
    return any_of({symbols for phrase in phrases if (symbols := normal_form(phrase).symbols)})


@cache
def learned() -> Hashes:
    """Return the runs that many authors of the corpus share, as sorted hashes."""
    with files(__package__).joinpath(LEARNED).open("rb") as file, np.load(file, allow_pickle=False) as stored:
        hashes: Hashes = stored["hashes"]
    return hashes
