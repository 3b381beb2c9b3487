"""How alike two stretches of text are: by rare n-grams that they share, and by n-grams that keep company.

The second is latent semantic analysis (Deerwester et al. 1990, Indexing by latent semantic analysis): n-grams
that stand in the same sentences have vectors that point the same way, so that 学习 and 理论武装 are alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from analyzer.language.memory import rows
from analyzer.understanding.encoder import BITS, Encoded, encode, stretches
from analyzer.understanding.linear import Floats

ORDERS = 2
_TINY = 1e-6


@dataclass(frozen=True)
class GramSpace:
    """What is known of n-grams up to order 2.

    Parameters
    ----------
    buckets : ndarray of int32, shape (n_known,)
        The buckets seen in training, in increasing order.
    rarity : ndarray of float32, shape (n_known,)
        Their weights.
    unseen : float
        Weight of any other bucket.
    vectors : ndarray of float16, shape (n_known, n_dimensions)
        Their places in the latent space; zero where they are too rare to have one.
    """

    buckets: npt.NDArray[np.int32]
    rarity: Floats
    unseen: float
    vectors: npt.NDArray[np.float16]

    def __post_init__(self) -> None:
        index = np.full(1 << BITS, -1, dtype=np.int32)
        index[self.buckets] = np.arange(len(self.buckets))
        object.__setattr__(self, "_index", index)

    @cached_property
    def identity(self) -> object:
        """What stands for this space where something is remembered."""
        return object()

    def bags(
        self, codes: npt.NDArray[np.uint32], spans: npt.NDArray[np.int32]
    ) -> tuple[Floats, Floats, Floats]:
        """Return what some stretches of a text hold.

        Returns
        -------
        held : ndarray of float32, shape (n_spans, n_distinct)
            1 for each n-gram of a stretch.
        rarity : ndarray of float32, shape (n_distinct,)
        places : ndarray of float32, shape (n_spans, n_dimensions)
            Sum of the places of its n-grams in the latent space, weighed by rarity.
        """
        grams = encode(codes, spans, ORDERS)
        distinct, columns = np.unique(grams.ids, return_inverse=True)
        counts = np.diff(grams.indptr)
        held = np.zeros((len(spans), len(distinct)), dtype=np.float32)
        held[np.repeat(np.arange(len(spans)), counts), columns] = 1
        known = self._index[distinct]  # type: ignore[attr-defined]
        rarity = self.weights(distinct)
        weights = (np.sqrt(rarity) * (known >= 0)).astype(np.float32)

        def find(some: list[int]) -> Floats:
            asked = np.flatnonzero(held[some].any(axis=0))
            weighed = self.vectors[known[asked]] * weights[asked, None]
            row = np.zeros(len(distinct), dtype=np.int64)
            row[asked] = np.arange(len(asked))
            sizes = counts[some]
            filled = sizes > 0
            own = columns[stretches(grams.indptr[some][filled], sizes[filled])]
            # No product of matrices: the linear algebra library would start threads for it.
            places = np.zeros((len(some), weighed.shape[1]), dtype=np.float32)
            begins = (sizes.cumsum() - sizes)[filled]
            places[filled] = np.add.reduceat(weighed[row[own]], begins, axis=0)
            return places

        places = rows(("places", self.identity), Encoded(codes, spans).words, find)
        return held, rarity.astype(np.float32), places

    def weights(self, buckets: npt.NDArray[np.signedinteger]) -> Floats:
        """Return how rare n-grams are."""
        known = self._index[buckets]  # type: ignore[attr-defined]
        return np.where(known >= 0, self.rarity[known], np.float32(self.unseen)).astype(np.float32)

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Return what `from_arrays` takes."""
        return {
            "buckets": self.buckets,
            "weights": self.rarity,
            "unseen": np.array(self.unseen),
            "vectors": self.vectors,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[np.generic]]) -> GramSpace:
        """Make one of arrays; raises KeyError where one is missing."""
        return cls(
            np.asarray(arrays["buckets"], dtype=np.int32),
            np.asarray(arrays["weights"], dtype=np.float32),
            float(arrays["unseen"]),
            np.asarray(arrays["vectors"], dtype=np.float16),
        )


def likeness(some: Floats, others: Floats, rarity: Floats) -> Floats:
    """Return the cosine of bags weighed by rarity, shape (n_some, n_others)."""
    sizes = [np.sqrt(bags @ rarity) + _TINY for bags in (some, others)]
    asked = np.flatnonzero(some.any(axis=0))  # what the first hold nothing of is shared by none
    shared = (some * rarity).take(asked, axis=1) @ others.take(asked, axis=1).T
    return np.asarray(shared / np.outer(*sizes), dtype=np.float32)


def unit(vectors: Floats) -> Floats:
    """Return vectors, shape (n, n_dimensions), at length one."""
    sizes = np.sqrt((vectors**2).sum(axis=1, keepdims=True)) + _TINY
    return np.asarray(vectors / sizes, dtype=np.float32)
