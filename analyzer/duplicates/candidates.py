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

_CHUNK: Final = 1000  # reports whose MinHashes are made together


def candidates(sets: Sequence[Hashes]) -> NDArray[np.int64]:
    """Return the pairs of sets that may have much in common, in order.

    Parameters
    ----------
    sets : sequence of array of uint32
        The runs of each report; one without any is like no other.

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
    width = digests.shape[1] // table(LEXICON)["candidates"]["bands"]
    found = np.empty(0, np.int64)
    for start in range(0, digests.shape[1], width):
        pairs = [one * len(filled) + other for one, other in _agreeing(digests[:, start : start + width])]
        found = np.union1d(found, np.concatenate([np.empty(0, np.int64), *pairs]))
    return np.stack((filled[found // len(filled)], filled[found % len(filled)]), axis=1)


def _digests(sets: Sequence[Hashes]) -> NDArray[np.uint32]:
    limits = table(LEXICON)["candidates"]
    ends = np.cumsum([0, *map(len, sets)]).astype(np.uint64)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(
        np.concatenate(sets).astype(np.uint64), ends, limits["permutations"], limits["seed"]
    )
    return np.array(matrix.to_rows(), np.uint32)


def _agreeing(band: NDArray[np.uint32]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
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
        yield order[places].astype(np.int64), order[places + step].astype(np.int64)
        run = run[:-1] & equal[step:]
