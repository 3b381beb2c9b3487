"""Train the two-skins model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from analyzer.training.calibration import out_of_fold, temperature
from analyzer.training.corpus import GoldReport
from analyzer.training.decisions import decide
from analyzer.training.fit import fit, matrix, stack
from analyzer.understanding.linear import Floats, LinearModel
from analyzer.understanding.two_skins import (
    NOTHING,
    TwoSkinsModel,
    Windows,
    mention_blocks,
    mention_columns,
    names_a_side,
    stance_blocks,
    stance_columns,
    window_blocks,
    window_columns,
    windows,
)

_MENTION_WEIGHTS = (1.0, 1.0)
_REGULARISATION = 3.0
_LEAST_OF_MENTION = 5  # it only says what is looked at more closely
_HELD = 0.8  # a window holds a mention if this share of the mention is in it
_WITHIN = 0.6  # a window is part of a mention if this share of the window is
_STANCE_WEIGHTS = (1.0, 0.5, 1.0)
_LEAST = 0.5  # a mention less likely than not is none, whatever F1 would gain


def train(reports: Sequence[GoldReport]) -> TwoSkinsModel:
    """Return the two-skins model of some annotated reports, calibrated on held-out authors."""
    margins: list[Floats] = []
    labels: list[npt.NDArray[np.bool_]] = []
    meant: list[Floats] = []
    columns: list[int] = []

    def visit(model: TwoSkinsModel, report: GoldReport) -> None:
        reading = model.read(report.context, report.sentence_types)
        margins.append(reading.margins)
        stances = _stances(report)[reading.sentences]
        spoken = stances != ""
        labels.append(spoken)
        meant.append(reading.stances[spoken])
        columns.extend(model.stances.index(stance) for stance in stances[spoken])

    out_of_fold(reports, _classifiers, visit)
    truth = np.concatenate(labels)
    missed = sum(len(report.gold["two_skins"]) for report in reports) - int(truth.sum())
    decision = decide(np.concatenate(margins), truth, missed)
    model = _classifiers(reports)
    heat = temperature(np.vstack(meant), np.array(columns))
    return replace(
        model,
        stance=replace(model.stance, temperature=heat),
        slope=decision.slope,
        shift=decision.shift,
        threshold=max(decision.threshold, _LEAST),
    )


def _classifiers(reports: Sequence[GoldReport]) -> TwoSkinsModel:
    """Return a model that is not calibrated yet."""
    return TwoSkinsModel(_mention(reports), _window(reports), _stance(reports))


def _mention(reports: Sequence[GoldReport]) -> LinearModel:
    parts, dense, labels = [], [], []
    for report in reports:
        both = report.context.sides
        every = np.arange(len(report.sentence_types))
        parts.append([matrix(block) for block in mention_blocks(report.context, both, every)])
        dense.append(mention_columns(report.context, both, report.sentence_types, every))
        labels.append(np.where(_stances(report) == "", "no", "yes"))
    return fit(
        stack(parts),
        np.vstack(dense),
        np.concatenate(labels),
        weights=_MENTION_WEIGHTS,
        regularisation=_REGULARISATION,
        least=_LEAST_OF_MENTION,
    )


def _window(reports: Sequence[GoldReport]) -> LinearModel:
    parts, dense, labels = [], [], []
    for report in reports:
        seen = windows(report.context, np.arange(len(report.sentence_types)))
        marks = _window_labels(report, seen)
        known = np.flatnonzero(marks != "")
        both = report.context.sides
        parts.append([matrix(block)[known] for block in window_blocks(report.context, both, seen)])
        dense.append(window_columns(both, report.sentence_types, seen)[known])
        labels.append(marks[known])
    return fit(
        stack(parts),
        np.vstack(dense),
        np.concatenate(labels),
        weights=_MENTION_WEIGHTS,
        regularisation=_REGULARISATION,
    )


def _stance(reports: Sequence[GoldReport]) -> LinearModel:
    """Fit on the sentences that name a side; rare stances count more, by the root of how rare they are."""
    parts, dense, labels = [], [], []
    for report in reports:
        both, types = report.context.sides, report.sentence_types
        near = np.flatnonzero(names_a_side(both))
        own = mention_columns(report.context, both, types, near)
        stances = _stances(report)[near]
        parts.append([matrix(block) for block in stance_blocks(report.context, near)])
        dense.append(stance_columns(report.context, types, near, own))
        labels.append(np.where(stances == "", NOTHING, stances))
    every = np.concatenate(labels)
    names, number, counts = np.unique(every, return_inverse=True, return_counts=True)
    weights = np.where(names == NOTHING, 1.0, np.sqrt(counts[names != NOTHING].max() / counts))
    return fit(
        stack(parts),
        np.vstack(dense),
        every,
        weights=_STANCE_WEIGHTS,
        regularisation=_REGULARISATION,
        least=2,
        sample_weight=weights[number].astype(np.float32),
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


def _window_labels(report: GoldReport, seen: Windows) -> npt.NDArray[np.str_]:
    """Return ``yes`` for windows that hold a mention or are one, ``no``, empty where a part is touched."""
    clauses = report.context.layout.clauses
    source = report.source(np.stack([clauses[seen.first, 0], clauses[seen.last, 1]], axis=1))
    sizes = source[:, 1] - source[:, 0]
    labels = np.full(len(source), "no", dtype="<U3")
    for mention in report.gold["two_skins"]:
        start, end = report.quote_span(mention["sent"], mention["quote"]) or report.raw[mention["sent"] - 1]
        shared = np.minimum(source[:, 1], end) - np.maximum(source[:, 0], start)
        holds = (shared >= _HELD * (end - start)) | (shared >= _WITHIN * sizes)
        labels[(shared > 0) & ~holds & (labels == "no")] = ""
        labels[(shared > 0) & holds] = "yes"
    return labels
