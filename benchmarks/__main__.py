"""Speed and memory, beside peers on the same texts in the same run: ``python -m benchmarks``, from the root.

Prints tables in Markdown.  Parts, some ten minutes in all: starts (cold starts), corpus (all of it in one
call), scoring (texts), reading (.docx), rechecks (a draft after an edit), standins (who finds them), copies
(who finds them), segmenters, growth (whole batches by size).  ``docs/performance.md`` says what they told.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.copies import copies
from benchmarks.corpus import corpus
from benchmarks.growth import growth
from benchmarks.peers.installing import FOLDER, Peers
from benchmarks.rechecks import rechecks
from benchmarks.scoring import reading, scoring
from benchmarks.segmenters import segmenters
from benchmarks.standins import standins
from benchmarks.starts import starts
from benchmarks.tables import Table, machine, put

_SIZES = [100, 1000, 5000]
_MIXED = [1000]
_FULL = [100, 1000, 5000, 20000]


def main(arguments: list[str] | None = None) -> None:
    """Measure what is asked for, and print it."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("parts", nargs="*", metavar="PART", help="only these; all by default")
    options.add_argument("--reports", type=int, default=20, help="of a round (default 20)")
    options.add_argument("--rounds", type=int, default=5, help="how often all is repeated (default 5)")
    options.add_argument("--processes", type=int, nargs="+", default=[1, 2], help="by turns (default 1 2)")
    options.add_argument("--starts", type=int, default=10, help="of each command (default 10)")
    options.add_argument("--drafts", type=int, default=4, help="that are edited (default 4)")
    options.add_argument("--copies", type=int, default=120, help="that are planted (default 120)")
    options.add_argument(
        "--sizes", type=int, nargs="*", default=_SIZES, help=f"of batches of .txt (default {_SIZES})"
    )
    options.add_argument(
        "--mixed",
        type=int,
        nargs="*",
        default=_MIXED,
        help=f"of .docx, .pdf, .txt by turns (default {_MIXED})",
    )
    options.add_argument("--full", action="store_true", help=f"both in sizes of {_FULL}; more than an hour")
    options.add_argument(
        "--into", type=Path, metavar="PAGE", help="also put the tables between a page's marks"
    )
    options.add_argument("--peers", type=Path, default=FOLDER, help="their folder (default .cache/peers)")
    options.add_argument("--no-install", action="store_true", help="skip peers that are not there yet")
    options.add_argument("--no-peers", action="store_true", help="skip all peers")
    asked = options.parse_args(arguments)
    peers = Peers(asked.peers, install=not asked.no_install, any_=not asked.no_peers)
    parts: dict[str, Callable[[], list[Table]]] = {
        "starts": lambda: starts(asked.starts),
        "corpus": lambda: corpus(asked.rounds),
        "scoring": lambda: scoring(asked.reports, asked.rounds, peers, asked.processes),
        "reading": lambda: reading(asked.reports, asked.rounds, peers, asked.processes),
        "rechecks": lambda: rechecks(asked.drafts),
        "standins": lambda: standins(peers),
        "copies": lambda: copies(asked.copies, peers),
        "segmenters": lambda: segmenters(asked.reports, asked.rounds, peers),
        "growth": lambda: growth(*((_FULL, _FULL) if asked.full else (asked.sizes, asked.mixed))),
    }
    if unknown := set(asked.parts) - set(parts):
        options.error(f"no part {', '.join(sorted(unknown))}; there are {', '.join(parts)}")
    made_on = machine()
    print(f"{made_on}\n", flush=True)
    for name in asked.parts or parts:
        begun = time.monotonic()
        figures = "\n".join(map(str, parts[name]()))
        print(figures, flush=True)
        if asked.into:
            put(asked.into, name, f"*{made_on}*\n\n{figures}")
        print(f"{name}: {time.monotonic() - begun:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
