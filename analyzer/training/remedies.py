"""Train the remedy model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from analyzer.training.calibration import out_of_fold, temperature
from analyzer.training.causes import runs
from analyzer.training.corpus import GoldReport
from analyzer.training.fit import fit, fit_dense, matrix
from analyzer.training.items import gold_items
from analyzer.understanding.encoder import BITS, encode
from analyzer.understanding.linear import Block, Floats
from analyzer.understanding.remedies import Plans, RemedyModel, answer_columns, pair_columns, read_plans

_PAIR_REGULARISATION = 0.3
_CHECK_REGULARISATION = 1.0
_JUDGE_REGULARISATION = 0.3
# A problem without an answer is rare; unweighted, the judge would hardly ever say so.
_CLASS_WEIGHT = {"none": 2.0, "generic": 1.0, "specific": 1.0}


def train(reports: Sequence[GoldReport]) -> RemedyModel:
    """Return the remedy model of some annotated reports; the judge learns from unseen scores."""
    columns: list[Floats] = []
    labels: list[str] = []

    def visit(model: RemedyModel, report: GoldReport) -> None:
        items = gold_items(report)
        plans = read_plans(report.context, report.sentence_types)
        if items and len(plans.sentences):
            columns.extend(answer_columns(*model.evidence(report.context, runs(items), plans)))
            labels.extend(report.gold["problems"][item.number]["remedy"] for item in items)

    out_of_fold(reports, _scorers, visit)
    table, wanted = np.array(columns), np.array(labels)
    judge = fit_dense(table, wanted, regularisation=_JUDGE_REGULARISATION, class_weight=_CLASS_WEIGHT)
    heat = temperature(judge.logits([], table), np.array([judge.classes.index(label) for label in wanted]))
    return replace(_scorers(reports), judge=replace(judge, temperature=heat))


def _rarity(reports: Sequence[GoldReport]) -> tuple[npt.NDArray[np.int32], Floats, float]:
    """Return inverse document frequency over the sentences of the reports, of n-grams up to order 2."""
    counts = np.zeros(1 << BITS, dtype=np.int64)
    total = 0
    for report in reports:
        grams = encode(report.context.codes, report.context.layout.sentences, 2)
        units = np.repeat(np.arange(len(grams.indptr) - 1), np.diff(grams.indptr))
        pairs = np.unique(np.stack([units, grams.ids.astype(np.int64)], axis=1), axis=0)
        counts += np.bincount(pairs[:, 1], minlength=1 << BITS)
        total += len(grams.indptr) - 1
    buckets = np.flatnonzero(counts > 1)
    unseen = float(np.log(total / 2))
    weights = np.maximum(np.log(total / (1 + counts[buckets])) - 2.0, 0.0) ** 2
    return buckets.astype(np.int32), weights.astype(np.float32), max(unseen - 2.0, 0.0) ** 2


def _scorers(reports: Sequence[GoldReport]) -> RemedyModel:
    """Return a model whose judge is only a stand-in."""
    buckets, weights, unseen = _rarity(reports)
    rarity = np.full(1 << BITS, unseen, dtype=np.float32)
    rarity[buckets] = weights
    pair_rows, pair_labels, sentences, slots, checks = [], [], [], [], []
    for report in reports:
        items = gold_items(report)
        plans = read_plans(report.context, report.sentence_types)
        if not items or not len(plans.sentences):
            continue
        answers = np.array([_answers(report, plans, item.number) for item in items])
        columns = pair_columns(report.context, runs(items), plans, rarity)
        pair_rows.append(columns.reshape(-1, columns.shape[2]))
        pair_labels.append(np.where(answers.ravel(), "yes", "no"))
        status = np.array([report.gold["problems"][item.number]["remedy"] for item in items])
        specific = answers[status == "specific"].any(axis=0)
        chosen = answers.any(axis=0)
        sentences.append(matrix(Block(report.context.grams, plans.sentences[chosen])))
        slots.append(plans.slots[chosen])
        checks.append(np.where(specific[chosen], "specific", "generic"))
    pairs = fit_dense(np.vstack(pair_rows), np.concatenate(pair_labels), regularisation=_PAIR_REGULARISATION)
    checker = fit(
        [sp.vstack(sentences).tocsr()],
        np.vstack(slots),
        np.concatenate(checks),
        weights=(1.0,),
        regularisation=_CHECK_REGULARISATION,
    )
    return RemedyModel(pairs, checker, pairs, buckets, weights, unseen)


def _answers(report: GoldReport, plans: Plans, problem: int) -> npt.NDArray[np.bool_]:
    """Whether each sentence of the plans is among a problem's gold remedies."""
    wanted = report.gold["problems"][problem]["remedy_sents"]
    first, last = (numbers[plans.sentences] for numbers in report.sentence_numbers)
    return np.array([any(a <= n <= b for n in wanted) for a, b in zip(first, last, strict=True)], dtype=bool)
