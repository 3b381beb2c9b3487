"""Who finds copies that were planted among the reports of the corpus, how fast, and what else."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from itertools import islice

from analyzer.duplicates.learn import read_corpus
from benchmarks.duplicates import LEVELS
from benchmarks.peers import DATASKETCH, OUR_PAIRS, RENSA, Peer
from benchmarks.peers.installing import Peers
from benchmarks.racing import race
from benchmarks.tables import ROOT, Table
from tests.duplicates.planting import plant

_CONTESTANTS: tuple[Peer, ...] = (OUR_PAIRS, RENSA, DATASKETCH)


@dataclass
class Planted:
    """Texts, who wrote them, and which of them are copies of which, by how much was copied."""

    texts: list[str]
    authors: list[str]
    pairs: dict[float, set[tuple[int, int]]] = field(default_factory=dict)


def copies(sources: int, peers: Peers) -> list[Table]:
    """Return who finds which of the copies of so many reports, and what it takes."""
    planted = _planted(sources)
    done = race(_CONTESTANTS, [planted.texts[:6], planted.texts], peers, found=True)
    known = set().union(*planted.pairs.values())
    table = Table(
        "Copies found",
        [
            "program",
            *map(_part, planted.pairs),
            "pairs of different authors",
            "processor, s",
            "ms a report",
            "MB",
            "does",
        ],
        notes=[
            f"{len(planted.texts) - len(known)} reports of the corpus and {len(known)} copies: units, years "
            f"and figures swapped, paragraphs moved, {LEVELS[0]:.0%} to {LEVELS[-1]:.0%} of the text "
            "replaced by sentences of others.",
            "What shuping has learned to be the wording of everybody was learned from these authors; "
            "`python -m benchmarks.duplicates` has the figures without it.",
            *done.absent,
        ],
    )
    for peer in _CONTESTANTS:
        for lap in done.laps.get(peer.name, []):
            pairs = {(min(pair), max(pair)) for pair in lap.found}
            found = [f"{len(pairs & some)} of {len(some)}" for some in planted.pairs.values()]
            each = f"{1000 * lap.cpu / len(planted.texts):.1f}"
            strangers = sum(planted.authors[a] != planted.authors[b] for a, b in pairs)
            row = [peer.name, *found, str(strangers), f"{lap.cpu:.2f}", each, str(lap.megabytes)]
            table.rows.append([*row, peer.does])
    return [table]


def _part(part: float) -> str:
    return "whole reports copied" if part == 1 else f"{part:.0%} of the paragraphs copied"


def _planted(sources: int) -> Planted:
    """Copy so many reports at each level and in each part, each report once at most."""
    rng = random.Random(1921)
    by_author = read_corpus(ROOT / "corpora")
    texts = [text for held in by_author.values() for text in held]
    authors = [author for author, held in by_author.items() for _ in held]
    order = iter(rng.sample(range(len(texts)), len(texts)))
    made = Planted(list(texts), authors)
    for part in (1.0, 0.5):
        made.pairs[part] = set()
        for number, source in enumerate(islice(order, sources // 2)):
            donors = rng.sample([text for text in texts if text is not texts[source]], 6)
            copy = plant(texts[source], donors, LEVELS[number % len(LEVELS)], rng, part)
            made.pairs[part].add((source, len(made.texts)))
            made.texts.append(copy.text)
            made.authors.append(authors[source])
    return made
