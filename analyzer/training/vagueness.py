"""Train the vagueness model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from analyzer.training.calibration import out_of_fold
from analyzer.training.corpus import GoldReport
from analyzer.training.decisions import decide
from analyzer.training.fit import fit, matrix, stack
from analyzer.understanding.linear import Floats, Ints, LinearModel
from analyzer.understanding.vagueness import VaguenessModel, judged_sentences, vague_blocks, vague_columns

_WEIGHTS = (1.0, 0.5, 0.3)
_REGULARISATION = 0.15


def train(reports: Sequence[GoldReport]) -> VaguenessModel:
    """Return the vagueness model of some annotated reports, calibrated on held-out authors."""
    logits: list[Floats] = []
    labels: list[npt.NDArray[np.bool_]] = []

    def visit(model: LinearModel, report: GoldReport) -> None:
        sentences = judged_sentences(report.sentence_types)
        if len(sentences):
            columns = vague_columns(report.context, report.sentence_types, sentences)
            logits.append(model.logits(vague_blocks(report.context, sentences), columns))
            labels.append(is_vague(report, sentences))

    out_of_fold(reports, _classifier, visit)
    scores = np.vstack(logits)
    decision = decide(scores[:, 1] - scores[:, 0], np.concatenate(labels))
    model = _classifier(reports)
    shift = np.array([-0.5, 0.5], dtype=np.float32) * np.float32(decision.shift / decision.slope)
    model = replace(model, temperature=1 / decision.slope, bias=model.bias + shift)
    return VaguenessModel(model, decision.threshold)


def _classifier(reports: Sequence[GoldReport]) -> LinearModel:
    parts, columns, labels = [], [], []
    for report in reports:
        sentences = judged_sentences(report.sentence_types)
        if len(sentences):
            parts.append([matrix(block) for block in vague_blocks(report.context, sentences)])
            columns.append(vague_columns(report.context, report.sentence_types, sentences))
            labels.append(np.where(is_vague(report, sentences), "yes", "no"))
    return fit(
        stack(parts),
        np.vstack(columns),
        np.concatenate(labels),
        weights=_WEIGHTS,
        regularisation=_REGULARISATION,
    )


def is_vague(report: GoldReport, sentences: Ints) -> npt.NDArray[np.bool_]:
    """Whether a fragment of each sentence is annotated as vague."""
    vague = set(report.gold["vague"])
    first, last = (numbers[sentences] for numbers in report.sentence_numbers)
    touched = [not vague.isdisjoint(range(a, b + 1)) for a, b in zip(first, last, strict=True)]
    return np.array(touched, dtype=bool)
