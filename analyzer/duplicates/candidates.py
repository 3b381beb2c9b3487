"""Which reports are worth a closer look: MinHash over their runs, then bands of it that agree.

The only module that knows the library that makes the MinHashes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from analyzer.duplicates.normal import LEXICON
from analyzer.duplicates.shingles import Hashes
from analyzer.lexicons import table

_CHUNK: Final = 1000  # reports whose MinHashes are made, or pairs whose MinHashes are compared, at a time
# Standard deviations that an estimate may lie below the truth: one pair in 700 at the very bound is lost.
_DEVIATIONS: Final = 3.0


def candidates(sets: Sequence[Hashes], least: float) -> NDArray[np.int64]:
    """Return the pairs of sets that may have much in common, in order.

    Pairs that agree in a band by chance grow with the square of the number of reports: their MinHashes as a
    whole tell at once, so that few of them are kept and looked at.

    Parameters
    ----------
    sets : sequence of array of uint32
        The runs of each report; one without any is like no other.
    least : float
        Share of the smaller set that is much.

    Returns
    -------
    array of int, shape (n, 2)
        In the order of the sets; where very many are alike, pairs of near ones only.
        Numbers of two sets each, the smaller first, no pair twice.
    """
    filled = np.array([number for number, held in enumerate(sets) if len(held)], np.int64)
    if len(filled) < 2:
        return np.empty((0, 2), np.int64)
    digests = np.concatenate(
        [_digests([sets[k] for k in filled[at : at + _CHUNK]]) for at in range(0, len(filled), _CHUNK)]
    )
    sizes = np.array([len(sets[k]) for k in filled], np.float64)
    width = digests.shape[1] // table(LEXICON)["candidates"]["bands"]
    found = np.empty(0, np.int64)  # two numbers as one; what agrees in many bands is held once
    for start in range(0, digests.shape[1], width):
        kept = [found]
        for pairs in _agreeing(digests[:, start : start + width]):
            for at in range(0, len(pairs), _CHUNK):
                some = pairs[at : at + _CHUNK]
                kept.append(some[_may_share(digests, sizes, some, least)] @ (len(filled), 1))
        found = np.unique(np.concatenate(kept))
    return np.stack((filled[found // len(filled)], filled[found % len(filled)]), axis=1)


def _may_share(
    digests: NDArray[np.uint32], sizes: NDArray[np.float64], pairs: NDArray[np.int64], least: float
) -> NDArray[np.bool_]:
    """Return which pairs may have that share of the smaller set in common, as far as MinHashes tell."""
    one, other = pairs.T
    common = least * np.minimum(sizes[one], sizes[other])
    expected = common / (sizes[one] + sizes[other] - common)  # of the permutations that agree
    permutations = digests.shape[1]
    allowed = _DEVIATIONS * np.sqrt(expected * (1 - expected) / permutations)
    agreeing = (digests[one] == digests[other]).mean(axis=1)
    may: NDArray[np.bool_] = agreeing >= expected - allowed
    return may


def _digests(sets: Sequence[Hashes]) -> NDArray[np.uint32]:
    limits = table(LEXICON)["candidates"]
    ends = np.cumsum([0, *map(len, sets)]).astype(np.uint64)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(
        np.concatenate(sets).astype(np.uint64), ends, limits["permutations"], limits["seed"]
    )
    return np.array(matrix.to_rows(), np.uint32)


def _agreeing(band: NDArray[np.uint32]) -> Iterator[NDArray[np.int64]]:
    """Yield the pairs of rows that are equal, the smaller first; of very many, those near each other."""
    most = table(LEXICON)["candidates"]["partners"]
    order = np.lexsort((np.arange(len(band)), *band.T[::-1]))
    equal = np.all(band[order[1:]] == band[order[:-1]], axis=1)
    # A row and the one so many places on are equal where all between them are.
    run = equal
    for step in range(1, most + 1):
        places = np.flatnonzero(run)
        if not len(places):
            return
        yield np.stack((order[places], order[places + step]), axis=1).astype(np.int64)
        run = run[:-1] & equal[step:]
