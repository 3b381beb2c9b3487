"""One batch in a process of its own, which tells how far it is.

What only that process needs, it loads itself: the server is to be there at once.
"""

from __future__ import annotations

import os
import signal
import threading
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from analyzer.config import Settings
from analyzer.errors import ShupingError, error
from analyzer.web.work import BOUNDS

# Bytes that the archives of one batch may unpack to, unless whoever looks after the server says otherwise.
UNPACKED: Final = 1 << 30


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done.

    Parameters
    ----------
    settings : Settings
    given : Path
        What was handed in: an archive, or a folder of files.
    folder : Path
        For all that comes out.
    scratch : Path
        For what archives hold; whoever ordered it takes it away.
    manifest : Path or None
    pattern : str or None
        See `analyzer.batch.intake.collect`.
    store : str or None
        Address of the store that takes the results.
    name : str
        What the batch is called there.
    by : str
        Who ordered it.
    unpacked : int
        Bytes that its archives may unpack to.
    """

    settings: Settings
    given: Path
    folder: Path
    scratch: Path
    manifest: Path | None
    pattern: str | None
    store: str | None
    name: str
    by: str
    unpacked: int = UNPACKED


@dataclass(frozen=True, slots=True)
class Found:
    """How many reports were handed in, and what could not be taken in."""

    total: int
    failures: tuple[tuple[str, ShupingError], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One more report has been seen to."""

    name: str
    failure: ShupingError | None


@dataclass(frozen=True, slots=True)
class End:
    """It is done, or has failed as a whole."""

    failure: ShupingError | None = None


News = Found | Step | End


def work(order: Order, line: Connection) -> None:
    """Run a batch, and say how far it is; end with whoever listens."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then ends this
    threading.Thread(target=_end_with, args=(line,), daemon=True).start()
    try:
        _run(order, line)
    except ShupingError as failure:
        line.send(End(failure))
    except Exception as defect:
        line.send(End(error("internal", detail=type(defect).__name__)))
    else:
        line.send(End())


def _run(order: Order, line: Connection) -> None:
    from analyzer.batch.archives import Bounds
    from analyzer.batch.engine import Local, processors
    from analyzer.batch.gathering import Gathering
    from analyzer.batch.intake import Intake, collect
    from analyzer.batch.run import Plan, run
    from analyzer.batch.steps import steps_of
    from analyzer.store.store import PROGRAM, Store

    bounds = Bounds(total_bytes=order.unpacked)
    intake = collect(order.given, order.scratch, order.manifest, order.pattern, bounds)
    if too_much := next((each for _, each in intake.failures if each.code == "unpacked"), None):
        raise too_much  # rather than doing as much of it as there was room for
    if not intake.entries:
        raise next((failure for _, failure in intake.failures), error("empty-folder"))
    line.send(Found(len(intake.entries), intake.failures))
    if order.store is not None:  # before the first result is there, so that none is without a sender
        Store.open(order.store).note("upload", order.by or PROGRAM, batch=order.name)
    nothing = Intake(())
    plan = Plan(
        order.folder,
        False,
        lambda _: order.settings,
        steps_of(intake, nothing, None),
        partial(Local, min(processors(), len(intake.entries)), BOUNDS),
        str,
        Gathering(intake, None, order.store, order.name),
        nothing,
    )
    run(intake, plan, _Told(line))


class _Told:
    """Passes on how far a batch is."""

    def __init__(self, line: Connection) -> None:
        self._line = line

    def done(self, name: str, failure: ShupingError | None, trace: str, *, before: bool) -> None:
        """See `analyzer.batch.run.Watch`."""
        self._line.send(Step(name, failure))


def _end_with(line: Connection) -> None:
    """Wait until nobody listens any more: nothing is ever sent this way."""
    try:
        line.recv()
    except (EOFError, OSError):
        os._exit(1)
