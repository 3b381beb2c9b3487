"""Sections: which part of a duty report each sentence belongs to.

Each sentence gets a score for opening and for continuing each type of section, from its own n-grams,
those of its neighbours and of the headings above it, and from numbering and position; a second look scores
it again, knowing what the first makes of all that is around it (`second_look`).  The best sequence is decoded
by Viterbi with transitions counted in the corpus; where that misses one of the three main sections of a text
with chapters, the headings above sentences count for less (`unheaded`).  Where it finds problems and no
causes beside them, a classifier looks for the sentence that turns to the causes (`turns`), and another asks
whether what was taken for duties is the list of problems, and what for problems that of causes (`two_lists`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from analyzer.language.layout import NO_ORDINAL
from analyzer.lexicons import pattern, patterns
from analyzer.result import SectionType
from analyzer.understanding.decoding import marginals, viterbi
from analyzer.understanding.linear import Block, Floats, LinearModel, log_softmax, prefixed
from analyzer.understanding.second_look import second_columns
from analyzer.understanding.section_columns import section_columns
from analyzer.understanding.structure import Context, unheaded
from analyzer.understanding.turns import TURNS, first_number, goes_on, list_of, turn_columns
from analyzer.understanding.two_lists import entries, list_before, list_columns

TYPES = tuple(SectionType)
TAGS = tuple(f"{prefix}-{kind}" for prefix in "BI" for kind in TYPES)
_PROBLEMS, _CAUSES = TYPES.index(SectionType.PROBLEMS), TYPES.index(SectionType.CAUSES)
_PLANS = TYPES.index(SectionType.PLANS)
_BEFORE = (TYPES.index(SectionType.DUTIES), TYPES.index(SectionType.RECTIFICATION))
_MAIN = {TYPES.index(kind) for kind in (SectionType.DUTIES, SectionType.PROBLEMS, SectionType.PLANS)}
# What a reading by the headings above counts, beside one by the text alone, where a heading may be lost.
_HEADED = 0.25
_REGAINED = 0.8  # how likely a section must then be that the first reading had not found
_SURE = 0.5  # how likely a turn must be to be taken; one less likely only moves the chances
_SURELY = 0.95  # how likely a list of duties must be one of problems: better miss than accuse wrongly
_OF_SEVERAL = 2  # entries that make a list
_OF_A_LIST = 1 / 3  # share of a list that must have been read as problems for all of it to be
_SUBSTANTIAL = frozenset(TYPES) - {SectionType.TITLE, SectionType.PREFACE, SectionType.CLOSING}
_CERTAIN = 0.9  # of a heading without anything below it: a template's, left empty
_NEVER = -20.0  # log score of a tag that the corpus never shows
_MAY_WELL = -2.0  # log odds a sentence that entries are problems
_EXCLUDED = -1000.0  # of one that the text itself rules out


@dataclass(frozen=True, slots=True)
class SectionRun:
    """A section as a run of sentences, ``first`` to ``last`` inclusive; ``heading`` is a sentence or -1."""

    type: SectionType
    first: int
    last: int
    heading: int
    confidence: float


def section_blocks(context: Context) -> list[Block]:
    """Return what a sentence is judged by, in the order the model takes it."""
    own = np.arange(len(context.previous))
    return [
        Block(context.grams, own),
        Block(context.short, context.previous),
        Block(context.short, context.following),
        Block(context.grams, context.chapter),
        Block(context.short, context.heading),
    ]


@dataclass(frozen=True, slots=True)
class SectionReading:
    """The sections of a text and how likely each sentence belongs to each type.

    Parameters
    ----------
    runs : list of SectionRun
        In order, covering every sentence.
    chances : ndarray of float32, shape (n_sentences, 8)
        Columns in the order of `TYPES`.
    """

    runs: list[SectionRun]
    chances: Floats

    @property
    def types(self) -> list[SectionType]:
        """The section type of each sentence."""
        return [run.type for run in self.runs for _ in range(run.first, run.last + 1)]


NO_SECTIONS = SectionReading([], np.zeros((0, len(TYPES)), dtype=np.float32))


@dataclass(frozen=True)
class SectionModel:
    """Sentence classifier that looks twice, with a sequence decode.

    Parameters
    ----------
    classifier : LinearModel
        The first look; classes are `TAGS`, possibly fewer.
    second : LinearModel or None
        The second look, with the same classes; dense columns only.  None while it is trained: the first one
        is then all there is.
    turn : LinearModel
        Tells which sentence turns from the problems to their causes; dense columns only.
    lists : LinearModel or None
        Tells whether a list turns from the problems of the one before to their causes; dense columns only.
        None while a model is trained: what it moves is too little for later questions to learn from, as is
        what a second reading regains of lost headings.
    transitions : ndarray of float32, shape (16, 16)
        Log probability of the next tag.
    initial : ndarray of float32, shape (16,)
    """

    classifier: LinearModel
    second: LinearModel | None
    turn: LinearModel
    lists: LinearModel | None
    transitions: Floats
    initial: Floats

    def emissions(self, context: Context) -> Floats:
        """Return the log score of each tag, shape (n_sentences, 16)."""
        annexes = _annexes(context)
        logits = self.classifier.logits(section_blocks(context), section_columns(context))
        scores = _scores(self.classifier, logits, annexes)
        if self.second is None:
            return scores
        return _scores(self.second, self.second.logits([], second_columns(context, scores)), annexes)

    def predict(self, context: Context) -> SectionReading:
        """Return the sections; none for an empty text."""
        if not len(context.previous):
            return NO_SECTIONS
        emissions = self.emissions(context)
        path, chances = self._decode(context, emissions)
        told = set((path % len(TYPES)).tolist())
        if self.lists is not None and not told >= _MAIN and (context.chapter >= 0).any():
            # A heading may have been lost, and what it stood over be taken for what the last one says.
            bare = self.emissions(unheaded(context))
            other = self._decode(context, _HEADED * emissions + (1 - _HEADED) * bare)
            if _regains(*other, told):
                path, chances = other
        kinds = path % len(TYPES)
        opens = (path < len(TYPES)) | np.append(True, kinds[1:] != kinds[:-1])
        for first, stop in _untold(kinds):
            if turn := self._turn(context, kinds, first, stop):
                start, begin, likely = turn
                for low, high, kind in ((start, first, _PROBLEMS), (begin, stop, _CAUSES)):
                    moved = likely * chances[low:high]
                    chances[low:high] -= moved
                    chances[low:high, kind] += moved.sum(axis=1)
                    if likely >= _SURE:
                        kinds[low:high] = kind
                if likely >= _SURE:
                    opens[start:stop] = False
                    opens[[start, begin]] = True
        firsts = np.flatnonzero(opens)
        lasts = np.append(firsts[1:], len(path)) - 1
        runs = [
            SectionRun(
                TYPES[kinds[first]],
                int(first),
                int(last),
                int(first) if context.heading[first] == first else -1,
                float(chances[first : last + 1, kinds[first]].mean()),
            )
            for first, last in zip(firsts, lasts, strict=True)
        ]
        return SectionReading(_joined(runs), chances)

    def _decode(self, context: Context, emissions: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
        """Return the best path, and how likely each sentence belongs to each type, shape (n_sentences, 8).

        Emissions change where the text itself rules tags out.
        """
        path = viterbi(emissions, self.transitions, self.initial)
        for reading in (_read_labels, _keep_lists, _go_on_with_list):
            if reading(context, emissions, path):
                path = viterbi(emissions, self.transitions, self.initial)
        posterior = marginals(emissions, self.transitions, self.initial)
        return path, posterior[:, : len(TYPES)] + posterior[:, len(TYPES) :]

    def _turn(
        self, context: Context, kinds: npt.NDArray[np.int64], first: int, stop: int
    ) -> tuple[int, int, float] | None:
        """Return where the problems of a stretch begin, where their causes do, and how likely that is.

        The list that causes follow is one of problems from its first number on.
        """
        start = list_of(context, first)
        if not _told_before(kinds[start:first]):
            start = first
        sentences, columns = turn_columns(context, start, stop - 1)
        may = [
            place > first and not goes_on(context, start, place) and not _is_headed_problems(context, place)
            for place in sentences.tolist()
        ]
        likely = self.turn.chances(TURNS, [], columns) * np.array(may, dtype=np.float32)
        turn = None
        begin = first
        if likely.any():
            begin, best = int(sentences[likely.argmax()]), float(likely.max())
            if begin - first >= _OF_A_LIST * (begin - start):  # else it rather turns from duties to problems
                turn = start if best >= _SURE else first, begin, best
                if best >= _SURE:
                    return turn
        if start == first:  # the problems begin with their list, if that is not the one before
            begin, start = first, list_before(context, first)
        surely = self._explained(context, kinds, start, begin, stop)
        return (start, begin, surely) if surely >= _SURELY else turn

    def _explained(
        self, context: Context, kinds: npt.NDArray[np.int64], start: int, begin: int, stop: int
    ) -> float:
        """Return how likely a list of duties is one of problems, and what follows their causes.

        Only the one list that was read as problems may be that of their causes.
        """
        told = np.flatnonzero(kinds == _PROBLEMS)
        before = kinds[start : told[0]]
        if self.lists is None or told[-1] >= stop or not len(before) or not _told_before(before):
            return 0.0
        if _is_headed_problems(context, begin) or goes_on(context, start, begin):
            return 0.0
        if context.heading[start] == start and not _is_headed_problems(context, start):
            return 0.0
        if len(entries(context, np.arange(start, begin))) < _OF_SEVERAL:
            return 0.0
        plans = stop + np.flatnonzero(kinds[stop:] == _PLANS)
        columns = list_columns(context, start, begin, stop, plans)
        return float(self.lists.chances(TURNS, [], columns[None, :])[0])

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Return what `from_arrays` takes."""
        parts = {"second": self.second, "turn": self.turn, "lists": self.lists}
        return {
            **self.classifier.arrays(),
            **prefixed(**{name: part for name, part in parts.items() if part}),
            "transitions": self.transitions,
            "initial": self.initial,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[np.generic]]) -> SectionModel:
        """Make a model of arrays; raises KeyError where one is missing."""
        return cls(
            LinearModel.from_arrays(arrays),
            LinearModel.from_prefixed(arrays, "second"),
            LinearModel.from_prefixed(arrays, "turn"),
            LinearModel.from_prefixed(arrays, "lists"),
            np.asarray(arrays["transitions"], dtype=np.float32),
            np.asarray(arrays["initial"], dtype=np.float32),
        )


def _regains(path: npt.NDArray[np.int64], chances: Floats, told: set[int]) -> bool:
    """Whether a path surely has a main section that was not `told` before, and all that was."""
    kinds = path % len(TYPES)
    found = set(kinds.tolist())
    return told <= found and any(
        chances[kinds == kind, kind].mean() >= _REGAINED for kind in _MAIN & found - told
    )


def _scores(model: LinearModel, logits: Floats, annexes: Sequence[int]) -> Floats:
    """Return the log score of each of `TAGS`; an annex goes on with what stands before it."""
    scores = np.full((len(logits), len(TAGS)), _NEVER, dtype=np.float32)
    scores[:, [TAGS.index(name) for name in model.classes]] = log_softmax(logits / model.temperature)
    for sentence in annexes:
        opening, going_on = np.split(scores[sentence - 1], 2)
        scores[sentence] = np.append(np.full_like(opening, _NEVER), np.maximum(opening, going_on))
    return scores


def _read_labels(context: Context, emissions: Floats, path: npt.NDArray[np.int64]) -> bool:
    """Take the entries of a form for what their labels say, unless they tell of what is done already.

    Return whether the emissions changed, given the path that they had led to.
    """
    changed = False
    for form in context.forms:
        told = [place for first, stop, _ in form for place in range(first, stop)]
        if np.isin(path[told] % len(TYPES), _BEFORE).sum() * 2 > len(told):
            continue
        changed = True
        for first, stop, kind in form:
            _exclude_others(emissions[first:stop], TYPES.index(kind))
    return changed


def _keep_lists(context: Context, emissions: Floats, path: npt.NDArray[np.int64]) -> bool:
    """Take a list that was read as duties up to one of its numbers, then as problems, for one of problems.

    Only where its first entries may well be problems.  Return whether the emissions changed, given the path
    that they had led to.
    """
    kinds = path % len(TYPES)
    changed = False
    for first in (1 + np.flatnonzero((kinds[1:] == _PROBLEMS) & np.isin(kinds[:-1], _BEFORE))).tolist():
        start = first_number(context, first)
        if start == first or list_of(context, first) == first or not _told_before(kinds[start:first]):
            continue
        scores = np.maximum(*np.split(emissions[start:first], 2, axis=1)).mean(axis=0)
        if scores[_PROBLEMS] - scores[kinds[start]] > _MAY_WELL:
            changed = True
            _exclude_others(emissions[start:first], _PROBLEMS)
    return changed


def _go_on_with_list(context: Context, emissions: Floats, path: npt.NDArray[np.int64]) -> bool:
    """Rule out plans where the next entry of a list of problems falls short, though one before told a plan.

    Return whether the emissions changed, given the path that they had led to.
    """
    kinds, marks = path % len(TYPES), context.layout.sentence_ordinals
    falls_short, last, changed = patterns("items.toml")["falls_short"], NO_ORDINAL, False
    for place, mark in enumerate(marks):
        if not mark.kind:
            continue
        follows = mark.kind is last.kind and mark.value == last.value + 1
        if follows and kinds[place] == _PLANS and falls_short.search(context.sentence_texts[place]):
            emissions[place, [_PLANS, _PLANS + len(TYPES)]] = _EXCLUDED
            changed = True
        elif kinds[place] != _PROBLEMS:
            continue
        last = mark
    return changed


def _exclude_others(emissions: Floats, kind: int) -> None:
    """Rule out all types of section but one."""
    emissions[:, np.arange(len(TAGS)) % len(TYPES) != kind] = _EXCLUDED


def _annexes(context: Context) -> list[int]:
    """Return the sentences, in order, that only say who or when of what stands before them."""
    annex = pattern("sections.toml", "annexes", "of_measures")
    told = enumerate(context.layout.sentences[1:].tolist(), start=1)
    return [sentence for sentence, span in told if annex.match(context.text, *span)]


def _told_before(kinds: npt.NDArray[np.int64]) -> bool:
    """Whether all of some sentences were read as what stands before the problems."""
    return all(kind in _BEFORE for kind in kinds.tolist())


def _is_headed_problems(context: Context, begin: int) -> bool:
    """Whether a sentence leads in to problems, or a heading right above it names them and no causes."""
    above = int(context.heading[begin])
    texts = context.sentence_texts
    heads = [texts[above]] if above >= max(0, begin - 1) else []
    if texts[begin].endswith((":", "：")):
        heads.append(texts[begin])
    cues = patterns("sections.toml")
    return any(cues["problem"].search(head) and not cues["cause"].search(head) for head in heads)


def _untold(kinds: npt.NDArray[np.int64]) -> list[tuple[int, int]]:
    """Return the stretches of problems, ``first`` to before ``stop``, that no causes stand beside."""
    edges = [0, *(np.flatnonzero(kinds[1:] != kinds[:-1]) + 1).tolist(), len(kinds)]
    told = [int(kinds[first]) for first in edges[:-1]]
    return [
        (edges[k], edges[k + 1])
        for k, kind in enumerate(told)
        if kind == _PROBLEMS and _CAUSES not in told[max(0, k - 1) : k + 2]
    ]


def _joined(runs: list[SectionRun]) -> list[SectionRun]:
    """Return the runs; where a section is one doubtful heading and nothing else, it heads the next one.

    A report that admits nothing would otherwise have a section of problems because of one odd heading.
    """
    joined: list[SectionRun] = []
    for run in reversed(runs):
        alone = run.first == run.last == run.heading and run.confidence < _CERTAIN
        if alone and joined and {run.type, joined[-1].type} <= _SUBSTANTIAL:
            heading = run.first if joined[-1].heading < 0 else joined[-1].heading
            joined[-1] = replace(joined[-1], first=run.first, heading=heading)
        else:
            joined.append(run)
    return joined[::-1]
