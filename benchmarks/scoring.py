"""Reports a second, beside peers on the same texts in the same rounds."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers import (
    AUTOCORRECT,
    AUTOCORRECT_LINT,
    GONGWEN,
    JIEBA,
    OUR_FILES,
    OURS,
    TEXTLINT,
    ZHLINT,
    Peer,
)
from benchmarks.peers.installing import Peers
from benchmarks.racing import Lap, race
from benchmarks.tables import Table, spread
from benchmarks.texts import as_files, described, rounds_of

_ON_TEXTS = OURS, AUTOCORRECT, AUTOCORRECT_LINT, ZHLINT, TEXTLINT, JIEBA
_ON_FILES = OUR_FILES, GONGWEN


def scoring(reports: int, rounds: int, peers: Peers, processes: Sequence[int]) -> list[Table]:
    """Return what a text takes where so many processes share the work."""
    texts = rounds_of(reports, rounds)
    return [_table("Texts", _ON_TEXTS, texts, peers, number, described(texts)) for number in processes]


def reading(reports: int, rounds: int, peers: Peers, processes: Sequence[int]) -> list[Table]:
    """Return what a .docx takes where so many processes share the work."""
    texts = rounds_of(reports, rounds)
    with tempfile.TemporaryDirectory() as folder:
        files = as_files(texts, Path(folder))
        return [_table(".docx", _ON_FILES, files, peers, number, described(texts)) for number in processes]


def _table(
    what: str,
    contestants: Sequence[Peer],
    rounds: Sequence[Sequence[str]],
    peers: Peers,
    processes: int,
    described: str,
) -> Table:
    done = race(contestants, rounds, peers, processes)
    count = len(rounds[0])
    table = Table(
        f"{what}, {processes} {'process' if processes == 1 else 'processes'}",
        [
            "program",
            "reports/s",
            "processor, ms a report",
            "ratio by the clock",
            "ratio by processor",
            "MB",
            "does",
        ],
        notes=[
            f"{described}; medians, lowest and highest of the rounds.",
            "Ratio: reports a second of shuping ÷ of the peer in the same round.  It says nothing of merit: "
            "the last column says what is done in that time.",
            *done.absent,
        ],
    )
    ours = done.laps[contestants[0].name]
    for peer in contestants:
        if laps := done.laps.get(peer.name):
            table.rows.append(
                [
                    peer.name,
                    spread([count / lap.wall for lap in laps], 0),
                    spread([1000 * lap.cpu / count for lap in laps]),
                    spread(_ratios(laps, ours, "wall"), 3),
                    spread(_ratios(laps, ours, "cpu"), 3),
                    str(max(lap.megabytes for lap in laps)),
                    peer.does,
                ]
            )
    return table


def _ratios(laps: Sequence[Lap], ours: Sequence[Lap], which: str) -> list[float]:
    return [getattr(lap, which) / getattr(own, which) for lap, own in zip(laps, ours, strict=True)]
