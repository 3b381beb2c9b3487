"""The reports of the corpus, in rounds of much the same length."""

from __future__ import annotations

import random
import statistics
from collections.abc import Sequence
from pathlib import Path

from docx import Document

from benchmarks.tables import ROOT

SIZE = 2210  # characters of the report with which the project began


def rounds_of(reports: int, rounds: int) -> list[list[str]]:
    """Return so many rounds, and one to warm up, of reports whose length is nearest to `SIZE`.

    No report stands in two rounds, as far as there are enough: what a program remembers of one helps it no
    more than the wording that reports share.
    """
    texts = [path.read_text("utf-8-sig") for path in sorted((ROOT / "corpora").glob("w*/*.txt"))]
    texts.sort(key=lambda text: (abs(len(text) - SIZE), text))
    wanted = reports * (rounds + 1)
    chosen = (texts * (wanted // len(texts) + 1))[:wanted]
    random.Random(7).shuffle(chosen)
    return [chosen[at : at + reports] for at in range(0, wanted, reports)]


def described(rounds: Sequence[Sequence[str]]) -> str:
    """Return how many reports of what length there are."""
    length = statistics.mean(len(text) for texts in rounds for text in texts)
    number = len(rounds) - 1
    return (
        f"{number} round{'s' * (number > 1)} of {len(rounds[0])} reports of the corpus, "
        f"{length:,.0f} characters on average"
    )


def as_files(rounds: Sequence[Sequence[str]], folder: Path) -> list[list[str]]:
    """Write each report as .docx, a paragraph a line; return the paths."""
    paths = []
    for number, texts in enumerate(rounds):
        paths.append([str(folder / f"{number}-{place}.docx") for place in range(len(texts))])
        for text, path in zip(texts, paths[-1], strict=True):
            document = Document()
            for line in text.splitlines():
                document.add_paragraph(line)
            document.save(path)
    return paths
