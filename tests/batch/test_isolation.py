from __future__ import annotations

import os
import threading
from concurrent.futures import Future

import pytest

from analyzer.batch import isolation
from analyzer.batch.isolation import Bounds, ClosedError, Slot

from .acts import nothing, own_number


def test_a_process_is_not_ended_while_its_task_is_on_the_way(monkeypatch):
    future = Future()
    ended = []

    class Executor:
        """One that takes its time to hand a task on, and then trips over it, as loky does."""

        def submit(self, *call):
            return future

        def shutdown(self, *, kill_workers):
            ended.append(future.running())
            future.set_exception(RuntimeError("shut down"))

    monkeypatch.setattr(isolation, "processes", lambda count, idle: Executor())
    slot = Slot(Bounds(), nothing)
    slot._submit(own_number, None)
    closing = threading.Thread(target=slot.close)
    closing.start()
    closing.join(0.2)
    assert ended == []
    future.set_running_or_notify_cancel()
    closing.join()
    assert ended == [True]
    with pytest.raises(ClosedError):
        slot.run(own_number, None)


def test_a_slot_works_on_after_its_process_was_replaced_by_one_that_has_loaded_nothing():
    slot = Slot(Bounds(), nothing)
    try:
        first = slot.run(own_number, None).made
        slot._executor.shutdown(kill_workers=True)
        slot._executor = isolation.processes(1, None)  # as loky does to one that has long been idle
        slot._pid = slot._warm_pid = os.getpid()  # and so that it is not noticed
        second = slot.run(own_number, None).made
    finally:
        slot.close()
    assert first != second
