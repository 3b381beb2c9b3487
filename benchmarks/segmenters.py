"""Segmenters that could take each other's place: whether they cut alike, and what they take."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.peers import JIEBA, JIEBA_FAST, OUR_CUT, RJIEBA
from benchmarks.peers.installing import Peers
from benchmarks.racing import race
from benchmarks.tables import Table, spread
from benchmarks.texts import described, rounds_of

_CONTESTANTS = OUR_CUT, RJIEBA, JIEBA_FAST, JIEBA


def segmenters(reports: int, rounds: int, peers: Peers) -> list[Table]:
    """Return what cutting a report takes, and how often a segmenter cuts as jieba does."""
    texts = rounds_of(reports, rounds)
    done = race(_CONTESTANTS, texts, peers, found=True)
    table = Table(
        "Segmenters",
        ["program", "processor, ms a report", "MB", "reports cut as by jieba", "words that jieba cuts too"],
        notes=[f"{described(texts)}.", "shuping's has some terms more in its dictionary.", *done.absent],
    )
    model = [words for lap in done.laps.get(JIEBA.name, []) for words in lap.found]
    for peer in _CONTESTANTS:
        if laps := done.laps.get(peer.name):
            cut = [words for lap in laps for words in lap.found]
            same = f"{sum(a == b for a, b in zip(cut, model, strict=True))} of {len(cut)}" if model else "—"
            share = f"{_alike(cut, model):.2%}" if model else "—"
            spent = spread([1000 * lap.cpu / reports for lap in laps])
            table.rows.append([peer.name, spent, str(max(lap.megabytes for lap in laps)), same, share])
    return [table]


def _alike(cut: Sequence[Sequence[str]], model: Sequence[Sequence[str]]) -> float:
    """Return the share of words that stand in the other cut at the same place."""
    pairs = [(_spans(a), _spans(b)) for a, b in zip(cut, model, strict=True)]
    return sum(len(a & b) for a, b in pairs) / max(1, sum(len(a) for a, _ in pairs))


def _spans(words: Sequence[str]) -> set[tuple[int, int]]:
    at, spans = 0, set()
    for word in words:
        spans.add((at, at + len(word)))
        at += len(word)
    return spans
