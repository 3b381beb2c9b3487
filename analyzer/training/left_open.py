"""Train the model of what is left open among the duties and among what was put right."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analyzer.training.causes import runs
from analyzer.training.corpus import GoldReport
from analyzer.training.fit import fit_dense
from analyzer.training.items import gold_items
from analyzer.understanding.left_open import (
    CLOSED,
    OPEN,
    LeftOpenModel,
    is_named_before,
    looked_at,
    open_columns,
)

_REGULARISATION = 0.1


def train(reports: Sequence[GoldReport]) -> LeftOpenModel:
    """Return the model of some annotated reports."""
    columns, labels = [], []
    for report in reports:
        context, types = report.context, report.sentence_types
        items = runs(report, gold_items(report))
        elsewhere = [item for item in items if not item.in_passing]
        closed = looked_at(context, types, items).tolist()
        begins = [int(context.sentence_of_clause[item.first]) for item in items if item.in_passing]
        # Of several sentences it is the first that says so, or the one after that which names the entry.
        opened = {k + (k + 1 < len(types) and is_named_before(context, types, k + 1)) for k in begins}
        sentences = np.array(sorted({*closed, *opened}), dtype=np.int64)
        if len(sentences):
            columns.append(open_columns(context, types, elsewhere, sentences))
            labels += [OPEN if k in opened else CLOSED for k in sentences.tolist()]
    classifier = fit_dense(np.vstack(columns), np.array(labels), regularisation=_REGULARISATION)
    return LeftOpenModel(classifier)
