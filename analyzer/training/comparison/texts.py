"""Logistic regression over the words or characters of a unit, without our columns or its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from analyzer.language.segmentation import segmenter
from analyzer.training.comparison.contestants import Answering, Scorer, answering
from analyzer.training.comparison.questions import Question
from analyzer.training.corpus import GoldReport
from analyzer.understanding.linear import Floats

_STRENGTH = 4.0  # scikit-learn's C; rows of TF-IDF are short, so less regularisation than its default


def words(question: Question, reports: Sequence[GoldReport]) -> Answering:
    """Weigh words and pairs of words as jieba cuts them."""
    cut = segmenter().cut
    return _over(
        question,
        reports,
        lambda: TfidfVectorizer(
            tokenizer=cut, token_pattern=None, ngram_range=(1, 2), min_df=2, sublinear_tf=True
        ),
    )


def characters(question: Question, reports: Sequence[GoldReport]) -> Answering:
    """Weigh stretches of one to four characters."""
    return _over(
        question,
        reports,
        lambda: TfidfVectorizer(analyzer="char", ngram_range=(1, 4), min_df=3, sublinear_tf=True),
    )


def _over(question: Question, reports: Sequence[GoldReport], vectorizer: Callable[[], Any]) -> Answering:
    def fit(reports: Sequence[GoldReport]) -> Scorer:
        texts = [text for report in reports for text in question.texts(report)]
        labels = [label for report in reports for label in question.labels(report)]
        model = make_pipeline(vectorizer(), LogisticRegression(C=_STRENGTH, max_iter=300, tol=1e-3))
        model.fit(texts, labels)

        def chances(report: GoldReport) -> Floats:
            asked = question.texts(report)
            return np.asarray(model.predict_proba(asked) if asked else [], dtype=np.float32)

        return Scorer(tuple(model.classes_), chances)

    return answering(question, reports, fit)
