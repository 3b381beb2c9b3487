"""Gradient boosting over our columns: no words, but columns may matter together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from analyzer.training.comparison.contestants import Answering, Scorer, answering
from analyzer.training.comparison.questions import Question
from analyzer.training.corpus import GoldReport
from analyzer.understanding.linear import Floats


def boosting(question: Question, reports: Sequence[GoldReport]) -> Answering:
    """Boost shallow trees (Friedman 2001) over histograms of the columns."""

    def fit(reports: Sequence[GoldReport]) -> Scorer:
        asked = [report for report in reports if question.texts(report)]
        model = HistGradientBoostingClassifier(
            max_iter=60, learning_rate=0.15, max_leaf_nodes=15, early_stopping=False, random_state=0
        )
        model.fit(
            np.vstack([question.columns(report) for report in asked]),
            [label for report in asked for label in question.labels(report)],
        )

        def chances(report: GoldReport) -> Floats:
            found = model.predict_proba(question.columns(report)) if question.texts(report) else []
            return np.asarray(found, dtype=np.float32)

        return Scorer(tuple(str(label) for label in model.classes_), chances)

    return answering(question, reports, fit)
