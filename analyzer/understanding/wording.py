"""What a wording says, and which cues it holds."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from analyzer.lexicons import patterns
from analyzer.understanding.linear import Floats


def content(text: str) -> set[str]:
    """Return the bigrams of what a wording says once negation, degree and set words are left out."""
    bare = patterns("causes.toml")["neutral"].sub("", text)
    return {bare[i : i + 2] for i in range(len(bare) - 1)}


def nearness(some: set[str], others: set[str]) -> float:
    """Return what share of the smaller content two wordings share."""
    return len(some & others) / (1 + min(len(some), len(others)))


def held(cues: Sequence[re.Pattern[str]], texts: Sequence[str]) -> Floats:
    """Return which cues each text holds, shape (n_texts, n_cues)."""
    found = [[cue.search(text) is not None for cue in cues] for text in texts]
    return np.array(found, dtype=np.float32).reshape(len(texts), len(cues))
