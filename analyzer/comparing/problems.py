"""Which problems of the last report are in this one: word for word, in other words, no more."""

from __future__ import annotations

import re

import numpy as np

from analyzer.comparing.comparison import ProblemFate, Return, Span
from analyzer.comparing.likeness import Bags, bags, bare
from analyzer.comparing.reading import Pair
from analyzer.lexicons import table
from analyzer.result import Problem, Result
from analyzer.understanding.assignment import assign

_NUMBER = re.compile(r"\d+")
_TITLE_WEIGHT = 0.4  # of the likeness of two problems, what their titles make; the rest is the whole


def problem_fates(pair: Pair) -> tuple[ProblemFate, ...]:
    """Return what became of each problem of the last report, in order."""
    problems, others = pair.last.analysis.problems, pair.this.analysis.problems
    if not problems:
        return ()
    alike = _likeness(pair)
    back = np.array([[_back(pair, one, other) for other in others] for one in problems]).reshape(alike.shape)
    partners = assign(np.maximum(alike, back)) if others else np.full(len(problems), -1)
    return tuple(
        _fate(
            number,
            problem,
            int(partner),
            pair.this,
            float(alike[number, partner]) if partner >= 0 else 0.0,
            float(back[number, partner]) if partner >= 0 else 0.0,
        )
        for number, (problem, partner) in enumerate(zip(problems, partners, strict=True))
    )


def _fate(
    number: int, problem: Problem, partner: int, this: Result, alike: float, back: float
) -> ProblemFate:
    limits = table("comparing.toml")["problems"]
    if back >= limits["verbatim"]:
        fate, confidence = Return.VERBATIM, 0.6 + 0.4 * back
    elif alike >= limits["reworded"]:
        fate, confidence = Return.REWORDED, min(0.95, 0.55 + (alike - limits["reworded"]))
    elif alike < limits["gone"]:
        fate, confidence = Return.GONE, 0.6 + 0.35 * (1 - alike / limits["gone"])
    else:
        fate, confidence = Return.UNCLEAR, 0.5
    other = this.analysis.problems[partner] if fate is not Return.GONE and partner >= 0 else None
    return ProblemFate(
        number + 1,
        problem.title,
        (problem.start, problem.end),
        fate,
        round(min(confidence, 0.99), 2),
        (other.start, other.end) if other else None,
        partner + 1 if other else None,
        problem.cause.status,
        other.cause.status if other else None,
    )


def _back(pair: Pair, one: Problem, other: Problem) -> float:
    """Return which share of a problem's characters came back in another, those of its first sentence at best."""
    ours, theirs = set(pair.sentences_last(one.start, one.end)), set(pair.sentences_this(other.start, other.end))
    whole = sum(len(pair.read_last[n].key) for n in ours) or 1
    shares = {
        match.last: match.ratio
        for match in pair.matches
        if match.last in ours and match.this in theirs
    }
    share = sum(ratio * len(pair.read_last[n].key) for n, ratio in shares.items()) / whole
    head = min(ours, default=0)
    long_enough = len(pair.read_last[head].key) >= table("comparing.toml")["problems"]["head"] if ours else False
    return max(share, shares.get(head, 0.0) if long_enough else 0.0)


def _likeness(pair: Pair) -> np.ndarray:
    """Return how alike the problems of both reports are, shape (n_last, n_this)."""
    both = [
        (result.text[problem.start : problem.end], problem.title, result.text)
        for result in (pair.last, pair.this)
        for problem in result.analysis.problems
    ]
    first = len(pair.last.analysis.problems)
    texts = [bare(title or whole) for whole, title, _ in both] + [bare(whole) for whole, _, _ in both]
    made: Bags = bags([*texts, *pair.background], 2 * len(both))
    titles = made.alike(range(first), range(first, len(both)))
    wholes = made.alike(range(len(both), len(both) + first), range(len(both) + first, 2 * len(both)))
    return _TITLE_WEIGHT * titles + (1 - _TITLE_WEIGHT) * wholes


def new_problems(fates: tuple[ProblemFate, ...], this: Result) -> tuple[Span, ...]:
    """Return the problems that only this report admits."""
    known = {fate.number_this for fate in fates}
    return tuple(
        (problem.start, problem.end)
        for number, problem in enumerate(this.analysis.problems, 1)
        if number not in known
    )
