"""Train the two-skins model."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from analyzer.training.calibration import out_of_fold
from analyzer.training.corpus import GoldReport
from analyzer.training.decisions import calibrated
from analyzer.training.fit import fit, matrix
from analyzer.understanding.linear import Block, Floats, LinearModel
from analyzer.understanding.sides import sides
from analyzer.understanding.two_skins import TwoSkinsModel, mention_blocks, mention_columns, stance_columns

_MENTION_WEIGHTS = (1.0, 1.0)
_MENTION_REGULARISATION = 1.0
_STANCE_WEIGHTS = (0.3,)
_STANCE_REGULARISATION = 1.0


def train(reports: Sequence[GoldReport]) -> TwoSkinsModel:
    """Return the two-skins model of some annotated reports, calibrated on held-out authors."""
    logits: list[Floats] = []
    labels: list[npt.NDArray[np.bool_]] = []
    spoken = {report.id: _stances(report) for report in reports}

    def visit(model: LinearModel, report: GoldReport) -> None:
        blocks, columns = _examples(report)
        logits.append(model.logits(blocks, columns))
        labels.append(spoken[report.id] != "")

    out_of_fold(reports, _mention, visit)
    truth = np.concatenate(labels)
    second = sum(len(report.gold["two_skins"]) for report in reports) - int(truth.sum())
    mention, threshold = calibrated(_mention(reports), np.vstack(logits), truth, missed=second)
    return TwoSkinsModel(mention, _stance(reports), threshold)


def _examples(report: GoldReport) -> tuple[list[Block], Floats]:
    both = sides(report.context)
    every = np.arange(len(report.sentence_types))
    blocks = mention_blocks(report.context, both, every)
    return blocks, mention_columns(report.context, both, report.sentence_types)


def _mention(reports: Sequence[GoldReport]) -> LinearModel:
    parts, dense, labels = [], [], []
    for report in reports:
        blocks, columns = _examples(report)
        parts.append([matrix(block) for block in blocks])
        dense.append(columns)
        labels.append(np.where(_stances(report) == "", "no", "yes"))
    return fit(
        [sp.vstack(column).tocsr() for column in zip(*parts, strict=True)],
        np.vstack(dense),
        np.concatenate(labels),
        weights=_MENTION_WEIGHTS,
        regularisation=_MENTION_REGULARISATION,
    )


def _stance(reports: Sequence[GoldReport]) -> LinearModel:
    """Fit on the sentences that speak of the pattern, rare stances counted as much as frequent ones."""
    parts, dense, labels = [], [], []
    for report in reports:
        stances = _stances(report)
        spoken = np.flatnonzero(stances != "")
        if len(spoken):
            parts.append(matrix(Block(report.context.grams, spoken)))
            dense.append(stance_columns(report.context, report.sentence_types, spoken))
            labels.append(stances[spoken])
    every = np.concatenate(labels)
    names, number, counts = np.unique(every, return_inverse=True, return_counts=True)
    return fit(
        [sp.vstack(parts).tocsr()],
        np.vstack(dense),
        every,
        weights=_STANCE_WEIGHTS,
        regularisation=_STANCE_REGULARISATION,
        least=2,
        sample_weight=(len(every) / (len(names) * counts[number])).astype(np.float32),
    )


def _stances(report: GoldReport) -> npt.NDArray[np.str_]:
    """Return the stance of the first mention in each sentence, empty for none."""
    source = report.source(report.context.layout.sentences)
    stances = np.full(len(source), "", dtype="<U8")
    for mention in report.gold["two_skins"]:
        start, end = report.quote_span(mention["sent"], mention["quote"]) or report.raw[mention["sent"] - 1]
        touched = np.flatnonzero((source[:, 0] < end) & (start < source[:, 1]))[:1]
        stances[touched[stances[touched] == ""]] = mention["stance"]
    return stances
