"""jieba, whose dictionary and algorithm the others have."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence


def start() -> Callable[[Sequence[str]], object]:
    """Return what cuts texts into words."""
    import jieba

    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    return lambda texts: [jieba.lcut(text) for text in texts]
