"""Texts, cut into words as the analysis does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analyzer.language.segmentation import segmenter


def start() -> Callable[[Sequence[str]], object]:
    """Return what cuts texts into words."""
    cut = segmenter().cut
    return lambda texts: [cut(text) for text in texts]
