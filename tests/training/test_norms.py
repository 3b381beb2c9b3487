"""The norms of own content that the views show are those of the corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.lexicons import table
from analyzer.training.corpus import corpus
from analyzer.training.norms import norms

ROOT = Path(__file__).parents[2] / "corpora"


def test_the_norms_are_those_of_the_corpus():
    measured = norms(corpus(ROOT))
    shipped = table("norms.toml")
    for name, values in measured.items():
        assert shipped[name] == pytest.approx(values, abs=0.1)
