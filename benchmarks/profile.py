"""Where the time goes: ``python -m benchmarks.profile [--reports 60]``, from the root.

Prints tables in Markdown: the stages of a report, the functions in which most time is spent, and what the
first report of a process takes beyond the second.  All is time of the processor.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any, TypeAlias

from benchmarks.tables import ROOT, Table, machine, put
from benchmarks.texts import described, rounds_of

Function: TypeAlias = tuple[str, int, str]  # file, line, name, as pstats has them

# Whose calls are stages: the title, the file, the functions (all of the file where there are none).
_STAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "Stages of a report": ("analyzer/pipeline.py", ()),
    "Questions of the understanding": ("understanding/questions.py", ("answer_all",)),
    "Rules": ("rules/catalogue.py", ("judge",)),
}
_MOST = 20
_LEAST = 0.005  # of the whole, below which nothing is told


def main(arguments: list[str] | None = None) -> None:
    """Profile, and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reports", type=int, default=60)
    options.add_argument(
        "--into", type=Path, metavar="PAGE", help="also put the tables between a page's marks"
    )
    asked = options.parse_args(arguments)
    figures = "\n".join([f"*{machine()}*\n", *map(str, warm(asked.reports)), str(cold())])
    print(figures)
    if asked.into:
        put(asked.into, "profile", figures)


def warm(reports: int) -> list[Table]:
    """Return where the time of so many reports goes in a process that has done others before."""
    from analyzer.pipeline import Analyzer

    first, texts = rounds = rounds_of(reports, 1)
    analyzer = Analyzer()
    for text in first:
        analyzer.analyze_text(text)
    begun = time.process_time()
    for text in texts:
        analyzer.analyze_text(text)
    plain = 1000 * (time.process_time() - begun) / reports
    profile = cProfile.Profile(time.process_time)
    profile.enable()
    for text in texts:
        analyzer.analyze_text(text)
    profile.disable()
    stats: dict[Function, Any] = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    whole = sum(spent for _, _, spent, _, _ in stats.values())
    notes = [
        f"{described(rounds)}; {plain:.2f} ms a report without the profiler, {1000 * whole / reports:.2f} ms "
        "with it, which makes small functions look dearer than they are.",
    ]
    tables = [
        _ranked(title, "called", _calls(stats, *callers), whole, reports)
        for title, callers in _STAGES.items()
    ]
    tables[0].notes += notes
    own = _ranked("Functions, by time of their own", "function", _functions(stats), whole, reports)
    return [*tables, own]


def _calls(stats: dict[Function, Any], file: str, names: tuple[str, ...]) -> dict[str, float]:
    """Return what is called from some functions, with all that it calls in turn."""
    spent: dict[str, float] = defaultdict(float)
    for function, (_, _, _, _, callers) in stats.items():
        for caller, (_, _, _, within) in callers.items():
            if _is_of(caller, file, names) and not _is_of(function, file, names):
                spent[_label(function)] += within
    return spent


def _functions(stats: dict[Function, Any]) -> dict[str, float]:
    """Return in which functions most time is spent, what they call left out but for C functions."""
    spent: dict[str, float] = defaultdict(float)
    for function, (_, _, own, _, callers) in stats.items():
        if function[0] != "~":
            spent[_label(function)] += own
            continue
        for caller, (_, _, within, _) in callers.items():  # C, which is told by who calls it
            spent[f"{_label(caller)} → {_label(function)}" if caller[0] != "~" else _label(function)] += (
                within
            )
    return spent


def _ranked(title: str, what: str, spent: dict[str, float], whole: float, reports: int) -> Table:
    rows = sorted(spent.items(), key=lambda entry: -entry[1])[:_MOST]
    table = Table(title, [what, "ms a report", "share"])
    for name, seconds in rows:
        if seconds >= _LEAST * whole:
            table.rows.append([f"`{name}`", f"{1000 * seconds / reports:.2f}", f"{seconds / whole:.1%}"])
    return table


def _is_of(function: Function, file: str, names: tuple[str, ...]) -> bool:
    return function[0].endswith(file) and (not names or function[2] in names)


def _label(function: Function) -> str:
    file, _, name = function
    if file == "~":
        return name.strip("<>")
    path = Path(file)
    place = path.relative_to(ROOT / "analyzer") if path.is_relative_to(ROOT / "analyzer") else path.name
    return f"{place}:{name}"


def cold() -> Table:
    """Return what a process does before its first result, step by step."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    runs = []
    for _ in range(5):
        line = [sys.executable, "-m", "benchmarks.ours.cold"]
        told = subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        runs.append(json.loads(told.stdout))
    table = Table(
        "A cold start, step by step",
        ["step", "ms", "of it patterns compiled, ms", "patterns"],
        notes=["Best of five; `python -X importtime -m analyzer score FILE` shows single modules."],
    )
    for number, (step, _, _, patterns) in enumerate(runs[0]):
        spent = (min(run[number][at] for run in runs) for at in (1, 2))
        table.rows.append([step, *(f"{1000 * each:.0f}" for each in spent), str(patterns)])
    return table


if __name__ == "__main__":
    main()
