"""The form of a text in which copies are compared: what a copyist swaps undone, and the way back to the text."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analyzer.language.folding import HAN, fold
from analyzer.lexicons import table

LEXICON: Final = "duplicates.toml"
_FIRST = 0xE000  # of the private use area: no letter of any text
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
        return np.frombuffer(self.symbols.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)

    def inside(self, spans: list[tuple[int, int]]) -> NDArray[np.bool_]:
        """Return which symbols stand inside some stretches of the text."""
        marked = np.zeros(len(self.symbols), dtype=np.bool_)
        for start, end in spans:
            low, high = np.searchsorted(self.starts, (start, end))
            marked[low:high] = True
        return marked


def normal_form(text: str) -> Normal:
    """Return the form in which a text is compared: without marks and blanks, width and case folded."""
    folded = fold(text).translate(_LOWER)
    pattern, symbols = _swaps()
    kept: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def plain(start: int, end: int) -> None:
        for place in range(start, end):
            if folded[place].isalnum():
                kept.append(folded[place])
                starts.append(place)
                ends.append(place + 1)

    done = 0
    for match in pattern.finditer(folded):
        plain(done, match.start())
        done = match.end()
        symbol = symbols[match.lastgroup or ""]
        if symbol:
            kept.append(symbol)
            starts.append(match.start())
            ends.append(done)
    plain(done, len(folded))
    return Normal("".join(kept), np.array(starts, np.int32), np.array(ends, np.int32))


@cache
def _swaps() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return what finds swaps, and the symbol for each group."""
    campaigns = "|".join(f"(?:{term['pattern']})" for term in table("campaigns.toml")["term"])
    parts, symbols = [], {}
    for number, swap in enumerate(table(LEXICON)["swap"]):
        group = f"swap{number}"
        parts.append(f"(?P<{group}>{filled(swap['pattern']).replace('CAMPAIGNS', campaigns)})")
        symbols[group] = chr(_FIRST + number) if swap["name"] else ""
    return re.compile("|".join(parts)), symbols


def filled(pattern: str) -> str:
    """Return a pattern of the lexicon with the classes of characters filled in."""
    names = table("names.toml")["characters"]
    for name, characters in (("HAN", HAN), ("NEVER", names["never"]), ("SURNAME", names["surname"])):
        pattern = pattern.replace(name, characters)
    return pattern
