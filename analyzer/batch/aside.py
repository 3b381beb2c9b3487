"""Work in processes beside this one, while this one goes on with its own.

What is to come out does not depend on where it is done: where a process ends before its time, the work is
done here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import wait
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, Final, Generic, TypeVar

from analyzer.batch.isolation import no_interrupts, processes

Made = TypeVar("Made")
Part = TypeVar("Part")

_AHEAD: Final = 3  # parts that are worked on before they are asked for
_TICK: Final = 0.5  # seconds: an endless wait could not be interrupted on Windows


class Promise(Generic[Made]):
    """Work that is being done in another process, or will be done here when its result is asked for."""

    def __init__(self, future: Any, work: Callable[[], Made]) -> None:
        self._future = future
        self._work = work

    def result(self) -> Made:
        """Return what came of it, or raise what the work has raised."""
        from loky.process_executor import BrokenProcessPool

        if self._future is None:
            return self._work()
        while not self._future.done():
            wait([self._future], _TICK)
        try:
            made: Made = self._future.result()
        except BrokenProcessPool:
            return self._work()
        return made


class Aside:
    """Takes work for processes beside this one; see `aside`."""

    def __init__(self, executor: Any) -> None:
        self._executor = executor

    def start(self, work: Callable[..., Made], *given: Any) -> Promise[Made]:
        """Begin some work; `work` and what it is given must be picklable."""
        future = None
        if self._executor is not None:
            # Processes start at the first call; where that fails, or one has died, the work is done here.
            with no_interrupts(), suppress(RuntimeError, OSError):
                future = self._executor.submit(work, *given)
        return Promise(future, partial(work, *given))

    def map(self, work: Callable[[Part], Made], parts: Iterable[Part]) -> Iterator[Made]:
        """Yield what comes of each part, in order; only a few are under way at a time."""
        begun: deque[Promise[Made]] = deque()
        for part in parts:
            begun.append(self.start(work, part))
            if len(begun) > _AHEAD:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()


@contextmanager
def aside(count: int) -> Iterator[Aside]:
    """Give so many processes to work aside, none at all where 0; they end with the block."""
    executor = processes(count, None) if count else None
    try:
        yield Aside(executor)
    finally:
        if executor is not None:
            executor.shutdown(kill_workers=True)
