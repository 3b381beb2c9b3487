"""Linear-chain conditional random fields (Lafferty et al. 2001) over our columns, with and without words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from analyzer.language.segmentation import segmenter
from analyzer.training.comparison.contestants import Answering
from analyzer.training.comparison.questions import Question
from analyzer.training.corpus import GoldReport

_OPTIONS = {"c1": 0.1, "c2": 0.5, "max_iterations": 80, "feature.possible_transitions": True}


def over_columns(question: Question, reports: Sequence[GoldReport]) -> Answering:
    """Learn from the columns of each unit and the order of labels."""
    return _crf(question, reports, with_words=False)


def over_columns_and_words(question: Question, reports: Sequence[GoldReport]) -> Answering:
    """Learn from the columns, the words and the order of labels."""
    return _crf(question, reports, with_words=True)


def _crf(question: Question, reports: Sequence[GoldReport], *, with_words: bool) -> Answering:
    import pycrfsuite

    def features(report: GoldReport) -> list[dict[str, float]]:
        if not question.texts(report):
            return []
        rows: list[dict[str, float]] = [
            {f"column{k}": float(row[k]) for k in row.nonzero()[0]} for row in question.columns(report)
        ]
        if with_words:
            for row, text in zip(rows, question.texts(report), strict=True):
                row.update({f"word {word}": 1.0 for word in segmenter().cut(text)})
        return rows

    trainer = pycrfsuite.Trainer(algorithm="lbfgs", params=_OPTIONS, verbose=False)
    for report in reports:
        if question.texts(report):
            trainer.append(features(report), question.labels(report))
    tagger = pycrfsuite.Tagger()
    with TemporaryDirectory() as folder:
        path = str(Path(folder) / "model.crfsuite")
        trainer.train(path)
        tagger.open(path)  # reads it whole

    def answer(report: GoldReport) -> list[str]:
        rows = features(report)
        return [str(label) for label in tagger.tag(rows)] if rows else []

    return answer
