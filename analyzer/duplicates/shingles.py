"""Runs of symbols as numbers: equal runs have equal numbers, on every machine."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint32]

_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


def shingles(codes: NDArray[np.uint32], size: int) -> Hashes:
    """Return the hash of each run of `size` symbols, in order of place."""
    count = len(codes) - size + 1
    if count <= 0:
        return np.empty(0, np.uint32)
    sums = np.zeros(count, np.uint64)
    for place in range(size):
        sums = sums * _BASE + codes[place : place + count]
    # The finaliser of splitmix64: sums of neighbours must not be neighbours.
    for shift, factor in zip((30, 27), _MIX, strict=True):
        sums = (sums ^ (sums >> np.uint64(shift))) * factor
    return ((sums ^ (sums >> np.uint64(31))) >> np.uint64(32)).astype(np.uint32)


def sampled(hashes: Hashes, one_of: int) -> NDArray[np.bool_]:
    """Return which hashes every signature holds: the same ones in every text."""
    chosen: NDArray[np.bool_] = hashes % np.uint32(one_of) == 0
    return chosen


def held(hashes: Hashes, known: Hashes) -> NDArray[np.bool_]:
    """Return which hashes are among sorted known ones."""
    if not len(known):
        return np.zeros(len(hashes), np.bool_)
    places = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
    found: NDArray[np.bool_] = known[places] == hashes
    return found


def covered(marks: NDArray[np.bool_], size: int, length: int) -> NDArray[np.bool_]:
    """Return which of `length` symbols are part of a marked run of `size`."""
    steps = np.zeros(length + 1, np.int32)
    places = np.flatnonzero(marks)
    np.add.at(steps, places, 1)
    np.add.at(steps, places + size, -1)
    return np.cumsum(steps[:-1]) > 0
