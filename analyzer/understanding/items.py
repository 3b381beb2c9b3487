"""Dense columns that tell where an item of a list of problems begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from analyzer.language.layout import Layout, Ordinal, OrdinalMark
from analyzer.understanding.encoder import stretches
from analyzer.understanding.linear import Floats, Ints
from analyzer.understanding.structure import Context

_ENDINGS = "，。；：！？、"


def clauses_of(context: Context, sentences: Ints) -> Ints:
    """Return the clauses of some sentences, in order."""
    first = context.layout.first_clause
    return stretches(first[sentences], first[sentences + 1] - first[sentences])


def clause_columns(context: Context, sentences: Ints) -> Floats:
    """Return the columns of the clauses of one run of sentences.

    Parameters
    ----------
    context : Context
    sentences : ndarray of int64
        Sentences of one section, in order.

    Returns
    -------
    ndarray of float32, shape (n_clauses, n_columns)
        Numbering (its kind, how it continues the list, whether it is the section's outermost list),
        position in sentence, paragraph and section, shape.
    """
    layout, clauses = context.layout, clauses_of(context, sentences)
    sizes = layout.first_clause[sentences + 1] - layout.first_clause[sentences]
    every = np.arange(len(clauses))
    order = np.arange(len(sentences)).repeat(sizes)  # which of the sentences a clause stands in
    place = clauses - layout.first_clause[sentences].repeat(sizes)
    marks = [layout.ordinals[clause] for clause in clauses.tolist()]
    kinds = np.array([mark.kind for mark in marks], dtype=np.int64)
    values = np.array([mark.value for mark in marks], dtype=np.int64)
    numbered = kinds != Ordinal.NONE
    counts = Counter(mark.kind for mark in marks if mark.kind not in (Ordinal.NONE, Ordinal.CHAPTER))
    levels = [kind for kind in sorted(counts) if counts[kind] >= 2] or sorted(counts)
    opens = layout.opens_paragraph[sentences]
    leads = place == 0
    spans = layout.clauses[clauses]
    ends = [context.text[end - 1] for end in spans[:, 1].tolist()]
    endings = [_ENDINGS.find(char) if char in _ENDINGS else 7 for char in ends]
    columns = np.zeros((len(clauses), 46 + 20), dtype=np.float32)
    columns[every, kinds] = 1
    columns[every, 6 + np.minimum(values, 6)] = numbered
    columns[:, 13] = _go_on(marks)
    columns[:, 14] = values == 1
    for depth, kind in enumerate(levels[:2]):
        columns[:, 15 + depth] = kinds == kind
    columns[:, 17] = leads
    columns[:, 18] = leads & opens[order]
    columns[:, 19] = leads & (context.heading[sentences] == sentences)[order]
    columns[every, 20 + np.minimum(place, 4)] = 1
    columns[every, 25 + np.minimum(order, 4)] = 1
    columns[every, 30 + np.minimum(np.log2(spans[:, 1] - spans[:, 0] + 1).astype(np.int64), 6)] = 1
    columns[every, 37 + np.array(endings, dtype=np.int64)] = 1
    columns[:, 45] = np.bincount(order[numbered], minlength=len(sentences))[order] >= 2
    form = 46 + 5 * _form(layout, sentences, listed=bool(levels) and counts[levels[0]] >= 2)
    columns[:, form] = 1
    columns[:, form + 1 : form + 3] = columns[:, 17:19]
    columns[:, form + 3] = columns[:, 15] * columns[:, 13]
    columns[:, form + 4] = columns[:, 15] * columns[:, 17]
    return columns


def _go_on(marks: Sequence[OrdinalMark]) -> list[bool]:
    """Return whether each clause has the number after the last one of its kind."""
    last: dict[Ordinal, int] = {}
    found = []
    for mark in marks:
        found.append(mark.kind is not Ordinal.NONE and mark.value == last.get(mark.kind, 0) + 1)
        last[mark.kind] = mark.value
    return found


def _form(layout: Layout, sentences: Ints, *, listed: bool) -> int:
    """Return how the section tells its items: 0 list, 1 paragraphs, 2 sentences, 3 clauses.

    Each form has columns of its own for how a clause stands to it.
    """
    if listed:
        return 0
    paragraphs = len(set(layout.paragraph[sentences].tolist()))
    if paragraphs >= 3:
        return 1
    return 2 if len(sentences) >= 4 else 3
