"""Vagueness: sentences of duties or plans that claim an effect or promise an action with nothing checkable.

Each sentence of those sections is judged by its words, by those of its last clause, where effects are
claimed, by the sentence that follows, which may bring the fact, and by what in it can be checked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analyzer.lexicons import either
from analyzer.result import SectionType
from analyzer.understanding.linear import Block, Floats, Ints, LinearModel
from analyzer.understanding.structure import Context
from analyzer.understanding.wording import counted

JUDGED = (SectionType.DUTIES, SectionType.PLANS)
_CHECKS = ("figure", "date", "owner", "mechanism", "named")
_MOST = 3  # more facts than this make no difference
_DENSE_SCALE = 0.5  # columns against n-grams, which are below 1


@dataclass(frozen=True, slots=True)
class VagueClaim:
    """A sentence with nothing checkable, as a span of the repaired text."""

    start: int
    end: int
    confidence: float


def judged_sentences(types: Sequence[str]) -> Ints:
    """Return the sentences that may be vague: those of duties and plans."""
    return np.flatnonzero([kind in JUDGED for kind in types])


def vague_blocks(context: Context, sentences: Ints) -> list[Block]:
    """Return what the sentences are judged by, in the order the model takes it."""
    last = context.layout.first_clause[sentences + 1].astype(np.int64) - 1
    return [
        Block(context.grams, sentences),
        Block(context.clause_grams, last),
        Block(context.short, context.following[sentences]),
    ]


def vague_columns(context: Context, types: Sequence[str], sentences: Ints) -> Floats:
    """Return section, structure and what can be checked in each sentence, shape (n_sentences, n_columns)."""
    texts = [context.sentence_texts[i] for i in sentences.tolist()]
    checks = [either("checkable.toml", name) for name in _CHECKS]
    counts = np.minimum(counted(checks, texts), _MOST)
    plans = np.array([types[i] == SectionType.PLANS for i in sentences], dtype=np.float32)[:, None]
    length = np.log([len(text) for text in texts])[:, None]
    bare = counts.sum(axis=1, keepdims=True) == 0
    columns = np.hstack([context.columns[sentences], plans, counts, counts > 0, bare, length])
    return (_DENSE_SCALE * columns).astype(np.float32)


@dataclass(frozen=True)
class VaguenessModel:
    """Sentence classifier.

    Parameters
    ----------
    classifier : LinearModel
        Classes ``no`` and ``yes``.
    threshold : float
        The least calibrated probability at which a sentence is called vague.
    """

    classifier: LinearModel
    threshold: float

    def probabilities(self, context: Context, types: Sequence[str], sentences: Ints) -> Floats:
        """Return how likely each of some sentences is vague, shape (n_sentences,)."""
        blocks, columns = vague_blocks(context, sentences), vague_columns(context, types, sentences)
        return self.classifier.chances("yes", blocks, columns)

    def predict(self, context: Context, types: Sequence[str]) -> list[VagueClaim]:
        """Return the vague sentences in order, given the section type of each sentence."""
        sentences = judged_sentences(types)
        if not len(sentences):
            return []
        found = zip(sentences, self.probabilities(context, types, sentences), strict=True)
        spans = context.layout.sentences
        return [
            VagueClaim(int(spans[i, 0]), int(spans[i, 1]), float(confidence))
            for i, confidence in found
            if confidence >= self.threshold
        ]

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Return what `from_arrays` takes."""
        return {**self.classifier.arrays(), "threshold": np.array(self.threshold)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[np.generic]]) -> VaguenessModel:
        """Make a model of arrays; raises KeyError where one is missing."""
        return cls(LinearModel.from_arrays(arrays), float(arrays["threshold"]))
