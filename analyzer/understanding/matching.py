"""What a problem and a sentence of the plans share: wording, topic, place in their lists, numbers.

The wording is compared without the words that name a lack and those that pledge to cure it (不够/加强,
不实/做实), as these are alike whatever the topic.  Every likeness is given with whether it is the problem's
best and whether it is the sentence's best: a measure that answers another problem better is no answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analyzer.language.memory import each, rows
from analyzer.lexicons import classes, table
from analyzer.understanding.likeness import GramSpace, likeness, unit
from analyzer.understanding.linear import Floats, Ints
from analyzer.understanding.measures import CHECKS, EVERY, Plans
from analyzer.understanding.problems import ItemRun
from analyzer.understanding.structure import Context

_LEXICON = "matching.toml"
_POLAR = 0xE010  # of private use, which no text holds for a reason of its own
_NEAR = 3  # sentences
_SHORT = 30  # characters
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Pairs:
    """All pairs of a problem and a sentence of the plans.

    Parameters
    ----------
    columns : ndarray of float32, shape (n_items, n_sentences, n_columns)
        What is known of each pair, its likenesses among it.
    likenesses : ndarray of float32, shape (n_items, n_sentences, n_likenesses)
    checks : ndarray of float32, shape (n_sentences, n_checks)
        As in `Plans`.
    group : ndarray of int64, shape (n_sentences,)
        The group of each sentence, from 0.
    begins : ndarray of int64, shape (n_groups,)
        Where each group begins.
    """

    columns: Floats
    likenesses: Floats
    checks: Floats
    group: Ints
    begins: Ints


def pair_up(context: Context, items: Sequence[ItemRun], plans: Plans, wording: GramSpace) -> Pairs:
    """Return the columns of all pairs.

    Parameters
    ----------
    context : Context
    items : sequence of ItemRun
    plans : Plans
        At least one sentence.
    wording : GramSpace
    """
    clauses, sentences = context.layout.clauses, context.layout.sentences[plans.sentences]
    begins = np.flatnonzero(np.append(True, plans.group[1:] != plans.group[:-1]))
    named = clauses[[item.first for item in items]]
    whole = np.column_stack([named[:, 0], clauses[[item.last for item in items], 1]])
    heads = clauses[context.layout.first_clause[plans.sentences[begins]]]
    spans = np.vstack([named, whole, heads, sentences]).astype(np.int32)
    texts = tuple(context.text[start:end] for start, end in spans.tolist())
    # Where measures stand among the problems, it matters which words are in both.
    mixed = (spans - spans.min()).tobytes() if whole[:, 1].max() > sentences[0, 0] else b""
    known = (texts, len(items), plans.group.tobytes(), mixed)
    (likenesses,) = each(
        wording.identity,
        [known],
        lambda _: [_likenesses(context, spans, len(items), plans.group, begins, wording)],
    )
    of_place = _places(context, items, plans)
    by_group = np.maximum.reduceat(plans.checks, begins)[plans.group]
    of_sentence = np.hstack([by_group, plans.checks])
    size = 3 * likenesses.shape[2] + len(of_place) + 2 * len(CHECKS)
    columns = np.zeros((*likenesses.shape[:2], size), dtype=np.float32)
    ranked = np.concatenate([likenesses, *_ranks(likenesses)], axis=2)
    columns[:, :, : ranked.shape[2]] = ranked
    for number, column in enumerate(of_place, ranked.shape[2]):
        columns[:, :, number] = column
    columns[:, :, -2 * len(CHECKS) :] = of_sentence
    return Pairs(columns, likenesses, plans.checks, plans.group, begins)


def _likenesses(
    context: Context, spans: npt.NDArray[np.int32], items: int, group: Ints, begins: Ints, wording: GramSpace
) -> Floats:
    """Return how alike problems and sentences of the plans are, as in `Pairs`.

    Parameters
    ----------
    context : Context
    spans : ndarray of int32, shape (n, 2)
        Titles of the problems, whole problems, heads of the groups, sentences.
    items : int
        Number of problems.
    group, begins : ndarray of int64, shape (n_sentences,), (n_groups,)
        As in `Pairs`.
    wording : GramSpace
    """
    asked, said = slice(0, 2 * items), slice(2 * items + len(begins), None)
    first = slice(asked.stop, said.start)
    bags, rarity, places = wording.bags(without_polarity(context, spans), spans)
    topics = _topics(context, spans)
    spoken = np.maximum.reduceat(topics[said], begins).sum(axis=0)
    rare = np.log((2 + len(begins)) / (1 + spoken)).astype(np.float32)
    together = np.add.reduceat(places[said], begins)
    found = [
        *(
            likeness(
                held[asked],
                np.vstack([held[said], np.maximum.reduceat(held[said], begins), held[first]]),
                weights,
            )
            for held, weights in ((bags, rarity), (topics, rare))
        ),
        unit(places[asked]) @ unit(np.vstack([places[said], together, places[first]])).T,
    ]
    # Of each answerer, the sentence, its group and its group's head, against title and whole of the problem.
    answerers = np.concatenate(
        [np.arange(len(group)), *(len(group) + k * len(begins) + group for k in range(2))]
    )
    alike = np.stack(found)[:, :, answerers].reshape(3, 2, items, 3, len(group))
    return alike.transpose(2, 4, 0, 1, 3).reshape(items, len(group), -1)


def without_polarity(context: Context, spans: npt.NDArray[np.int32]) -> npt.NDArray[np.uint32]:
    """Return the code points of the text, with one symbol for the words of lack and pledge in some spans."""
    _, pattern = classes(_LEXICON, "polarity")
    codes = context.codes.copy()
    for start, end in spans.tolist():
        for match in pattern.finditer(context.text, start, end):
            codes[match.start() : match.end()] = _POLAR
    return codes


def _topics(context: Context, spans: npt.NDArray[np.int32]) -> Floats:
    """Return which topics each span speaks of, shape (n_spans, n_topics)."""
    kinds, pattern = classes(_LEXICON, "topics")
    names = list(table(_LEXICON)["topics"])
    texts = [context.text[start:end] for start, end in spans.tolist()]

    def find(some: list[int]) -> Floats:
        spoken = np.zeros((len(some), len(names)), dtype=np.float32)
        for row, place in zip(spoken, some, strict=True):
            row[[names.index(kinds[word]) for word in pattern.findall(texts[place])]] = 1
        return spoken

    return rows("topics", texts, find)


def _ranks(alike: Floats) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return whether likenesses, shape (n_items, n_sentences, n), are the problem's, the sentence's best."""
    problems, sentences = (alike >= alike.max(axis=axis, keepdims=True) - _TINY for axis in (1, 0))
    return problems & (alike > 0), sentences & (alike > 0)


def _places(context: Context, items: Sequence[ItemRun], plans: Plans) -> list[npt.NDArray[np.generic]]:
    """Return how the lists of problems and plans run parallel, and which numbers are named."""
    place = np.arange(len(items))[:, None]
    listed = np.array([not item.in_passing for item in items], dtype=bool)
    size = int(listed.sum())
    number = np.where(listed, listed.cumsum() - 1, len(plans.group))[:, None]  # no list has so many entries
    groups = int(plans.group[-1]) + 1
    even = groups == size
    ordinals = np.array([context.layout.ordinals[item.first].value for item in items])
    value = np.where(listed, np.where(ordinals > 0, ordinals, listed.cumsum()), -1)[:, None]
    gap = plans.sentences - context.sentence_of_clause[[item.last for item in items]][:, None]
    starts = context.sentence_of_clause[[item.first for item in items]]
    before = np.searchsorted(starts, plans.sentences, side="right") - 1  # the problem told last
    between = (before >= 0) & (before < len(items) - 1)
    spans = context.layout.sentences[plans.sentences]
    return [
        plans.group == number,
        (plans.group == number) & even,
        np.where(number < size, np.abs(plans.group / max(groups - 1, 1) - number / max(size - 1, 1)), 1.0),
        (plans.rank == value) & (plans.rank > 0),
        np.array(even),
        (plans.reference == value) & (plans.reference > 0),
        (plans.reference != value) & (plans.reference > 0),
        plans.reference == EVERY,
        (gap > 0) & (gap <= _NEAR),
        between & (before == place),
        between & (before != place),
        np.array(len(items) == 1),
        spans[:, 1] - spans[:, 0] <= _SHORT,
        context.heading[plans.sentences] == plans.sentences,
        np.array(min(len(spans), 20) / 20),
        np.array(min(groups / len(items), 3.0)),
    ]
