"""Train the cause model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from analyzer.training.calibration import out_of_fold, temperature
from analyzer.training.corpus import GoldReport
from analyzer.training.fit import fit, fit_dense, matrix, stack
from analyzer.training.items import GoldItem, gold_items
from analyzer.understanding.causes import (
    KINDS,
    CauseModel,
    Wording,
    cause_columns,
    outside_clauses,
)
from analyzer.understanding.left_open import PARTS
from analyzer.understanding.linear import Floats, Ints, LinearModel
from analyzer.understanding.problems import ItemRun, item_blocks

_WEIGHTS = (1.0, 0.4, 0.4)
_SCORER_REGULARISATION = 1.0
_JUDGE_REGULARISATION = 0.1
_UNSURE = -1  # a clause of the cause's sentence outside of the quote: neither cause nor not


def train(reports: Sequence[GoldReport]) -> CauseModel:
    """Return the cause model of some annotated reports.

    The judge learns from scores of clauses that the scorer has not seen.
    """
    columns: list[Floats] = []
    labels: list[str] = []

    def visit(scorer: LinearModel, report: GoldReport) -> None:
        items = gold_items(report)
        if items:
            model = CauseModel(scorer, scorer)  # its judge is not asked
            weighed = model.weigh(report.context, report.sentence_types, runs(report, items))
            columns.extend(row for *_, row in weighed)
            labels.extend(report.gold["problems"][item.number]["cause"] for item in items)

    out_of_fold(reports, _scorer, visit)
    table, wanted = np.array(columns), np.array(labels)
    judge = fit_dense(table, wanted, regularisation=_JUDGE_REGULARISATION)
    columns_of = np.array([judge.classes.index(label) for label in wanted])
    heat = temperature(judge.logits([], table), columns_of)
    return CauseModel(_scorer(reports), replace(judge, temperature=heat))


def runs(report: GoldReport, items: Sequence[GoldItem]) -> list[ItemRun]:
    """Return gold items of a report as the runs that the models take."""
    of, types = report.context.sentence_of_clause, report.sentence_types
    edges = [(int(item.clauses[0]), int(item.clauses[-1])) for item in items]
    return [ItemRun(first, last, 1.0, in_passing=types[of[first]] in PARTS) for first, last in edges]


def _labels(report: GoldReport, item: GoldItem, clauses: Ints) -> npt.NDArray[np.int64]:
    """Return the column in `KINDS` of each clause with respect to an item, or `_UNSURE`."""
    problem = report.gold["problems"][item.number]
    labels = np.zeros(len(clauses), dtype=np.int64)
    if problem["cause"] == "none" or not len(clauses):
        return labels
    spans = report.context.layout.clauses[clauses]
    first, last = report.raw_numbers(spans)
    places = [report.quote_span(sentence, problem["cause_quote"]) for sentence in problem["cause_sents"]]
    place = next((found for found in places if found), None)
    for k, (start, end) in enumerate(report.source(spans)):
        if place and start < place[1] and place[0] < end:
            labels[k] = KINDS.index(problem["cause_kind"])
        elif any(first[k] <= sentence <= last[k] for sentence in problem["cause_sents"]):
            labels[k] = _UNSURE
    return labels


def _scorer(reports: Sequence[GoldReport]) -> LinearModel:
    parts, columns, labels = [], [], []
    for report in reports:
        items = gold_items(report)
        outside = outside_clauses(report.context, report.sentence_types, runs(report, items))
        wording = Wording(report.context, np.unique(np.concatenate([outside, *(i.clauses for i in items)])))
        for item, run in zip(items, runs(report, items), strict=True):
            for clauses, own in ((item.clauses, True), (outside, False)):
                found = _labels(report, item, clauses)
                if own:
                    keep = found != _UNSURE
                elif (found > 0).any():
                    keep = found > 0  # what explains another item is no example of no cause
                else:
                    continue
                if not keep.any():
                    continue
                parts.append([matrix(block) for block in item_blocks(report.context, clauses[keep])])
                columns.append(cause_columns(wording, run, clauses, own=own)[keep])
                labels.append(np.array(KINDS)[found[keep]])
    return fit(
        stack(parts),
        np.vstack(columns),
        np.concatenate(labels),
        weights=_WEIGHTS,
        regularisation=_SCORER_REGULARISATION,
    )
