"""Which promises of the last report show a result in this one, and where; which are silent or made again.

A promise is a sentence of the plans, or of a measure against a problem.  What is not sure is said to be unclear:
silence is told only of a promise that could be looked up, and of which no sentence speaks in any words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from analyzer.comparing.comparison import Outcome, PromiseFate, Span, Wording
from analyzer.comparing.likeness import bags, bare
from analyzer.comparing.reading import Pair
from analyzer.comparing.sentences import Sentence
from analyzer.lexicons import either, table
from analyzer.result import SectionType
from analyzer.understanding.linear import Floats
from analyzer.understanding.slots import find_slots, first_figure

_LEXICON = "comparing.toml"
_HEADING = 26  # characters of a sentence that only names a group of measures
_NOISE = re.compile(r"[\W\d]+")
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
    if not promises:
        return ()
    alone, after = _told(pair, [promise.sentence for promise in promises])
    return tuple(
        _fate(pair, promise, alone[row], after[row]) for row, promise in enumerate(promises)
    )


def _promises(pair: Pair) -> list[_Promise]:
    problem_of: dict[int, int] = {}
    for number, problem in enumerate(pair.last.analysis.problems, 1):
        for span in problem.remedy.spans:
            for sentence in pair.sentences_last(*span):
                problem_of.setdefault(sentence, number)
    found = []
    for number, sentence in enumerate(pair.read_last):
        if sentence.section is SectionType.PLANS or number in problem_of:
            checkable = _checkable(sentence.words)
            if sentence.own and (checkable or not _leads(pair.read_last, number)):
                found.append(_Promise(number, problem_of.get(number), checkable))
    return found


def _checkable(words: str) -> bool:
    slots = find_slots(words, [(0, len(words))])
    return any(slots.values()) or bool(either("checkable.toml", "named").search(words))


def _leads(sentences: tuple[Sentence, ...], number: int) -> bool:
    """Whether a sentence only names or announces the measures that follow it."""
    sentence = sentences[number]
    if either(_LEXICON, "leading").search(sentence.words):
        return True
    follows = number + 1 < len(sentences) and sentences[number + 1].section is SectionType.PLANS
    opens = number == 0 or sentences[number - 1].paragraph != sentence.paragraph
    numbered = sentence.body > sentence.start
    return follows and (opens or numbered) and len(sentence.words) <= _HEADING


def _told(pair: Pair, promised: list[int]) -> tuple[Floats, Floats]:
    """Return which share of each promise each sentence of this report tells, alone and with the one after it."""
    made = bags(pair.background)
    told = made.held[len(pair.read_last) :]
    following = np.zeros_like(told)
    following[:-1] = told[1:]
    same = np.array(
        [one.section is other.section for one, other in zip(pair.read_this, pair.read_this[1:], strict=False)]
        + [False]
    )
    both = np.maximum(told, following * same[:, None])
    return made.contained(promised, told), made.contained(promised, both)


def _fate(pair: Pair, promise: _Promise, alone: Floats, after: Floats) -> PromiseFate:
    limits = table(_LEXICON)["promises"]
    sentence = pair.read_last[promise.sentence]
    scores = np.array([_score(pair, n, float(alone[n]), float(after[n])) for n in range(len(pair.read_this))])
    best = int(scores.argmax()) if len(scores) else -1
    score = float(scores[best]) if best >= 0 else 0.0
    again = _again(pair, promise.sentence)

    def told(outcome: Outcome, confidence: float, place: int | None) -> PromiseFate:
        where = _window(pair, place, float(alone[place]), float(after[place])) if place is not None else None
        figure = first_figure(pair.this.text, where) if where and outcome is Outcome.SHOWN else None
        return PromiseFate(
            (sentence.start, sentence.end),
            outcome,
            round(min(confidence, 0.97), 2),
            promise.problem,
            promise.checkable,
            where,
            figure,
        )

    if score >= limits["shown"] and promise.checkable | (again is None):
        where = _window(pair, best, float(alone[best]), float(after[best]))
        if either(_LEXICON, "unmet").search(pair.this.text, *where):
            return told(Outcome.UNMET, 0.55 + score / 2, best)
        if pair.read_this[best].section not in _ADMITTED:
            figured = 0.1 if first_figure(pair.this.text, where) else 0.0
            if promise.checkable or figured:
                return told(Outcome.SHOWN, 0.5 + score / 2 + figured, best)
    if again is not None:
        partner = pair.read_this[again]
        ratio = pair.of_last[promise.sentence].ratio
        return PromiseFate(
            (sentence.start, sentence.end),
            Outcome.AGAIN,
            round(0.5 + ratio / 2 - 0.01, 2),
            promise.problem,
            promise.checkable,
            (partner.start, partner.end),
        )
    own = len(_NOISE.sub("", bare(sentence.words)))
    if promise.checkable and own >= limits["least"] and score < limits["silent"]:
        return told(Outcome.SILENT, 0.6 + 0.35 * (1 - score / limits["silent"]), None)
    return told(Outcome.UNCLEAR, 0.5, best if score >= limits["silent"] else None)


def _score(pair: Pair, number: int, alone: float, after: float) -> float:
    """Return how much a sentence of this report tells of a promise, 0 where it cannot tell a deed."""
    sentence = pair.read_this[number]
    match = pair.of_this.get(number)
    if sentence.section in _PLANNED or (match is not None and match.wording is Wording.SAME):
        return 0.0
    score = max(alone, 0.9 * after)
    answers = sentence.section is SectionType.RECTIFICATION or either(_LEXICON, "answering").search(sentence.words)
    return min(1.0, score * table(_LEXICON)["promises"]["answering"]) if answers else score


def _window(pair: Pair, number: int, alone: float, after: float) -> Span:
    """Return the sentence that tells of a promise, with the one after it where that tells more."""
    sentence = pair.read_this[number]
    goes_on = 0.9 * after > alone and number + 1 < len(pair.read_this)
    return sentence.start, pair.read_this[number + 1].end if goes_on else sentence.end


def _again(pair: Pair, number: int) -> int | None:
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
    return match.this if planned else None
