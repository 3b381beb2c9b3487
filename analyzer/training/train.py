"""Train every model from the annotated corpus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from analyzer.training import (
    causes,
    genre,
    integration,
    left_open,
    placeholders,
    problems,
    remedies,
    sections,
    two_skins,
    vagueness,
)
from analyzer.training.cards import write_cards
from analyzer.training.corpus import CORPORA, GoldReport, corpus, negatives
from analyzer.understanding.models import Models, save_models

VERSION = "2026.11"
_TRAINERS: dict[str, Callable[[Sequence[GoldReport]], Any]] = {
    "left_open": left_open.train,
    "causes": causes.train,
    "remedies": remedies.train,
    "two_skins": two_skins.train,
    "placeholders": placeholders.train,
    "vagueness": vagueness.train,
    "integration": integration.train,
}


def train(
    reports: Sequence[GoldReport], others: Sequence[str], progress: Callable[[str], None] = lambda _: None
) -> Models:
    """Train every model.

    Parameters
    ----------
    reports : sequence of GoldReport
    others : sequence of str
        Texts that are no duty reports.
    progress : callable
        Told the name of each question before it is trained.
    """
    trained: dict[str, Any] = {}
    with threadpool_limits(limits=1):  # the matrices are small: more threads only wait for each other
        progress("sections")
        trained["sections"], chances = sections.train(reports)
        progress("problems")
        trained["problems"] = problems.train(reports, chances)
        for name, trainer in _TRAINERS.items():
            progress(name)
            trained[name] = trainer(reports)
        progress("genre")
        return Models(**trained, genre=genre.train(reports, others))


def rebuild(folder: Path, root: Path = CORPORA, progress: Callable[[str], None] = lambda _: None) -> None:
    """Write every file of ``models/`` anew from the corpus."""
    reports, others = corpus(root), negatives(root)
    save_models(train(reports, others, progress), folder, VERSION)
    write_cards(
        folder,
        VERSION,
        f"`corpora/`: {len(reports)} annotated reports by {len({r.author for r in reports})} authors, "
        f"{sum(len(report.gold['problems']) for report in reports)} problem items, "
        f"{sum(len(report.gold['two_skins']) for report in reports)} 两张皮 mentions, "
        f"{sum(len(report.gold['placeholders']) for report in reports)} stand-ins; "
        f"{len(others)} documents that are no duty reports.",
    )
