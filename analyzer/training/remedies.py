"""Train the remedy model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.decomposition import TruncatedSVD
from sklearn.preprocessing import normalize

from analyzer.training.calibration import out_of_fold, temperature
from analyzer.training.causes import runs
from analyzer.training.corpus import GoldReport
from analyzer.training.fit import fit, fit_dense, matrix
from analyzer.training.items import GoldItem, gold_items
from analyzer.understanding.encoder import BITS, encode
from analyzer.understanding.likeness import ORDERS, GramSpace
from analyzer.understanding.linear import Block, Floats, LinearModel
from analyzer.understanding.matching import Pairs, pair_up, without_polarity
from analyzer.understanding.measures import Plans, read_plans
from analyzer.understanding.remedies import RemedyModel, answer_columns, assigned_columns, log_odds

_DIMENSIONS = 32  # of the latent space
_LEAST = 3  # sentences that must hold an n-gram for it to have a place there
_PAIR_REGULARISATION = 0.3
_CHECK_REGULARISATION = 1.0
_JUDGE_REGULARISATION = 0.1
# A problem without an answer is rare; unweighted, the judge would hardly ever say so.
_CLASS_WEIGHT = {"none": 1.5, "generic": 1.0, "specific": 1.0}


def train(reports: Sequence[GoldReport]) -> RemedyModel:
    """Return the remedy model of some annotated reports; the judge learns from unseen scores."""
    columns: list[Floats] = []
    labels: list[str] = []

    def visit(model: RemedyModel, report: GoldReport) -> None:
        items = gold_items(report)
        plans = _plans(report, items)
        if items and len(plans.sentences):
            columns.extend(answer_columns(model.evidence(report.context, runs(report, items), plans)))
            labels.extend(report.gold["problems"][item.number]["remedy"] for item in items)

    out_of_fold(reports, _scorers, visit)
    table, wanted = np.array(columns), np.array(labels)
    judge = fit_dense(table, wanted, regularisation=_JUDGE_REGULARISATION, class_weight=_CLASS_WEIGHT)
    heat = temperature(judge.logits([], table), np.array([judge.classes.index(label) for label in wanted]))
    return replace(_scorers(reports), judge=replace(judge, temperature=heat))


def _wording(reports: Sequence[GoldReport]) -> GramSpace:
    """Return rarity and latent places of the n-grams up to order 2 in the sentences of the reports."""
    sentences = sp.vstack([_sentences(report) for report in reports]).tocsr()
    frequency = np.bincount(sentences.indices, minlength=1 << BITS)
    buckets = np.flatnonzero(frequency > 1)
    unseen = _weight(sentences.shape[0], 1)
    rarity = _weight(sentences.shape[0], frequency[buckets])
    design = normalize(sentences[:, buckets] @ sp.diags(np.sqrt(rarity)))
    common = np.flatnonzero(frequency[buckets] >= _LEAST)
    vectors = np.zeros((len(buckets), _DIMENSIONS), dtype=np.float16)
    latent = TruncatedSVD(_DIMENSIONS, random_state=0).fit(design[:, common])
    vectors[common] = latent.components_.T
    return GramSpace(buckets.astype(np.int32), rarity.astype(np.float32), float(unseen), vectors)


def _sentences(report: GoldReport) -> sp.csr_matrix:
    """Return which n-grams each sentence of a report holds, shape (n_sentences, 2**BITS)."""
    spans = report.context.layout.sentences
    grams = encode(without_polarity(report.context, spans), spans, ORDERS)
    held = matrix(Block(grams, np.arange(len(spans))))
    held.data[:] = 1
    return held


def _weight(total: int, frequency: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return the weight of n-grams that stand in so many of the sentences; none for the commonest."""
    return np.maximum(np.log(total / (1 + np.asarray(frequency))) - 2.0, 0.0) ** 2


def _scorers(reports: Sequence[GoldReport]) -> RemedyModel:
    """Return a model whose judge is only a stand-in."""
    wording = _wording(reports)
    matched: list[Pairs] = []
    answered: list[npt.NDArray[np.bool_]] = []
    sentences, slots, checks = [], [], []
    for report in reports:
        items = gold_items(report)
        plans = _plans(report, items)
        if not items or not len(plans.sentences):
            continue
        answers = np.array([_answers(report, plans, item.number) for item in items])
        matched.append(pair_up(report.context, runs(report, items), plans, wording))
        answered.append(answers)
        status = np.array([report.gold["problems"][item.number]["remedy"] for item in items])
        specific = answers[status == "specific"].any(axis=0)
        chosen = answers.any(axis=0)
        sentences.append(matrix(Block(report.context.grams, plans.sentences[chosen])))
        slots.append(plans.checks[chosen])
        checks.append(np.where(specific[chosen], "specific", "generic"))
    first = _pair_scorer([pairs.columns for pairs in matched], answered)
    assigned = [assigned_columns(pairs, log_odds(first, pairs.columns)) for pairs in matched]
    second = _pair_scorer(
        [
            np.concatenate([pairs.columns, more], axis=2)
            for pairs, more in zip(matched, assigned, strict=True)
        ],
        answered,
    )
    checker = fit(
        [sp.vstack(sentences).tocsr()],
        np.vstack(slots),
        np.concatenate(checks),
        weights=(1.0,),
        regularisation=_CHECK_REGULARISATION,
    )
    return RemedyModel(first, second, checker, first, wording)


def _pair_scorer(columns: Sequence[Floats], answers: Sequence[npt.NDArray[np.bool_]]) -> LinearModel:
    return fit_dense(
        np.vstack([each.reshape(-1, each.shape[2]) for each in columns]),
        np.where(np.concatenate([each.ravel() for each in answers]), "yes", "no"),
        regularisation=_PAIR_REGULARISATION,
    )


def _plans(report: GoldReport, items: Sequence[GoldItem]) -> Plans:
    return read_plans(report.context, report.sentence_types, runs(report, items))


def _answers(report: GoldReport, plans: Plans, problem: int) -> npt.NDArray[np.bool_]:
    """Whether each sentence of the plans is among a problem's gold remedies."""
    wanted = report.gold["problems"][problem]["remedy_sents"]
    first, last = (numbers[plans.sentences] for numbers in report.sentence_numbers)
    return np.array([any(a <= n <= b for n in wanted) for a, b in zip(first, last, strict=True)], dtype=bool)
