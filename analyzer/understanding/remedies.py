"""Remedies: whether the plans answer a problem, where, and with something checkable.

Every sentence of the plans is paired with every problem.  A pair is scored by what the two wordings
share (rare bigrams count more), by how their lists run parallel and by what makes a measure
checkable; the problem is then judged by its best pairs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analyzer.language.layout import Ordinal
from analyzer.lexicons import patterns
from analyzer.result import RemedyStatus
from analyzer.understanding.encoder import BITS, encode
from analyzer.understanding.linear import Block, Floats, Ints, LinearModel, prefixed
from analyzer.understanding.problems import ItemRun
from analyzer.understanding.structure import Context

SLOTS = ("deadline", "figure", "owner", "mechanism", "slogan")
_SHOWN = 0.5  # a pair at least this likely belongs to the answer
_MOST_SHOWN = 3
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class RemedyReading:
    """The answer to one item; ``sentences`` are those of the plans that give it."""

    status: RemedyStatus
    sentences: tuple[int, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Plans:
    """The sentences of the plans, the list item that each belongs to, and their slots."""

    sentences: Ints
    group: Ints
    rank: Ints
    slots: Floats


def read_plans(context: Context, types: Sequence[str]) -> Plans:
    """Return the sentences of the plans, grouped by their outermost list."""
    sentences = np.flatnonzero([kind == "plans" for kind in types])
    marks = [context.layout.sentence_ordinal(int(i)) for i in sentences]
    levels = [mark.kind for mark in marks if mark.kind not in (Ordinal.NONE, Ordinal.CHAPTER)]
    top = min((kind for kind in set(levels) if levels.count(kind) >= 2), default=Ordinal.NONE)
    group: list[int] = []
    rank: list[int] = []
    current = 0
    for place, mark in enumerate(marks):
        opens = place == 0 or sentences[place] != sentences[place - 1] + 1
        if opens or (top is not Ordinal.NONE and mark.kind is top) or top is Ordinal.NONE:
            current += 1
        group.append(current)
        rank.append(mark.value if mark.kind is top and top is not Ordinal.NONE else (rank[-1] if rank else 0))
    found = patterns("remedies.toml")
    slots = [
        [len(found[name].findall(context.text[start:end])) for name in SLOTS]
        for start, end in context.layout.sentences[sentences]
    ]
    return Plans(
        sentences,
        np.array(group, dtype=np.int64),
        np.array(rank, dtype=np.int64),
        np.minimum(np.array(slots, dtype=np.float32).reshape(-1, len(SLOTS)), 3),
    )


def _bags(context: Context, spans: npt.NDArray[np.int32], rarity: Floats) -> tuple[Floats, Floats]:
    """Return which n-grams up to order 2 each span holds, shape (n_spans, n_distinct), and their rarity."""
    grams = encode(context.codes, spans, 2)
    distinct, columns = np.unique(grams.ids, return_inverse=True)
    held = np.zeros((len(spans), len(distinct)), dtype=np.float32)
    held[np.repeat(np.arange(len(spans)), np.diff(grams.indptr)), columns] = 1
    return held, rarity[distinct]


def _likeness(some: Floats, others: Floats, rarity: Floats) -> Floats:
    """Return the cosine of bags of n-grams weighed by rarity, shape (n_some, n_others)."""
    sizes = [np.sqrt(bags @ rarity) + _TINY for bags in (some, others)]
    return np.asarray((some * rarity) @ others.T / np.outer(*sizes), dtype=np.float32)


def pair_columns(context: Context, items: Sequence[ItemRun], plans: Plans, rarity: Floats) -> Floats:
    """Return the columns of all pairs, shape (n_items, n_sentences, n_columns).

    Parameters
    ----------
    context : Context
    items : sequence of ItemRun
    plans : Plans
    rarity : ndarray of float32, shape (2**BITS,)
        Weight of each bucket of n-grams up to order 2.
    """
    clauses, sentences = context.layout.clauses, context.layout.sentences[plans.sentences]
    named = [clauses[item.first] for item in items]
    whole = [(clauses[item.first, 0], clauses[item.last, 1]) for item in items]
    bags, weights = _bags(context, np.array([*named, *whole, *sentences], dtype=np.int32), rarity)
    said = bags[2 * len(items) :]
    order, place = np.unique(plans.group, return_inverse=True)
    groups = np.array([said[place == number].max(axis=0) for number in range(len(order))])
    short = (sentences[:, 1] - sentences[:, 0] <= 30).astype(np.float32)
    heading = (context.heading[plans.sentences] == plans.sentences).astype(np.float32)
    columns = np.zeros((len(items), len(said), 18 + len(SLOTS)), dtype=np.float32)
    for near in range(2):
        asked = bags[near * len(items) : (near + 1) * len(items)]
        own = _likeness(asked, said, weights)
        grouped = _likeness(asked, groups, weights)[:, place]
        columns[:, :, near * 4] = own
        columns[:, :, near * 4 + 1] = grouped
        columns[:, :, near * 4 + 2] = own >= own.max(axis=1, keepdims=True) - _TINY
        columns[:, :, near * 4 + 3] = grouped >= grouped.max(axis=1, keepdims=True) - _TINY
    number = np.arange(len(items))[:, None]
    last = context.sentence_of_clause[[item.last for item in items]][:, None]
    gap = plans.sentences - last
    columns[:, :, 8] = place == number
    columns[:, :, 9] = (place == number) & (len(order) == len(items))
    columns[:, :, 10] = np.abs(place / max(len(order) - 1, 1) - number / max(len(items) - 1, 1))
    columns[:, :, 11] = plans.rank == number + 1
    columns[:, :, 12] = len(order) == len(items)
    columns[:, :, 13] = (gap > 0) & (gap <= 3)
    columns[:, :, 14] = len(items) == 1
    columns[:, :, 15] = short
    columns[:, :, 16] = heading
    columns[:, :, 17] = min(len(said), 20) / 20
    columns[:, :, 18:] = plans.slots
    return columns


def answer_columns(columns: Floats, chances: Floats, checkable: Floats) -> Floats:
    """Return what each item is judged by, shape (n_items, n_columns).

    Parameters
    ----------
    columns : ndarray of float32, shape (n_items, n_sentences, n_columns)
        From `pair_columns`; at least one sentence.
    chances : ndarray of float32, shape (n_items, n_sentences)
        That a sentence answers an item.
    checkable : ndarray of float32, shape (n_sentences,)
        That a sentence, where it answers something, answers it checkably.
    """
    rows = []
    for pairs, chance in zip(columns, chances, strict=True):
        best = np.sort(chance)[::-1]
        weighed = chance * checkable
        likely = chance * (1 - checkable)
        top = int(chance.argmax())
        slots = (pairs[:, 18:] * chance[:, None]).max(axis=0)
        rows.append(
            [
                best[0],
                best[1] if len(best) > 1 else 0.0,
                min(chance.sum(), 5.0),
                weighed.max(),
                likely.max(),
                min(weighed.sum(), 4.0),
                min(likely.sum(), 4.0),
                checkable[top],
                checkable.mean(),
                pairs[:, 0].max(),
                pairs[:, 1].max(),
                pairs[:, 4].max(),
                pairs[:, 5].max(),
                pairs[0, 12],
                *pairs[top, 18:],
                *slots,
            ]
        )
    return np.array(rows, dtype=np.float32)


@dataclass(frozen=True)
class RemedyModel:
    """Pair scorer, checkability scorer and judge.

    Parameters
    ----------
    pairs : LinearModel
        Classes ``no`` and ``yes``; dense columns only.
    checks : LinearModel
        Classes ``generic`` and ``specific``; of sentences.
    judge : LinearModel
        Classes are those of `RemedyStatus`; dense columns only.
    buckets, weights : ndarray of int32 and float32, shape (n_known,)
        Rarity of the buckets of n-grams seen in training.
    unseen : float
        Rarity of any other bucket.
    """

    pairs: LinearModel
    checks: LinearModel
    judge: LinearModel
    buckets: npt.NDArray[np.int32]
    weights: Floats
    unseen: float

    def __post_init__(self) -> None:
        rarity = np.full(1 << BITS, self.unseen, dtype=np.float32)
        rarity[self.buckets] = self.weights
        object.__setattr__(self, "_rarity", rarity)

    def evidence(
        self, context: Context, items: Sequence[ItemRun], plans: Plans
    ) -> tuple[Floats, Floats, Floats]:
        """Return pair columns, chances of pairs and checkability of sentences."""
        columns = pair_columns(context, items, plans, self._rarity)  # type: ignore[attr-defined]
        flat = columns.reshape(-1, columns.shape[2])
        yes = self.pairs.chances("yes", [], flat)
        checks = self.checks.chances("specific", [Block(context.grams, plans.sentences)], plans.slots)
        return columns, yes.reshape(columns.shape[:2]), checks

    def predict(
        self, context: Context, types: Sequence[str], items: Sequence[ItemRun]
    ) -> list[RemedyReading]:
        """Return the answer to each item."""
        plans = read_plans(context, types)
        if not len(plans.sentences) or not items:
            return [RemedyReading(RemedyStatus.NONE, (), 1.0) for _ in items]
        columns, chances, checkable = self.evidence(context, items, plans)
        judged = self.judge.probabilities([], answer_columns(columns, chances, checkable))
        readings = []
        for chance, verdict in zip(chances, judged, strict=True):
            status = RemedyStatus(self.judge.classes[int(verdict.argmax())])
            shown: tuple[int, ...] = ()
            if status is not RemedyStatus.NONE:
                likely = [k for k in np.argsort(-chance, kind="stable")[:_MOST_SHOWN] if chance[k] >= _SHOWN]
                places = likely or [int(chance.argmax())]
                shown = tuple(sorted(int(plans.sentences[k]) for k in places))
            readings.append(RemedyReading(status, shown, float(verdict.max())))
        return readings

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Return what `from_arrays` takes."""
        return {
            **prefixed(pairs=self.pairs, checks=self.checks, judge=self.judge),
            "buckets": self.buckets,
            "weights": self.weights,
            "unseen": np.array(self.unseen),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[np.generic]]) -> RemedyModel:
        """Make a model of arrays; raises KeyError where one is missing."""
        return cls(
            LinearModel.from_prefixed(arrays, "pairs"),
            LinearModel.from_prefixed(arrays, "checks"),
            LinearModel.from_prefixed(arrays, "judge"),
            np.asarray(arrays["buckets"], dtype=np.int32),
            np.asarray(arrays["weights"], dtype=np.float32),
            float(arrays["unseen"]),
        )
