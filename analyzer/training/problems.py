"""Train the problem model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from analyzer.training.calibration import out_of_fold, temperature
from analyzer.training.corpus import GoldReport
from analyzer.training.fit import fit, matrix, stack
from analyzer.training.items import gold_items
from analyzer.training.sections import Chances, certain, versions
from analyzer.understanding.item_columns import item_columns
from analyzer.understanding.items import clauses_of
from analyzer.understanding.linear import Block, Floats, LinearModel
from analyzer.understanding.problems import TAGS, ProblemModel, candidates, item_blocks

_WEIGHTS = (1.0, 0.5, 0.5)
_REGULARISATION = 1.0
_SMOOTHING = 0.5
_TRANSITION_WEIGHT = 0.5
_IMPOSSIBLE = -1e9


def train(reports: Sequence[GoldReport], chances: Chances) -> ProblemModel:
    """Return the problem model of some annotated reports, calibrated on held-out authors.

    Parameters
    ----------
    reports : sequence of GoldReport
    chances : dict of str to ndarray
        From `analyzer.training.sections.train`: the model learns both from the annotated sections and
        from those that it will be given, in each version of a report.
    """
    logits: list[Floats] = []
    labels: list[npt.NDArray[np.int64]] = []

    def visit(model: LinearModel, report: GoldReport) -> None:
        for example in _examples(report, chances):
            logits.append(model.logits(example.blocks, example.columns))
            labels.append(example.tags)

    def classifier(reports: Sequence[GoldReport]) -> LinearModel:
        return _classifier([example for report in reports for example in _examples(report, chances)])

    out_of_fold(reports, classifier, visit)
    heat = temperature(np.vstack(logits), np.concatenate(labels))
    transitions, initial = _transitions(reports)
    return ProblemModel(replace(classifier(reports), temperature=heat), transitions, initial)


@dataclass(frozen=True, slots=True)
class _Example:
    """The clauses of a report that may tell of problems, as the model sees them, and their tags."""

    blocks: list[Block]
    columns: Floats
    tags: npt.NDArray[np.int64]


def _examples(report: GoldReport, chances: Chances) -> Iterator[_Example]:
    for name, version in versions(report).items():
        context, tags = version.context, _tags(version)
        for likely in (certain(version), chances[name]):
            sentences = candidates(likely)
            if len(sentences):
                clauses = clauses_of(context, sentences)
                yield _Example(
                    item_blocks(context, clauses), item_columns(context, sentences, likely), tags[clauses]
                )


def _tags(report: GoldReport) -> npt.NDArray[np.int64]:
    """Return the column in `TAGS` of each clause's gold tag."""
    tags = np.full(len(report.context.layout.clauses), TAGS.index("O"))
    for item in gold_items(report):
        tags[item.clauses] = TAGS.index("I")
        tags[item.clauses[0]] = TAGS.index("B")
    return tags


def _classifier(examples: Sequence[_Example]) -> LinearModel:
    return fit(
        stack([matrix(block) for block in example.blocks] for example in examples),
        np.vstack([example.columns for example in examples]),
        np.array(TAGS)[np.concatenate([example.tags for example in examples])],
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
        sentences = candidates(certain(report))
        if len(sentences):
            path = tags[clauses_of(report.context, sentences)]
            initial[path[0]] += 1
            np.add.at(counts, (path[:-1], path[1:]), 1)
            totals += np.bincount(path, minlength=3)
    prior = np.log(totals / totals.sum())
    transitions = _TRANSITION_WEIGHT * (np.log(counts / counts.sum(axis=1, keepdims=True)) - prior)
    start = _TRANSITION_WEIGHT * (np.log(initial / initial.sum()) - prior)
    transitions[TAGS.index("O"), TAGS.index("I")] = start[TAGS.index("I")] = _IMPOSSIBLE
    return transitions.astype(np.float32), start.astype(np.float32)
