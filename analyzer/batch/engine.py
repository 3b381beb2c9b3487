"""Goes through many reports, one failure never stopping the rest: here, in processes, or on a cluster.

An engine maps a function over tasks and gives the outcomes as they come.  Function, tasks and outcomes are
the same for all, and so is what happens when a task kills its process: see `analyzer.batch.isolation`.
"""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import islice
from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeVar

from analyzer.batch.isolation import (
    CRASHED,
    Bounds,
    ClosedError,
    Done,
    KilledError,
    Slot,
    StartError,
    attempt,
    no_interrupts,
)
from analyzer.batch.submissions import Submission
from analyzer.config import Settings
from analyzer.errors import ShupingError
from analyzer.result import Result

if TYPE_CHECKING:
    from analyzer.pipeline import Analyzer

View = TypeVar("View")
Task = TypeVar("Task")
Made = TypeVar("Made")

# Numbers of tasks with what became of each; to be closed by who does not go through all.
Outcomes = Generator[tuple[int, Done[Made]], None, None]

# Below this many reports, starting processes takes longer than they save.
ALONE: Final = 24
_WAITING: Final = 4  # outcomes by process that may wait for whoever takes them
_TICK: Final = 0.5  # seconds between two looks at whether all is to end
# Short tasks go to a process several at once: as many as take so many seconds, and no more than so many.
_SPELL: Final = 0.15
_MOST: Final = 8


class Engine(Protocol):
    """Does the same work on many tasks."""

    def each(self, work: Callable[[Task], Made], tasks: Iterable[Task]) -> Outcomes[Made]:
        """Yield the number of each task, from 0, and what became of it, as soon as it is known.

        Parameters
        ----------
        work : callable
            Must be picklable; raises ShupingError for what is wrong with one task.
        tasks : iterable
            Picklable; asked for only as they are needed, perhaps by other threads, one at a time.

        Raises
        ------
        ShupingError
            Where the work cannot be done for any task.
        """
        ...


class Here:
    """Does the work in this process, where no task can be kept from harming others."""

    def __init__(self, bounds: Bounds, warm: Callable[[], object]) -> None:
        self._bounds = bounds
        self._warm = warm

    def each(self, work: Callable[[Task], Made], tasks: Iterable[Task]) -> Outcomes[Made]:
        """See `Engine`."""
        self._warm()
        try:
            for number, task in enumerate(tasks):
                yield number, attempt(work, task, self._bounds)
        except StartError as reason:
            raise reason.failure from None


class Local:
    """Does the work in processes of this machine.

    Each process is watched by a thread.  Short tasks are handed over a few at once; where a process does not
    survive them, they are done again one by one.  A task over which a process died is tried once more, alone,
    when all others are done.

    Parameters
    ----------
    workers : int
    bounds : Bounds
    warm : callable
        See `analyzer.batch.isolation.Slot`.
    """

    def __init__(self, workers: int, bounds: Bounds, warm: Callable[[], object]) -> None:
        self._workers = workers
        self._bounds = bounds
        self._warm = warm

    def each(self, work: Callable[[Task], Made], tasks: Iterable[Task]) -> Outcomes[Made]:
        """See `Engine`."""
        slots = [Slot(self._bounds, self._warm) for _ in range(self._workers)]
        round_ = _Round(work, tasks, slots, self._bounds)
        try:
            yield from round_.outcomes()
        except StartError as reason:
            raise reason.failure from None
        finally:
            round_.stop()


class _Round(Generic[Task, Made]):
    """One call of `Local.each`: threads that take tasks, and the outcomes that they give."""

    def __init__(
        self, work: Callable[[Task], Made], tasks: Iterable[Task], slots: Sequence[Slot], bounds: Bounds
    ) -> None:
        self._work = work
        self._tasks = enumerate(tasks)
        self._slots = slots
        self._bounds = bounds
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._suspects: list[tuple[int, Task]] = []
        self._at_work = len(slots)
        self._made: queue.Queue[tuple[int, Done[Made]] | BaseException | None] = queue.Queue(
            _WAITING * len(slots)
        )
        self._threads = [threading.Thread(target=self._keep, args=(slot,), daemon=True) for slot in slots]

    def outcomes(self) -> Iterator[tuple[int, Done[Made]]]:
        with no_interrupts():  # threads, and the processes that they start, leave Ctrl-C to this one
            for thread in self._threads:
                thread.start()
        while True:
            try:
                made = self._made.get(timeout=_TICK)  # an endless wait could not be interrupted on Windows
            except queue.Empty:
                continue
            if made is None:
                return
            if isinstance(made, BaseException):
                raise made
            yield made

    def stop(self) -> None:
        """End all threads and processes."""
        self._over.set()
        for slot in self._slots:
            slot.close()
        for thread in self._threads:
            if thread.ident is not None:  # Ctrl-C may come before it is started
                thread.join()

    def _keep(self, slot: Slot) -> None:
        """Keep a process at work until there is none left; the last to end looks after the suspects."""
        try:
            size = 1
            while given := self._next(size):
                size = self._do(slot, given)
            with self._lock:
                self._at_work -= 1
                last = not self._at_work
            if last:
                suspects, self._suspects = self._suspects, []
                for one in suspects:
                    self._do(slot, [one], again=True)
                self._give(None)
        except ClosedError:
            pass
        except BaseException as reason:  # whoever takes the outcomes is to hear of it
            self._give(reason)
        slot.close()

    def _next(self, size: int) -> list[tuple[int, Task]]:
        with self._lock:
            return [] if self._over.is_set() else list(islice(self._tasks, size))

    def _do(self, slot: Slot, given: list[tuple[int, Task]], *, again: bool = False) -> int:
        """Do some tasks; return how many like them are worth handing over at once."""
        begin = time.monotonic()
        work = partial(_one_by_one, self._work, self._bounds)
        try:
            done = slot.run(work, [task for _, task in given])
        except KilledError as killed:
            if len(given) > 1:
                for one in given:
                    self._do(slot, [one])
            elif killed.cause == CRASHED and not again:
                with self._lock:
                    self._suspects += given
            else:
                self._give((given[0][0], Done(failure=self._bounds.failure(killed.cause))))
            return 1
        made: list[Done[Made]] = done.made or [Done(failure=done.failure, trace=done.trace)] * len(given)
        for (number, _), what in zip(given, made, strict=True):
            self._give((number, what))
        return max(1, min(_MOST, int(_SPELL * len(given) / (time.monotonic() - begin))))

    def _give(self, made: tuple[int, Done[Made]] | BaseException | None) -> None:
        while not self._over.is_set():
            try:
                self._made.put(made, timeout=_TICK)
            except queue.Full:
                continue
            return


def _one_by_one(work: Callable[[Task], Made], bounds: Bounds, tasks: Iterable[Task]) -> list[Done[Made]]:
    return [attempt(work, task, bounds) for task in tasks]


@dataclass(frozen=True, slots=True)
class Outcome(Generic[View]):
    """What became of one submission: a view of its result, or why there is none.

    Parameters
    ----------
    submission : Submission
    overall : float or None
        The score, None where none was given.
    view : View or None
        What the caller made of the result; None after a failure.
    failure : ShupingError or None
    trace : str
        Where the program failed, if it was the program's fault.
    """

    submission: Submission
    overall: float | None = None
    view: View | None = None
    failure: ShupingError | None = None
    trace: str = ""


def examine(
    submissions: Sequence[Submission],
    settings: Sequence[Settings],
    view: Callable[[Result], View],
    workers: int | None = None,
) -> Iterator[Outcome[View]]:
    """Yield what became of each submission, in order, as soon as it is known.

    Parameters
    ----------
    submissions : sequence of Submission
    settings : sequence of Settings
        Of the analyzer, for each submission.
    view : callable
        Turns a result into what the caller needs, there where the result is made, so that only this
        travels between processes.  Must be picklable.
    workers : int, optional
        Number of processes; by default as many as there are processors, or one for a few submissions.

    Raises
    ------
    ShupingError
        Code ``models`` where the analyzer itself cannot start.
    """
    engine = engine_for(len(submissions), partial(_load, tuple(dict.fromkeys(settings))), workers)
    tasks = zip(submissions, settings, strict=True)
    with closing(engine.each(partial(_viewed, view=view), tasks)) as outcomes:
        for number, done in _in_order(outcomes):
            submission, failure = submissions[number], done.failure
            if failure is not None and failure.path is None and submission.path is not None:
                failure = failure.at(submission.path)
            overall, made = done.made or (None, None)
            yield Outcome(submission, overall, made, failure, done.trace)


def engine_for(tasks: int, warm: Callable[[], object], workers: int | None = None) -> Engine:
    """Return an engine on this machine; without a number of workers, one that so many tasks are worth."""
    if workers is None:
        workers = 1 if tasks <= ALONE else processors()
    return Here(Bounds(), warm) if workers == 1 else Local(min(workers, tasks), Bounds(), warm)


def processors() -> int:
    """Return how many processes are worth while."""
    return os.cpu_count() or 1


@cache
def analyzer_for(settings: Settings) -> Analyzer:
    """Return the analyzer of these settings, the same at each call in a process."""
    from analyzer.pipeline import Analyzer

    return Analyzer(settings)


def _load(settings: Iterable[Settings]) -> None:
    for each in settings:
        analyzer_for(each)


def _in_order(numbered: Iterator[tuple[int, Made]]) -> Iterator[tuple[int, Made]]:
    """Yield what comes in any order by its number."""
    waiting: dict[int, Made] = {}
    turn = 0
    for number, made in numbered:
        waiting[number] = made
        while turn in waiting:
            yield turn, waiting.pop(turn)
            turn += 1


def _viewed(given: tuple[Submission, Settings], view: Callable[[Result], View]) -> tuple[float | None, View]:
    submission, settings = given
    result = _result(analyzer_for(settings), submission)
    return result.scorecard.overall if result.scorecard else None, view(result)


def _result(analyzer: Analyzer, submission: Submission) -> Result:
    if submission.path is not None:
        return analyzer.analyze_file(submission.path)
    from analyzer.reading import read_bytes

    try:
        # Piped text may be in any encoding, like a file's.
        document = read_bytes(submission.data, "stdin.txt")
    except ShupingError as failure:
        raise replace(failure, path=None) from None
    return analyzer.analyze(replace(document, path=None))
