"""Problem items: the shortcomings that the writer admits, each as a run of clauses.

Clauses of all sentences that may tell of problems are tagged as opening an item, continuing it or outside of
any, by a linear model over their n-grams, cues and place in lists; the best sequence is decoded by Viterbi.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from analyzer.lexicons import pattern
from analyzer.result import SectionType
from analyzer.understanding.decoding import marginals, viterbi
from analyzer.understanding.item_columns import item_columns
from analyzer.understanding.items import clauses_of
from analyzer.understanding.linear import Block, Floats, Ints, LinearModel, log_softmax
from analyzer.understanding.placeholders import unfilled
from analyzer.understanding.roles import ORDER
from analyzer.understanding.structure import Context

TAGS = ("B", "I", "O")
_CERTAIN = 0.9  # of an item in front of a list, which may only lead in to it
_FIGURE = re.compile(r"\d")
_LEAST = 0.05  # sentences less likely to tell of problems are not looked at


@dataclass(frozen=True, slots=True)
class ItemRun:
    """A problem item as a run of clauses.

    Parameters
    ----------
    first, last : int
        Its first and last clause.
    confidence : float
    in_passing : bool
        Whether it is told among what was done, in no list of problems, so that no number means it.
    """

    first: int
    last: int
    confidence: float
    in_passing: bool = False

    @property
    def clauses(self) -> Ints:
        """The clauses of the item."""
        return np.arange(self.first, self.last + 1)


def candidates(chances: Floats) -> Ints:
    """Return the sentences that may tell of problems, given how likely each type of section is for each."""
    return np.flatnonzero(chances[:, ORDER.index(SectionType.PROBLEMS)] >= _LEAST)


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

    def predict(self, context: Context, chances: Floats) -> list[ItemRun]:
        """Return the items, in order of place.

        Parameters
        ----------
        context : Context
        chances : ndarray of float32, shape (n_sentences, 8)
            That each sentence belongs to each type of section.
        """
        sentences = candidates(chances)
        if not len(sentences):
            return []
        clauses = clauses_of(context, sentences)
        columns = item_columns(context, sentences, chances)
        logits = self.classifier.logits(item_blocks(context, clauses), columns)
        emissions = log_softmax(logits / self.classifier.temperature)
        path = viterbi(emissions, self.transitions, self.initial)
        posterior = marginals(emissions, self.transitions, self.initial)[:, TAGS.index("B")]
        opens = np.flatnonzero(path == TAGS.index("B"))
        items = []
        for start, stop in pairwise([*opens, len(path)]):
            inside = np.flatnonzero(path[start:stop] != TAGS.index("O"))
            items.append(
                ItemRun(int(clauses[start]), int(clauses[start + inside[-1]]), float(posterior[start]))
            )
        return _in_full(context, items)

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


def _in_full(context: Context, items: Sequence[ItemRun]) -> list[ItemRun]:
    """Return the items up to the ends of their sentences, without what only looks like one."""
    items = [item for item in items if not unfilled(context.clause_text(item.first, item.last))]
    items = [item for item in items if not _tells_of_none(context, item)] or items
    if not items:
        return []
    if len(items) > 1 and _leads_in(context, *items[:2]):
        items = items[1:]
    items = _joined(context, items)
    first_clause, sentences = context.layout.first_clause, context.sentence_of_clause
    ends = [int(first_clause[sentences[item.last] + 1]) - 1 for item in items]
    begins = [*(item.first for item in items[1:]), len(sentences)]
    return [
        replace(item, last=end) if end < begin else item
        for item, end, begin in zip(items, ends, begins, strict=True)
    ]


def _joined(context: Context, items: Sequence[ItemRun]) -> list[ItemRun]:
    """Return the items; what is labelled as how or why (表现： 根源：) is part of the one right before it."""
    goes_on = pattern("sections.toml", "labels", "rest")
    joined: list[ItemRun] = []
    for item in items:
        follows = joined and joined[-1].last == item.first - 1
        if follows and goes_on.match(context.clause_text(item.first, item.first)):
            joined[-1] = replace(joined[-1], last=item.last)
        else:
            joined.append(item)
    return joined


def _tells_of_none(context: Context, item: ItemRun) -> bool:
    """Whether an item only says what the next ones are about, that there are any, or why those before are."""
    told = context.clause_text(item.first, item.last).strip()
    announces, sums_up = (pattern("items.toml", "never", name) for name in ("announces", "sums_up"))
    return announces.fullmatch(told) is not None or sums_up.match(told) is not None


def _leads_in(context: Context, item: ItemRun, following: ItemRun) -> bool:
    """Whether an item is a sentence right before the first of a list, doubtful or without any figure."""
    layout, sentences = context.layout, context.sentence_of_clause
    told = context.clause_text(item.first, item.last)
    number = layout.ordinals[following.first]
    return bool(
        (item.confidence < _CERTAIN or not _FIGURE.search(told))
        and not layout.ordinals[item.first].kind
        and number.kind
        and number.value == 1
        and sentences[item.first] == sentences[item.last] == sentences[following.first] - 1
    )
