"""spaCy's text categoriser, trained from scratch: a bag of words, and a small convolutional network."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
import spacy
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import fix_random_seed

from analyzer.language.segmentation import segmenter
from analyzer.training.comparison.contestants import Answering, Scorer, answering
from analyzer.training.comparison.questions import Question
from analyzer.training.corpus import GoldReport
from analyzer.understanding.linear import Floats

_BATCH = 64
_SEED = 7
_BAG = {
    "@architectures": "spacy.TextCatBOW.v3",
    "exclusive_classes": True,
    "ngram_size": 2,
    "no_output_layer": False,
    "length": 65536,
}
_NETWORK = {
    "@architectures": "spacy.TextCatCNN.v2",
    "exclusive_classes": True,
    "tok2vec": {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "pretrained_vectors": None,
        "width": 64,
        "depth": 2,
        "embed_size": 2000,
        "window_size": 1,
        "maxout_pieces": 3,
        "subword_features": False,
    },
}


def bag(question: Question, reports: Sequence[GoldReport]) -> Answering:
    """Train a linear bag of words."""
    return answering(question, reports, partial(_fit, question, _BAG, 5))


def network(question: Question, reports: Sequence[GoldReport]) -> Answering:
    """Train a small convolutional network."""
    return answering(question, reports, partial(_fit, question, _NETWORK, 6))


def _fit(
    question: Question, architecture: dict[str, object], epochs: int, reports: Sequence[GoldReport]
) -> Scorer:
    fix_random_seed(_SEED)
    nlp = spacy.blank("zh")
    cut = segmenter().cut

    def docs(texts: Sequence[str]) -> list[Doc]:
        cuts = [cut(text) for text in texts]
        return [Doc(nlp.vocab, words=words, spaces=[False] * len(words)) for words in cuts]

    labels = [label for report in reports for label in question.labels(report)]
    known = tuple(sorted(set(labels)))
    examples = [
        Example.from_dict(doc, {"cats": {name: float(name == label) for name in known}})
        for report in reports
        for doc, label in zip(docs(question.texts(report)), question.labels(report), strict=True)
    ]
    pipe: Any = nlp.add_pipe("textcat", config={"model": architecture})
    optimizer = nlp.initialize(lambda: examples)
    chance = random.Random(_SEED)
    for _ in range(epochs):
        chance.shuffle(examples)
        for start in range(0, len(examples), _BATCH):
            nlp.update(examples[start : start + _BATCH], sgd=optimizer, drop=0.2)

    def chances(report: GoldReport) -> Floats:
        found = [[doc.cats[name] for name in known] for doc in pipe.pipe(docs(question.texts(report)))]
        return np.asarray(found, dtype=np.float32)

    return Scorer(known, chances)
