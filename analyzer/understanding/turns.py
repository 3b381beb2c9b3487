"""Turns: the sentence with which a writer goes over from the problems to their causes, without a heading.

Sentence by sentence causes read like problems.  What tells them apart is what stands before and after a turn
as a whole: a list that ends, another that begins, and the cues that each of the two holds.
"""

from __future__ import annotations

import numpy as np

from analyzer.lexicons import patterns
from analyzer.understanding.enumerations import SENTENCE_ENDS
from analyzer.understanding.linear import Floats, Ints
from analyzer.understanding.structure import Context

TURNS, GOES_ON = "turns", "goes on"


def turn_columns(context: Context, first: int, last: int) -> tuple[Ints, Floats]:
    """Return the sentences of a stretch that may begin the causes, and what tells whether they do.

    Parameters
    ----------
    context : Context
    first, last : int
        A stretch of sentences that tells of problems, and of their causes, inclusive.

    Returns
    -------
    sentences : ndarray of int64, shape (n,)
        Those that open a paragraph, without the first of the stretch.
    columns : ndarray of float32, shape (n, n_columns)
        Cues of the sentence and of the next, their share from it on and how far that is from their share
        before it, lists, numbers, headings and lengths.
    """
    layout = context.layout
    turns = first + 1 + np.flatnonzero(layout.opens_paragraph[first + 1 : last + 1])
    cues = context.section_cues[first : last + 1]
    before, after = turns - first, last + 1 - turns
    seen = np.cumsum(cues, axis=0)
    shares = (seen[-1] - seen[before - 1]) / after[:, None]
    following = np.vstack([cues, np.zeros_like(cues[:1])])[before + 1]
    return turns, np.hstack(
        [
            cues[before],
            following,
            shares,
            shares - seen[before - 1] / before[:, None],
            _place_columns(context, first, last, turns),
            np.log(np.column_stack([before, after])),
        ]
    ).astype(np.float32)


def list_of(context: Context, sentence: int) -> int:
    """Return where the list begins that a sentence goes on with; the sentence itself where it does not.

    What names problems, or is no whole sentence, begins something of its own.
    """
    layout = context.layout
    start, end = layout.sentences[sentence].tolist()
    named = patterns("sections.toml")["problem"].search(context.text, start, end)
    if layout.sentence_ordinals[sentence].value <= 1 or named or context.text[end - 1] not in SENTENCE_ENDS:
        return sentence
    return max((first for first in context.lists if first < sentence), default=sentence)


def first_number(context: Context, sentence: int) -> int:
    """Return where the numbers begin that a sentence's goes on with, and what leads in to them.

    The sentence itself where it has no number, the first, or none before it to go on with.
    """
    marks = context.layout.sentence_ordinals
    kind, wanted, first = marks[sentence].kind, marks[sentence].value - 1, sentence
    for place in range(sentence - 1, -1, -1):
        mark = marks[place]
        if wanted < 1 or (mark.kind and mark.kind < kind):
            break
        if mark.kind is kind:
            if mark.value != wanted:
                return sentence
            first, wanted = place, wanted - 1
    if wanted != 0 or first == sentence:
        return sentence
    return first - 1 if first - 1 in context.lists else first


def goes_on(context: Context, start: int, sentence: int) -> bool:
    """Whether a sentence has the next number of the list before it, from `start` on, and names no causes."""
    marks = context.layout.sentence_ordinals
    mark = marks[sentence]
    if mark.value <= 1 or patterns("sections.toml")["cause"].search(context.sentence_texts[sentence]):
        return False
    counted = [each.value for each in marks[start:sentence] if each.kind is mark.kind]
    return counted[-1:] == [mark.value - 1]


def _place_columns(context: Context, first: int, last: int, turns: Ints) -> Floats:
    """Return how sentences stand to lists and headings, shape (n, 9)."""
    layout = context.layout
    marks = layout.sentence_ordinals[first : last + 1]
    rows = []
    for turn in turns.tolist():
        mark, *rest = marks[turn - first :]
        counted = [each.value for each in marks[: turn - first] if each.kind]
        leads_in = not mark.kind and bool(rest) and rest[0].value == 1
        anew = bool(counted) and (mark.value == 1 or leads_in)
        rows.append(
            [
                turn in context.lists,
                anew,
                anew and turn in context.lists,
                mark.value == 1,
                mark.kind > 0,
                mark.value > 1,
                mark.kind > 0 and counted[-1:] == [mark.value - 1],
                context.chapter[turn] >= first,
                context.heading[turn] == turn,
            ]
        )
    return np.array(rows, dtype=np.float32).reshape(-1, 9)
