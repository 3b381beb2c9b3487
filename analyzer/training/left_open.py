"""Train the model of what is left open among the duties and among what was put right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from analyzer.language import blank
from analyzer.training.causes import runs
from analyzer.training.corpus import CORPORA, GoldReport, unmarked
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
from analyzer.understanding.linear import Floats
from analyzer.understanding.structure import contextualise

EXAMPLES = CORPORA / "left-open.txt"
_REGULARISATION = 0.1
_Examples = tuple[Floats, npt.NDArray[np.bool_]]


def train(reports: Sequence[GoldReport]) -> LeftOpenModel:
    """Return the model of some annotated reports and of the examples."""
    told = [*filter(None, map(_of_report, reports)), *_of_examples()]
    columns, labels = zip(*told, strict=True)
    wanted = np.where(np.concatenate(labels), OPEN, CLOSED)
    return LeftOpenModel(fit_dense(np.vstack(columns), wanted, regularisation=_REGULARISATION))


def _of_report(report: GoldReport) -> _Examples | None:
    """Return the columns of the sentences of a report, and which are open; None where none is looked at."""
    context, types = report.context, report.sentence_types
    items = runs(report, gold_items(report))
    elsewhere = [item for item in items if not item.in_passing]
    closed = looked_at(context, types, items).tolist()
    begins = [int(context.sentence_of_clause[item.first]) for item in items if item.in_passing]
    # Of several sentences it is the first that says so, or the one after that which names the entry.
    opened = {k + (k + 1 < len(types) and is_named_before(context, types, k + 1)) for k in begins}
    sentences = np.array(sorted({*closed, *opened}), dtype=np.int64)
    if not len(sentences):
        return None
    is_open = np.array([k in opened for k in sentences.tolist()], dtype=bool)
    return open_columns(context, types, elsewhere, sentences), is_open


def _of_examples() -> Iterator[_Examples]:
    """Yield the same of each line of the examples, which are paragraphs of the part that they stand under."""
    part = ""
    for line in EXAMPLES.read_text("utf-8").splitlines():
        if line.startswith("["):
            part = line.strip("[]")
        elif line and not line.startswith("#"):
            text, marked = unmarked(line)
            context = contextualise(blank()(text))
            types = [part] * len(context.sentence_texts)
            sentences = looked_at(context, types, [])
            spans = context.layout.sentences[sentences].tolist()
            if spans:
                is_open = np.array([any(marked[start:end]) for start, end in spans], dtype=bool)
                yield open_columns(context, types, [], sentences), is_open
