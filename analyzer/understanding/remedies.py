"""Remedies: whether the plans answer a problem, where, and with something checkable.

Every sentence of the plans is paired with every problem (`analyzer.understanding.matching`).  A first look
scores the pairs; the groups of measures are then assigned to the problems one to one, so that the total of
the scores is greatest, and a second look scores the pairs again, knowing the assignment and the rivals of
each pair.  A sentence may still answer several problems.  Each problem is judged by its best pairs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analyzer.result import RemedyStatus, SectionType, Slot
from analyzer.understanding.assignment import assign
from analyzer.understanding.likeness import GramSpace
from analyzer.understanding.linear import Block, Floats, LinearModel, prefixed
from analyzer.understanding.matching import Pairs, pair_up
from analyzer.understanding.measures import CHECKS, Plans, numbers_named, promised, read_plans, scattered
from analyzer.understanding.problems import ItemRun
from analyzer.understanding.slots import find_slots
from analyzer.understanding.structure import Context

_SHOWN = 0.5  # a pair at least this likely belongs to the answer
_MOST_SHOWN = 3
_FAR = -9.0  # log odds of a pair that has no rival
_TINY = 1e-6
_HEADING = (30, 16)  # characters of a sentence that only names its entry: of a paragraph's first, of others
_OWN = 0.9  # how sure an answer is that stands with its problem
_BETTER = (RemedyStatus.NONE, RemedyStatus.GENERIC, RemedyStatus.SPECIFIC)


@dataclass(frozen=True, slots=True)
class RemedyReading:
    """The answer to one item; ``sentences`` are those of the plans that give it."""

    status: RemedyStatus
    sentences: tuple[int, ...]
    confidence: float


def assigned_columns(pairs: Pairs, odds: Floats) -> Floats:
    """Return what the one-to-one assignment says of each pair, shape (n_items, n_sentences, 6).

    Parameters
    ----------
    pairs : Pairs
    odds : ndarray of float32, shape (n_items, n_sentences)
        Log odds that a sentence answers an item.
    """
    by_group = np.maximum.reduceat(odds, pairs.begins, axis=1)
    partner = assign(by_group)
    is_partner = partner[:, None] == np.arange(by_group.shape[1])
    taken = is_partner.any(axis=0)
    columns = [
        odds,
        by_group[:, pairs.group],
        is_partner[:, pairs.group],
        (taken & ~is_partner)[:, pairs.group],
        (by_group - _best_other(by_group, axis=0))[:, pairs.group],
        (by_group - _best_other(by_group, axis=1))[:, pairs.group],
    ]
    return np.stack(columns, axis=2).astype(np.float32)


def _best_other(values: Floats, axis: int) -> Floats:
    """Return the greatest of the other values along an axis, shape as given."""
    if values.shape[axis] < 2:
        return np.full(values.shape, _FAR, dtype=np.float32)
    ordered = np.sort(values, axis=axis)
    second, first = (np.take(ordered, [place], axis=axis) for place in (-2, -1))
    return np.where(values == first, second, first)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the items are judged by.

    Parameters
    ----------
    pairs : Pairs
        At least one sentence.
    assigned : ndarray of float32, shape (n_items, n_sentences, 6)
        From `assigned_columns`.
    chances : ndarray of float32, shape (n_items, n_sentences)
        That a sentence answers an item.
    checkable : ndarray of float32, shape (n_sentences,)
        That a sentence, where it answers something, answers it checkably.
    """

    pairs: Pairs
    assigned: Floats
    chances: Floats
    checkable: Floats


def answer_columns(evidence: Evidence) -> Floats:
    """Return what each item is judged by as columns, shape (n_items, n_columns)."""
    pairs, chances, checkable = evidence.pairs, evidence.chances, evidence.checkable
    by_group = np.maximum.reduceat(checkable, pairs.begins)[pairs.group]
    ordered = np.sort(np.hstack([np.zeros_like(chances[:, :1]), chances]), axis=1)
    best, second = ordered[:, -1], ordered[:, -2]
    top = chances.argmax(axis=1)
    weighed, likely = chances * checkable, chances * (1 - checkable)
    columns = [
        best,
        np.log((best + _TINY) / (1 - best + _TINY)),
        second,
        np.minimum(chances.sum(axis=1), 5.0),
        weighed.max(axis=1),
        likely.max(axis=1),
        np.minimum(weighed.sum(axis=1), 4.0),
        np.minimum(likely.sum(axis=1), 4.0),
        checkable[top],
        by_group[top],
        (chances * by_group).max(axis=1),
        np.full(len(top), checkable.mean()),
    ]
    blocks = [
        evidence.assigned[np.arange(len(top)), top, 3:],
        (chances[:, :, None] * pairs.checks).max(axis=1),
        pairs.checks[top],
        pairs.likenesses.max(axis=1),
    ]
    return np.hstack([np.column_stack(columns), *blocks]).astype(np.float32)


@dataclass(frozen=True)
class RemedyModel:
    """Pair scorers, checkability scorer and judge.

    Parameters
    ----------
    first, second : LinearModel
        Whether a sentence answers a problem, before and after the assignment: classes ``no`` and ``yes``;
        dense columns only.
    checks : LinearModel
        Classes ``generic`` and ``specific``; of sentences.
    judge : LinearModel
        Classes are those of `RemedyStatus`; dense columns only.
    wording : GramSpace
        Rarity and company of n-grams.
    """

    first: LinearModel
    second: LinearModel
    checks: LinearModel
    judge: LinearModel
    wording: GramSpace

    def evidence(self, context: Context, items: Sequence[ItemRun], plans: Plans) -> Evidence:
        """Return what some problems and plans, at least one sentence, show of each other."""
        pairs = pair_up(context, items, plans, self.wording)
        assigned = assigned_columns(pairs, log_odds(self.first, pairs.columns))
        odds = log_odds(self.second, np.concatenate([pairs.columns, assigned], axis=2))
        chances = (1 / (1 + np.exp(-odds))).astype(np.float32)
        checks = self.checks.chances("specific", [Block(context.grams, plans.sentences)], plans.checks)
        return Evidence(pairs, assigned, chances, checks)

    def predict(
        self, context: Context, types: Sequence[str], items: Sequence[ItemRun]
    ) -> list[RemedyReading]:
        """Return the answer to each item."""
        if not items:
            return []
        return _with_own(context, types, items, self._planned(context, types, items))

    def _planned(
        self, context: Context, types: Sequence[str], items: Sequence[ItemRun]
    ) -> list[RemedyReading]:
        """Return the answer to each item in the plans."""
        plans = read_plans(context, types, items)
        if not len(plans.sentences):
            return [RemedyReading(RemedyStatus.NONE, (), 1.0) for _ in items]
        evidence = self.evidence(context, items, plans)
        judged = self.judge.probabilities([], answer_columns(evidence))
        readings = []
        best, heads = evidence.chances.max(axis=0), _heads(context, plans)
        for chance, verdict in zip(evidence.chances, judged, strict=True):
            status = RemedyStatus(self.judge.classes[int(verdict.argmax())])
            shown: tuple[int, ...] = ()
            if status is not RemedyStatus.NONE:
                likely = [k for k in np.argsort(-chance, kind="stable")[:_MOST_SHOWN] if chance[k] >= _SHOWN]
                own = chance >= best
                places = _entry(context, likely or [int(chance.argmax())], plans, own, heads)
                shown = tuple(sorted(int(plans.sentences[k]) for k in places))
            readings.append(RemedyReading(status, shown, float(verdict.max())))
        return _with_named(context, items, plans, readings)

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Return what `from_arrays` takes."""
        return {
            **prefixed(first=self.first, second=self.second, checks=self.checks, judge=self.judge),
            **self.wording.arrays(),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[np.generic]]) -> RemedyModel:
        """Make a model of arrays; raises KeyError where one is missing."""
        return cls(
            LinearModel.from_prefixed(arrays, "first"),
            LinearModel.from_prefixed(arrays, "second"),
            LinearModel.from_prefixed(arrays, "checks"),
            LinearModel.from_prefixed(arrays, "judge"),
            GramSpace.from_arrays(arrays),
        )


def _heads(context: Context, plans: Plans) -> npt.NDArray[np.bool_]:
    """Return which sentences of the plans are headings of their numbered entries."""
    begin, end = context.layout.sentences[plans.sentences].T
    begins = np.append(True, plans.group[1:] != plans.group[:-1])
    opens = context.layout.opens_paragraph[plans.sentences]
    empty = ~plans.checks[:, : CHECKS.index("slogan")].any(axis=1)
    short = end - begin <= np.where(opens, *_HEADING)
    return np.asarray(begins & empty & short & (plans.rank > 0), dtype=bool)


def _entry(
    context: Context,
    places: Sequence[int],
    plans: Plans,
    own: npt.NDArray[np.bool_],
    heads: npt.NDArray[np.bool_],
) -> list[int]:
    """Return some sentences with those of their numbered entries that answer no other problem better.

    The heading of an entry is left out where something else of it is left.
    """
    paragraph = context.layout.paragraph[plans.sentences]
    shown = set(places)
    for place in places:
        if plans.rank[place]:
            beside = own & (plans.group == plans.group[place]) & (paragraph == paragraph[place])
            more = np.flatnonzero(beside).tolist()
            shown.update(more if len(more) <= _MOST_SHOWN else ())
    rest = [
        k for k in shown if not heads[k] or not any(plans.group[k] == plans.group[j] for j in shown - {k})
    ]
    return sorted(rest)


def _with_named(
    context: Context, items: Sequence[ItemRun], plans: Plans, readings: Sequence[RemedyReading]
) -> list[RemedyReading]:
    """Return the answers; to a problem that seems to have none, what begins by naming its number is one.

    A number means nothing where problems share one, or where they are counted in another way.
    """
    found = list(readings)
    listed = [k for k, item in enumerate(items) if not item.in_passing]
    told = [context.layout.ordinals[items[k].first].value for k in listed]
    if any(told) and told != list(range(1, len(listed) + 1)):
        return found
    for sentence in plans.sentences.tolist():
        for number in numbers_named(context.sentence_texts[sentence]):
            if 0 < number <= len(listed) and found[listed[number - 1]].status is RemedyStatus.NONE:
                begin, end = context.layout.sentences[sentence].tolist()
                status = _answered(find_slots(context.text, [(begin, end)]))
                found[listed[number - 1]] = RemedyReading(status, (sentence,), _OWN)
    return found


def _answered(slots: Mapping[Slot, Sequence[object]]) -> RemedyStatus:
    """Return what a measure is that surely answers its problem."""
    specific = sum(map(bool, slots.values())) > 1 or len(slots[Slot.METRIC]) > 1
    return RemedyStatus.SPECIFIC if specific else RemedyStatus.GENERIC


def _with_own(
    context: Context, types: Sequence[str], items: Sequence[ItemRun], readings: Sequence[RemedyReading]
) -> list[RemedyReading]:
    """Return the answers, that which an item brings along itself where there is no plan or none as good."""
    begins = [int(context.sentence_of_clause[item.first]) for item in items]
    stops = [
        int(context.sentence_of_clause[item.last]) + 1 if item.in_passing else following
        for item, following in zip(items, [*begins[1:], len(types)], strict=True)
    ]
    in_passing = [
        k
        for item, begin, stop in zip(items, begins, stops, strict=True)
        if item.in_passing
        for k in range(begin, stop)
    ]
    promises = scattered(context, types) | promised(context, in_passing) | _labelled(context)
    if not promises:
        return list(readings)
    has_plans = SectionType.PLANS in types
    found = []
    for begin, stop, reading in zip(begins, stops, readings, strict=True):
        own = tuple(sentence for sentence in range(begin, max(stop, begin + 1)) if sentence in promises)
        spans = [(promises[sentence], int(context.layout.sentences[sentence, 1])) for sentence in own]
        status = _answered(find_slots(context.text, spans))
        is_better = _BETTER.index(status) > _BETTER.index(reading.status)
        takes_own = own and (is_better or not has_plans)
        found.append(RemedyReading(status, own, _OWN) if takes_own else reading)
    return found


def _labelled(context: Context) -> dict[int, int]:
    """Return the sentences that forms label as measures, and where in the text each begins."""
    begins = context.layout.sentences[:, 0].tolist()
    return {
        sentence: begins[sentence]
        for form in context.forms
        for first, stop, kind in form
        if kind is SectionType.PLANS
        for sentence in range(first, stop)
    }


def log_odds(model: LinearModel, columns: Floats) -> Floats:
    """Return the log odds of ``yes`` for columns of shape (…, n_columns), shape (…)."""
    logits = model.dense_logits(columns) / model.temperature
    return logits[..., model.classes.index("yes")] - logits[..., model.classes.index("no")]
