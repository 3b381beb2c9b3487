"""Pairs of texts with much the same wording."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analyzer.duplicates.finding import find, signature


def start() -> Callable[[Sequence[str]], object]:
    """Return what finds the pairs of texts that are alike."""

    def work(texts: Sequence[str]) -> list[tuple[int, int]]:
        names = [f"{number:06}" for number in range(len(texts))]
        pairs = find([signature(text) for text in texts], texts.__getitem__, names)
        return [(int(pair.a), int(pair.b)) for pair in pairs]

    return work
