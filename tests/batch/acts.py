"""What tasks do to the processes that work on them; for tests of the engines."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from analyzer.batch.isolation import Bounds, Slot
from analyzer.errors import error

FOREVER = 10**6


def nothing():
    """Load what `act` needs."""


def unable():
    raise error("models", detail="x")


def act(task):
    """Do as told: ``(what, where)``."""
    what, where = task
    if what == "die":
        os._exit(9)
    if what == "hang":
        time.sleep(FOREVER)
    if what == "eat":
        hoard = []
        while True:
            hoard.append(b"x" * (1 << 22))
            time.sleep(0.002)
    if what == "fail":
        raise error("empty")
    if what == "defect":
        raise LookupError("deep inside")
    if what == "kill-worker-once" and _first_time(where):
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "kill-machine-once" and _first_time(where):
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(FOREVER)
    return what


def _first_time(marker):
    try:
        Path(marker).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def orphan():
    """Start a slot, print the number of its process, and wait to be killed."""
    slot = Slot(Bounds(), nothing)
    print(slot.run(own_number, None).made, flush=True)
    time.sleep(FOREVER)


def own_number(_):
    return os.getpid()
