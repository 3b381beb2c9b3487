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
from analyzer.web.turns import Turns
from analyzer.web.work import BOUNDS, Job, answer, warm

_MOST_PROCESSES: Final = 4
_MOST_WAITING: Final = 200
# What one person may have waiting, so that others find room: jobs, and bytes of files, which wait in memory.
_MOST_OF_ONE: Final = 100
_MOST_BYTES: Final = 400 << 20
_MOST_BYTES_OF_ONE: Final = 100 << 20


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

    async def do(self, job: Job, who: str) -> bytes:
        """Return the answer to a job of somebody; of all who wait, each has their turn.

        Raises
        ------
        ShupingError
            What `analyzer.web.work.answer` raises, ``busy``, ``busy-with-yours``, or a bound that was passed.
        """
        return await (self._files if job.text is None else self._texts).do(job, who)


class _Slots:
    def __init__(self, number: int, settings: Settings, *, keeps: bool) -> None:
        idle = {} if not keeps else {"idle": None}
        self._all = [Slot(BOUNDS, partial(warm, settings), **idle) for _ in range(number)]
        # The process that was last at work remembers most of a draft that comes again.
        self._free: queue.LifoQueue[Slot] = queue.LifoQueue()
        for slot in self._all:
            self._free.put(slot)
        self._threads = ThreadPoolExecutor(number)
        self._idle = number  # of the threads
        self._turns: Turns[asyncio.Future[None]] = Turns()
        self._taken: dict[str, list[int]] = {}  # bytes of the jobs of each person, waiting or at work

    def start(self) -> None:
        for slot in self._all:
            self._threads.submit(_ready, slot)

    def close(self) -> None:
        for slot in self._all:
            slot.close()
        self._threads.shutdown(cancel_futures=True)

    async def do(self, job: Job, who: str) -> bytes:
        self._check(len(job.data), who)
        self._taken.setdefault(who, []).append(len(job.data))
        try:
            await self._turn(who)
            try:
                return await asyncio.get_running_loop().run_in_executor(self._threads, self._run, job)
            finally:
                self._pass_on()
        finally:
            self._taken[who].remove(len(job.data))
            if not self._taken[who]:
                del self._taken[who]

    def _check(self, size: int, who: str) -> None:
        mine, everything = self._taken.get(who, []), [size for some in self._taken.values() for size in some]
        if len(mine) >= _MOST_OF_ONE or sum(mine) + size > _MOST_BYTES_OF_ONE:
            raise error("busy-with-yours", most=len(mine))
        if len(everything) >= _MOST_WAITING or sum(everything) + size > _MOST_BYTES:
            raise error("busy")

    async def _turn(self, who: str) -> None:
        """Wait until a thread is idle and it is this person's turn."""
        if self._idle:
            self._idle -= 1
            return
        turn = asyncio.get_running_loop().create_future()
        self._turns.add(who, turn)
        try:
            await turn
        except asyncio.CancelledError:  # whoever asked is gone
            if not turn.cancelled():
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        while self._turns:
            turn = self._turns.take()
            if not turn.done():  # whoever asked is still there
                turn.set_result(None)
                return
        self._idle += 1

    def _run(self, job: Job) -> bytes:
        slot = self._free.get()  # never waits long: there are as many slots as threads
        try:
            with no_interrupts():
                done = slot.run(answer, job)
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
