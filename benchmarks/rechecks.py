"""How long a draft takes that is checked again after an edit."""

from __future__ import annotations

from benchmarks.peers import OUR_RECHECKS
from benchmarks.peers.installing import Peers
from benchmarks.racing import race
from benchmarks.tables import Table
from benchmarks.web import EDITS, LENGTH, Person, drafts, figures, memory, served

_DUE = 20  # milliseconds


def rechecks(number: int, peers: Peers) -> list[Table]:
    """Return what edits of so many drafts take, in the process that does it and for who asks the server."""
    table = Table(
        "Re-check of one changed sentence",
        ["where", "median, ms", "95th percentile", "worst", "MB"],
        notes=[
            f"Drafts of {LENGTH:,} characters, one character changed each time, in another sentence each "
            f"time; due: under {_DUE} ms.  The last line is with HTTP and the answer for the page; its MB "
            "are those of all processes of the server.",
        ],
    )
    texts = drafts(number)
    lap = race([OUR_RECHECKS], [texts], peers, found=True).laps[OUR_RECHECKS.name][0]
    for name, place in (("in the process, by the clock", 0), ("in the process, processor", 1)):
        table.rows.append([name, *_cells([each[place] for each in lap.found]), str(lap.megabytes)])
    with served() as (address, server):
        writer = Person(address, texts[0])
        for _ in range(8 + EDITS):
            writer.check()
        table.rows.append(
            ["asked of the server, by the clock", *_cells(writer.times[8:]), str(memory(server))]
        )
    return [table]


def _cells(times: list[float]) -> list[str]:
    return [f"{each:.1f}" for each in figures(times).values()]
