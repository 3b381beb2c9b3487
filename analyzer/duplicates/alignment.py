"""Exact comparison of two texts: which passages they share, wherever these stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from analyzer.duplicates.normal import LEXICON, Normal, normal_form
from analyzer.duplicates.pairs import Passage, Stretch
from analyzer.duplicates.shingles import Hashes, shingles
from analyzer.duplicates.wording import NOTHING, Mask, own_wording
from analyzer.language.folding import fold
from analyzer.lexicons import table

_SPOTS: Final = 16  # places of a seed that are tried: what stands more often is no lead
_CLOSING: Final = "。！？；”》）"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text ready to be compared.

    Parameters
    ----------
    text : str
    normal : Normal
    own : array of bool, shape (len(normal.symbols),)
        Which symbols are its own wording.
    seeds : array of uint32
        The hash of the run of symbols at each place by which another text is compared.
    """

    text: str
    normal: Normal
    own: Mask
    seeds: Hashes

    @property
    def own_letters(self) -> int:
        """How much there is of its own wording."""
        return int(self.own.sum())


@dataclass(frozen=True, slots=True)
class _Run:
    """Equal symbols at `a` and at `b`."""

    a: int
    b: int
    length: int


_Chain = list[_Run]


def prepare(text: str, shared: Hashes = NOTHING) -> Prepared:
    """Return a text ready to be compared; `shared` as in `own_wording`."""
    normal = normal_form(text)
    seeds = shingles(normal.codes(), table(LEXICON)["alignment"]["seed"])
    return Prepared(text, normal, own_wording(text, normal, shared), seeds)


def compare(a: Prepared, b: Prepared) -> tuple[float, tuple[Passage, ...]]:
    """Return the overlap of two texts and what they share, in order of place in `a`.

    The overlap is 0 where the shorter has no wording of its own.  It is the same whichever comes first.
    """
    if (b.own_letters, b.normal.symbols, b.text) < (a.own_letters, a.normal.symbols, a.text):
        overlap, found = compare(b, a)
        turned = (Passage(p.b, p.a, tuple((y, x) for x, y in p.differences)) for p in found)
        return overlap, tuple(sorted(turned, key=lambda p: (p.a, p.b)))
    limits = table(LEXICON)["alignment"]
    chains = _chained([[run] for run in _runs(a, b)], limits["gap"])
    overlap, kept = _weighed(a, chains, limits["shortest"], limits["own"])
    if overlap >= limits["kin"]:
        overlap, kept = _weighed(a, chains, limits["shortest_kin"], limits["own_kin"])
    return overlap, tuple(_passage(a, b, chain) for chain in kept)


def _weighed(a: Prepared, chains: list[_Chain], shortest: int, least: int) -> tuple[float, list[_Chain]]:
    """Return which share of the own wording of `a` stands in chains of some length, and these chains."""
    shortest = min(shortest, len(a.own))
    long = [chain for chain in chains if chain[-1].a + chain[-1].length - chain[0].a >= shortest]
    shared = np.zeros(len(a.own), np.bool_)
    kept = []
    # A stray run between two pieces of one passage is gone now.
    for chain in _chained(long, table(LEXICON)["alignment"]["gap"]):
        stretch = slice(chain[0].a, chain[-1].a + chain[-1].length)
        if a.own[stretch].sum() >= least or (stretch.stop - stretch.start == len(a.own)):
            shared[stretch] = True
            kept.append(chain)
    own = a.own_letters
    return (float((shared & a.own).sum() / own) if own else 0.0), kept


def _chained(chains: list[_Chain], gap: int) -> list[_Chain]:
    joined: list[_Chain] = []
    for chain in chains:
        last = joined[-1][-1] if joined else None
        if (
            last is not None
            and chain[0].a - last.a - last.length <= gap
            and 0 <= chain[0].b - last.b - last.length <= gap
        ):
            joined[-1].extend(chain)
        else:
            joined.append(list(chain))
    return joined


def _runs(one: Prepared, other: Prepared) -> Iterator[_Run]:
    """Yield runs of equal symbols in order of the first text, none touching another in it.

    At each place the one that goes on where the last one ended is taken, else the longest.
    """
    limits = table(LEXICON)["alignment"]
    seed, gap = limits["seed"], limits["gap"]
    a, b = one.normal.symbols, other.normal.symbols
    order = np.argsort(other.seeds, kind="stable")
    ordered = other.seeds[order]
    first, behind = (np.searchsorted(ordered, one.seeds, side) for side in ("left", "right"))
    places = np.flatnonzero(behind > first).tolist()  # whose hash stands in the other text, too
    last = _Run(-gap - 1, -gap - 1, 0)
    at = 0
    while at < len(places):
        place = places[at]
        spots = order[first[place] : behind[place]].tolist()
        found = [spot for spot in spots if b[spot : spot + seed] == a[place : place + seed]]
        if not found:  # hashes that are equal by chance
            at += 1
            continue
        near = [
            spot
            for spot in found
            if 0 <= spot - last.b - last.length <= gap and place - last.a - last.length <= gap
        ]
        length, start = max((_equal(a, place, b, spot), -spot) for spot in near or found[:_SPOTS])
        last = _Run(place, -start, length)
        yield last
        at = bisect_left(places, place + length, at)


def _equal(a: str, i: int, b: str, j: int) -> int:
    """Return for how many symbols two texts are equal from two places on."""
    most = min(len(a) - i, len(b) - j)
    length, step = 0, 32
    while length < most and a[i + length : i + length + step] == b[j + length : j + length + step]:
        length += step
        step *= 2
    length = min(length, most)
    end = min(length + step, most)
    while length < end and a[i + length] == b[j + length]:
        length += 1
    return length


def _passage(a: Prepared, b: Prepared, chain: _Chain) -> Passage:
    """Return a chain as a passage of the texts, with the mark that closes it where both have it."""
    first, last = chain[0], chain[-1]
    start, end = _stretch(a.normal, first.a, last.a + last.length)
    other, stop = _stretch(b.normal, first.b, last.b + last.length)
    while a.text[end : end + 1] == b.text[stop : stop + 1] and a.text[end : end + 1] in set(_CLOSING):
        end, stop = end + 1, stop + 1
    return Passage((start, end), (other, stop), tuple(_differences(a, b, chain)))


def _stretch(normal: Normal, start: int, end: int) -> Stretch:
    """Return where symbols stand in the text; of none, the place behind the symbol before them."""
    if start == end:
        return (int(normal.ends[start - 1]),) * 2
    return int(normal.starts[start]), int(normal.ends[end - 1])


def _differences(a: Prepared, b: Prepared, chain: _Chain) -> Iterator[tuple[Stretch, Stretch]]:
    """Yield where the texts differ inside a passage: at swapped names and figures, and between its runs."""
    followed: list[_Run | None] = [*chain[1:], None]
    for run, after in zip(chain, followed, strict=True):
        for offset in range(run.length):
            if not a.normal.symbols[run.a + offset].isalnum():
                one = _stretch(a.normal, run.a + offset, run.a + offset + 1)
                two = _stretch(b.normal, run.b + offset, run.b + offset + 1)
                if fold(a.text[slice(*one)]) != fold(b.text[slice(*two)]):
                    yield one, two
        if after is not None:
            one = _stretch(a.normal, run.a + run.length, after.a)
            two = _stretch(b.normal, run.b + run.length, after.b)
            yield one, two
