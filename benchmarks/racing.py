"""Contestants do the same rounds by turns, so that what else the machine does meets all of them alike."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.peers import Peer
from benchmarks.peers.installing import ROOT, MissingError, Peers


@dataclass(frozen=True)
class Lap:
    """One round: seconds by the clock, seconds of the processor, peak megabytes, and what was found."""

    wall: float
    cpu: float
    megabytes: int
    found: Any


@dataclass
class Race:
    """What the rounds took, by the name of the contestant, and who could not take part."""

    laps: dict[str, list[Lap]] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)


def race(
    contestants: Sequence[Peer],
    rounds: Sequence[Sequence[str]],
    peers: Peers,
    processes: int = 1,
    *,
    found: bool = False,
) -> Race:
    """Let everybody do all rounds; the first is to warm up and does not count.

    Parameters
    ----------
    contestants : sequence of Peer
    rounds : sequence of sequence of str
        The items of each round.
    peers : Peers
    processes : int
        Each contestant runs in so many processes at once, which share the items of a round.
    found : bool
        Keep what was found.
    """
    done = Race()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        shares = []
        for process in range(processes):
            shares.append(folder / f"{process}.json")
            share = [items[process::processes] for items in rounds]
            shares[-1].write_text(json.dumps(share, ensure_ascii=False), "utf-8")
        runners: dict[str, list[_Runner]] = {}
        for peer in contestants:
            try:
                commands = [peers.command(peer, share) for share in shares]
                runners[peer.name] = [
                    stack.enter_context(_Runner(command, folder / f"{peer.name} {number}.log"))
                    for number, command in enumerate(commands)
                ]
                for runner in runners[peer.name]:
                    runner.answer()
            except MissingError as reason:
                done.absent.append(str(reason))
            except _EndedError as reason:
                del runners[peer.name]
                done.absent.append(f"{peer.name}: skipped, does not run here ({reason})")
        for number in range(len(rounds)):
            for name in list(runners):
                try:
                    lap = _lap(runners[name], number, found)
                except _EndedError as reason:
                    del runners[name]
                    done.laps.pop(name, None)
                    done.absent.append(f"{name}: skipped, ended in round {number} ({reason})")
                else:
                    if number or len(rounds) == 1:
                        done.laps.setdefault(name, []).append(lap)
    return done


def _lap(runners: list[_Runner], number: int, found: bool) -> Lap:
    for runner in runners:
        runner.tell(f"{number} found" if found else f"{number}")
    told = [runner.answer() for runner in runners]
    return Lap(
        max(each["wall"] for each in told),
        sum(each["cpu"] for each in told),
        max(each["megabytes"] for each in told),
        told[0]["found"] if len(told) == 1 else None,
    )


class _EndedError(Exception):
    """A contestant's process has ended."""


class _Runner:
    """A driver in a process."""

    def __init__(self, command: list[str], log: Path) -> None:
        self._command = command
        self._log = log

    def __enter__(self) -> _Runner:
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        environment = {**os.environ, "PYTHONPATH": path}
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                encoding="utf-8",
                cwd=ROOT,
                env=environment,
            )
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            self._process.stdin.close()  # the driver ends when there is nothing more to read
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def tell(self, line: str) -> None:
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):  # who waits for the answer will know
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()

    def answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            said = self._log.read_text("utf-8", "replace").strip().splitlines()
            raise _EndedError(said[-1] if said else "without a word")
        return json.loads(line)
