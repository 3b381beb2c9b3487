"""Texts, analysed and scored."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analyzer.pipeline import Analyzer


def start() -> Callable[[Sequence[str]], object]:
    """Return what scores texts."""
    analyzer = Analyzer()

    def work(texts: Sequence[str]) -> list[float | None]:
        cards = (analyzer.analyze_text(text).scorecard for text in texts)
        return [card.overall if card else None for card in cards]

    return work
