"""Tables in Markdown, and the line that says on what and with what the figures were made."""

from __future__ import annotations

import datetime
import os
import platform
import statistics
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
_VERSIONS = "numpy", "rjieba", "rensa", "google-re2", "lxml"


@dataclass
class Table:
    """A table with a title, and what must be known to read it."""

    title: str
    head: Sequence[str]
    rows: list[list[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [f"### {self.title}", "", _row(self.head), _row(["---"] * len(self.head))]
        lines += map(_row, self.rows)
        if self.notes:
            lines += ["", *(f"- {note}" for note in self.notes)]
        return "\n".join(lines) + "\n"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def spread(values: Sequence[float], digits: int = 2) -> str:
    """Return the median of some values and how far they lie apart: ``1.20 (1.10–1.50)``."""
    middle = f"{statistics.median(values):,.{digits}f}"
    if len(values) == 1:
        return middle
    return f"{middle} ({min(values):,.{digits}f}–{max(values):,.{digits}f})"


def put(page: Path, part: str, figures: str) -> None:
    """Put figures between the marks of a part in a page: ``<!-- PART -->`` and ``<!-- /PART -->``."""
    text = page.read_text("utf-8")
    before, opened, rest = text.partition(f"<!-- {part} -->\n")
    _, closed, after = rest.partition(f"<!-- /{part} -->")
    if not closed:
        raise SystemExit(f"{page}: no marks of the part {part}")
    page.write_text(f"{before}{opened}{figures}\n{closed}{after}", "utf-8")


def machine() -> str:
    """Return what the figures were made on."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in _read("/proc/cpuinfo").splitlines()
            if line.startswith("model name")
        ),
        platform.processor() or platform.machine(),
    )
    load = ", ".join(f"{each:.1f}" for each in psutil.getloadavg())
    packages = ", ".join(f"{name} {version(name)}" for name in _VERSIONS)
    return (
        f"{datetime.date.today()}, revision {_revision()}; {os.cpu_count()} × {cpu}, "
        f"{psutil.virtual_memory().total >> 30} GB, {platform.system()} {platform.release()}; "
        f"Python {platform.python_version()}, {packages}; load before the run {load}."
    )


def _read(path: str) -> str:
    try:
        return Path(path).read_text("utf-8")
    except OSError:
        return ""


def _revision() -> str:
    asked = ["git", "describe", "--always", "--dirty"]
    try:
        told = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return told.stdout.strip()
