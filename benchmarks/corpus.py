"""What the whole corpus takes in one call of the command."""

from __future__ import annotations

import os
import statistics
import sys

from benchmarks.starts import run
from benchmarks.tables import ROOT, Table

_FOLDERS = "w*", "negatives"
_DUE = 60  # texts a second, on two cores


def corpus(times: int) -> list[Table]:
    """Return what it takes to score every text of ``corpora/``, the start of all processes with it."""
    texts = [str(path) for folder in _FOLDERS for path in sorted(ROOT.glob(f"corpora/{folder}/*.txt"))]
    command = [sys.executable, "-m", "analyzer", "score", *texts, "--format", "jsonl"]
    spent = [run(command) for _ in range(times)]
    table = Table(
        "Corpus in one call",
        [
            "texts",
            "s, best",
            "s, median",
            "texts/s, best",
            "texts/s, median",
            "texts/s, lowest",
            "processor, s",
        ],
        notes=[
            f"{times} times `shuping score corpora/w*/*.txt corpora/negatives/*.txt --format jsonl`, "
            f"{os.cpu_count()} cores; due: at least {_DUE} a second on two.",
        ],
    )
    wall = [each.wall for each in spent]
    seconds = [min(wall), statistics.median(wall), max(wall)]
    rates = [f"{len(texts) / each:.1f}" for each in seconds]
    processor = statistics.median(each.cpu for each in spent)
    table.rows.append([str(len(texts)), *(f"{each:.2f}" for each in seconds[:2]), *rates, f"{processor:.1f}"])
    return [table]
