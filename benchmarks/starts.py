"""How long it takes from a command to its end, when nothing is loaded."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass

from benchmarks.peers.driver import peak
from benchmarks.tables import ROOT, Table

REPORT = ROOT / "corpora" / "w6" / "w6-05.txt"
_BOUNDS = {"shuping --help": "0.2", "shuping score FILE": "1.2"}


@dataclass(frozen=True)
class Spent:
    """What a process took: seconds by the clock and of the processor."""

    wall: float
    cpu: float


def starts(times: int) -> list[Table]:
    """Return what the commands take that are run most."""
    program = [sys.executable, "-m", "analyzer"]
    commands = {
        "python, nothing imported": [sys.executable, "-c", "pass"],
        "shuping --help": [*program, "--help"],
        "shuping score FILE": [*program, "score", str(REPORT)],
    }
    table = Table(
        "Cold start",
        ["command", "by the clock, s, best", "median", "processor, s, best", "median", "MB", "due, s"],
        notes=[
            f"{times} times each, by turns, after a run for the memory; byte code is kept, as in an install.",
            f"FILE is `{REPORT.relative_to(ROOT)}`, {len(REPORT.read_text('utf-8')):,} characters.",
        ],
    )
    sizes = {name: held(command) for name, command in commands.items()}
    spent: dict[str, list[Spent]] = {name: [] for name in commands}
    for _ in range(times):
        for name, command in commands.items():
            spent[name].append(run(command))
    for name, all_ in spent.items():
        wall, cpu = [each.wall for each in all_], [each.cpu for each in all_]
        figures = [min(wall), statistics.median(wall), min(cpu), statistics.median(cpu)]
        shown = [f"{each:.2f}" for each in figures]
        table.rows.append([name, *shown, str(sizes[name]), _BOUNDS.get(name, "")])
    return [table]


def run(command: list[str]) -> Spent:
    """Run a command to its end; return what it took.  Ends the benchmark where the command fails."""
    before, begun = used(), time.perf_counter()
    if status := _started(command).wait():
        raise SystemExit(f"{command[:4]} …: exit status {status}")
    return Spent(time.perf_counter() - begun, used() - before)


def held(command: list[str]) -> int:
    """Run a command to its end; return the most megabytes that it held."""
    process, most = _started(command), 0
    while process.poll() is None:
        most = max(most, peak(process.pid))
        time.sleep(0.005)
    return most


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(command, stdout=nowhere, stderr=nowhere, env=environment)


def used() -> float:
    """Return the seconds of processor of all processes that have ended."""
    all_ = resource.getrusage(resource.RUSAGE_CHILDREN)
    return all_.ru_utime + all_.ru_stime
