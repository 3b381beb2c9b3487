from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from analyzer.training import crossval

ROOT = Path(__file__).parents[2] / "corpora"
COUNT = 7


class Trained:
    """What each fold was trained on, and what was then analyzed."""

    def __init__(self) -> None:
        self.authors: set[str] = set()
        self.negatives: set[str] = set()
        self.analyzed: set[str] = set()


@pytest.fixture
def trained(monkeypatch: pytest.MonkeyPatch) -> Trained:
    log = Trained()

    def train(reports: list[Any], others: list[str]) -> None:
        log.authors = {report.author for report in reports}
        log.negatives = set(others)
        log.analyzed = set()

    def analyzer(models: object) -> SimpleNamespace:
        def analyze_text(text: str) -> SimpleNamespace:
            log.analyzed.add(text)
            return SimpleNamespace(to_dict=lambda: {"analysis": {}, "findings": [], "scorecard": None})

        return SimpleNamespace(analyze_text=analyze_text, ledger=lambda _: None)

    monkeypatch.setattr(crossval, "train", train)
    monkeypatch.setattr(crossval, "Analyzer", analyzer)
    return log


def test_no_fold_is_trained_on_what_it_is_measured_by(trained: Trained):
    for number in range(COUNT):
        held = crossval._fold(ROOT, number, COUNT)
        assert trained.authors.isdisjoint(report.author for report, _ in held.reports)
        assert trained.negatives.isdisjoint(trained.analyzed)


def test_every_document_is_held_out_once(trained: Trained):
    folds = [crossval._fold(ROOT, number, COUNT) for number in range(COUNT)]
    ids = [report.id for fold in folds for report, _ in fold.reports]
    manifest = (ROOT / "negatives" / "manifest.jsonl").read_text("utf-8").splitlines()
    assert len(ids) == len(set(ids)) == len(crossval.corpus(ROOT))
    kinds = sorted(kind for fold in folds for kind, _ in fold.negatives)
    assert kinds == sorted(json.loads(line)["kind"] for line in manifest)


def test_a_kind_of_negative_is_never_split(trained: Trained):
    folds = [crossval._fold(ROOT, number, COUNT) for number in range(COUNT)]
    seen = [{kind for kind, _ in fold.negatives} for fold in folds]
    assert sum(map(len, seen)) == len(set.union(*seen))


def test_counts_are_grouped_by_author_and_kind(trained: Trained):
    fold = crossval._fold(ROOT, 0, COUNT)
    assert set(fold.by_author()) == {report.author for report, _ in fold.reports}
    assert all(counts["verdict"]["negative", "declined"] for counts in fold.by_kind().values())


def test_places_in_broken_lines_are_those_in_the_text_as_it_was():
    text, broken = "一、问题\n学习不够深入，\n落实慢。", "一、问题\n学习不\n够深入，\n落实\n慢。"
    spans = [(0, 4), (5, 12), (13, 17)]

    def in_broken(position: int) -> int:
        return broken.index(text[position])

    moved = crossval._moved_back(
        {
            "analysis": {
                "problems": [
                    {"start": in_broken(start), "end": in_broken(end - 1) + 1, "cause": None}
                    for start, end in spans
                ]
            }
        },
        broken,
        text,
    )
    assert [(part["start"], part["end"]) for part in moved["analysis"]["problems"]] == spans
