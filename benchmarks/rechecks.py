"""What a re-check costs after one edit of a draft, by kind of edit."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from itertools import chain
from typing import Final
from urllib.parse import urlsplit

from analyzer.config import Settings
from analyzer.language import memory
from analyzer.web.work import Job, do, warm
from benchmarks.tables import Table
from benchmarks.web import LENGTH, asked, drafts, figures, served
from benchmarks.web import memory as resident

Edit = Callable[[str, random.Random], str]
_SENTENCE: Final = re.compile(r"[^。\n]+。")
_FIGURE: Final = re.compile(r"[Xx×]+(?=[次个名项人])|\d+")
_DUE: Final = 20, 50  # milliseconds, of the processor and until the server answers
_EDITS: Final = 5
_ROUNDS: Final = 5
_NEW: Final = "我牵头走访了{}户群众，当场解决停车难等问题{}个。"


def _key(text: str, chance: random.Random) -> str:
    at = chance.randrange(200, len(text) - 200)
    return f"{text[:at]}实{text[at:]}"


def _figure(text: str, chance: random.Random) -> str:
    start, end = chance.choice([match.span() for match in _FIGURE.finditer(text)])
    return f"{text[:start]}{chance.randrange(2, 97)}{text[end:]}"


def _added(text: str, chance: random.Random) -> str:
    end = chance.choice([match.end() for match in _SENTENCE.finditer(text)])
    return text[:end] + _NEW.format(chance.randrange(2, 97), chance.randrange(2, 97)) + text[end:]


def _deleted(text: str, chance: random.Random) -> str:
    start, end = chance.choice([match.span() for match in _SENTENCE.finditer(text)])
    return text[:start] + text[end:]


def _parted(text: str, chance: random.Random) -> str:
    end = chance.choice([m.end() for m in _SENTENCE.finditer(text) if text[m.end() : m.end() + 1] != "\n"])
    return f"{text[:end]}\n{text[end:]}"


EDITS: Final[dict[str, Edit]] = {
    "key typed": _key,
    "figure filled in": _figure,
    "sentence added": _added,
    "sentence deleted": _deleted,
    "paragraph parted": _parted,
}


def edited(text: str, edit: Edit, number: int) -> Iterator[str]:
    """Yield so many drafts with one edit each, the same ones every time."""
    chance = random.Random(7)
    return (edit(text, chance) for _ in range(number))


def spent(settings: Settings, texts: list[str], edit: Edit, number: int) -> list[float]:
    """Return the seconds of processor that each re-check takes, of each draft from a memory of its own."""
    times = []
    for text in texts:
        memory._memory = memory.Memory()
        do(Job(settings, "view", text))
        for changed in edited(text, edit, number):
            begun = time.process_time()
            do(Job(settings, "view", changed))
            times.append(time.process_time() - begun)
    return times


def waited(address: str, texts: list[str], edit: Edit, number: int) -> list[float]:
    """Return the seconds that the server takes to answer each re-check."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=120)

    def check(text: str) -> float:
        seconds, status = asked(connection, text)
        if status != 200:
            raise RuntimeError(status)
        return seconds

    times = []
    for text in texts:
        for _ in range(4):  # until every process knows the draft
            check(text)
        times += [check(changed) for changed in edited(text, edit, number)]
    return times


def rechecks(number: int) -> list[Table]:
    """Return what edits of so many drafts take, in the process that checks and for who asks the server."""
    table = Table(
        f"Re-check of a draft of {LENGTH:,} characters",
        ["edit", "processor, ms, median", "95th percentile", "server, ms, median", "95th percentile"],
        notes=[
            f"{_EDITS} edits of each kind of {number} drafts; of the processor the best of {_ROUNDS} rounds, "
            "each of which begins with the draft checked and nothing else remembered; of the server by the "
            "clock, with HTTP and the answer for the page.",
            f"Due: under {_DUE[0]} ms of the processor, {_DUE[1]} ms of the server at the 95th percentile.",
        ],
    )
    texts, settings = drafts(number), Settings()
    warm(settings)
    processor, server = {}, {}
    for name, edit in EDITS.items():
        rounds = [spent(settings, texts, edit, _EDITS) for _ in range(_ROUNDS)]
        processor[name] = [min(each) for each in zip(*rounds, strict=True)]
    with served() as (address, process):
        for name, edit in EDITS.items():
            server[name] = waited(address, texts, edit, _EDITS)
        table.notes.append(f"All processes of the server take {resident(process)} MB.")
    rows = {name: (processor[name], server[name]) for name in EDITS}
    rows["all"] = [*chain(*processor.values())], [*chain(*server.values())]
    table.rows += [
        [name, *(f"{figures(times)[which]:.1f}" for times in both for which in ("median", "p95"))]
        for name, both in rows.items()
    ]
    return [table]
