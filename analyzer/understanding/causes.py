"""Causes: whether, how and where an admitted problem is explained.

Two steps.  Each clause that could hold the cause (those of the item, and those of the problem and cause
sections that belong to no item) is scored as a real cause (subjective, mechanism), as an apparent one
(objective, restated) or as none, from its words, its cues and what it adds to the words of the
problem.  The item is then judged by the strongest of these scores.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analyzer.lexicons import patterns
from analyzer.result import CauseKind, CauseStatus
from analyzer.understanding.items import clauses_of
from analyzer.understanding.linear import Floats, Ints, LinearModel, prefixed, softmax
from analyzer.understanding.problems import ItemRun, item_blocks
from analyzer.understanding.structure import Context
from analyzer.understanding.wording import content, contents, held, nearness

KINDS = ("none", "subjective", "mechanism", "objective", "restated")
_REAL = slice(0, 2)  # columns of KINDS[1:] that are real causes
_CUES = (
    "cue",
    "effect",
    "self",
    "collective",
    "circumstance",
    "stock",
    "inner",
    "figure",
    "opening",
    "hedge",
)
_REACH = 4  # a cue may stand this many clauses before what it introduces
_TINY = 1e-3
_SPAN_SHARE = 0.5  # a neighbour belongs to the cause if it scores this share of the best clause


@dataclass(frozen=True, slots=True)
class CauseReading:
    """The cause of one item; ``first`` and ``last`` are clauses, None where none is given."""

    status: CauseStatus
    kind: CauseKind | None
    first: int | None
    last: int | None
    confidence: float


def outside_clauses(context: Context, types: Sequence[str], items: Sequence[ItemRun]) -> Ints:
    """Return the clauses that may explain several items: of cause sections, and what follows the items."""
    where = np.flatnonzero([kind in ("problems", "causes") for kind in types])
    inside = {int(c) for item in items for c in item.clauses}
    begin = min((item.first for item in items), default=0)
    clauses = clauses_of(context, where)
    apart = [types[sentence] == "causes" for sentence in context.sentence_of_clause[clauses]]
    return np.array(
        [
            c
            for c, own in zip(clauses, apart, strict=True)
            if int(c) not in inside and (own or c > begin)  # what leads in to the items explains none
        ],
        dtype=np.int64,
    )


class Wording:
    """The cues and the content of some clauses of a report, found once for all of its items.

    Parameters
    ----------
    context : Context
    clauses : ndarray of int64, shape (n_clauses,)
        In increasing order.
    """

    def __init__(self, context: Context, clauses: Ints) -> None:
        cues = [patterns("causes.toml")[name] for name in _CUES]
        texts = [context.text[start:end] for start, end in context.layout.clauses[clauses].tolist()]
        self.clauses = clauses
        self.lengths = np.array([min(len(text), 40) / 40 for text in texts])
        self.content = contents(texts)
        self.found = held(cues, texts)

    def rows(self, clauses: Ints) -> Ints:
        """Return where some of the clauses stand in the arrays."""
        return np.searchsorted(self.clauses, clauses)


def cause_columns(wording: Wording, item: ItemRun, clauses: Ints, *, own: bool) -> Floats:
    """Return the columns of clauses that may hold the cause of an item, shape (n_clauses, 24).

    Parameters
    ----------
    wording : Wording
        Of these clauses and the item's, at least.
    item : ItemRun
    clauses : ndarray of int64
        The item's own clauses in order, or clauses outside of any item.
    own : bool
        Whether they are the item's own.
    """
    rows = wording.rows(clauses)
    found = wording.found[rows]
    named = wording.content[int(wording.rows(np.array(item.first)))]
    said = [wording.content[row] for row in rows.tolist()]
    shared = np.array([len(words & named) for words in said])
    columns = np.zeros((len(clauses), 24), dtype=np.float32)
    columns[:, :10] = found
    columns[:, 10] = shared / (np.array([len(words) for words in said]) + 1)
    columns[:, 11] = shared / (len(named) + 1)
    columns[:, 12] = wording.lengths[rows]
    if not own:
        columns[:, 13] = 1
        return columns
    order = np.arange(len(clauses))
    columns[order, 14 + np.minimum(order, 3)] = 1
    columns[:, 18] = order / max(len(clauses), 1)
    columns[-1, 19] = 1
    columns[1:, 20] = found[:-1, 0]
    columns[1:, 21] = found[:-1, 1]
    columns[:-1, 22] = found[1:, 1]
    seen = np.concatenate([[0], np.cumsum(found[:, 0])])
    columns[:, 23] = seen[order] > seen[np.maximum(order - _REACH, 0)]
    return columns


def _summary(scores: Floats) -> list[float]:
    """Return what the item is judged by from the cause scores of some clauses, shape (n_clauses, 4)."""
    if not len(scores):
        return [0.0] * 14
    real, apparent = scores[:, _REAL].sum(axis=1), scores[:, 2:].sum(axis=1)
    return [
        *scores.max(axis=0),
        *np.minimum(scores.sum(axis=0), 3),
        real.max(),
        apparent.max(),
        min(real.sum(), 4),
        min(apparent.sum(), 4),
        np.log(real.max() + _TINY) - np.log(apparent.max() + _TINY),
        np.log(1 + _TINY - (1 - real).prod()),
    ]


@dataclass(frozen=True)
class CauseModel:
    """Clause scorer and item judge.

    Parameters
    ----------
    scorer : LinearModel
        Classes are `KINDS`.
    judge : LinearModel
        Classes are those of `CauseStatus`; dense columns only.
    """

    scorer: LinearModel
    judge: LinearModel

    def weigh(
        self, context: Context, types: Sequence[str], items: Sequence[ItemRun]
    ) -> Iterator[tuple[Ints, Floats, Floats]]:
        """Yield for each item its candidate clauses, their scores and what it is judged by.

        Yields
        ------
        clauses : ndarray of int64, shape (n_clauses,)
            The item's own, then those that may explain several items.
        scores : ndarray of float32, shape (n_clauses, 4)
            Probability of each of ``KINDS[1:]``.
        columns : ndarray of float32, shape (n_columns,)
        """
        outside = outside_clauses(context, types, items)
        clauses = np.unique(np.concatenate([outside, *(item.clauses for item in items)]))
        words = self.scorer.gram_logits(item_blocks(context, clauses))  # the same for every item
        wording = Wording(context, clauses)
        kinds = [self.scorer.classes.index(kind) for kind in KINDS[1:]]
        for item in items:
            parts = []
            for chosen, own in ((item.clauses, True), (outside, False)):
                columns = cause_columns(wording, item, chosen, own=own)
                logits = words[wording.rows(chosen)] + self.scorer.dense_logits(columns)
                parts.append(softmax(logits / self.scorer.temperature)[:, kinds])
            judged = evidence(context, item, parts[0], outside, parts[1], len(items), "causes" in types)
            yield np.concatenate([item.clauses, outside]), np.vstack(parts), judged

    def predict(self, context: Context, types: Sequence[str], items: Sequence[ItemRun]) -> list[CauseReading]:
        """Return the cause of each item."""
        if not items:
            return []
        return [self._judge(context, *weighed) for weighed in self.weigh(context, types, items)]

    def _judge(self, context: Context, clauses: Ints, scores: Floats, columns: Floats) -> CauseReading:
        chances = self.judge.probabilities([], columns[None, :])[0]
        status = CauseStatus(self.judge.classes[int(chances.argmax())])
        confidence = float(chances.max())
        if status is CauseStatus.NONE:
            return CauseReading(status, None, None, None, confidence)
        group = scores[:, _REAL] if status is CauseStatus.EXPLICIT else scores[:, 2:]
        strength = group.sum(axis=1)
        best = int(strength.argmax())
        kinds = KINDS[1:3] if status is CauseStatus.EXPLICIT else KINDS[3:]
        kind = CauseKind(kinds[int(group[best].argmax())])
        first, last = _stretch(context, clauses, strength, best)
        return CauseReading(status, kind, first, last, confidence)

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Return what `from_arrays` takes."""
        return prefixed(scorer=self.scorer, judge=self.judge)

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[np.generic]]) -> CauseModel:
        """Make a model of arrays; raises KeyError where one is missing."""
        return cls(LinearModel.from_prefixed(arrays, "scorer"), LinearModel.from_prefixed(arrays, "judge"))


def _stretch(context: Context, clauses: Ints, strength: Floats, best: int) -> tuple[int, int]:
    """Return the first and last clause of the cause: the best and its like neighbours in the sentence."""
    sentence = context.sentence_of_clause
    first = last = best

    def joins(a: int, b: int) -> bool:
        near = clauses[b] - clauses[a] == 1 and sentence[clauses[a]] == sentence[clauses[b]]
        return bool(near) and min(strength[a], strength[b]) >= _SPAN_SHARE * strength[best]

    while first > 0 and joins(first - 1, first):
        first -= 1
    while last + 1 < len(clauses) and joins(last, last + 1):
        last += 1
    return int(clauses[first]), int(clauses[last])


def evidence(
    context: Context, item: ItemRun, own: Floats, outside: Ints, other: Floats, count: int, apart: bool
) -> Floats:
    """Return the columns that an item's cause is judged by.

    Parameters
    ----------
    context : Context
    item : ItemRun
    own, other : ndarray of float32, shapes (n_own, 4) and (n_outside, 4)
        Scores of the item's clauses and of those outside of any item.
    outside : ndarray of int64, shape (n_outside,)
    count : int
        How many items the report has.
    apart : bool
        Whether it has a section of causes.
    """
    cues = patterns("causes.toml")
    text = context.clause_text(item.first, item.last)
    if len(outside):
        sentence = context.sentence_of_clause[outside]
        words = content(text)
        shared = {
            number: nearness(content(context.text[slice(*context.layout.sentences[number])]), words)
            for number in np.unique(sentence)
        }
        near = np.array([shared[number] for number in sentence], dtype=np.float32)
        weighed = other * np.minimum(3 * near, 1)[:, None]
        external = [
            *other.max(axis=0),
            *weighed.max(axis=0),
            near.max(),
            1.0,
            min(len(outside) / 10, 2),
            other[:, _REAL].sum(axis=1).max(),
            weighed[:, _REAL].sum(axis=1).max(),
            weighed[:, 2:].sum(axis=1).max(),
        ]
    else:
        external = [0.0] * 14
    size = item.last - item.first + 1
    whole = [
        *(
            bool(cues[name].search(text))
            for name in ("cue", "effect", "self", "figure", "stock", "circumstance")
        ),
        np.log(len(text) + 1),
        np.log(size),
        min(size, 12) / 4,
        min(count, 12) / 4,
        min(len(cues["self"].findall(text)), 5) / 2,
        apart,
    ]
    return np.array([*_summary(own), *_summary(own[1:])[8:12], *external, *whole], dtype=np.float32)
