"""How long it takes from a command to its end, when nothing is loaded."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.tables import ROOT, Table

REPORT = ROOT / "corpora" / "w6" / "w6-05.txt"
_BOUNDS = {"shuping --help": "0.2", "shuping score FILE": "1.2"}


@dataclass(frozen=True)
class Spent:
    """What a process took: seconds by the clock, seconds of the processor, peak megabytes."""

    wall: float
    cpu: float
    megabytes: int


def starts(times: int) -> list[Table]:
    """Return what the commands take that are run most."""
    program = [sys.executable, "-m", "analyzer"]
    commands = {
        "python, nothing imported": [sys.executable, "-c", "pass"],
        "shuping --help": [*program, "--help"],
        "shuping score FILE": [*program, "score", str(REPORT)],
        "shuping score FILE --format json": [*program, "score", str(REPORT), "--format", "json"],
    }
    table = Table(
        "Cold start",
        ["command", "by the clock, s, best", "median", "processor, s, best", "median", "MB", "due, s"],
        notes=[
            f"{times} times each, by turns, after one run that does not count; byte code is kept, as in an install.",
            f"FILE is `{REPORT.relative_to(ROOT)}`, {len(REPORT.read_text('utf-8')):,} characters.",
        ],
    )
    spent: dict[str, list[Spent]] = {name: [] for name in commands}
    for turn in range(times + 1):
        for name, command in commands.items():
            one = run(command)
            if turn:
                spent[name].append(one)
    for name, all_ in spent.items():
        wall, cpu = [each.wall for each in all_], [each.cpu for each in all_]
        figures = [min(wall), statistics.median(wall), min(cpu), statistics.median(cpu)]
        size = max(each.megabytes for each in all_)
        table.rows.append([name, *(f"{each:.2f}" for each in figures), str(size), _BOUNDS.get(name, "")])
    return [table]


def run(command: list[str]) -> Spent:
    """Run a command to its end; return what it took."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    begun = time.perf_counter()
    with Path(os.devnull).open("w") as nowhere:
        process = subprocess.Popen(command, stdout=nowhere, stderr=nowhere, env=environment)
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0  # it has been waited for
    return Spent(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)
