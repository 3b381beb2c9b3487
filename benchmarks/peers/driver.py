"""Runs in a peer's environment and does its work when told to.

``python -m benchmarks.peers.driver WORK FILE``: WORK is a module with ``start()``, FILE holds
rounds of items.  A line on standard input is the number of a round; the answer is one line of JSON: the
seconds that the round took, by the clock and of the processor, and the peak memory so far.  Short rounds are
repeated until they can be measured.  ``NUMBER found`` asks for what was found as well.
"""

from __future__ import annotations

import json
import os
import sys
import time
from importlib import import_module
from pathlib import Path

LEAST = 0.3  # seconds


def main() -> None:
    """Say that the work can begin, then do what is asked."""
    module, file = sys.argv[1:]
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a peer prints is no answer
    rounds = json.loads(Path(file).read_text("utf-8"))
    work = import_module(module).start()
    print(json.dumps("ready"), file=answers, flush=True)
    for line in sys.stdin:
        number, *wish = line.split()
        items, passes, found = rounds[int(number)], 0, None
        begun, used = time.perf_counter(), time.process_time()
        while not passes or time.perf_counter() - begun < LEAST:
            found = work(items)
            passes += 1
        lap = {
            "wall": (time.perf_counter() - begun) / passes,
            "cpu": (time.process_time() - used) / passes,
            "megabytes": peak(os.getpid()),
            "found": found if wish else None,
        }
        print(json.dumps(lap), file=answers, flush=True)


def peak(process: int) -> int:
    """Return the most megabytes that a process has held; 0 where that is not told.

    `resource` would count what the parent held before the process became a program of its own.
    """
    try:
        told = Path(f"/proc/{process}/status").read_text("utf-8")
    except OSError:
        return 0
    held = (line.split()[1] for line in told.splitlines() if line.startswith("VmHWM:"))
    return int(next(held, "0")) >> 10


if __name__ == "__main__":
    main()
