"""The HanLP components on reports of authors that they were not trained on."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from joblib import Parallel, delayed, parallel_config

from analyzer.language.hanlp import find
from analyzer.language.windows import Stretch
from analyzer.training.calibration import folds
from analyzer.training.corpus import corpus
from analyzer.training.crossval import FOLDS
from analyzer.training.hanlp_fit import SPANS, WORDS, Recipe, train

_JOBS = 2


@dataclass
class Found:
    """What components found that had not seen the author, by the report's id; offsets as in the Doc."""

    words: dict[str, list[Stretch]] = field(default_factory=dict)
    spans: dict[str, list[Stretch]] = field(default_factory=dict)


def cross_validate(
    root: Path, progress: Callable[[str], None] = lambda _: None, epochs: int | None = None
) -> Found:
    """Train without each fold's authors in turn, the folds being the gate's, and read the fold's reports.

    Words are read in the first fold only: they are jieba's, and how near we come is no question of authors.
    """
    found = Found()
    jobs = [(WORDS, 0), *((SPANS, number) for number in range(FOLDS))]
    with parallel_config(backend="loky", inner_max_num_threads=1):
        done = Parallel(n_jobs=_JOBS, return_as="generator")(
            delayed(_fold)(root, recipe, number, epochs) for recipe, number in jobs
        )
        for (recipe, number), part in zip(jobs, done, strict=True):
            getattr(found, recipe.name).update(part)
            progress(f"{recipe.name} {number + 1}/{FOLDS}")
    return found


def _fold(root: Path, recipe: Recipe, number: int, epochs: int | None) -> dict[str, list[Stretch]]:
    kept, held = folds(corpus(root), FOLDS)[number]
    with tempfile.TemporaryDirectory() as scratch:
        tagger = train(recipe, kept, Path(scratch), epochs)
    return {report.id: find(tagger, report.context.text, recipe.places(report)) for report in held}
