"""Hashed character n-grams of text units: the features that every question shares.

Hashing needs no vocabulary, so a unit is encoded by a few vectorised passes over its code points.
Runs of digits and of stand-in marks count as one character: which number it is never matters.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

BITS = 20
ORDERS = 4
_OPEN, _CLOSE = 2, 3  # code points that stand for the edges of a unit
_MULTIPLIER = np.uint32(2654435761)  # Knuth, TAOCP vol. 3, 6.4: multiplicative hashing
_PLANE = 0x10000


def _classes() -> npt.NDArray[np.uint32]:
    table = np.arange(_PLANE + 1, dtype=np.uint32)
    table[_PLANE] = 0xFFFD
    for members, representative in (
        ("0123456789", "0"),
        ("xX×＊*〇○△□_＿", "X"),
        ("“”\"'‘’", "“"),
        ("\t\u3000", " "),
    ):
        for char in members:
            table[ord(char)] = ord(representative)
    return table


_CLASS = _classes()
_IS_RUN = np.zeros(_PLANE + 1, dtype=bool)
_IS_RUN[[ord("0"), ord("X"), ord(" ")]] = True


@dataclass(frozen=True, slots=True)
class Grams:
    """The n-grams of some units.

    Parameters
    ----------
    ids : ndarray of int32, shape (n_grams,)
        Bucket of each n-gram, those of one unit together.
    indptr : ndarray of int64, shape (n_units + 1,)
        Unit ``i`` has ``ids[indptr[i]:indptr[i + 1]]``.
    """

    ids: npt.NDArray[np.int32]
    indptr: npt.NDArray[np.int64]


def code_points(text: str) -> npt.NDArray[np.uint32]:
    """Return the text's code points, variants of one character class made equal."""
    raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return _CLASS[np.minimum(raw, _PLANE)]


def encode(codes: npt.NDArray[np.uint32], spans: npt.NDArray[np.int32], orders: int = ORDERS) -> Grams:
    """Encode text units.

    Parameters
    ----------
    codes : ndarray of uint32
        From `code_points`.
    spans : ndarray of int32, shape (n_units, 2)
        Stretches of the text, in any order; they may overlap, and may be empty.
    orders : int
        The longest n-gram, in characters.

    Returns
    -------
    Grams
        All n-grams of order 1 to `orders` of each unit with its two edges.
    """
    if not len(spans):
        return Grams(np.zeros(0, dtype=np.int32), np.zeros(1, dtype=np.int64))
    lengths = (spans[:, 1] - spans[:, 0]).astype(np.int64)
    starts = np.cumsum(lengths + 2) - (lengths + 2)
    total = int((lengths + 2).sum())
    unit = np.repeat(np.arange(len(spans), dtype=np.int32), lengths + 2)
    within = np.arange(total, dtype=np.int64) - starts[unit]
    padded = np.concatenate([codes, [_OPEN]]).astype(np.uint32)  # an empty text still has edges
    sequence = padded[np.clip(spans[unit, 0] + within - 1, 0, len(codes))]
    sequence[within == 0] = _OPEN
    sequence[within == lengths[unit] + 1] = _CLOSE
    repeated = np.zeros(total, dtype=bool)
    repeated[1:] = (sequence[1:] == sequence[:-1]) & _IS_RUN[sequence[1:]]
    sequence, unit = sequence[~repeated], unit[~repeated]
    length = len(sequence)
    hashes = np.zeros((length, orders), dtype=np.uint32)  # row by row, so that a unit's n-grams stay together
    whole = np.zeros((length, orders), dtype=bool)
    hashed = np.zeros(length, dtype=np.uint32)
    for order in range(min(orders, length)):
        size = length - order
        hashed = (hashed[:size] + sequence[order:] + np.uint32(1)) * _MULTIPLIER
        hashed ^= hashed >> np.uint32(15)
        hashes[:size, order] = hashed
        whole[:size, order] = unit[:size] == unit[order:]
    whole[:, 0] = sequence > _CLOSE
    ids = (hashes[whole] >> np.uint32(32 - BITS)).astype(np.int32)
    counts = np.bincount(unit, weights=whole.sum(axis=1), minlength=len(spans)).astype(np.int64)
    return Grams(ids, np.concatenate([[0], np.cumsum(counts)]))
