"""A process of its own for the work on one file at a time: what a file does to it, it does to no other.

loky starts the process anew, so that it shares no lock and no thread with its parent; and it has one task at
a time and a pool to itself, so that it is known which task a process died over.

psutil is imported where there is a process to look at, for a single report needs none.
"""

from __future__ import annotations

import os
import signal
import threading
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from typing import Any, Final, Generic, TypeVar

from analyzer.collecting import collect_seldom, keep_loaded
from analyzer.errors import ShupingError, error

Task = TypeVar("Task")
Made = TypeVar("Made")

CRASHED: Final = "crashed"
TOO_LONG: Final = "time-limit"
TOO_MUCH: Final = "memory-limit"

_LOOK: Final = 0.2  # seconds between two looks at a process that is at work
_HANDING_ON: Final = 10.0  # seconds in which a task reaches its process, if it ever does
_IDLE: Final = 60.0  # seconds after which a process without work ends; it is started anew when there is some
_STARTS: Final = 3  # attempts to start a process
_STARTING: Final = 300.0  # seconds that one may take
_MEGABYTE: Final = 1 << 20
# What an executor raises whose process is gone; what the work itself raises does not come this way.
_GONE: Final = (RuntimeError, CancelledError, OSError)
# Processes are as many as processors already, and sums must not depend on how many threads add up.
_ENVIRONMENT: Final = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

_is_warm = False  # whether this process, if it is a slot's, has loaded what the work needs

# loky replaces a process that has grown, and says so; nobody who scores reports can do anything with that.
warnings.filterwarnings("ignore", message="A worker stopped while some jobs were given")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one file may take: seconds, and megabytes beyond what the process takes without it."""

    seconds: float = 120.0
    megabytes: int = 1536

    def failure(self, cause: str) -> ShupingError:
        """Return what users are told where a process did not survive a file."""
        return error(cause, seconds=f"{self.seconds:g}", megabytes=self.megabytes)


@dataclass(frozen=True, slots=True)
class Done(Generic[Made]):
    """What became of one task: what was made of it, or why nothing.

    ``trace`` says where the program failed, if it was the program's fault.
    """

    made: Made | None = None
    failure: ShupingError | None = None
    trace: str = ""


class StartError(Exception):
    """The work cannot be done for any task; `failure` says why."""

    def __init__(self, failure: ShupingError) -> None:
        super().__init__(failure)
        self.failure = failure


class KilledError(Exception):
    """The process did not survive the task; `cause` is the code of an error."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class ClosedError(Exception):
    """The slot was closed while it was at work."""


def attempt(work: Callable[[Task], Made], task: Task, bounds: Bounds) -> Done[Made]:
    """Return what becomes of a task; a defect that it brings to light is its outcome and costs no other."""
    try:
        return Done(work(task))
    except StartError:
        raise
    except ShupingError as failure:
        return Done(failure=failure)
    except MemoryError:
        return Done(failure=bounds.failure(TOO_MUCH))
    except Exception as defect:
        return Done(failure=error("internal", detail=type(defect).__name__), trace=traceback.format_exc())


def warmed(warm: Callable[[], object]) -> None:
    """Load what the work needs.

    Raises
    ------
    StartError
        Where that fails.
    """
    try:
        warm()
    except ShupingError as failure:
        raise StartError(failure) from failure


class Slot:
    """A process that works on one task at a time, and a new one when it has died.

    Parameters
    ----------
    bounds : Bounds
    warm : callable
        Loads what the work needs, before the first task and outside its time; raises ShupingError where that
        fails.
    idle : float or None
        Seconds after which a process without work ends; None keeps it, for work that somebody waits for.
    """

    def __init__(self, bounds: Bounds, warm: Callable[[], object], idle: float | None = _IDLE) -> None:
        self._bounds = bounds
        self._warm = warm
        self._idle = idle
        self._executor: Any = None
        self._future: Any = None
        self._pid = 0
        self._warm_pid = 0
        self._base = 0
        self._closed = False
        self._lock = threading.Lock()

    def run(self, work: Callable[[Task], Made], task: Task) -> Done[Made]:
        """Return what becomes of a task; `work` and `task` must be picklable.

        Raises
        ------
        KilledError
            Where the process died over it, or had to be stopped.
        StartError
            Where no process can be had for any task.
        ClosedError
            Where `close` was called meanwhile.
        """
        try:
            done: Done[Made] | None = None
            while done is None:  # again where the process has been replaced, having been idle or grown
                self._get_ready()
                done = self._watch(self._submit(_apart, work, task, self._bounds))
            return done
        except _GONE:
            self._drop()
            raise (ClosedError if self._closed else KilledError(CRASHED)) from None

    def get_ready(self) -> None:
        """Start the process ahead of its first task.

        Raises
        ------
        StartError
            Where no process can be had.
        """
        self._get_ready()

    def close(self) -> None:
        """End the process at once; from any thread."""
        with self._lock:
            self._closed = True
        self._drop()

    def _get_ready(self) -> None:
        """See that there is a process, and that it has loaded what the work needs."""
        import psutil

        if self._executor is not None and self._pid == self._warm_pid and psutil.pid_exists(self._pid):
            return
        for _ in range(_STARTS):
            try:
                self._pid, self._base = self._submit(_warm_up, self._warm).result(_STARTING)
            except (*_GONE, TimeoutError):
                self._drop()
            else:
                self._warm_pid = self._pid
                return
        raise StartError(error("workers"))

    def _submit(self, *call: Any) -> Any:
        with self._lock:  # starts a process where there is none; `close` must not overlook it
            if self._closed:
                raise ClosedError
            self._executor = self._executor or processes(1, self._idle)
            self._future = self._executor.submit(*call)
            return self._future

    def _watch(self, future: Any) -> Done[Made] | None:
        """Return what became of a task, None where the process has not loaded what the work needs."""
        end = time.monotonic() + self._bounds.seconds
        while True:
            try:
                self._pid, done = future.result(min(_LOOK, max(0.0, end - time.monotonic())))
            except TimeoutError:
                cause = self._excess(end)
                if cause is not None and not future.done():
                    self._drop()
                    raise KilledError(cause) from None
            else:
                answer: Done[Made] | None = done
                return answer

    def _excess(self, end: float) -> str | None:
        """Return what the process takes too much of."""
        import psutil

        if time.monotonic() >= end:
            return TOO_LONG
        try:
            size = psutil.Process(self._pid).memory_info().rss
        except psutil.Error:  # it has just died, or has been replaced: the future will tell
            return None
        return TOO_MUCH if size - self._base > self._bounds.megabytes * _MEGABYTE else None

    def _drop(self) -> None:
        with self._lock:
            executor, self._executor = self._executor, None
        if executor is not None:
            _let_start(self._future)
            executor.shutdown(kill_workers=True)


def _let_start(future: Any) -> None:
    """Wait until the executor has handed on what was submitted, without which loky trips at its end."""
    end = time.monotonic() + _HANDING_ON
    while not (future.running() or future.done()) and time.monotonic() < end:
        time.sleep(0.001)


def processes(count: int, idle: float | None) -> Any:
    """Return an executor whose processes leave Ctrl-C to this one and end with it.

    Parameters
    ----------
    count : int
    idle : float or None
        Seconds after which a process without work ends.
    """
    from loky.process_executor import ProcessPoolExecutor

    return ProcessPoolExecutor(
        count, timeout=idle, initializer=_settle, initargs=(os.getpid(),), env=_ENVIRONMENT
    )


@contextmanager
def no_interrupts() -> Iterator[None]:
    """Keep Ctrl-C from the threads that are started meanwhile, and from their processes."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from loky.backend import resource_tracker as lokys

    for tracker in (resource_tracker, lokys):
        tracker.ensure_running()  # would lift the block that they inherit, if one of them had to start it
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _settle(parent: int) -> None:
    """Make a new process one that Ctrl-C leaves alone and that ends with its parent, however that ends."""
    collect_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(number: int) -> None:
    import psutil

    with suppress(psutil.NoSuchProcess):
        parent = psutil.Process(number)
        while parent.is_running() and parent.status() != psutil.STATUS_ZOMBIE:
            time.sleep(1)
    os._exit(1)


def _warm_up(warm: Callable[[], object]) -> tuple[int, int]:
    """Load what the work needs; return the process, and how many bytes it takes then."""
    import psutil

    global _is_warm
    warmed(warm)
    keep_loaded()
    _is_warm = True
    return os.getpid(), psutil.Process().memory_info().rss


def _apart(work: Callable[[Task], Made], task: Task, bounds: Bounds) -> tuple[int, Done[Made] | None]:
    return os.getpid(), attempt(work, task, bounds) if _is_warm else None
