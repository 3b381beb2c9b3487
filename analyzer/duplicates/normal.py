"""The form of a text in which copies are compared: swaps undone, with the way back to the text."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from functools import cache, partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analyzer.language.codes import codes_of
from analyzer.language.folding import HAN, fold
from analyzer.lexicons import table

LEXICON: Final = "duplicates.toml"
# Private use: no letter of any text.
_SYMBOLS: Final = range(0xE000, 0xE010)
_REST, _GONE = "\0", "\1"
_RESERVED: Final = re.compile("[\0\1\ue000-\ue00f]")
_LOWER: Final = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


@dataclass(frozen=True, slots=True)
class Normal:
    """A text as it is compared.

    Parameters
    ----------
    symbols : str
        Letters, each for one of the text, and symbols for what is often swapped.
    starts, ends : array of int, shape (len(symbols),)
        Where each stands in the text, in code points.
    """

    symbols: str
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]

    def codes(self) -> NDArray[np.uint32]:
        """Return the symbols as numbers."""
        return codes_of(self.symbols)

    def inside(self, spans: list[tuple[int, int]]) -> NDArray[np.bool_]:
        """Return which symbols stand inside some stretches of the text."""
        marked = np.zeros(len(self.symbols), dtype=np.bool_)
        for start, end in spans:
            low, high = np.searchsorted(self.starts, (start, end))
            marked[low:high] = True
        return marked


def normal_form(text: str) -> Normal:
    """Return the form in which a text is compared: without marks and blanks, width and case folded.

    Swaps are undone one kind after the other, each in a copy that keeps its length: a symbol where a swapped
    word began, and fillers for the rest of it.
    """
    form = _RESERVED.sub(" ", fold(text).translate(_LOWER))
    for mark, pattern, symbol in _swaps():
        if mark in form:
            form = pattern.sub(partial(_filled, symbol), form)
    codes = codes_of(form)
    ends = np.flatnonzero(codes != ord(_REST))
    kept = _letters()[np.minimum(codes[ends], len(_letters()) - 1)]
    starts, stops = ends[kept], np.append(ends[1:], len(form))[kept]
    symbols = codes[starts].tobytes().decode("utf-32-le", "surrogatepass")
    return Normal(symbols, starts.astype(np.int32), stops.astype(np.int32))


def _filled(symbol: str, match: re.Match[str]) -> str:
    length = len(match.group())
    return symbol + _REST * (length - 1) if symbol else _GONE * length


@cache
def _letters() -> NDArray[np.bool_]:
    """Return which code points are kept; the last stands for all beyond those of Han and symbols."""
    kept = np.array([chr(code).isalnum() or code in _SYMBOLS for code in range(0x10000)])
    return np.append(kept, True)


@cache
def _swaps() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Return for each kind of swap what stands in all of it, what finds it, and its symbol."""
    campaigns = [(term["mark"], term["pattern"], _SYMBOLS[0]) for term in table("campaigns.toml")["term"]]
    others = [
        (swap.get("mark", ""), filled(swap["pattern"]), _SYMBOLS[number] if swap["symbol"] else 0)
        for number, swap in enumerate(table(LEXICON)["swap"], 1)
    ]
    return tuple(
        (mark, re.compile(pattern), chr(symbol) if symbol else "")
        for mark, pattern, symbol in (*campaigns, *others)
    )


def filled(pattern: str) -> str:
    """Return a pattern of the lexicon with the classes of characters filled in."""
    names = table("names.toml")["characters"]
    for name, characters in (("HAN", HAN), ("NEVER", names["never"]), ("SURNAME", names["surname"])):
        pattern = pattern.replace(name, characters)
    return pattern
