"""Causes: whether, how and where an admitted problem is explained.

Two steps.  Each clause that could hold the cause (those of the item, and those of the problem and cause
sections that belong to no item) is scored as a real cause (subjective, mechanism), as an apparent one
(objective, restated) or as none, from its words, its cues and what it adds to the words of the
problem.  The item is then judged by the strongest of these scores.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from analyzer.language.layout import Ordinal
from analyzer.lexicons import pattern, patterns
from analyzer.result import CauseKind, CauseStatus
from analyzer.understanding.items import clauses_of
from analyzer.understanding.linear import Floats, Ints, LinearModel, prefixed
from analyzer.understanding.measures import scattered
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
_BELONGS = 10  # how much more a cause counts that shares all of its words with the problem
# A clause that looks back to all problems says why, from this score on, of those that are judged less surely.
_SURELY_SHARED, _DOUBTFUL = 0.99, 0.6
_SURELY_REAL = 0.9  # from this score on a clause of an entry says why, whatever its heading is
_SPAN_SHARE = 0.5  # a neighbour belongs to the cause if it scores this share of the best clause
_NUMERALS = "一二三四五六七八九十"
_NAMED = 0.4  # how near the problem's first words an opening is that names it
_MEANT = 1 / 3  # how near a cause is that names its problem by number: as near as counts in full


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
    clauses = clauses_of(context, np.flatnonzero([kind in ("problems", "causes") for kind in types]))
    own = np.array([kind == "causes" for kind in types], dtype=bool)
    free = np.ones(len(context.layout.clauses), dtype=bool)
    for item in items:
        free[item.first : item.last + 1] = False
    begin = min((item.first for item in items if not item.in_passing), default=0)
    sentences = context.sentence_of_clause[clauses]
    pledges = scattered(context, types)
    # What leads in to the items explains none, nor does what is promised among them.
    inside = (clauses > begin) & ~np.isin(sentences, list(pledges))
    may = free[clauses] & (own[sentences] | inside) | sums_up(context, clauses) & inside
    return np.asarray(clauses[may & ~_held(context, clauses, "causes.toml", "says_nothing")], dtype=np.int64)


def sums_up(context: Context, clauses: Ints) -> npt.NDArray[np.bool_]:
    """Return which clauses stand in a sentence that looks back to all problems (以上问题，主要是……).

    So does a paragraph of its own after a list that says why (原因是我……).  Such a sentence may have been
    taken for the end of the last item, but it tells as much of the others.
    """
    summed_up = _held(context, clauses, "sections.toml", "references", "summed_up")
    closing = [k for k in dict.fromkeys(context.sentence_of_clause[clauses].tolist()) if _closes(context, k)]
    return np.asarray(summed_up | np.isin(context.sentence_of_clause[clauses], closing), dtype=bool)


def _closes(context: Context, sentence: int) -> bool:
    """Whether a paragraph after the last entry of a list begins with a sentence that says why."""
    layout = context.layout
    opens, marks = layout.opens_paragraph, layout.sentence_ordinals
    if not opens[sentence] or marks[sentence].kind:
        return False
    if not pattern("sections.toml", "references", "closing").match(context.sentence_texts[sentence]):
        return False
    before = next((k for k in range(sentence - 1, -1, -1) if opens[k] or marks[k].kind), 0)
    return marks[before].value > 1


def _held(context: Context, clauses: Ints, *cue: str) -> npt.NDArray[np.bool_]:
    """Return which clauses stand in a sentence that holds a cue of the lexicons."""
    sentences = context.sentence_of_clause[clauses].tolist()
    asked = list(dict.fromkeys(sentences))
    found = held([pattern(*cue)], [context.sentence_texts[k] for k in asked])[:, 0] > 0
    told = dict(zip(asked, found.tolist(), strict=True))
    return np.array([told[k] for k in sentences], dtype=bool)


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
        texts = [context.clause_texts[clause] for clause in clauses.tolist()]
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
    return _columns(wording, [item], clauses, np.array([len(clauses)]), own=own)


def _columns(wording: Wording, items: Sequence[ItemRun], clauses: Ints, sizes: Ints, *, own: bool) -> Floats:
    """Return the `cause_columns` of several items, whose clauses, so many each, stand after one another."""
    rows = wording.rows(clauses)
    found = wording.found[rows]
    named = [wording.content[row] for row in wording.rows(np.array([item.first for item in items])).tolist()]
    said = [wording.content[row] for row in rows.tolist()]
    owner = np.arange(len(items)).repeat(sizes)
    shared = np.array([len(words & named[k]) for words, k in zip(said, owner.tolist(), strict=True)])
    columns = np.zeros((len(clauses), 24), dtype=np.float32)
    columns[:, :10] = found
    columns[:, 10] = shared / (np.array([len(words) for words in said]) + 1)
    columns[:, 11] = shared / (np.array([len(words) for words in named])[owner] + 1)
    columns[:, 12] = wording.lengths[rows]
    if not own:
        columns[:, 13] = 1
        return columns
    every = np.arange(len(clauses))
    stops = sizes.cumsum()
    order = every - (stops - sizes)[owner]
    columns[every, 14 + np.minimum(order, 3)] = 1
    columns[:, 18] = order / sizes[owner]
    columns[stops - 1, 19] = 1
    follows = order[1:] > 0
    columns[1:, 20] = found[:-1, 0] * follows
    columns[1:, 21] = found[:-1, 1] * follows
    columns[:-1, 22] = found[1:, 1] * follows
    seen = np.concatenate([[0], np.cumsum(found[:, 0])])
    columns[:, 23] = seen[every] > seen[every - np.minimum(order, _REACH)]
    return columns


def _sides(scores: Floats) -> Floats:
    """Return how likely clauses tell a real and an apparent cause, shape (…, 2), given scores (…, 4)."""
    return np.stack([scores[..., _REAL].sum(axis=-1), scores[..., 2:].sum(axis=-1)], axis=-1)


def _summary(scores: Floats, sizes: Ints) -> list[Floats]:
    """Return what items are judged by from the scores of their clauses, so many each, after one another."""
    begins = sizes.cumsum() - sizes
    sides = _sides(scores)
    later = sides.copy()
    later[begins] = 0  # without the clause that names the problem
    strongest = np.maximum.reduceat(sides, begins)
    odds = np.log(strongest + _TINY)
    none = np.multiply.reduceat(1 - sides[:, 0], begins)
    return [
        np.maximum.reduceat(scores, begins),
        np.minimum(np.add.reduceat(scores, begins), 3),
        strongest,
        np.minimum(np.add.reduceat(sides, begins), 4),
        (odds[:, 0] - odds[:, 1])[:, None],
        np.log(1 + _TINY - none)[:, None],
        np.maximum.reduceat(later, begins),
        np.minimum(np.add.reduceat(later, begins), 4),
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
    ) -> Iterator[tuple[Ints, Floats, Floats, npt.NDArray[np.bool_], Floats]]:
        """Yield for each item its candidate clauses, their scores, and what it is judged by.

        Yields
        ------
        clauses : ndarray of int64, shape (n_clauses,)
            The item's own, then those that may explain several items.
        scores : ndarray of float32, shape (n_clauses, 4)
            Probability of each of ``KINDS[1:]``.
        near : ndarray of float32, shape (n_outside,)
            How near the item the clauses are that may explain several.
        every : ndarray of bool, shape (n_outside,)
            Which of those look back to all problems.
        columns : ndarray of float32, shape (n_columns,)
        """
        if not items:
            return
        outside = outside_clauses(context, types, items)
        own = np.concatenate([item.clauses for item in items])
        sizes = np.array([item.last - item.first + 1 for item in items])
        clauses = np.unique(np.concatenate([outside, own]))
        words = self.scorer.gram_logits(item_blocks(context, clauses))  # the same for every item
        wording = Wording(context, clauses)
        chosen = np.concatenate([own, np.tile(outside, len(items))])
        columns = [
            _columns(wording, items, own, sizes, own=True),
            _columns(wording, items, chosen[len(own) :], np.full(len(items), len(outside)), own=False),
        ]
        logits = words[wording.rows(chosen)] + self.scorer.dense_logits(np.vstack(columns))
        kinds = [self.scorer.classes.index(kind) for kind in KINDS[1:]]
        scores = self.scorer.calibrated(logits)[:, kinds]
        others = scores[len(own) :].reshape(len(items), len(outside), len(kinds))
        near, barred = _nearness(context, items, outside)
        others[barred] = 0
        every = sums_up(context, outside)
        judged = evidence(context, items, scores[: len(own)], near, others, every, apart="causes" in types)
        told = zip(items, sizes.cumsum(), sizes, others, near, judged, strict=True)
        for item, stop, size, other, nears, row in told:
            weighed = np.vstack([scores[stop - size : stop], other])
            yield np.concatenate([item.clauses, outside]), weighed, nears, every, row

    def predict(self, context: Context, types: Sequence[str], items: Sequence[ItemRun]) -> list[CauseReading]:
        """Return the cause of each item."""
        if not items:
            return []
        clauses, scores, near, every, columns = zip(*self.weigh(context, types, items), strict=True)
        chances = self.judge.probabilities([], np.array(columns))
        told = zip(clauses, scores, near, every, chances, strict=True)
        return [self._judge(context, *some) for some in told]

    def _judge(
        self,
        context: Context,
        clauses: Ints,
        scores: Floats,
        near: Floats,
        every: npt.NDArray[np.bool_],
        chances: Floats,
    ) -> CauseReading:
        status = CauseStatus(self.judge.classes[int(chances.argmax())])
        confidence = float(chances.max())
        shared = np.where(every, scores[len(clauses) - len(near) :, _REAL].sum(axis=1), 0)
        is_doubtful = status is not CauseStatus.EXPLICIT and confidence < _DOUBTFUL
        if is_doubtful and shared.size and shared.max() >= _SURELY_SHARED:
            best = len(clauses) - len(near) + int(shared.argmax())
            kind = CauseKind(KINDS[1:3][int(scores[best, _REAL].argmax())])
            span = _stretch(context, clauses, scores[:, _REAL].sum(axis=1), best)
            return CauseReading(CauseStatus.EXPLICIT, kind, *span, float(shared.max()))
        if status is CauseStatus.NONE:
            return CauseReading(status, None, None, None, confidence)
        real, apparent = scores[:, _REAL], scores[:, 2:]
        group = real if status is CauseStatus.EXPLICIT else apparent
        outside = len(clauses) - len(near)
        weight = np.append(np.ones(outside), 1 + _BELONGS * near)
        best = int((group.sum(axis=1) * weight).argmax())
        if status is CauseStatus.SHALLOW and best >= outside:
            entry = outside + _rest_of_entry(context, clauses[outside:], best - outside)
            behind = real[entry].sum(axis=1)
            if behind.size and behind.max() >= _SURELY_REAL:
                # What was taken for the cause is the heading of an entry that goes on to say why.
                if not near[best - outside]:
                    confidence = float(chances[self.judge.classes.index(CauseStatus.NONE)])
                    return CauseReading(CauseStatus.NONE, None, None, None, confidence)
                status, group, best = CauseStatus.EXPLICIT, real, int(entry[behind.argmax()])
                confidence = float(behind.max())
        kinds = KINDS[1:3] if status is CauseStatus.EXPLICIT else KINDS[3:]
        kind = CauseKind(kinds[int(group[best].argmax())])
        first, last = _stretch(context, clauses, group.sum(axis=1), best)
        return CauseReading(status, kind, first, last, confidence)

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Return what `from_arrays` takes."""
        return prefixed(scorer=self.scorer, judge=self.judge)

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[np.generic]]) -> CauseModel:
        """Make a model of arrays; raises KeyError where one is missing."""
        return cls(LinearModel.from_prefixed(arrays, "scorer"), LinearModel.from_prefixed(arrays, "judge"))


def _stretch(context: Context, clauses: Ints, strength: Floats, best: int) -> tuple[int, int]:
    """Return the first and last clause of the cause: the best and its like neighbours in the sentence.

    It begins no later than the cue that introduces it (原因在于我碍于情面，没有……); one that only points back
    (根子就在这里) begins with the sentence before.
    """
    sentence = context.sentence_of_clause
    first = last = best

    def joins(a: int, b: int) -> bool:
        near = clauses[b] - clauses[a] == 1 and sentence[clauses[a]] == sentence[clauses[b]]
        return bool(near) and min(strength[a], strength[b]) >= _SPAN_SHARE * strength[best]

    while first > 0 and joins(first - 1, first):
        first -= 1
    while last + 1 < len(clauses) and joins(last, last + 1):
        last += 1
    return _introduced(context, clauses, int(clauses[first])), int(clauses[last])


def _introduced(context: Context, clauses: Ints, first: int) -> int:
    """Return the clause with which the words that introduce a cause begin, given where the cause does."""
    sentence, known = context.sentence_of_clause, set(clauses.tolist())
    if pattern("causes.toml", "points_back").search(context.clause_text(first, first)):
        before = context.layout.first_clause[sentence[first] - 1] if sentence[first] else first
        return int(before) if int(before) in known else first
    cue = pattern("causes.toml", "introduces")
    begin = max(int(context.layout.first_clause[sentence[first]]), first - _REACH)
    return next(
        (k for k in range(begin, first) if k in known and cue.match(context.clause_text(k, k))), first
    )


def evidence(
    context: Context,
    items: Sequence[ItemRun],
    own: Floats,
    near: Floats,
    other: Floats,
    every: npt.NDArray[np.bool_],
    *,
    apart: bool,
) -> Floats:
    """Return the columns that the causes of items are judged by, shape (n_items, n_columns).

    Parameters
    ----------
    context : Context
    items : sequence of ItemRun
    own : ndarray of float32, shape (n_own, 4)
        Scores of the items' clauses, item after item.
    near : ndarray of float32, shape (n_items, n_outside)
        How near clauses outside of any item are to each.
    other : ndarray of float32, shape (n_items, n_outside, 4)
        Their scores.
    every : ndarray of bool, shape (n_outside,)
        Whether they look back to all problems.
    apart : bool
        Whether the report has a section of causes.
    """
    texts = [context.clause_text(item.first, item.last) for item in items]
    sizes = np.array([item.last - item.first + 1 for item in items])
    count = len(items)
    external = np.zeros((count, 19), dtype=np.float32)
    if near.size:
        weighed = other * np.minimum(3 * near, 1)[:, :, None]
        external[:, :4] = other.max(axis=1)
        external[:, 4:8] = weighed.max(axis=1)
        external[:, 8] = near.max(axis=1)
        external[:, 9] = 1
        external[:, 10] = min(near.shape[1] / 10, 2)
        external[:, 11] = _sides(other)[:, :, 0].max(axis=1)
        external[:, 12:14] = _sides(weighed).max(axis=1)
    if every.any():
        # What is said of all problems explains the less, the surer one tells a cause of its own.
        own_real = np.maximum.reduceat(_sides(own)[:, 0], sizes.cumsum() - sizes)
        external[:, 14] = 1
        external[:, 15:19] = other[:, every].max(axis=1) * (1 - own_real)[:, None]
    cues = patterns("causes.toml")
    selves = [len(cues["self"].findall(text)) for text in texts]
    asked = [cues[name].search for name in ("figure", "stock", "circumstance")]
    whole = [
        [
            cues["cue"].search(text) is not None,
            cues["effect"].search(text) is not None,
            own_words > 0,
            *[search(text) is not None for search in asked],
            log(len(text) + 1),
            log(size),
            min(size, 12) / 4,
            min(count, 12) / 4,
            min(own_words, 5) / 2,
            apart,
        ]
        for text, own_words, size in zip(texts, selves, sizes.tolist(), strict=True)
    ]
    return np.hstack([*_summary(own, sizes), external, np.array(whole)]).astype(np.float32)


def _entries(context: Context, outside: Ints, named: Mapping[int, Sequence[int]]) -> Ints:
    """Return the entry of their list, counted from 0, that each of some clauses stands in.

    Parameters
    ----------
    context : Context
    outside : ndarray of int64, shape (n_outside,)
    named : mapping
        The problems that sentences begin by naming: an entry begins there, too, though it have no number.
    """
    sentences = context.sentence_of_clause[outside]
    begins = np.append(True, sentences[1:] != sentences[:-1])
    marks = context.layout.sentence_ordinals
    heads = [marks[k].kind is not Ordinal.NONE or k in named for k in sentences.tolist()]
    entry = (begins & heads).cumsum()
    return np.asarray(entry - entry[0], dtype=np.int64)


def _rest_of_entry(context: Context, outside: Ints, heading: int) -> Ints:
    """Return where, among some clauses, the rest of the numbered entry is that one's sentence begins.

    It ends with its paragraph; a heading of one clause may be a paragraph of its own.
    """
    sentences = context.sentence_of_clause[outside]
    first = int(sentences[heading])
    if context.layout.sentence_ordinals[first].kind is Ordinal.NONE:
        return np.zeros(0, dtype=np.int64)
    parted = context.layout.opens_paragraph
    begin = first + 1 + int((sentences == first).sum() == 1)
    last = next((k for k in range(begin, len(parted)) if parted[k]), len(parted))
    entry = _entries(context, outside, {})
    return np.flatnonzero((entry == entry[heading]) & (sentences > first) & (sentences < last))


def _nearness(
    context: Context, items: Sequence[ItemRun], outside: Ints
) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Return how near clauses outside of any item are to each, and which cannot be meant for it.

    What counts is the entry of their list that they stand in, as a whole: of causes told apart from the
    problems, an item's own is the one that speaks of the same thing.  Its place in the list tells nothing:
    causes often serve several problems.  An entry that begins by naming a problem is that one's alone.

    Returns
    -------
    near : ndarray of float32, shape (n_items, n_outside)
    barred : ndarray of bool, shape (n_items, n_outside)
    """
    if not len(outside):
        return np.zeros((len(items), 0), dtype=np.float32), np.zeros((len(items), 0), dtype=bool)
    sentences = context.sentence_of_clause[outside].tolist()
    meant = _named(context, items, list(dict.fromkeys(sentences)))
    entry = _entries(context, outside, meant)
    entries = [""] * (int(entry[-1]) + 1)
    for clause, place in zip(outside.tolist(), entry.tolist(), strict=True):
        entries[place] += context.clause_text(clause, clause)
    firsts = np.unique(entry, return_index=True)[1].tolist()
    owners = [meant.get(sentences[first], ()) for first in firsts]
    told = contents(entries)
    named = [content(context.clause_text(item.first, item.last)) for item in items]  # of several lines
    near = np.array([[nearness(some, words) for words in told] for some in named], dtype=np.float32)
    barred = np.zeros(near.shape, dtype=bool)
    for place, own in enumerate(owners):
        if own:
            barred[:, place] = True
            barred[own, place] = False
            near[own, place] = np.maximum(near[own, place], _MEANT)
    near[barred] = 0
    return near[:, entry], barred[:, entry]


def _named(context: Context, items: Sequence[ItemRun], sentences: Sequence[int]) -> dict[int, list[int]]:
    """Return which problems sentences begin by naming, by number or by their words; only those that do."""
    listed = [k for k, item in enumerate(items) if not item.in_passing]
    titles = [content(context.clause_text(item.first, item.first)) for item in items]
    names = pattern("causes.toml", "names")
    found = {}
    for sentence in sentences:
        told = context.sentence_texts[sentence]
        meant = [listed[k] for k in _numbered_problems(told) if k < len(listed)]
        if not meant and (opening := names.match(told)):
            words = content(opening["about"] or opening["field"] or opening["fault"])
            near = [nearness(words, title) for title in titles]
            meant = [k for k, each in enumerate(near) if each >= max(_NAMED, max(near))]
        if meant:
            found[sentence] = meant
    return found


def _numbered_problems(told: str) -> list[int]:
    """Return which problems, counted from 0, a sentence begins by naming: 第一个问题，主要是……."""
    named = pattern("causes.toml", "numbered").match(told)
    numerals = (named["which"] or named["only"]) if named else ""
    return [_NUMERALS.index(numeral) for numeral in numerals if numeral in _NUMERALS]
