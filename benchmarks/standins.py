"""Who finds the stand-ins that annotators have marked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from analyzer.training.corpus import GoldReport, corpus
from benchmarks.peers import TEXTLINT
from benchmarks.peers.installing import Peers
from benchmarks.racing import race
from benchmarks.tables import ROOT, Table

_FIGURES = ROOT / "models" / "figures.json"
_LONGEST = 16  # characters, as in the project's own evaluation


def standins(peers: Peers) -> list[Table]:
    """Return precision and recall of a dictionary beside those of the model, by cross-validation."""
    table = Table("Stand-ins found", ["program", "precision", "recall", "F1", "how"])
    reports = corpus(ROOT / "corpora")
    ours = json.loads(_FIGURES.read_text("utf-8"))["figures"]
    table.rows.append(
        [
            "shuping",
            *(f"{ours[f'placeholder_{name}']['value']:.3f}" for name in ("precision", "recall", "f1")),
            "`models/figures.json`: authors that the model has not seen",
        ]
    )
    done = race([TEXTLINT], [[report.text for report in reports]], peers, found=True)
    for laps in done.laps.values():
        hits = [_hits(report, spans) for report, spans in zip(reports, laps[0].found, strict=True)]
        found, gold, right, guesses = (sum(column) for column in zip(*hits, strict=True))
        precision, recall = right / max(1, guesses), found / max(1, gold)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        table.rows.append(
            [
                TEXTLINT.name,
                f"{precision:.3f}",
                f"{recall:.3f}",
                f"{f1:.3f}",
                f"{guesses} hits, {gold} annotated",
            ]
        )
    table.notes += [
        f"{len(reports)} reports; a short hit that touches an annotated stand-in finds it.",
        "The dictionary was written from the kinds of marks that the lexicon of this program lists, not "
        "fitted to the corpus.  AutoCorrect, zhlint and gongwen-skill look for no stand-ins.",
        *done.absent,
    ]
    return [table]


def _hits(report: GoldReport, spans: Iterable[Sequence[int]]) -> tuple[int, int, int, int]:
    """Return how many stand-ins are found, of how many; how many hits are right, of how many."""
    quotes = ((item["sent"], item["quote"], item.get("nth", 1)) for item in report.gold["placeholders"])
    gold = [span for quote in quotes if (span := report.quote_span(*quote))]
    hits = list(spans)
    right = [hit for hit in hits if hit[1] - hit[0] <= _LONGEST and any(_touch(hit, each) for each in gold)]
    return sum(any(_touch(hit, each) for hit in right) for each in gold), len(gold), len(right), len(hits)


def _touch(a: Sequence[int], b: Sequence[int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]
