"""Train the section model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from analyzer.training.augmentation import without_frame, without_headings
from analyzer.training.calibration import out_of_fold, temperature
from analyzer.training.corpus import GoldReport
from analyzer.training.fit import fit, matrix, stack
from analyzer.understanding.linear import Floats, LinearModel
from analyzer.understanding.sections import TAGS, TYPES, SectionModel, section_blocks

_WEIGHTS = (1.0, 0.5, 0.5, 1.0, 0.7)
_REGULARISATION = 2.0
_LEAST = 15  # rarer n-grams are an author's own words
_SMOOTHING = 0.05
_IMPOSSIBLE = -1e9


def train(reports: Sequence[GoldReport]) -> SectionModel:
    """Return the section model of some annotated reports, calibrated on held-out authors."""
    logits: list[Floats] = []
    labels: list[int] = []

    def visit(model: LinearModel, report: GoldReport) -> None:
        logits.append(model.logits(section_blocks(report.context), report.context.columns))
        labels.extend(
            model.classes.index(tag) if tag in model.classes else -1 for tag in report.sentence_tags
        )

    out_of_fold(reports, _classifier, visit)
    widths = {part.shape[1] for part in logits}
    heat = 1.0
    if len(widths) == 1:  # otherwise a rare tag is missing from a fold, and the columns do not line up
        known = np.array(labels) >= 0
        heat = temperature(np.vstack(logits)[known], np.array(labels)[known])
    transitions, initial = _transitions(reports)
    return SectionModel(replace(_classifier(reports), temperature=heat), transitions, initial)


def _classifier(reports: Sequence[GoldReport]) -> LinearModel:
    """Fit on the reports and on their variants without headings or frame, as many real ones come."""
    variants = [spoil(report) for spoil in (without_headings, without_frame) for report in reports]
    reports = [*reports, *(variant for variant in variants if variant)]
    parts = [[matrix(block) for block in section_blocks(report.context)] for report in reports]
    return fit(
        stack(parts),
        np.vstack([report.context.columns for report in reports]),
        np.array([tag for report in reports for tag in report.sentence_tags]),
        weights=_WEIGHTS,
        regularisation=_REGULARISATION,
        least=_LEAST,
    )


def _transitions(reports: Sequence[GoldReport]) -> tuple[Floats, Floats]:
    """Return smoothed log probabilities; a section is continued only by its own type."""
    size = len(TAGS)
    counts = np.full((size, size), _SMOOTHING)
    initial = np.full(size, _SMOOTHING)
    for report in reports:
        path = [TAGS.index(tag) for tag in report.sentence_tags]
        initial[path[0]] += 1
        np.add.at(counts, (path[:-1], path[1:]), 1)
    kinds = np.arange(size) % len(TYPES)
    continues = np.arange(size) >= len(TYPES)
    counts[continues[None, :] & (kinds[:, None] != kinds[None, :])] = 0
    initial[continues] = 0
    with np.errstate(divide="ignore"):
        log_counts = np.log(counts / counts.sum(axis=1, keepdims=True))
        log_initial = np.log(initial / initial.sum())
    return (
        np.maximum(log_counts, _IMPOSSIBLE).astype(np.float32),
        np.maximum(log_initial, _IMPOSSIBLE).astype(np.float32),
    )
