"""Train the integration model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.metrics import cohen_kappa_score

from analyzer.training.augmentation import filled
from analyzer.training.calibration import out_of_fold
from analyzer.training.corpus import GoldReport
from analyzer.training.fit import fit, fit_dense, matrix, stack
from analyzer.understanding.integration import (
    LEVELS,
    IntegrationModel,
    duty_blocks,
    duty_columns,
)
from analyzer.understanding.linear import Floats, Ints, LinearModel
from analyzer.understanding.ties import duty_sentences, find_ties

_WEIGHTS = (2.0, 2.0)
_COLUMN_WEIGHT = 0.3
_REGULARISATION = 1.0
_LEAST = 5  # reports that must share an n-gram
_CERTAINTY_REGULARISATION = 1.0
_NEAR = 0.02  # cuts whose kappa is this close to the best are as good as it


def train(reports: Sequence[GoldReport]) -> IntegrationModel:
    """Return the integration model of some annotated reports, cut where held-out authors say."""
    found: list[Floats] = []
    labels: list[str] = []

    def visit(model: IntegrationModel, report: GoldReport) -> None:
        ties = find_ties(report.context, report.sentence_types)
        evidence = model.evidence(report.context, report.sentence_types, ties)
        if evidence is not None:
            found.append(evidence)
            labels.append(report.gold["siloed"])

    out_of_fold(reports, _questions, visit)
    evidence, wanted = np.vstack(found), np.array(labels)
    certainty = fit_dense(evidence, wanted, regularisation=_CERTAINTY_REGULARISATION)
    levels = np.array([LEVELS.index(label) for label in labels])
    return replace(_questions(reports), cuts=_best_cuts(evidence.sum(axis=1), levels), certainty=certainty)


def _questions(reports: Sequence[GoldReport]) -> IntegrationModel:
    """Return a model whose cuts and certainty are only stand-ins."""
    parts, columns, levels = [], [], []
    # A draft is no less siloed once its blanks are filled in.
    for report in [*reports, *(draft for draft in map(filled, reports) if draft)]:
        sentences = duty_sentences(report.sentence_types)
        if len(sentences):
            both = report.context.sides
            parts.append([matrix(block) for block in duty_blocks(report.context, both, sentences)])
            ties = find_ties(report.context, report.sentence_types)
            columns.append(duty_columns(report.context, both, sentences, ties))
            levels.append(LEVELS.index(report.gold["siloed"]))
    blocks = stack(parts)
    dense, wanted = np.vstack(columns), np.array(levels)
    partial, full = (_ask(blocks, dense, np.where(wanted >= level, "yes", "no")) for level in (1, 2))
    return IntegrationModel(partial, full, (0.5, 1.0), partial)


def _ask(blocks: Sequence[sp.csr_matrix], columns: Floats, labels: npt.NDArray[np.str_]) -> LinearModel:
    """Fit one question on n-grams and standardised columns; the model takes columns as they are."""
    centre, spread = columns.mean(axis=0), columns.std(axis=0)
    spread[spread == 0] = 1
    scale = (_COLUMN_WEIGHT / spread).astype(np.float32)
    model = fit(
        blocks,
        ((columns - centre) * scale).astype(np.float32),
        labels,
        weights=_WEIGHTS,
        regularisation=_REGULARISATION,
        least=_LEAST,
    )
    dense = model.dense * scale[:, None]
    return replace(model, dense=dense, bias=(model.bias - centre @ dense).astype(np.float32))


def _best_cuts(sums: Floats, levels: Ints) -> tuple[float, float]:
    """Return the mean of the pairs of cuts whose quadratic weighted kappa is near the best."""
    grid = np.unique(np.quantile(sums, np.linspace(0.3, 0.98, 35)))
    scored = []
    for cuts in combinations(grid, 2):
        guess = np.searchsorted(cuts, sums, side="right")
        scored.append((cohen_kappa_score(levels, guess, weights="quadratic"), *cuts))
    table = np.array(scored)
    good = table[table[:, 0] >= table[:, 0].max() - _NEAR]
    return float(good[:, 1].mean()), float(good[:, 2].mean())
