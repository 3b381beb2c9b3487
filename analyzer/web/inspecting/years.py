"""Which reports of the store are two years of one unit."""

from __future__ import annotations

import threading
from collections import defaultdict

from analyzer.comparing.units import pair_years
from analyzer.result import Source
from analyzer.store.queueing import Queue, Waiting


class Years:
    """Pairs of years, kept until something is saved in the store.

    Parameters
    ----------
    queue : Queue
    """

    def __init__(self, queue: Queue) -> None:
        self._queue = queue
        self._lock = threading.Lock()
        self._saved = -1
        self._pairs: list[tuple[Waiting, Waiting]] = []
        self._of: dict[str, list[tuple[Waiting, Waiting]]] = {}

    def pairs(self) -> list[tuple[Waiting, Waiting]]:
        """Return an earlier and a later report of each unit that has both, in order of units."""
        with self._lock:
            self._renew()
            return self._pairs

    def of(self, sha256: str) -> list[tuple[Waiting, Waiting]]:
        """Return the pairs that a report is one of."""
        with self._lock:
            self._renew()
            return self._of.get(sha256, [])

    def _renew(self) -> None:
        saved = self._queue.saved()
        if saved == self._saved:
            return
        reports = self._queue.waiting()
        pairs = [(reports[last], reports[this]) for last, this in pair_years([*map(_source, reports)])]
        self._pairs = sorted(
            pairs, key=lambda pair: (pair[1].unit or "", -(pair[1].year or 0), pair[1].sha256)
        )
        of = defaultdict(list)
        for pair in self._pairs:
            for each in pair:
                of[each.sha256].append(pair)
        self._of, self._saved = dict(of), saved


def _source(each: Waiting) -> Source:
    return Source(each.path, "", each.sha256, each.unit, each.author, each.year, each.unit_type, each.region)
