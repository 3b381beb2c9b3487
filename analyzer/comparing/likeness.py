"""How much of what one stretch says another says too, by the rare n-grams that they share.

The weights are those of `analyzer.understanding.likeness`, learned on the corpus, times how rare an n-gram is
in the two reports themselves: 支部 tells one sentence of a report from another no better than 的.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analyzer.comparing.sentences import without_set_phrases
from analyzer.lexicons import classes, either
from analyzer.understanding.encoder import code_points, encode
from analyzer.understanding.likeness import ORDERS
from analyzer.understanding.linear import Floats, Ints
from analyzer.understanding.models import load_models

_TINY = 1e-6


def bare(text: str) -> str:
    """Return what a text is about: without set phrases and the words of lack, pledge and slogan."""
    text = without_set_phrases(text)
    for pattern in (classes("matching.toml", "polarity")[1], either("checkable.toml", "slogan")):
        text = pattern.sub("，", text)
    return text


@dataclass(frozen=True)
class Bags:
    """The n-grams of some texts, each once a text.

    Parameters
    ----------
    columns : ndarray of int64, shape (n_held,)
        The n-grams that each text holds, those of one text together.
    indptr : ndarray of int64, shape (n_texts + 1,)
        Text ``i`` holds ``columns[indptr[i]:indptr[i + 1]]``.
    weights : ndarray of float32, shape (n_distinct,)
    sizes : ndarray of float32, shape (n_texts,)
        Sum of the weights of each text.
    """

    columns: Ints
    indptr: Ints
    weights: Floats
    sizes: Floats

    def of(self, text: int) -> Ints:
        """Return the n-grams of a text."""
        return self.columns[self.indptr[text] : self.indptr[text + 1]]

    def contained(self, asked: Sequence[int], tellers: Sequence[Ints]) -> Floats:
        """Return which share of each asked text the n-grams of each teller make.

        No product of matrices: the linear algebra library would start threads for it.

        Parameters
        ----------
        asked : sequence of int
            Numbers of texts.
        tellers : sequence of ndarray of int64
            N-grams, as of `of`, each once.

        Returns
        -------
        ndarray of float32, shape (n_asked, n_tellers)
        """
        found = np.zeros((len(asked), len(tellers)), dtype=np.float32)
        if not len(tellers):
            return found
        nothing = len(self.weights)  # stands at the end of every teller, so that none is empty
        joined = np.concatenate([part for teller in tellers for part in (teller, [nothing])]).astype(np.int64)
        starts = np.cumsum([0, *(len(teller) + 1 for teller in tellers[:-1])])
        spoken = np.zeros(nothing + 1, dtype=np.float32)
        for row, text in enumerate(asked):
            columns = self.of(text)
            spoken[columns] = self.weights[columns]
            found[row] = np.add.reduceat(spoken[joined], starts) / (self.sizes[text] + _TINY)
            spoken[columns] = 0
        return found

    def alike(self, some: Sequence[int], others: Sequence[int]) -> Floats:
        """Return the cosine of texts, shape (n_some, n_others)."""
        shares = self.contained(some, [self.of(text) for text in others])
        # What is shared, of the size of the one, to what is shared, of the mean size of both.
        sizes = np.sqrt(self.sizes) + _TINY
        return np.asarray(shares * sizes[list(some)][:, None] / sizes[list(others)], dtype=np.float32)


def bags(texts: Sequence[str], background: int = 0) -> Bags:
    """Return the bags of some texts; how rare an n-gram is counts over those from `background` on."""
    count = len(texts)
    ends = np.cumsum([len(text) + 1 for text in texts], dtype=np.int64)
    starts = ends - [len(text) + 1 for text in texts]
    spans = np.column_stack([starts, ends - 1]).astype(np.int32)
    grams = encode(code_points("\n".join(texts)), spans, ORDERS)
    distinct, columns = np.unique(grams.ids, return_inverse=True)
    number = max(len(distinct), 1)
    row = np.repeat(np.arange(count), np.diff(grams.indptr))
    rows, held = np.divmod(np.unique(row * number + columns), number)
    spoken = np.bincount(held[rows >= background], minlength=len(distinct))
    rare = np.log((2 + count - background) / (1 + spoken))
    weights = (load_models().remedies.wording.weights(distinct) * np.maximum(rare, _TINY)).astype(np.float32)
    sizes = np.bincount(rows, weights=weights[held], minlength=count).astype(np.float32)
    return Bags(held, np.searchsorted(rows, np.arange(count + 1)), weights, sizes)
