"""The part of a cluster's work that is done on its workers; needs Dask."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Callable
from multiprocessing import current_process
from typing import Any

from distributed import Worker, WorkerPlugin

from analyzer.batch.isolation import Bounds, Done, KilledError, Slot

_runs: dict[str, Means] = {}


class Means(WorkerPlugin):
    """What a worker needs for a run, sent to it once, and the processes that it works with: one by thread.

    Parameters
    ----------
    run : str
        Tells runs apart.
    bounds, warm
        See `Slot`.
    """

    def __init__(self, run: str, bounds: Bounds, warm: Callable[[], object]) -> None:
        self.name = run
        self._bounds = bounds
        self._warm = warm
        self._slots: dict[int, Slot] = {}

    def setup(self, worker: Worker) -> None:
        """Make ready for the run."""
        current_process().daemon = False  # Dask's workers may have no processes of their own otherwise
        _runs[self.name] = self

    def teardown(self, worker: Worker) -> None:
        """End the processes."""
        _runs.pop(self.name, None)
        for slot in self._slots.values():
            slot.close()

    def slot(self) -> Slot:
        """Return the slot of the thread that asks."""
        return self._slots.setdefault(threading.get_ident(), Slot(self._bounds, self._warm))


def do(run: str, parcel: bytes) -> Done[Any] | str:
    """Return what became of a task, or the cause of its process's death."""
    work, task = pickle.loads(parcel)  # noqa: S301 - from this program's own client
    try:
        return _runs[run].slot().run(work, task)
    except KilledError as killed:
        return killed.cause
