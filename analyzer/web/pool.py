"""Processes that analyse while the server goes on answering."""

from __future__ import annotations

import asyncio
import queue
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final

from analyzer.batch.engine import processors
from analyzer.batch.isolation import ClosedError, KilledError, Slot, StartError, no_interrupts
from analyzer.config import Settings
from analyzer.errors import error
from analyzer.web.work import BOUNDS, Job, do, warm

_MOST_PROCESSES: Final = 4
_MOST_WAITING: Final = 200


class Pool:
    """Processes for texts, kept ready, and one for files, which may take long and may be hostile.

    Parameters
    ----------
    settings : Settings
        Of the requests that ask for no other.
    """

    def __init__(self, settings: Settings) -> None:
        self._texts = _Slots(min(processors(), _MOST_PROCESSES), settings, keeps=True)
        self._files = _Slots(1, settings, keeps=False)

    def start(self) -> None:
        """Start the processes for texts, without waiting until they are ready."""
        self._texts.start()

    def close(self) -> None:
        """End all processes at once."""
        self._texts.close()
        self._files.close()

    async def do(self, job: Job) -> bytes:
        """Return the answer to a job.

        Raises
        ------
        ShupingError
            What `analyzer.web.work.do` raises, ``busy``, or a bound that was passed.
        """
        return await (self._files if job.text is None else self._texts).do(job)


class _Slots:
    def __init__(self, number: int, settings: Settings, *, keeps: bool) -> None:
        idle = {} if not keeps else {"idle": None}
        self._all = [Slot(BOUNDS, partial(warm, settings), **idle) for _ in range(number)]
        # The process that was last at work remembers most of a draft that comes again.
        self._free: queue.LifoQueue[Slot] = queue.LifoQueue()
        for slot in self._all:
            self._free.put(slot)
        self._threads = ThreadPoolExecutor(number)
        self._waiting = 0

    def start(self) -> None:
        for slot in self._all:
            self._threads.submit(_ready, slot)

    def close(self) -> None:
        for slot in self._all:
            slot.close()
        self._threads.shutdown(cancel_futures=True)

    async def do(self, job: Job) -> bytes:
        if self._waiting >= _MOST_WAITING:
            raise error("busy")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, self._run, job)
        finally:
            self._waiting -= 1

    def _run(self, job: Job) -> bytes:
        slot = self._free.get()  # never waits long: there are as many slots as threads
        try:
            with no_interrupts():
                done = slot.run(do, job)
        except KilledError as killed:
            raise BOUNDS.failure(killed.cause) from None
        except StartError as reason:
            raise reason.failure from None
        except ClosedError:
            raise error("busy") from None
        finally:
            self._free.put(slot)
        if done.failure is not None or done.made is None:
            raise done.failure or error("internal", detail="no answer")
        return done.made


def _ready(slot: Slot) -> None:
    with no_interrupts():
        slot.get_ready()
