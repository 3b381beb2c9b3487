"""Linear models over n-gram blocks and dense columns, as plain arrays.

Training is scikit-learn's (``analyzer.training``); what it learned is kept as arrays, so that using a
model needs neither scikit-learn nor a pickle, and runs no code that came with the model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from analyzer.language.memory import Memory, memory
from analyzer.understanding.encoder import BITS, Grams, LazyGrams, stretches

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Block:
    """N-grams of some units and, for each example, the unit it looks at (-1 for none)."""

    grams: Grams | LazyGrams
    units: Ints


@dataclass(frozen=True)
class Weights:
    """What the n-grams of one block weigh.

    Only what is looked up is kept: a process holds some eighty of these.

    Parameters
    ----------
    index : ndarray of the smallest unsigned type there is, shape (n_buckets + 1,)
        The row of each n-gram bucket; 0 of those without weights.  Small because what is looked up lies all
        over it.
    padded : ndarray of float32, shape (n_rows + 1, width)
        The weights; row 0 and the columns after the classes are zero.  The width is a power of two, at least
        2: numpy takes rows of 8, 16 or 32 bytes several times as fast as others.
    n_classes : int
    """

    index: npt.NDArray[np.unsignedinteger]
    padded: Floats
    n_classes: int

    @classmethod
    def of(cls, buckets: Ints, rows: npt.NDArray[np.float16]) -> Weights:
        """Return the weights of some buckets.

        Parameters
        ----------
        buckets : ndarray of int, shape (n_rows,)
            In increasing order.
        rows : ndarray of float16, shape (n_rows, n_classes)
        """
        index = np.zeros((1 << BITS) + 1, dtype=np.min_scalar_type(len(buckets)))
        index[buckets] = np.arange(1, len(buckets) + 1)
        n_classes = rows.shape[1]
        padded = np.zeros((len(rows) + 1, 1 << max(n_classes - 1, 1).bit_length()), dtype=np.float32)
        padded[1:, :n_classes] = rows
        return cls(index, padded, n_classes)

    def sums(self, block: Block) -> Floats:
        """Return what each unit weighs that the block looks at, shape (n_units + 1, n_classes).

        The weights of its n-grams are summed and divided by the root of their number, as in
        `analyzer.training.fit.matrix`; the last row is that of no unit.
        """
        grams = block.grams
        counts = grams.indptr[1:] - grams.indptr[:-1]
        wanted = np.zeros(len(counts) + 1, dtype=bool)
        wanted[block.units] = True
        filled = (wanted[:-1] & (counts > 0)).nonzero()[0]
        scores = np.zeros((len(wanted), self.n_classes), dtype=np.float32)
        if len(filled):
            counts = counts[filled]
            ids, starts = _ids_of(grams, filled, counts)
            rows = self.padded.take(self.index.take(ids), axis=0)
            totals = np.add.reduceat(rows, starts, axis=0)[:, : self.n_classes]
            scores[filled] = totals / np.sqrt(counts)[:, None]
        return scores

    def packed(self) -> tuple[npt.NDArray[np.unsignedinteger], npt.NDArray[np.float16]]:
        """Return what `unpacked` takes, smaller than what is kept here.

        Returns
        -------
        gaps : ndarray of an unsigned type, shape (n_rows,)
            How far each bucket lies from the one before, the first from 0.
        rows : ndarray of float16, shape (n_rows, n_columns)
            The weights; of two columns of which one is the opposite of the other, the second only.
        """
        gaps = np.diff(np.flatnonzero(self.index), prepend=0)
        rows = self.padded[1:, : self.n_classes].astype(np.float16)
        if self.n_classes == 2 and (rows[:, 0] == -rows[:, 1]).all():
            rows = rows[:, 1:]
        return gaps.astype(np.min_scalar_type(gaps.max(initial=0))), rows

    @classmethod
    def unpacked(cls, gaps: npt.NDArray[np.unsignedinteger], rows: npt.NDArray[np.float16]) -> Weights:
        """Return what was packed."""
        both = np.hstack([-rows, rows]) if rows.shape[1] == 1 else rows
        return cls.of(gaps.cumsum(dtype=np.int64), both)


@dataclass(frozen=True)
class LinearModel:
    """A trained linear classifier.

    Parameters
    ----------
    classes : tuple of str
        The classes, in the order of the columns.
    weights : tuple of Weights
        Of the n-grams in each block.
    dense : ndarray of float32, shape (n_dense, n_classes)
        Weights of the dense columns.
    bias : ndarray of float32, shape (n_classes,)
    temperature : float
        What the logits are divided by so that their softmax is calibrated (Guo et al. 2017).
    """

    classes: tuple[str, ...]
    weights: tuple[Weights, ...]
    dense: Floats
    bias: Floats
    temperature: float = 1.0

    @cached_property
    def identity(self) -> object:
        """What stands for this model where something is remembered."""
        return object()

    def logits(self, blocks: Sequence[Block], dense: Floats) -> Floats:
        """Return uncalibrated scores, shape (n_examples, n_classes).

        Parameters
        ----------
        blocks : sequence of Block
            In the order the model was trained with.
        dense : ndarray of float32, shape (n_examples, n_dense)
        """
        return np.asarray(self.gram_logits(blocks) + self.dense_logits(dense), dtype=np.float32)

    # On some processors the linear algebra library leaves the flag of an invalid value set where all values,
    # and the product, are finite; who scores a report is not to be told.
    @np.errstate(invalid="ignore")
    def dense_logits(self, dense: Floats) -> Floats:
        """Return what the dense columns and the bias add to the logits."""
        return np.asarray(dense @ self.dense + self.bias, dtype=np.float32)

    def gram_logits(self, blocks: Sequence[Block]) -> Floats:
        """Return what the n-grams add to the logits; one row of zeros where there are no blocks."""
        total = np.zeros((1, len(self.classes)), dtype=np.float32)
        remembered = memory()
        for number, (weights, block) in enumerate(zip(self.weights, blocks, strict=True)):
            if remembered is not None and isinstance(block.grams, LazyGrams):
                sums = self._remembered_sums(remembered, number, block.grams, block.units)
            else:
                sums = weights.sums(block)
            total = total + sums.take(block.units, axis=0)
        return total

    def _remembered_sums(self, remembered: Memory, number: int, grams: LazyGrams, units: Ints) -> Floats:
        """Return what `Weights.sums` does."""
        words = grams.units.words
        scores = np.zeros((len(words) + 1, len(self.classes)), dtype=np.float32)
        looked_at = np.zeros(len(words) + 1, dtype=bool)
        looked_at[units] = True
        wanted = looked_at[:-1].nonzero()[0]

        def find(places: list[int]) -> Floats:
            few = Block(grams.few(wanted[places].tolist()), np.arange(len(places)))
            return self.weights[number].sums(few)[:-1]

        if len(wanted):
            asked = [words[unit] for unit in wanted.tolist()]
            scores[wanted] = remembered.rows((self.identity, number), asked, find)
        return scores

    def probabilities(self, blocks: Sequence[Block], dense: Floats) -> Floats:
        """Return calibrated probabilities, shape (n_examples, n_classes)."""
        return self.calibrated(self.logits(blocks, dense))

    def calibrated(self, logits: Floats) -> Floats:
        """Return the probabilities that logits stand for."""
        return softmax(logits / self.temperature)

    def chances(self, of: str, blocks: Sequence[Block], dense: Floats) -> Floats:
        """Return the calibrated probability of one class, shape (n_examples,)."""
        return self.probabilities(blocks, dense)[:, self.classes.index(of)]

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Return what `from_arrays` takes."""
        made: dict[str, npt.NDArray[np.generic]] = {
            "classes": np.array(self.classes),
            "blocks": np.array(len(self.weights)),
            "dense": self.dense,
            "bias": self.bias,
            "temperature": np.array(self.temperature),
        }
        for number, each in enumerate(self.weights):
            gaps, rows = each.packed()
            made |= {f"{number}/gaps": gaps, f"{number}/rows": rows}
        return made

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[np.generic]]) -> LinearModel:
        """Make a model of arrays; raises KeyError where one is missing."""
        weights = (
            Weights.unpacked(
                np.asarray(arrays[f"{number}/gaps"]),
                np.asarray(arrays[f"{number}/rows"], dtype=np.float16),
            )
            for number in range(int(arrays["blocks"]))
        )
        return cls(
            tuple(str(name) for name in arrays["classes"]),
            tuple(weights),
            np.asarray(arrays["dense"], dtype=np.float32),
            np.asarray(arrays["bias"], dtype=np.float32),
            float(arrays["temperature"]),
        )

    @classmethod
    def from_prefixed(cls, arrays: Mapping[str, npt.NDArray[np.generic]], prefix: str) -> LinearModel:
        """Make a model of the arrays named ``prefix/…``."""
        start = f"{prefix}/"
        return cls.from_arrays({k[len(start) :]: v for k, v in arrays.items() if k.startswith(start)})


def prefixed(**parts: LinearModel) -> dict[str, npt.NDArray[np.generic]]:
    """Return the arrays of several models, named ``part/…`` as `LinearModel.from_prefixed` takes them."""
    return {f"{name}/{key}": value for name, part in parts.items() for key, value in part.arrays().items()}


def _ids_of(grams: Grams | LazyGrams, units: Ints, counts: Ints) -> tuple[npt.NDArray[np.int32], Ints]:
    """Return the n-grams of some units, in increasing order, and where those of each begin."""
    stops = counts.cumsum()
    first, last = grams.indptr[units[0]], grams.indptr[units[-1] + 1]
    if last - first == stops[-1]:  # the units stand next to each other
        return grams.ids[first:last], stops - counts
    return grams.ids.take(stretches(grams.indptr[units], counts)), stops - counts


def softmax(logits: Floats) -> Floats:
    """Return the softmax over the last axis."""
    shifted = np.exp(logits - np.maximum.reduce(logits, axis=-1, keepdims=True))
    return np.asarray(shifted / np.add.reduce(shifted, axis=-1, keepdims=True), dtype=np.float32)


def log_softmax(logits: Floats) -> Floats:
    """Return the logarithm of the softmax over the last axis."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)), dtype=np.float32)
