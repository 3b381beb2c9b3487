"""datasketch: MinHash and LSH."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from benchmarks.peers.shingling import BANDS, PERMUTATIONS, THRESHOLD, shingled


def start() -> Callable[[Sequence[str]], object]:
    """Return what finds the pairs of texts that are alike."""
    from datasketch import MinHash, MinHashLSH

    def work(texts: Sequence[str]) -> list[tuple[int, int]]:
        made: list[MinHash] = []
        index = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, PERMUTATIONS // BANDS))
        found = []
        for number, text in enumerate(texts):
            one = MinHash(num_perm=PERMUTATIONS)
            one.update_batch([each.encode() for each in shingled(text)])
            alike = (other for other in index.query(one) if one.jaccard(made[other]) >= THRESHOLD)
            found += [(other, number) for other in alike]
            index.insert(number, one)
            made.append(one)
        return sorted(found)

    return work
