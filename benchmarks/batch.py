"""How long a batch of made-up submissions takes, and whether all that was planted in them is found.

``python -m benchmarks.batch 1000`` for .docx, .pdf and .txt by turns, ``--text`` for .txt alone.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

from benchmarks.submissions import Truth, make


def main() -> None:
    """Make the submissions, run the batch, print what it took and what it found."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("count", type=int)
    options.add_argument("--text", action="store_true")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        truth = make(folder, asked.count, only_text=asked.text)
        seconds, parent, worker = _run(folder)
        used = resource.getrusage(
            resource.RUSAGE_CHILDREN
        )  # of a busy machine, this says more than the clock
        work = (used.ru_utime + used.ru_stime) * 1000 / asked.count
        print(f"{asked.count} files: {seconds:.1f} s, {seconds * 1000 / asked.count:.1f} ms a report")
        print(f"processor time of all processes: {work:.1f} ms a report")
        print(f"peak memory: {parent} MB in the main process, {worker} MB in the largest worker")
        for line in _found(folder / "out", truth):
            print(line)


def _run(folder: Path) -> tuple[float, int, int]:
    """Run a batch; return seconds, and peak megabytes of the main process and of its largest child."""
    pattern = "{region}/{unit}-{year}"
    command = [sys.executable, "-m", "analyzer", "batch", folder / "in", "--output", folder / "out"]
    command += ["--manifest", folder / "manifest.csv", "--pattern", pattern]
    begun = time.monotonic()
    batch = subprocess.Popen([*map(str, command)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peaks = [0, 0]
    watch = threading.Thread(target=_watch, args=(psutil.Process(batch.pid), peaks))
    watch.start()
    batch.wait()
    seconds = time.monotonic() - begun
    watch.join()
    return seconds, peaks[0] >> 20, peaks[1] >> 20


def _watch(parent: psutil.Process, peaks: list[int]) -> None:
    """Keep the largest sizes seen of a process and of any child."""
    try:
        while parent.status() != psutil.STATUS_ZOMBIE:
            peaks[0] = max(peaks[0], parent.memory_info().rss)
            for child in parent.children(recursive=True):
                peaks[1] = max(peaks[1], child.memory_info().rss)
            time.sleep(0.1)
    except psutil.Error:
        pass


def _found(out: Path, truth: Truth) -> list[str]:
    """Return in words how what was found stands to what was planted."""
    failures = {json.loads(line)["path"] for line in (out / "failures.jsonl").read_text("utf-8").splitlines()}
    pairs = {
        frozenset(pair[side].rpartition(".")[0] for side in "ab"): pair["overlap"]
        for pair in json.loads((out / "duplicates.json").read_text("utf-8"))
    }
    planted = {frozenset((a, b)) for a, b, _ in truth.copies}
    years = len(list((out / "years").glob("*.html")))
    return [
        f"broken files named: {len(failures & set(truth.broken))} of {len(truth.broken)}, "
        f"others: {len(failures - set(truth.broken))}",
        f"copies found: {len(planted & set(pairs))} of {len(planted)}, others: {len(set(pairs) - planted)}",
        f"pairs of years: {years} of {len(truth.years)}",
    ]


if __name__ == "__main__":
    main()
