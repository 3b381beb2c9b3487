"""rensa: MinHash and LSH in Rust."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from benchmarks.peers.shingling import BANDS, PERMUTATIONS, THRESHOLD, shingled


def start() -> Callable[[Sequence[str]], object]:
    """Return what finds the pairs of texts that are alike."""
    from rensa import RMinHash, RMinHashLSH

    def work(texts: Sequence[str]) -> list[tuple[int, int]]:
        made: list[RMinHash] = []
        index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=BANDS)
        found = []
        for number, text in enumerate(texts):
            one = RMinHash(num_perm=PERMUTATIONS, seed=1)
            one.update(shingled(text))
            alike = (other for other in set(index.query(one)) if one.jaccard(made[other]) >= THRESHOLD)
            found += [(other, number) for other in alike]
            index.insert(number, one)
            made.append(one)
        return sorted(found)

    return work
