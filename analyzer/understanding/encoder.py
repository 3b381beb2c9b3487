"""Hashed character n-grams of text units: the features that every question shares.

Hashing needs no vocabulary, so a unit is encoded by a few vectorised passes over its code points.
Runs of digits and of stand-in marks count as one character: which number it is never matters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from analyzer.language.codes import codes_of
from analyzer.language.memory import memory

BITS = 20
ORDERS = 4
_OPEN, _CLOSE = 2, 3  # code points that stand for the edges of a unit
_MULTIPLIER = np.uint32(2654435761)  # Knuth, TAOCP vol. 3, 6.4: multiplicative hashing
_PLANE = 0x10000
_SHORTER = np.array([2, *range(1, ORDERS)])[
    :, None
]  # n-grams of each order fewer than characters: no edge is one


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
    raw = codes_of(text)
    return _CLASS[np.minimum(raw, _PLANE)]


def stretches(begins: npt.NDArray[np.integer], sizes: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
    """Return the numbers from each of `begins` on, as many as `sizes` says, at least one each."""
    stops = sizes.cumsum(dtype=np.int64)
    every = np.arange(stops[-1] if len(stops) else 0, dtype=np.int64)
    return np.asarray(every + (begins - stops + sizes).repeat(sizes), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Encoding:
    """The hashed characters of some units, of which n-grams of any order can be taken.

    Parameters
    ----------
    hashes : ndarray of uint32, shape (n_characters, n_orders)
        Hash of the n-gram that starts at each character, edges included; units after one another.
    whole : ndarray of bool, shape (n_characters, n_orders)
        Whether that n-gram lies within its unit, and is not an edge alone.
    lengths : ndarray of int64, shape (n_units,)
        Characters of each unit, edges included.
    """

    hashes: npt.NDArray[np.uint32]
    whole: npt.NDArray[np.bool_]
    lengths: npt.NDArray[np.int64]

    def grams(self, orders: int = ORDERS) -> Grams:
        """Return all n-grams of order 1 to `orders` of each unit."""
        hashes, whole = (np.ascontiguousarray(part[:, :orders]) for part in (self.hashes, self.whole))
        ids = hashes[whole]
        ids >>= np.uint32(32 - BITS)
        counts = np.maximum(self.lengths - _SHORTER[:orders], 0).sum(axis=0)
        indptr = np.zeros(len(counts) + 1, dtype=np.int64)
        counts.cumsum(out=indptr[1:])
        return Grams(ids.view(np.int32), indptr)


def encoding(codes: npt.NDArray[np.uint32], spans: npt.NDArray[np.int32], orders: int = ORDERS) -> Encoding:
    """Hash the characters of text units.

    Parameters
    ----------
    codes : ndarray of uint32
        From `code_points`.
    spans : ndarray of int32, shape (n_units, 2)
        Stretches of the text, in any order; they may overlap, and may be empty.
    orders : int
        The longest n-gram, in characters.
    """
    lengths = spans[:, 1].astype(np.int64) - spans[:, 0] + 2
    stops = lengths.cumsum()
    starts = stops - lengths
    padded = np.zeros(len(codes) + 2, dtype=np.uint32)
    padded[1:-1] = codes
    sequence = padded.take(stretches(spans[:, 0], lengths))
    sequence[starts] = _OPEN
    sequence[stops - 1] = _CLOSE
    repeated = np.zeros(len(sequence), dtype=bool)
    np.equal(sequence[1:], sequence[:-1], out=repeated[1:])
    repeated &= _IS_RUN.take(sequence)
    if repeated.any():
        lengths -= np.add.reduceat(repeated, starts, dtype=np.int64)
        stops = lengths.cumsum()
        starts = stops - lengths
        sequence = sequence[~repeated]
    length = len(sequence)
    to_end = np.arange(length) - stops.repeat(lengths)  # from each character, negative
    hashes = np.zeros((length, orders), dtype=np.uint32)  # row by row, so that a unit's n-grams stay together
    whole = to_end[:, None] < -np.arange(orders)
    hashed = np.zeros(length, dtype=np.uint32)
    following = sequence + np.uint32(1)
    for order in range(min(orders, length)):
        size = length - order
        hashed = hashed[:size] + following[order:]
        hashed *= _MULTIPLIER
        hashed ^= hashed >> np.uint32(15)
        hashes[:size, order] = hashed
    whole[starts, 0] = whole[stops - 1, 0] = False
    return Encoding(hashes, whole, lengths)


def encode(codes: npt.NDArray[np.uint32], spans: npt.NDArray[np.int32], orders: int = ORDERS) -> Grams:
    """Return all n-grams of order 1 to `orders` of each text unit; parameters as in `encoding`."""
    return encoding(codes, spans, orders).grams(orders)


class Encoded:
    """Text units that are hashed when somebody asks for them; parameters as in `encoding`."""

    def __init__(self, codes: npt.NDArray[np.uint32], spans: npt.NDArray[np.int32]) -> None:
        self._codes = codes
        self._spans = spans
        self._few: tuple[Sequence[int], Encoding] | None = None

    @cached_property
    def encoding(self) -> Encoding:
        """The hashed characters of all units."""
        return encoding(self._codes, self._spans)

    @cached_property
    def words(self) -> list[bytes]:
        """The code points of each unit, by which what is found of it can be remembered."""
        whole, size = self._codes.tobytes(), self._codes.itemsize
        return [whole[size * start : size * end] for start, end in self._spans.tolist()]

    def few(self, units: Sequence[int]) -> Encoding:
        """Return the hashed characters of a few units; several models ask for the same in turn."""
        if self._few is None or self._few[0] != units:
            self._few = units, encoding(self._codes, self._spans[units])
        return self._few[1]


class LazyGrams:
    """The n-grams of some units, taken when somebody asks for them: of all units, or of a few."""

    def __init__(self, units: Encoded, orders: int = ORDERS) -> None:
        self.units = units
        self._orders = orders

    @cached_property
    def _all(self) -> Grams:
        return self.units.encoding.grams(self._orders)

    @property
    def ids(self) -> npt.NDArray[np.int32]:
        """As in `Grams`."""
        return self._all.ids

    @property
    def indptr(self) -> npt.NDArray[np.int64]:
        """As in `Grams`."""
        return self._all.indptr

    def few(self, units: Sequence[int]) -> Grams:
        """Return the n-grams of a few units."""
        return self.units.few(units).grams(self._orders)

    def distinct(self, units: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]:
        """Return the n-grams that some units contain, each once, in increasing order."""
        remembered = memory()
        if remembered is None:
            chosen = np.zeros(len(self.indptr) - 1, dtype=bool)
            chosen[units] = True
            ids = self.ids[chosen.repeat(np.diff(self.indptr))]
        else:
            words = [self.units.words[unit] for unit in units.tolist()]

            def find(places: list[int]) -> list[npt.NDArray[np.int32]]:
                few = self.few(units[places].tolist())
                return np.split(few.ids, few.indptr[1:-1])

            ids = np.concatenate(remembered.each(("ids", self._orders), words, find))
        ids = np.sort(ids)
        return np.asarray(ids[np.append(True, ids[1:] != ids[:-1])])
