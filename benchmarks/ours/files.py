"""Files, read, analysed and scored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from analyzer.pipeline import Analyzer


def start() -> Callable[[Sequence[str]], object]:
    """Return what scores files."""
    analyzer = Analyzer()

    def work(paths: Sequence[str]) -> list[float | None]:
        cards = (analyzer.analyze_file(Path(path)).scorecard for path in paths)
        return [card.overall if card else None for card in cards]

    return work
