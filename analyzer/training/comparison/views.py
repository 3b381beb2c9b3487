"""What contestants see of a report's units: their words, and our columns where a question has its own."""

from __future__ import annotations

import numpy as np

from analyzer.training.causes import runs
from analyzer.training.corpus import GoldReport
from analyzer.training.items import gold_items
from analyzer.training.sections import certain
from analyzer.understanding.causes import Wording, cause_columns, outside_clauses
from analyzer.understanding.items import clauses_of
from analyzer.understanding.linear import Floats, Ints
from analyzer.understanding.problems import candidates
from analyzer.understanding.vagueness import judged_sentences
from analyzer.understanding.wording import content, nearness

_CAUSE_COLUMNS = 24


def sentence_texts(report: GoldReport, sentences: Ints | None = None) -> list[str]:
    """Return the words of some sentences, of all where none are named."""
    spans = report.context.layout.sentences
    chosen = spans if sentences is None else spans[sentences]
    return [report.context.text[start:end] for start, end in chosen.tolist()]


def vague_units(report: GoldReport) -> Ints:
    """Return the sentences that may be vague, given the annotated sections."""
    return judged_sentences(report.sentence_types)


def item_clauses(report: GoldReport) -> Ints:
    """Return the clauses that may tell of problems, given the annotated sections."""
    sentences = candidates(certain(report))
    return clauses_of(report.context, sentences) if len(sentences) else np.zeros(0, dtype=np.int64)


def clause_texts(report: GoldReport) -> list[str]:
    """Return the words of the clauses that may tell of problems."""
    return [report.context.clause_text(clause, clause) for clause in item_clauses(report).tolist()]


def cause_texts(report: GoldReport) -> list[str]:
    """Return the words of each gold item, with the sentence outside of all items that shares most with it.

    Without that sentence a contestant could not know a cause that stands in a section of its own.
    """
    items = runs(report, gold_items(report))
    context = report.context
    outside = outside_clauses(context, report.sentence_types, items)
    others = sentence_texts(report, np.unique(context.sentence_of_clause[outside]))
    said = [content(other) for other in others]
    texts = []
    for item in items:
        own = context.clause_text(item.first, item.last)
        near = [nearness(words, content(own)) for words in said]
        best = int(np.argmax(near)) if near else -1
        texts.append(f"{own}\n{others[best]}" if near and near[best] > 0 else own)
    return texts


def dense_cause_columns(report: GoldReport) -> Floats:
    """Return what cues say of each gold item: over its clauses and over those outside of all items."""
    items = runs(report, gold_items(report))
    context = report.context
    outside = outside_clauses(context, report.sentence_types, items)
    rows = np.zeros((len(items), 4 * _CAUSE_COLUMNS + 3), dtype=np.float32)
    if not items:
        return rows
    wording = Wording(context, np.unique(np.concatenate([outside, *(item.clauses for item in items)])))
    for row, item in zip(rows, items, strict=True):
        size = item.last - item.first + 1
        shape = [size, len(outside), len(context.clause_text(item.first, item.last))]
        parts = []
        for clauses, own in ((item.clauses, True), (outside, False)):
            columns = cause_columns(wording, item, clauses, own=own) if len(clauses) else rows[:0, :24]
            parts.extend([columns.max(axis=0, initial=0), columns.sum(axis=0)])
        row[:] = np.concatenate([*parts, np.log1p(shape)])
    return rows
