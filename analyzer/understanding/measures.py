"""Measures: the sentences of the plans, the list item that each belongs to, and what they say of problems."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analyzer.language.layout import Layout, Ordinal, numeral_value
from analyzer.language.memory import each
from analyzer.lexicons import either, patterns
from analyzer.result import SectionType
from analyzer.understanding.linear import Floats, Ints
from analyzer.understanding.problems import ItemRun
from analyzer.understanding.structure import Context
from analyzer.understanding.wording import counted

CHECKS = ("date", "figure", "owner", "mechanism", "slogan")
_NUMERALS = re.compile(r"[一二三四五六七八九十]+|\d+")
_MOST = 3
EVERY = -1  # a reference to all problems


@dataclass(frozen=True, slots=True)
class Plans:
    """The sentences of the plans.

    Parameters
    ----------
    sentences : ndarray of int64, shape (n,)
    group : ndarray of int64, shape (n,)
        The list item that each belongs to, from 0.
    rank : ndarray of int64, shape (n,)
        The number that its list item bears; 0 for none.
    reference : ndarray of int64, shape (n,)
        The number of the problem that its list item names (针对第一个问题); `EVERY`, or 0 for none.
    checks : ndarray of float32, shape (n, 5)
        How many of each of `CHECKS` it holds, at most three.
    """

    sentences: Ints
    group: Ints
    rank: Ints
    reference: Ints
    checks: Floats


def read_plans(context: Context, types: Sequence[str], items: Sequence[ItemRun]) -> Plans:
    """Return the sentences of the plans, grouped by their outermost list.

    Parameters
    ----------
    context : Context
    types : sequence of str, length n_sentences
    items : sequence of ItemRun
        The problems, in order of place.
    """
    sentences = _plan_sentences(context, types, items)
    group, rank = listed(context.layout, sentences)
    texts = [context.sentence_texts[i] for i in sentences.tolist()]
    reference: list[int] = []
    for place, text in enumerate(texts):
        goes_on = place > 0 and group[place] == group[place - 1]
        reference.append(_reference(text) or (reference[-1] if goes_on else 0))
    return Plans(
        sentences,
        np.array(group, dtype=np.int64),
        np.array(rank, dtype=np.int64),
        np.array(reference, dtype=np.int64),
        np.minimum(counted([either("checkable.toml", name) for name in CHECKS], texts), _MOST),
    )


def listed(layout: Layout, sentences: Ints) -> tuple[list[int], list[int]]:
    """Return the item of the outermost list that each sentence belongs to, and the number that item bears.

    Items count from 0; without a list every sentence is one, and bears the number 0.
    """
    at = sentences.tolist()
    marks = [layout.sentence_ordinals[i] for i in at]
    levels = [mark.kind for mark in marks if mark.kind not in (Ordinal.NONE, Ordinal.CHAPTER)]
    top = min((kind for kind in set(levels) if levels.count(kind) >= 2), default=Ordinal.NONE)
    group: list[int] = []
    rank: list[int] = []
    for place, mark in enumerate(marks):
        opens = place == 0 or at[place] != at[place - 1] + 1
        numbered = mark.kind is top and top is not Ordinal.NONE
        new = opens or numbered or top is Ordinal.NONE
        group.append((group[-1] if group else -1) + new)
        rank.append(mark.value if numbered else (rank[-1] if rank else 0))
    return group, rank


def _plan_sentences(context: Context, types: Sequence[str], items: Sequence[ItemRun]) -> Ints:
    """Return the sentences of the plans.

    Without such a section, they are those after a problem that look forward, each with what follows it up to
    the next problem.
    """
    planned = np.flatnonzero([kind == SectionType.PLANS for kind in types])
    if len(planned) or not items:
        return planned
    looks_forward = patterns("matching.toml")["pledge"]
    begins = {int(context.sentence_of_clause[item.first]) for item in items if not item.in_passing}
    if not begins:
        return planned
    found: list[int] = []
    for i in range(min(begins), len(types)):
        start, end = context.layout.sentences[i]
        if looks_forward.search(context.text[start:end]) or (
            found and found[-1] == i - 1 and i not in begins and types[i] != SectionType.CLOSING
        ):
            found.append(i)
    return np.array(found, dtype=np.int64)


def scattered(context: Context, types: Sequence[str]) -> dict[int, int]:
    """Return the sentences of the problems that promise something, and where in the text each begins to.

    Such are 针对这一问题，我们将……, and the end of 学习不够，今后要每周……; 今后要改 promises nothing.
    """
    return promised(context, [k for k, kind in enumerate(types) if kind == SectionType.PROBLEMS])


def promised(context: Context, told: Sequence[int]) -> dict[int, int]:
    """Return which of some sentences promise something, and where in the text each begins to."""
    texts = [context.sentence_texts[sentence] for sentence in told]
    places = each("promises", texts, lambda some: (_promised(texts[place]) for place in some))
    begins = context.layout.sentences[:, 0].tolist()
    return {
        sentence: begins[sentence] + place
        for sentence, place in zip(told, places, strict=True)
        if place is not None
    }


def _promised(text: str) -> int | None:
    """Return where a sentence begins to promise something, None where it does not."""
    match = patterns("matching.toml")["promise"].search(text)
    return match.start() if match else None


def numbers_named(text: str) -> list[int]:
    """Return the numbers of the problems that a sentence begins by naming as those that it answers."""
    named = patterns("matching.toml")["answers"].match(text)
    if named is None or patterns("matching.toml")["refuses"].search(text):
        return []
    numerals = _NUMERALS.findall(named["which"] or named["only"])
    return [numeral_value(each) for each in numerals]


def _reference(text: str) -> int:
    cues = patterns("matching.toml")
    if match := cues["numbered"].search(text):
        return numeral_value(match.group(1) or match.group(2))
    return EVERY if cues["each"].search(text) else 0
