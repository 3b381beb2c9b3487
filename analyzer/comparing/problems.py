"""Which problems of the last report are in this one: word for word, in other words, no more."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

import numpy as np
import numpy.typing as npt

from analyzer.comparing.comparison import ProblemFate, Return, Span
from analyzer.comparing.likeness import bags, bare
from analyzer.comparing.reading import Pair
from analyzer.comparing.sentences import letters
from analyzer.lexicons import classes, table
from analyzer.result import Result
from analyzer.understanding.assignment import assign
from analyzer.understanding.linear import Floats

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def problem_fates(pair: Pair) -> tuple[ProblemFate, ...]:
    """Return what became of each problem of the last report, in order."""
    problems, others = pair.last.analysis.problems, pair.this.analysis.problems
    if not problems:
        return ()
    alike = _likeness(pair)
    topic = _share_topic(pair)
    # What this year tells in passing, or as not put right yet, is no problem of a list told again.
    ours, theirs = (np.array([each.in_passing for each in found], dtype=bool) for found in (problems, others))
    apart = ~ours[:, None] & theirs
    alike[apart], topic[apart] = 0, False
    bonus = table("comparing.toml")["problems"]["bonus"]
    partners = assign(alike + bonus * topic) if others else np.full(len(problems), -1)
    return tuple(
        _fate(pair, number, partner, float(alike[number, partner]), bool(topic[number, partner]))
        if partner >= 0
        else _fate(pair, number, None, 0.0, False)
        for number, partner in enumerate(partners.tolist())
    )


def _fate(pair: Pair, number: int, partner: int | None, alike: float, topic: bool) -> ProblemFate:
    known = table("comparing.toml")["problems"]
    limits = known["same_topic" if topic else "other_topic"]
    problem = pair.last.analysis.problems[number]
    candidate = pair.this.analysis.problems[partner] if partner is not None else None
    back = 0.0
    if candidate is not None and alike >= limits["gone"]:
        back = _back(
            pair.last.text[problem.start : problem.end], pair.this.text[candidate.start : candidate.end]
        )
    if back >= known["verbatim"]:
        fate, confidence = Return.VERBATIM, 0.6 + 0.4 * back
    elif alike >= limits["reworded"]:
        fate, confidence = Return.REWORDED, min(0.95, 0.55 + alike)
    elif alike < limits["gone"]:
        fate, confidence = Return.GONE, 0.6 + 0.35 * (1 - alike / limits["gone"])
    else:
        fate, confidence = Return.UNCLEAR, 0.5
    other = candidate if fate is not Return.GONE else None
    return ProblemFate(
        number + 1,
        problem.title,
        (problem.start, problem.end),
        fate,
        round(min(confidence, 0.99), 2),
        (other.start, other.end) if other else None,
        partner + 1 if other and partner is not None else None,
        problem.cause.status,
        other.cause.status if other else None,
    )


def _share_topic(pair: Pair) -> npt.NDArray[np.bool_]:
    """Return whether two problems, or their titles, speak of the same topics, shape (n_last, n_this)."""
    least = table("comparing.toml")["problems"]["topic"]
    spoken = [
        [(_topics(problem.title), _topics(result.text[problem.start : problem.end])) for problem in found]
        for result, found in ((r, r.analysis.problems) for r in (pair.last, pair.this))
    ]
    return np.array(
        [
            [
                any(len(a & b) >= least * max(len(a | b), 1) for a, b in zip(one, other, strict=True))
                for other in spoken[1]
            ]
            for one in spoken[0]
        ],
        dtype=bool,
    ).reshape(len(spoken[0]), len(spoken[1]))


def _topics(text: str) -> frozenset[str]:
    kinds, pattern = classes("matching.toml", "topics")
    return frozenset(kinds[word] for word in pattern.findall(text))


def _back(one: str, other: str) -> float:
    """Return which share of the shorter of two texts is runs of characters that the other has too."""
    a, b = (letters(_NUMBER.sub("0", text)) for text in (one, other))
    limits = table("comparing.toml")["problems"]
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size >= limits["run"]) / (min(len(a), len(b)) or 1)


def _likeness(pair: Pair) -> Floats:
    """Return how alike the problems of both reports are, shape (n_last, n_this).

    It is the geometric mean of the cosine and of how much of the shorter is in the longer.
    """
    first, second = len(pair.last.analysis.problems), len(pair.this.analysis.problems)
    texts = [
        bare(result.text[problem.start : problem.end])
        for result in (pair.last, pair.this)
        for problem in result.analysis.problems
    ]
    made = bags([*texts, *pair.background], len(texts))
    ours, theirs = range(first), range(first, first + second)
    contained = np.maximum(
        made.contained(ours, [made.of(text) for text in theirs]),
        made.contained(theirs, [made.of(text) for text in ours]).T,
    )
    return np.asarray(np.sqrt(made.alike(ours, theirs) * contained), dtype=np.float32)


def new_problems(fates: tuple[ProblemFate, ...], this: Result) -> tuple[Span, ...]:
    """Return the problems that only this report admits."""
    known = {fate.number_this for fate in fates}
    return tuple(
        (problem.start, problem.end)
        for number, problem in enumerate(this.analysis.problems, 1)
        if number not in known and not problem.in_passing
    )
