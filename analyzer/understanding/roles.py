"""Section types by sentence, as the questions that depend on sections take them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analyzer.result import SectionType
from analyzer.understanding.linear import Floats

ORDER = tuple(SectionType)
_NUMBERS: dict[str, int] = {kind: number for number, kind in enumerate(ORDER)}
_ROWS = np.eye(len(ORDER), dtype=np.float32)


def role_columns(types: Sequence[str]) -> Floats:
    """Return the section type of each sentence as one-hot columns, shape (n_sentences, 8)."""
    return _ROWS[[_NUMBERS[kind] for kind in types]].reshape(len(types), len(ORDER))
