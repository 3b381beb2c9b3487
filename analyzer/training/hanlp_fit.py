"""Train a HanLP component from annotated reports: what each one learns, and how."""

from __future__ import annotations

import io
import logging
import random
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import torch

from analyzer.language.hanlp_tagger import CharTagger, load
from analyzer.language.windows import Stretch, Window, sentences, windows
from analyzer.training.corpus import GoldReport
from analyzer.training.hanlp_data import Marked, cause_and_measure, marked, samples, symbols_of, words

_SEED = 2026
_EVERY = 12  # each author's twelfth report chooses the epoch and is not learnt from
_KEPT = 0.5  # share of the places without any stretch that are learnt from, where these are most


@dataclass(frozen=True)
class Recipe:
    """How one component is trained.

    Parameters
    ----------
    name : str
        Of its folder.
    places : callable
        What it reads at once.
    stretches : callable
        What it is to find.
    thinned : bool
        Whether places with nothing to be found are so many that some can be left out.
    crf : bool
    epochs, hidden : int
    """

    name: str
    places: Callable[[GoldReport], list[Window]]
    stretches: Callable[[GoldReport], list[Stretch]]
    thinned: bool
    crf: bool
    epochs: int
    hidden: int

    def examples(self, reports: Sequence[GoldReport]) -> list[Marked]:
        """Return the places of some reports with what is to be found in each."""
        return [
            example
            for report in reports
            for example in marked(report.context.text, self.places(report), self.stretches(report))
        ]


def _windows(report: GoldReport) -> list[Window]:
    return windows(report.context.text, report.context.layout)


def _sentences(report: GoldReport) -> list[Window]:
    return sentences(report.context.layout)


SPANS = Recipe("spans", _windows, cause_and_measure, thinned=True, crf=True, epochs=20, hidden=64)
WORDS = Recipe("words", _sentences, words, thinned=False, crf=False, epochs=12, hidden=96)


def train(
    recipe: Recipe, reports: Sequence[GoldReport], folder: Path, epochs: int | None = None
) -> CharTagger:
    """Train a component, save it in a folder, and return it as loaded from there.

    The same reports give the same weights on the same machine and versions.

    Parameters
    ----------
    recipe : Recipe
    reports : sequence of GoldReport
    folder : Path
    epochs : int, optional
        Other than the recipe's.
    """
    torch.set_num_threads(1)
    number = {report.id: int(report.id.rpartition("-")[2]) for report in reports}
    choosing = recipe.examples([report for report in reports if number[report.id] % _EVERY == 0])
    learnt = recipe.examples([report for report in reports if number[report.id] % _EVERY])
    chance = random.Random(_SEED)  # noqa: S311 - thins examples
    if recipe.thinned:
        learnt = [example for example in learnt if example.spans or chance.random() < _KEPT]
    folder.mkdir(parents=True, exist_ok=True)
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        CharTagger().fit(
            samples(learnt, symbols_of(learnt)),
            samples(choosing),
            str(folder),
            batch_size=64,
            epochs=epochs or recipe.epochs,
            embed=64,
            rnn_hidden=recipe.hidden,
            drop=0.3,
            lr=6e-3,
            patience=recipe.epochs,
            crf=recipe.crf,
            tagging_scheme="BIO",
            token_delimiter="",  # HanLP joins characters with it
            devices=-1,
            seed=_SEED,
            logger=_silent(),
        )
    return load(folder)


def _silent() -> logging.Logger:
    logger = logging.getLogger(__name__)
    logger.propagate = False
    logger.setLevel(logging.CRITICAL)
    return logger
