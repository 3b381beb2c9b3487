"""Dense columns that tell where an item of a list of problems begins."""

from __future__ import annotations

from collections import Counter

import numpy as np

from analyzer.language.layout import Layout, Ordinal
from analyzer.understanding.linear import Floats, Ints
from analyzer.understanding.structure import Context

_ENDINGS = "，。；：！？、"


def clauses_of(context: Context, sentences: Ints) -> Ints:
    """Return the clauses of some sentences, in order."""
    first = context.layout.first_clause
    pieces = [np.arange(first[i], first[i + 1]) for i in sentences]
    return np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.int64)


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
    layout = context.layout
    marks = {c: layout.ordinals[c] for c in clauses_of(context, sentences)}
    kinds = Counter(mark.kind for mark in marks.values() if mark.kind not in (Ordinal.NONE, Ordinal.CHAPTER))
    levels = [kind for kind in sorted(kinds) if kinds[kind] >= 2] or sorted(kinds)
    form = _form(layout, sentences, listed=bool(levels) and kinds[levels[0]] >= 2)
    last: dict[Ordinal, int] = {}
    rows = []
    for order, i in enumerate(sentences):
        opens = i == 0 or layout.paragraph[i] != layout.paragraph[i - 1]
        first, stop = int(layout.first_clause[i]), int(layout.first_clause[i + 1])
        inside = sum(marks[c].kind is not Ordinal.NONE for c in range(first, stop))
        for c in range(first, stop):
            mark = marks[c]
            start, end = layout.clauses[c]
            row = np.zeros(46, dtype=np.float32)
            row[int(mark.kind)] = 1
            row[6 + min(mark.value, 6)] = mark.kind is not Ordinal.NONE
            if mark.kind is not Ordinal.NONE:
                row[13] = mark.value == last.get(mark.kind, 0) + 1
                row[14] = mark.value == 1
                row[15] = bool(levels) and mark.kind == levels[0]
                row[16] = len(levels) > 1 and mark.kind == levels[1]
                last[mark.kind] = mark.value
            row[17] = c == first
            row[18] = c == first and opens
            row[19] = c == first and context.heading[i] == i
            row[20 + min(c - first, 4)] = 1
            row[25 + min(order, 4)] = 1
            row[30 + min(int(np.log2(end - start + 1)), 6)] = 1
            char = context.text[end - 1]
            row[37 + _ENDINGS.find(char) if char in _ENDINGS else 44] = 1
            row[45] = inside >= 2
            rows.append(np.concatenate([row, _form_columns(form, row)]))
    return np.array(rows, dtype=np.float32).reshape(len(rows), 46 + 20)


def _form(layout: Layout, sentences: Ints, *, listed: bool) -> int:
    """Return how the section tells its items: 0 list, 1 paragraphs, 2 sentences, 3 clauses."""
    if listed:
        return 0
    paragraphs = len(np.unique(layout.paragraph[sentences]))
    if paragraphs >= 3:
        return 1
    return 2 if len(sentences) >= 4 else 3


def _form_columns(form: int, row: Floats) -> Floats:
    """Return how the clause stands to the section's form, one of: list, paragraphs, sentences, clauses."""
    columns = np.zeros(4 * 5, dtype=np.float32)
    columns[form * 5 : form * 5 + 5] = [1, row[17], row[18], row[15] * row[13], row[15] * row[17]]
    return columns
