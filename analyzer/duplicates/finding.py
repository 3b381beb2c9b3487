"""Pairs of reports that share wording, over a whole batch and against an archive.

Each report leaves a signature, made wherever the report is read; texts are asked for only where two
signatures have much in common.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from analyzer.duplicates.alignment import Prepared, compare, prepare
from analyzer.duplicates.candidates import candidates
from analyzer.duplicates.normal import LEXICON, normal_form
from analyzer.duplicates.pairs import Pair, Passage
from analyzer.duplicates.shingles import Hashes, held, sampled, shingles
from analyzer.duplicates.wording import learned, own_wording
from analyzer.lexicons import table

_STORED: Final = np.dtype("<u4")
_PREPARED: Final = 256  # texts kept ready at a time, some 60 kB each


def signature(text: str) -> bytes:
    """Return what stands for a report until it is compared: some 2 kB, in which its text cannot be read."""
    limits = table(LEXICON)["wording"]
    normal = normal_form(text)
    own = own_wording(text, normal)
    size = limits["shingle"]
    hashes = shingles(normal.codes(), size)
    sums = np.concatenate(([0], np.cumsum(own)))
    mostly_own = 2 * (sums[size:] - sums[:-size]) > size if len(hashes) else np.empty(0, np.bool_)
    kept = np.unique(hashes[sampled(hashes, limits["one_of"]) & mostly_own & ~held(hashes, learned())])
    return np.concatenate(([own.sum()], kept)).astype(_STORED).tobytes()


def find(
    signatures: Sequence[bytes],
    text_of: Callable[[int], str],
    names: Sequence[str],
    *,
    threshold: float | None = None,
    archived: int = 0,
) -> Iterator[Pair]:
    """Yield the pairs of reports that share much of their own wording, in order of names.

    Parameters
    ----------
    signatures : sequence of bytes
        What `signature` made of each report.
    text_of : callable
        Gives the text of a report by its number.
    names : sequence of str
        Of the reports.
    threshold : float, optional
        Overlap from which a pair is reported; by default that of the lexicon, which no two independently
        written reports reach.
    archived : int
        So many at the end are of earlier years: they are compared with the others, not among themselves.
    """
    if threshold is None:
        threshold = table(LEXICON)["levels"]["report"]
    least = table(LEXICON)["wording"]["least"]
    own = [int.from_bytes(each[: _STORED.itemsize], "little") for each in signatures]
    sets = [np.frombuffer(each, _STORED)[1:] for each in signatures]
    shared = shared_runs(sets)
    if len(shared):
        sets = [each[~held(each, shared)] for each in sets]
    sets = [each if letters >= least else each[:0] for each, letters in zip(sets, own, strict=True)]

    @lru_cache(_PREPARED)
    def prepared(number: int) -> Prepared:
        return prepare(text_of(number), shared)

    fresh = len(signatures) - archived
    # By name, so that the order in which reports come decides nothing.
    order = sorted(range(len(signatures)), key=lambda number: (number >= fresh, names[number], number))
    alike = _closest([sets[number] for number in order], fresh, threshold)
    pairs = [tuple(sorted((order[i], order[j]), key=lambda k: (names[k], k))) for i, j in alike]
    for i, j in sorted(pairs, key=lambda pair: (names[pair[0]], names[pair[1]], pair)):
        if min(prepared(i).own_letters, prepared(j).own_letters) < least:
            continue
        overlap, passages = compare(prepared(i), prepared(j))
        if overlap >= threshold:
            yield Pair(names[i], names[j], overlap, passages)


def _closest(sets: Sequence[Hashes], fresh: int, threshold: float) -> list[tuple[int, int]]:
    """Return the pairs with much in common, of each report those with the most; one of them is fresh."""
    limits = table(LEXICON)["candidates"]
    least = limits["estimate"] * threshold
    partners: dict[int, list[tuple[float, int]]] = {}
    for i, j in candidates(sets, least).tolist():
        if i >= fresh:
            continue
        shared = len(np.intersect1d(sets[i], sets[j], assume_unique=True)) / min(len(sets[i]), len(sets[j]))
        if shared >= least:
            partners.setdefault(i, []).append((-shared, j))
            partners.setdefault(j, []).append((-shared, i))
    return sorted(
        {
            (min(number, other), max(number, other))
            for number, others in partners.items()
            for _, other in sorted(others)[: limits["partners"]]
        }
    )


def between(a: str, b: str) -> tuple[float, tuple[Passage, ...]]:
    """Return the overlap of two texts by themselves, and what they share."""
    return compare(prepare(a), prepare(b))


def shared_runs(sets: Sequence[Hashes]) -> Hashes:
    """Return the sorted hashes of runs that more reports hold than could have copied them from each other.

    In a small batch there are none: two that share a run are what is looked for.
    """
    limits = table(LEXICON)["wording"]
    most = max(limits["reports"], int(limits["share"] * len(sets)))
    if len(sets) <= most:
        return np.empty(0, np.uint32)
    held_by = np.sort(np.concatenate(sets))
    # Sorted, what stands more than `most` times is equal to what stands so many places on.
    found: Hashes = np.unique(held_by[most:][held_by[most:] == held_by[:-most]])
    return found
