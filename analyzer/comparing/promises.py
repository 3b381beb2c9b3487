"""Which promises of the last report show a result in this one, and where; which are silent or made again.

A promise is a sentence of the plans, or of a measure against a problem.  What is not sure is said to be
unclear: silence is told only of a promise that could be looked up, and of which no sentence speaks at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from analyzer.comparing.comparison import Outcome, PromiseFate, Wording
from analyzer.comparing.likeness import bags, bare
from analyzer.comparing.reading import Pair
from analyzer.comparing.sentences import Sentence, letters
from analyzer.comparing.wording import Match
from analyzer.lexicons import either, patterns, table
from analyzer.result import SectionType
from analyzer.understanding.checkable import is_checkable
from analyzer.understanding.linear import Floats, Ints
from analyzer.understanding.slots import find_slots, first_figure

_LEXICON = "comparing.toml"
_HEADING = 26  # characters of a sentence that only names a group of measures
_CLAUSE = 4  # letters that a clause must have to be looked for alone
_SUREST = 0.97
_NOTHING = np.zeros(0, dtype=np.int64)
_ENDS = "。！；"
_CLAUSE_END = re.compile("[，。；：]")
_PLANNED = (SectionType.PLANS, SectionType.TITLE, SectionType.CLOSING)
_ADMITTED = (SectionType.PROBLEMS, SectionType.CAUSES)


@dataclass(frozen=True, slots=True)
class _Promise:
    """A sentence of the last report that promises; `problem` is the number of the one that it answers."""

    sentence: int
    problem: int | None
    checkable: bool


def promise_fates(pair: Pair) -> tuple[PromiseFate, ...]:
    """Return what this report says of each promise of the last one, in order."""
    promises = _promises(pair)
    if not promises or not pair.read_this:
        return ()
    telling = _tell(pair, [promise.sentence for promise in promises])
    return tuple(
        _fate(pair, promise, *rows)
        for promise, *rows in zip(promises, telling.scores, telling.whole, telling.reach, strict=True)
    )


def _promises(pair: Pair) -> list[_Promise]:
    problem_of: dict[int, int] = {}
    for number, problem in enumerate(pair.last.analysis.problems, 1):
        for span in problem.remedy.spans:
            for touched in pair.sentences_last(*span):
                problem_of.setdefault(touched, number)
    admitted = {
        touched
        for problem in pair.last.analysis.problems
        for touched in pair.sentences_last(problem.start, problem.end)
    }
    found = []
    for number, sentence in enumerate(pair.read_last):
        planned = sentence.section is SectionType.PLANS and number not in admitted
        measure = planned or number in problem_of
        looks_forward = planned or patterns("matching.toml")["pledge"].search(sentence.words)
        if measure and looks_forward and sentence.own and not _leads(pair.read_last, number):
            found.append(_Promise(number, problem_of.get(number), _checkable(sentence.words)))
    return found


def _checkable(words: str) -> bool:
    if any(find_slots(words, [(0, len(words))]).values()):
        return True
    return any(
        pattern.search(words) for pattern in (either("checkable.toml", "named"), either(_LEXICON, "thing"))
    )


def _leads(sentences: tuple[Sentence, ...], number: int) -> bool:
    """Whether a sentence only names the measures that follow it."""
    sentence = sentences[number]
    if len(sentence.words) > _HEADING or is_checkable(sentence.words):
        return False
    opens = number == 0 or sentences[number - 1].paragraph != sentence.paragraph
    numbered = sentence.body > sentence.start
    goes_on = number + 1 < len(sentences) and sentences[number + 1].paragraph == sentence.paragraph
    return (goes_on or sentence.words[-1] not in _ENDS) and (opens or numbered)


@dataclass(frozen=True)
class _Telling:
    """How much each sentence of this report tells of each promise.

    Parameters
    ----------
    scores : ndarray of float32, shape (n_promises, n_sentences)
    whole : ndarray of float32, shape (n_promises, n_sentences)
        The same without looking for clauses alone.
    reach : ndarray of int64, shape (n_promises, n_sentences)
        How many sentences, from each on, tell that much.
    """

    scores: Floats
    whole: Floats
    reach: Ints


def _tell(pair: Pair, promised: list[int]) -> _Telling:
    """Weigh what the sentences of this report, one to three together, tell of the promises.

    A promise of many parts may be told of in one of them: its clauses are looked for alone too, at a price.
    """
    limits = table(_LEXICON)["promises"]
    prices = limits["prices"]
    clauses, owner = _clauses(pair, promised)
    made = bags([*clauses, *pair.background], len(clauses))
    first = len(clauses) + len(pair.read_last)
    told = [made.of(text) for text in range(first, first + len(pair.read_this))]
    asked = [len(clauses) + number for number in promised]
    whole = np.zeros((len(promised), len(told)), dtype=np.float32)
    reach = np.ones((len(promised), len(told)), dtype=np.int64)
    for size, price in enumerate(prices, 1):
        found = price * made.contained(asked, _together(pair, told, size))
        better = found > whole
        whole, reach = np.where(better, found, whole), np.where(better, size, reach)
    scores = whole.copy()
    alone = limits["clause"] * made.contained(range(len(clauses)), told)
    for number, row in enumerate(owner):
        if made.sizes[number] >= limits["part"] * made.sizes[asked[row]]:
            better = alone[number] > scores[row]
            scores[row], reach[row] = (
                np.where(better, alone[number], scores[row]),
                np.where(better, 1, reach[row]),
            )
    worth = _standing(pair)
    return _Telling(np.minimum(scores * worth, 1), np.minimum(whole * worth, 1), reach)


def _clauses(pair: Pair, promised: list[int]) -> tuple[list[str], list[int]]:
    """Return what the clauses of the promises are about, and whose each is."""
    found = [
        (about, row)
        for row, number in enumerate(promised)
        for clause in _CLAUSE_END.split(pair.read_last[number].words)
        if len(letters(about := bare(clause))) >= _CLAUSE
    ]
    return [about for about, _ in found], [row for _, row in found]


def _together(pair: Pair, told: Sequence[Ints], size: int) -> list[Ints]:
    """Return what sentences of one section tell together, as many as `size` from each on."""
    types = [sentence.section for sentence in pair.read_this]
    return [
        np.unique(np.concatenate(told[n : n + size]))
        if n + size <= len(types) and len(set(types[n : n + size])) == 1
        else _NOTHING
        for n in range(len(types))
    ]


def _standing(pair: Pair) -> Floats:
    """Return what each sentence of this report is worth as an answer; 0 where it cannot tell a deed."""
    gain = table(_LEXICON)["promises"]["answering"]
    worth = np.ones(len(pair.read_this), dtype=np.float32)
    for number, sentence in enumerate(pair.read_this):
        match = pair.of_this.get(number)
        if sentence.section in _PLANNED or (match is not None and match.wording is Wording.SAME):
            worth[number] = 0
        elif sentence.section is SectionType.RECTIFICATION or (
            sentence.section not in _ADMITTED and either(_LEXICON, "answering").search(sentence.words)
        ):
            worth[number] = gain
    return worth


def _fate(pair: Pair, promise: _Promise, scores: Floats, whole: Floats, reach: Ints) -> PromiseFate:
    limits = table(_LEXICON)["promises"]
    sentence = pair.read_last[promise.sentence]
    best = int(scores.argmax())
    score = float(scores[best])
    first = pair.read_this[best]
    where = (first.start, pair.read_this[best + int(reach[best]) - 1].end)
    made = partial(
        PromiseFate, (sentence.start, sentence.end), problem=promise.problem, checkable=promise.checkable
    )
    if score >= limits["shown"] and promise.checkable:
        if either(_LEXICON, "unmet").search(pair.this.text, *where):
            return made(outcome=Outcome.UNMET, confidence=_sure(0.55 + score / 2), this=where)
        if first.section not in _ADMITTED:
            figure = first_figure(pair.this.text, where)
            confidence = _sure(0.5 + score / 2 + (0.1 if figure else 0))
            return made(outcome=Outcome.SHOWN, confidence=confidence, this=where, figure=figure)
    again = _again(pair, promise.sentence)
    if again is not None:
        match, partner = again
        return made(
            outcome=Outcome.AGAIN, confidence=_sure(0.5 + match.ratio / 2), this=(partner.start, partner.end)
        )
    heard = float(whole.max())
    if heard < limits["silent"] and score < limits["shown"] and promise.checkable:
        return made(outcome=Outcome.SILENT, confidence=_sure(0.6 + 0.35 * (1 - heard / limits["silent"])))
    near = promise.checkable and score >= limits["silent"]  # of what promises nothing, any sentence speaks
    return made(outcome=Outcome.UNCLEAR, confidence=0.5, this=where if near else None)


def _sure(confidence: float) -> float:
    return round(min(confidence, _SUREST), 2)


def _again(pair: Pair, number: int) -> tuple[Match, Sentence] | None:
    """Return the sentence of this report's plans that promises the same in the same words."""
    match = pair.of_last.get(number)
    if match is None or match.ratio < table(_LEXICON)["promises"]["again"]:
        return None
    partner = pair.read_this[match.this]
    planned = partner.section is SectionType.PLANS or any(
        start < partner.end and partner.start < end
        for problem in pair.this.analysis.problems
        for start, end in problem.remedy.spans
    )
    return (match, partner) if planned else None
