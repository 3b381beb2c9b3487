"""Whether a batch that is killed at any moment goes on, and ends with what it would have left unharmed.

``python -m benchmarks.killing 200`` kills so many times, at moments drawn by ``--seed``.
A batch is started, killed, resumed, killed again, until it ends; then the next one is begun.
It writes to a store as well, in which nothing may be missing or double.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> int:
    """Kill, resume, compare; return 1 where anything was lost, double, half or other than it should be."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("kills", type=int)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        faults = killed(asked.kills, Path(scratch), asked.seed)
    for fault in faults:
        print(fault)
    print(f"killed {asked.kills} times, faults: {len(faults)}")
    return int(bool(faults))


def killed(kills: int, scratch: Path, seed: int = 1) -> list[str]:
    """Kill batches so many times; return in words what was wrong afterwards."""
    chance = random.Random(seed)
    handed = scratch / "in"
    handed.mkdir()
    for path in sorted((ROOT / "corpora").glob("w1/*.txt")):
        shutil.copy(path, handed)
    (handed / "broken.docx").write_bytes(b"PK\3\4")
    begun = time.monotonic()
    whole = _folder(scratch / "whole", handed)
    _run(whole, handed)
    lasts = time.monotonic() - begun
    expected, rows = _files(whole / "out"), _rows(whole / "store.db")
    faults: list[str] = []
    left, number = kills, 0
    while left:
        place = _folder(scratch / str(number), handed)
        number += 1
        ended = False
        while not ended and left:
            ended = _run(place, handed, after=chance.uniform(0, lasts))
            left -= not ended
            faults += [
                f"batch {number}: {name} is not what it should be"
                for name, content in _files(place / "out").items()
                if content != expected.get(name)
            ]
        if not ended:
            _run(place, handed)
        if (found := _files(place / "out")) != expected:
            faults.append(f"batch {number}: differs in {sorted(set(found) ^ set(expected))}")
        if (found_rows := _rows(place / "store.db")) != rows:
            faults.append(f"batch {number}: the store has {found_rows}, not {rows}")
        shutil.rmtree(place)
    return faults


def _folder(place: Path, handed: Path) -> Path:
    place.mkdir()
    (place / "in").symlink_to(handed)
    return place


def _run(place: Path, handed: Path, after: float | None = None) -> bool:
    """Run or resume a batch, killed with all of its processes after some seconds; return whether it ended."""
    line = [sys.executable, "-m", "analyzer", "batch", str(handed), "--output", str(place / "out")]
    line += ["--store", str(place / "store.db"), "--workers", "2", "--resume"]
    batch = subprocess.Popen(
        line, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        batch.wait(after)
    except subprocess.TimeoutExpired:
        os.killpg(batch.pid, signal.SIGKILL)
        batch.wait()
        return False
    if batch.returncode != 3:  # the broken file
        raise RuntimeError(f"the batch ended with {batch.returncode}")
    return True


def _files(folder: Path) -> dict[str, bytes]:
    """Return the files that users see, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith(".shuping") for part in path.relative_to(folder).parts)
    }


def _rows(store: Path) -> dict[str, int]:
    with closing(sqlite3.connect(store)) as database:
        names = [name for (name,) in database.execute("select name from sqlite_master where type = 'table'")]
        return {
            name: database.execute(f'select count(*) from "{name}"').fetchone()[0] for name in sorted(names)
        }


if __name__ == "__main__":
    sys.exit(main())
