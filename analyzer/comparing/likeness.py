"""How much of what one stretch says another says too, by the rare n-grams that they share.

The weights are those of `analyzer.understanding.likeness`, learned on the corpus, times how rare an n-gram is
in the two reports themselves: 支部 tells one sentence of a report from another no better than 的.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from analyzer.comparing.sentences import without_set_phrases
from analyzer.lexicons import classes, either
from analyzer.understanding.encoder import code_points
from analyzer.understanding.likeness import GramSpace, likeness
from analyzer.understanding.linear import Floats
from analyzer.understanding.models import load_models

_TINY = 1e-6


@cache
def _space() -> GramSpace:
    return load_models().remedies.wording


def bare(text: str) -> str:
    """Return what a text is about: without set phrases and the words of lack, pledge and slogan."""
    text = without_set_phrases(text)
    for pattern in (classes("matching.toml", "polarity")[1], either("checkable.toml", "slogan")):
        text = pattern.sub("，", text)
    return text


@dataclass(frozen=True)
class Bags:
    """The n-grams of some texts.

    Parameters
    ----------
    held : ndarray of float32, shape (n_texts, n_distinct)
    weights : ndarray of float32, shape (n_distinct,)
    """

    held: Floats
    weights: Floats

    def contained(self, asked: Sequence[int], tellers: npt.NDArray[np.floating]) -> Floats:
        """Return the share of each asked text that each teller holds, shape (n_asked, n_tellers).

        Parameters
        ----------
        asked : sequence of int
            Numbers of texts.
        tellers : ndarray, shape (n_tellers, n_distinct)
            Rows of `held`, or several of them made one.
        """
        some = self.held[list(asked)]
        spoken = np.flatnonzero(some.any(axis=0))  # what none of them holds is shared by none
        weighed = some.take(spoken, axis=1) * self.weights[spoken]
        shares = weighed @ tellers.take(spoken, axis=1).T / (weighed.sum(axis=1, keepdims=True) + _TINY)
        return np.asarray(shares, dtype=np.float32)

    def alike(self, some: Sequence[int], others: Sequence[int]) -> Floats:
        """Return the cosine of texts, shape (n_some, n_others)."""
        return likeness(self.held[list(some)], self.held[list(others)], self.weights)


def bags(texts: Sequence[str], background: int = 0) -> Bags:
    """Return the bags of some texts; how rare an n-gram is counts over those from `background` on."""
    joined = "\n".join(texts)
    ends = np.cumsum([len(text) + 1 for text in texts])
    starts = ends - [len(text) + 1 for text in texts]
    spans = np.column_stack([starts, ends - 1]).astype(np.int32)
    held, rarity, _ = _space().bags(code_points(joined), spans)
    spoken = held[background:].sum(axis=0)
    rare = np.log((2 + len(held) - background) / (1 + spoken))
    return Bags(held, (rarity * np.maximum(rare, _TINY)).astype(np.float32))
