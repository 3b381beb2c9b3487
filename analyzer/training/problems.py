"""Train the problem model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from analyzer.training.calibration import out_of_fold, temperature
from analyzer.training.corpus import GoldReport
from analyzer.training.fit import fit, matrix, stack
from analyzer.training.items import gold_items
from analyzer.understanding.items import clause_columns, clauses_of
from analyzer.understanding.linear import Floats, LinearModel
from analyzer.understanding.problems import TAGS, ProblemModel, item_blocks, problem_runs

_WEIGHTS = (1.0, 0.5, 0.5)
_REGULARISATION = 1.0
_SMOOTHING = 0.5
_TRANSITION_WEIGHT = 0.5
_IMPOSSIBLE = -1e9


def train(reports: Sequence[GoldReport]) -> ProblemModel:
    """Return the problem model of some annotated reports, calibrated on held-out authors."""
    logits: list[Floats] = []
    labels: list[npt.NDArray[np.int64]] = []

    def visit(model: LinearModel, report: GoldReport) -> None:
        tags = _tags(report)
        for run in problem_runs(report.sentence_types):
            clauses = clauses_of(report.context, run)
            blocks = item_blocks(report.context, clauses)
            logits.append(model.logits(blocks, clause_columns(report.context, run)))
            labels.append(tags[clauses])

    out_of_fold(reports, _classifier, visit)
    heat = temperature(np.vstack(logits), np.concatenate(labels))
    transitions, initial = _transitions(reports)
    return ProblemModel(replace(_classifier(reports), temperature=heat), transitions, initial)


def _tags(report: GoldReport) -> npt.NDArray[np.int64]:
    """Return the column in `TAGS` of each clause's gold tag."""
    tags = np.full(len(report.context.layout.clauses), TAGS.index("O"))
    for item in gold_items(report):
        tags[item.clauses] = TAGS.index("I")
        tags[item.clauses[0]] = TAGS.index("B")
    return tags


def _classifier(reports: Sequence[GoldReport]) -> LinearModel:
    parts, columns, labels = [], [], []
    for report in reports:
        tags = _tags(report)
        for run in problem_runs(report.sentence_types):
            clauses = clauses_of(report.context, run)
            parts.append([matrix(block) for block in item_blocks(report.context, clauses)])
            columns.append(clause_columns(report.context, run))
            labels.append(np.array(TAGS)[tags[clauses]])
    return fit(
        stack(parts),
        np.vstack(columns),
        np.concatenate(labels),
        weights=_WEIGHTS,
        regularisation=_REGULARISATION,
    )


def _transitions(reports: Sequence[GoldReport]) -> tuple[Floats, Floats]:
    """Return log(P(next | tag) / P(next)), weighted; an item is never continued from outside of one."""
    counts = np.full((3, 3), _SMOOTHING)
    initial = np.full(3, _SMOOTHING)
    totals = np.zeros(3)
    for report in reports:
        tags = _tags(report)
        for run in problem_runs(report.sentence_types):
            path = tags[clauses_of(report.context, run)]
            initial[path[0]] += 1
            np.add.at(counts, (path[:-1], path[1:]), 1)
            totals += np.bincount(path, minlength=3)
    prior = np.log(totals / totals.sum())
    transitions = _TRANSITION_WEIGHT * (np.log(counts / counts.sum(axis=1, keepdims=True)) - prior)
    start = _TRANSITION_WEIGHT * (np.log(initial / initial.sum()) - prior)
    transitions[TAGS.index("O"), TAGS.index("I")] = start[TAGS.index("I")] = _IMPOSSIBLE
    return transitions.astype(np.float32), start.astype(np.float32)
