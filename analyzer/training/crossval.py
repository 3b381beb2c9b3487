"""The whole analyzer on reports of authors, and on kinds of other documents, that it was not trained on."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from joblib import Parallel, delayed, parallel_config

from analyzer.pipeline import Analyzer
from analyzer.reading import read_text as read_document
from analyzer.scoring.ledger import Ledger
from analyzer.scoring.rubric import Rubric, prior
from analyzer.training import augmentation
from analyzer.training.calibration import folds
from analyzer.training.corpus import CORPORA, GoldReport, corpus, read_text
from analyzer.training.evaluation import Tally, combine, tally, tally_of_negative
from analyzer.training.train import train

# Ways in which files are spoiled; also learned from, but here done to reports of authors not learned from.
NOISE: dict[str, Callable[[GoldReport], GoldReport | None]] = {
    "wrapped": augmentation.wrapped,
    "without_headings": augmentation.without_headings,
    "partly_headed": augmentation.partly_headed,
    "filled": augmentation.filled,
}
FOLDS = 4  # four or five of nineteen authors a fold: what CI has time for
_JOBS = 2


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Results that models gave which had seen neither the author nor the kind of document.

    Parameters
    ----------
    reports : list of (GoldReport, dict)
        Results as `Result.to_dict` gives them.
    negatives : list of (str, dict)
        Kind of a document that is no duty report, and its result.
    noisy : dict of str to list of (GoldReport, dict)
        By the name of a way of spoiling (`NOISE`), the same reports spoiled, and their results; those broken
        into other lines as they were, with the results' places moved back.
    ledgers : dict of str to (Ledger, Rubric)
        By the id of a report that was scored, what it loses and the start values that it is scored by.
    """

    reports: list[tuple[GoldReport, dict[str, Any]]]
    negatives: list[tuple[str, dict[str, Any]]]
    noisy: dict[str, list[tuple[GoldReport, dict[str, Any]]]]
    ledgers: dict[str, tuple[Ledger, Rubric]] = field(default_factory=dict)

    def by_author(self) -> dict[str, Tally]:
        """Return the counts of each author's reports."""
        return _grouped((report.author, tally(report, result)) for report, result in self.reports)

    def by_noise(self) -> dict[str, tuple[Tally, Tally]]:
        """Return, for each way of spoiling, the counts of the reports it changes, before and after."""
        clean = {report.id: tally(report, result) for report, result in self.reports}
        return {
            name: (
                combine(clean[report.id] for report, _ in spoiled),
                combine(tally(report, result) for report, result in spoiled),
            )
            for name, spoiled in self.noisy.items()
        }

    def by_kind(self) -> dict[str, Tally]:
        """Return the counts of each kind of negative."""
        return _grouped((kind, tally_of_negative(result)) for kind, result in self.negatives)


def cross_validate(
    root: Path = CORPORA, count: int = FOLDS, progress: Callable[[str], None] = lambda _: None
) -> HeldOut:
    """Train without each fold in turn and analyze the fold's documents from their bare text.

    Authors and kinds of negatives are dealt out to the folds in turn, each whole.  The same corpus gives
    the same results, whatever the number of cores.

    Parameters
    ----------
    root : Path
        As `analyzer.training.corpus.corpus` reads it.
    count : int
        Number of folds, at most the number of authors.
    progress : callable
        Told what is done after each fold.
    """
    count = min(count, len({report.author for report in corpus(root)}))
    held = HeldOut([], [], {name: [] for name in NOISE})
    with parallel_config(backend="loky", inner_max_num_threads=1):
        done = Parallel(n_jobs=_JOBS, return_as="generator")(
            delayed(_fold)(root, number, count) for number in range(count)
        )
        for number, fold in enumerate(done, 1):
            held.reports.extend(fold.reports)
            held.negatives.extend(fold.negatives)
            held.ledgers.update(fold.ledgers)
            for name, spoiled in fold.noisy.items():
                held.noisy[name].extend(spoiled)
            progress(f"{number}/{count}")
    return held


def _fold(root: Path, number: int, count: int) -> HeldOut:
    reports, others = _documents(root)
    kept, held = folds(reports, count)[number]
    unseen = sorted(others)[number::count]
    models = train(kept, [text for kind, texts in others.items() if kind not in unseen for text in texts])
    analyzer = Analyzer(models=models)

    def result(text: str) -> dict[str, Any]:
        return analyzer.analyze_text(text).to_dict()

    def spoiled(spoil: Callable[[GoldReport], GoldReport | None]) -> list[tuple[GoldReport, dict[str, Any]]]:
        found = []
        for report in held:
            if (other := spoil(report)) is None:
                continue
            answer = result(other.text)
            # Annotated sentences end at line breaks: shorter lines alone would make a stricter yardstick.
            if _unbroken(other.text) == _unbroken(report.text):
                other, answer = report, _moved_back(answer, other.text, report.text)
            found.append((_bare(other), answer))
        return found

    ledgers = {report.id: analyzer.ledger(read_document(report.text)) for report in held}
    return HeldOut(
        [(_bare(report), result(report.text)) for report in held],
        [(kind, result(text)) for kind in unseen for text in others[kind]],
        {name: spoiled(spoil) for name, spoil in NOISE.items()},
        {name: (found[0], prior(found[1])) for name, found in ledgers.items() if found},
    )


def _bare(report: GoldReport) -> GoldReport:
    """Return a copy without the report's Doc, which need not travel between processes."""
    return GoldReport(report.id, report.author, report.text, report.gold)


def _unbroken(text: str) -> str:
    return text.replace("\n", "")


def _moved_back(result: dict[str, Any], broken: str, text: str) -> dict[str, Any]:
    """Return a result of a text with more line breaks, its places those in the text without them."""
    places, position = [0], 0
    for char in broken:
        position += position < len(text) and char == text[position]
        places.append(position)

    def moved(part: Any) -> Any:
        if isinstance(part, list | tuple):
            return [moved(each) for each in part]
        if not isinstance(part, dict):
            return part
        return {
            key: places[value] if key in ("start", "end") and value is not None else moved(value)
            for key, value in part.items()
        }

    return {**result, "text": text, "analysis": moved(result["analysis"])}


@cache
def _documents(root: Path) -> tuple[list[GoldReport], dict[str, list[str]]]:
    """Return the reports, and the negatives by kind; kept, as a process does several folds."""
    others: dict[str, list[str]] = defaultdict(list)
    folder = root / "negatives"
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        others[entry["kind"]].append(read_text(folder / f"{entry['id']}.txt"))
    return corpus(root), others


def _grouped(parts: Iterable[tuple[str, Tally]]) -> dict[str, Tally]:
    groups: dict[str, list[Tally]] = defaultdict(list)
    for name, counts in parts:
        groups[name].append(counts)
    return {name: combine(group) for name, group in groups.items()}
