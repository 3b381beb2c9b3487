"""Problem items: the shortcomings that the writer admits, each as a run of clauses.

Clauses of the problem sections are tagged as opening an item, continuing it or outside of any, by a
linear model over their n-grams and their place in lists; the best sequence is decoded by Viterbi.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analyzer.understanding.decoding import marginals, viterbi
from analyzer.understanding.items import clause_columns, clauses_of
from analyzer.understanding.linear import Block, Floats, Ints, LinearModel, log_softmax
from analyzer.understanding.structure import Context

TAGS = ("B", "I", "O")
_TITLE_END = re.compile(r"[，。；：！？]+$")
_TITLE_LENGTH = 30


@dataclass(frozen=True, slots=True)
class ItemRun:
    """A problem item as a run of clauses, ``first`` to ``last`` inclusive."""

    first: int
    last: int
    confidence: float

    @property
    def clauses(self) -> Ints:
        """The clauses of the item."""
        return np.arange(self.first, self.last + 1)


def problem_runs(types: Sequence[str], kinds: Sequence[str] = ("problems",)) -> list[Ints]:
    """Return the maximal runs of sentences whose section is of one of the kinds."""
    inside = np.flatnonzero([kind in kinds for kind in types])
    return [run for run in np.split(inside, np.flatnonzero(np.diff(inside) > 1) + 1) if len(run)]


def item_blocks(context: Context, clauses: Ints) -> list[Block]:
    """Return what a clause is judged by: itself and its neighbours."""
    following = np.where(clauses + 1 < len(context.layout.clauses), clauses + 1, -1)
    return [
        Block(context.clause_grams, clauses),
        Block(context.clause_short, clauses - 1),
        Block(context.clause_short, following),
    ]


@dataclass(frozen=True)
class ProblemModel:
    """Clause tagger with a sequence decode.

    Parameters
    ----------
    classifier : LinearModel
        Classes are `TAGS`.
    transitions : ndarray of float32, shape (3, 3)
        Log of how much likelier a tag is after another than by itself.
    initial : ndarray of float32, shape (3,)
    """

    classifier: LinearModel
    transitions: Floats
    initial: Floats

    def predict(self, context: Context, types: Sequence[str]) -> list[ItemRun]:
        """Return the items, in order of place.

        Parameters
        ----------
        context : Context
        types : sequence of str, length n_sentences
            Section type of each sentence.
        """
        items: list[ItemRun] = []
        for run in problem_runs(types):
            clauses = clauses_of(context, run)
            logits = self.classifier.logits(item_blocks(context, clauses), clause_columns(context, run))
            emissions = log_softmax(logits / self.classifier.temperature)
            path = viterbi(emissions, self.transitions, self.initial)
            posterior = marginals(emissions, self.transitions, self.initial)[:, TAGS.index("B")]
            opens = np.flatnonzero(path == TAGS.index("B"))
            for number, start in enumerate(opens):
                stop = opens[number + 1] if number + 1 < len(opens) else len(path)
                inside = np.flatnonzero(path[start:stop] != TAGS.index("O"))
                items.append(
                    ItemRun(int(clauses[start]), int(clauses[start + inside[-1]]), float(posterior[start]))
                )
        return items

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Return what `from_arrays` takes."""
        return {**self.classifier.arrays(), "transitions": self.transitions, "initial": self.initial}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[np.generic]]) -> ProblemModel:
        """Make a model of arrays; raises KeyError where one is missing."""
        return cls(
            LinearModel.from_arrays(arrays),
            np.asarray(arrays["transitions"], dtype=np.float32),
            np.asarray(arrays["initial"], dtype=np.float32),
        )


def title(context: Context, item: ItemRun) -> str:
    """Return the words that name the problem: its first clause without number and final mark."""
    mark = context.layout.ordinals[item.first]
    words = context.clause_text(item.first, item.first)[mark.length :]
    return _TITLE_END.sub("", words.lstrip("，：、 "))[:_TITLE_LENGTH]
