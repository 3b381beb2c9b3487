"""Batches that are handed in over HTTP: one at a time, of each owner in turn; each is its owner's alone."""

from __future__ import annotations

import multiprocessing
import queue
import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from analyzer.batch.isolation import no_interrupts
from analyzer.errors import ShupingError, error
from analyzer.reading.limits import megabytes
from analyzer.web.batching import End, Found, News, Order, Step, work
from analyzer.web.turns import Turns

MOST: Final = 10  # batches of one person, done or not
MOST_BYTES: Final = 2 << 30  # of all batches that wait or are at work, as they were handed in
KEPT: Final = 24 * 3600.0  # seconds for which what came out can be fetched

_TICK: Final = 60.0  # seconds between two looks at what has been kept long enough
_ENDING: Final = 10.0


class State(StrEnum):
    """How far a batch is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(slots=True, eq=False)
class Batch:
    """A batch that was handed in.

    Parameters
    ----------
    id : str
    owner : str
        Who handed it in, and alone may ask for it.
    folder : Path
        All of it.
    order : Order
    size : int
        Bytes that were handed in.
    state : State
    total, done : int
        Reports, and how many of them have been seen to.
    first, last, ended : float
        When a report was done for the first time and for the last, and when all was.
    failures : list of (str, ShupingError)
        By name.
    failure : ShupingError or None
        Why nothing came of it.
    files : tuple of str
        What came of it, as paths inside the order's folder.
    """

    id: str
    owner: str
    folder: Path
    order: Order
    size: int = 0
    state: State = State.QUEUED
    total: int = 0
    done: int = 0
    first: float = 0.0
    last: float = 0.0
    ended: float = 0.0
    failures: list[tuple[str, ShupingError]] = field(default_factory=list)
    failure: ShupingError | None = None
    files: tuple[str, ...] = ()
    process: Any = None

    def rate(self) -> float | None:
        """Return how many reports a second it has come to, None as long as that cannot be told."""
        spent = self.last - self.first
        return round((self.done - 1) / spent, 2) if self.done > 1 and spent > 0 else None


class Batches:
    """All batches of a server; they end with it.

    Parameters
    ----------
    clock : callable
        Returns seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._all: dict[str, Batch] = {}
        self._turns: Turns[Batch] = Turns()
        self._calls: queue.Queue[bool] = queue.Queue()  # one for each batch that waits; False to end
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._keep, daemon=True)
        self._root: Path | None = None
        self._closed = False

    def close(self) -> None:
        """End what is at work, and take all away."""
        with self._lock:
            self._closed = True
            everything, self._all = list(self._all.values()), {}
        for batch in everything:
            _kill(batch)
        self._calls.put(False)
        if self._thread.ident is not None:
            self._thread.join(_ENDING)
        if self._root is not None:
            shutil.rmtree(self._root, ignore_errors=True)

    def check(self, owner: str, size: int = 0) -> None:
        """See that somebody may hand in one more, of so many bytes as far as that is known.

        Raises
        ------
        ShupingError
            Code ``too-many-batches`` or ``queue-full``.
        """
        with self._lock:
            self._check(owner, size)

    def _check(self, owner: str, size: int) -> None:
        if sum(each.owner == owner for each in self._all.values()) >= MOST:
            raise error("too-many-batches", most=MOST)
        if sum(each.size for each in self._all.values() if not each.ended) + size > MOST_BYTES:
            raise error("queue-full", limit=megabytes(MOST_BYTES))

    def folder(self) -> Path:
        """Return a new folder, for `add` or to be taken away again."""
        with self._lock:
            if self._root is None or not self._root.is_dir():  # what is old in /tmp may be swept away
                self._root = Path(tempfile.mkdtemp(prefix="shuping-batches-"))  # for nobody else to read
        return Path(tempfile.mkdtemp(dir=self._root))

    def add(self, owner: str, folder: Path, order: Order) -> Batch:
        """Take in a batch, to be done when its owner's turn has come.

        Raises
        ------
        ShupingError
            Code ``too-many-batches``, ``queue-full``, or ``busy`` where the server is about to end.
        """
        size = sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())
        batch = Batch(secrets.token_hex(8), owner, folder, order, size)
        with self._lock:
            if self._closed:
                raise error("busy")
            self._check(owner, size)
            self._all[batch.id] = batch
            self._turns.add(owner, batch)
            if self._thread.ident is None:
                self._thread.start()
        self._calls.put(True)
        return batch

    def of(self, owner: str) -> list[Batch]:
        """Return the batches of somebody, the first first."""
        with self._lock:
            return [each for each in self._all.values() if each.owner == owner]

    def get(self, owner: str, id: str) -> Batch:
        """Return a batch of somebody.

        Raises
        ------
        ShupingError
            Code ``no-such-batch``, also where it is another's.
        """
        with self._lock:
            batch = self._all.get(id)
        if batch is None or batch.owner != owner:
            raise error("no-such-batch")
        return batch

    def remove(self, owner: str, id: str) -> None:
        """Stop a batch of somebody, if need be, and take away all of it.

        Raises
        ------
        ShupingError
            Code ``no-such-batch``.
        """
        self._drop(self.get(owner, id))

    def expire(self) -> None:
        """Take away what has been kept long enough."""
        with self._lock:
            old = [each for each in self._all.values() if each.ended and self._clock() - each.ended >= KEPT]
        for batch in old:
            self._drop(batch)

    def _drop(self, batch: Batch) -> None:
        with self._lock:
            self._all.pop(batch.id, None)
            at_work = batch.state is State.RUNNING
        if at_work:
            _kill(batch)  # whoever waits for it takes its folder away
        else:
            shutil.rmtree(batch.folder, ignore_errors=True)

    def _keep(self) -> None:
        """See to one batch after the other."""
        while True:
            try:
                is_open = self._calls.get(timeout=_TICK)
            except queue.Empty:
                self.expire()
                continue
            if not is_open:
                return
            with self._lock:
                batch = self._turns.take()
            try:
                failure = self._run(batch)
            except Exception as reason:  # no process to be had, say: the next batch may fare better
                failure = error("batch-job", detail=type(reason).__name__)
            self._end(batch, failure)
            self.expire()

    def _run(self, batch: Batch) -> ShupingError | None:
        """Do a batch that is still wanted; return why nothing came of it."""
        ours, theirs = _CONTEXT.Pipe()
        with self._lock:
            if batch.id not in self._all:
                return None
            batch.process = _CONTEXT.Process(target=work, args=(batch.order, theirs))
            batch.state = State.RUNNING
            with no_interrupts():
                batch.process.start()
        theirs.close()
        failure: ShupingError | None = error("batch-job", detail="工作进程意外终止")
        with ours, suppress(EOFError, OSError):
            while not isinstance(news := ours.recv(), End):
                self._hear(batch, news)
            failure = news.failure
        batch.process.join(_ENDING)
        return failure

    def _end(self, batch: Batch, failure: ShupingError | None) -> None:
        """Keep what came of a batch, and nothing else."""
        _kill(batch)
        batch.failure, batch.files, batch.ended = failure, _files(batch.order.folder), self._clock()
        for each in batch.folder.glob("*"):
            if each != batch.order.folder:
                shutil.rmtree(each, ignore_errors=True)
        with self._lock:
            batch.state = State.DONE if failure is None else State.FAILED
            is_wanted = batch.id in self._all
        if not is_wanted:
            shutil.rmtree(batch.folder, ignore_errors=True)

    def _hear(self, batch: Batch, news: News) -> None:
        if isinstance(news, Found):
            batch.total = news.total
            batch.failures += news.failures
        elif isinstance(news, Step):
            batch.last = self._clock()
            batch.first = batch.first or batch.last
            batch.done += 1
            if news.failure is not None:
                batch.failures.append((news.name, news.failure))


# A process that shares no lock and no socket with the server.
_CONTEXT: Final = multiprocessing.get_context("spawn")


def _kill(batch: Batch) -> None:
    if batch.process is not None and batch.process.pid is not None:
        batch.process.kill()
        batch.process.join(_ENDING)


def _files(folder: Path) -> tuple[str, ...]:
    found = (each.relative_to(folder) for each in folder.rglob("*") if each.is_file())
    return tuple(sorted(each.as_posix() for each in found if not any(p.startswith(".") for p in each.parts)))
