"""A whole batch: from what was handed in, through engine and journal, to the files that come out."""

from __future__ import annotations

import hashlib
import json
import struct
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Final, Protocol

from analyzer.batch import journal, outputs
from analyzer.batch.engine import Engine
from analyzer.batch.fingerprint import program
from analyzer.batch.gathering import COPY_PAGES, YEAR_PAGES, Gathered, Gathering, Kept
from analyzer.batch.intake import Entry, Intake
from analyzer.batch.isolation import CRASHED, TOO_LONG, TOO_MUCH, Done
from analyzer.batch.journal import Journal
from analyzer.batch.submissions import Submission
from analyzer.batch.work import Given, Made, Steps, load, portable, score
from analyzer.beside import Beside, beside_of
from analyzer.config import Settings
from analyzer.errors import ShupingError, error
from analyzer.reading import load as read_file
from analyzer.rendering.json import escaped

RESULTS: Final = "results.jsonl"
FAILURES: Final = "failures.jsonl"
REPORTS: Final = "reports"

_OWN: Final = ".shuping"  # what a run keeps for itself inside the output folder
_JOURNAL: Final = "journal"
_FINISHED: Final = "finished"
_PAGE: Final = ".html"
_LONGEST: Final = 200  # bytes of a page's name; file systems take 255
# A run that goes on tries these anew: the machine may have been at fault.
_PASSING: Final = (CRASHED, TOO_LONG, TOO_MUCH, "internal")
_HEAD: Final = struct.Struct(">I")
_ELSEWHERE: Final = "请换一个空文件夹，或一个还没有的文件夹。"
_GO_ON: Final = "加 --resume 接着做；要从头做，请换一个输出文件夹，或先删去这一个。"


@dataclass(frozen=True, slots=True)
class Plan:
    """How a batch is run.

    Parameters
    ----------
    output : Path
        The folder for all that comes out.
    resume : bool
        Go on with what an earlier run has left there.
    settings : callable
        Returns the settings for an entry.
    steps : Steps
    engine : callable
        Returns the engine, given what loads the analyzer.
    named : callable
        Returns what an entry's name is in all that is written.
    gathering : Gathering
        What is made of all results together.
    archive : Intake
        Reports of earlier years, analysed to be compared with; they have neither result nor page.
    """

    output: Path
    resume: bool
    settings: Callable[[Entry], Settings]
    steps: Steps
    engine: Callable[[Callable[[], object]], Engine]
    named: Callable[[str], str]
    gathering: Gathering
    archive: Intake


class Watch(Protocol):
    """Is told how far a batch is."""

    def done(self, name: str, failure: ShupingError | None, trace: str, *, before: bool) -> None:
        """Hear of one more entry; `before` says that an earlier run has seen to it."""
        ...


@dataclass(frozen=True, slots=True)
class Record:
    """What the journal keeps of an entry: `made`, without its page, or `failure`."""

    failure: ShupingError | None
    overall: float | None = None
    line: bytes = b""
    signature: bytes = b""
    page: str = ""  # its hash, empty where there is none

    def packed(self) -> bytes:
        """Return it as bytes."""
        failed = None if self.failure is None else [self.failure.code, self.failure.values]
        head = json.dumps([failed, self.overall, self.page, len(self.line)], ensure_ascii=False).encode(
            "utf-8"
        )
        return _HEAD.pack(len(head)) + head + self.line + self.signature

    @classmethod
    def unpacked(cls, packed: bytes) -> Record:
        """Return what `packed` gave these bytes."""
        (size,) = _HEAD.unpack_from(packed)
        body = _HEAD.size + size
        failed, overall, page, length = json.loads(packed[_HEAD.size : body])
        failure = None if failed is None else ShupingError(failed[0], None, failed[1])
        return cls(failure, overall, packed[body : body + length], packed[body + length :], page)


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a batch.

    Parameters
    ----------
    results : int
        How many entries have a result.
    failures : tuple of (str, ShupingError)
        By name.
    declined : int
        How many of the results give no score.
    gathered : Gathered
        What they show together.
    """

    results: int
    failures: tuple[tuple[str, ShupingError], ...]
    declined: int
    gathered: Gathered


def run(intake: Intake, plan: Plan, watch: Watch) -> Ended:
    """Score what was handed in, and write all that comes of it.

    Parameters
    ----------
    intake : Intake
    plan : Plan
    watch : Watch

    Raises
    ------
    ShupingError
        Code ``batch-output`` where the folder is not for this run; what `Engine.each` raises.
    """
    with _workshop(plan) as kept:
        batch = _Batch(intake, plan, watch, kept)
        batch.work()
        return batch.ended()


class _Batch:
    """One run over the entries."""

    def __init__(self, intake: Intake, plan: Plan, watch: Watch, kept: Journal) -> None:
        own, earlier = (
            sorted(each.entries, key=lambda entry: plan.named(entry.name)) for each in (intake, plan.archive)
        )
        self._entries = [*own, *earlier]
        self._own = len(own)
        self._not_taken_in = (*intake.failures, *plan.archive.failures)
        self._plan = plan
        self._watch = watch
        self._kept = kept
        self._pages = page_names([plan.named(entry.name) for entry in own])
        self._portable = cache(portable)
        self._keys: dict[int, bytes] = {}
        self._failures: dict[int, ShupingError] = {}
        self._sent: list[int] = []  # the number of each entry's place among those that the engine was given
        self._declined = 0
        self._lock = threading.Lock()  # the engine's threads ask for tasks, this one takes what came of them

    def work(self) -> None:
        """See that each entry has its record and its page, or has failed."""
        settings = tuple(dict.fromkeys(map(self._plan.settings, self._entries)))
        warm = partial(load, tuple(map(self._portable, settings)), self._plan.steps)
        engine = self._plan.engine(warm)
        # Closed, so that its processes have ended also where this loop is left halfway.
        with closing(engine.each(partial(score, stamp=self._plan.steps.stamp), self._tasks())) as outcomes:
            for place, done in outcomes:
                self._take(self._sent[place], done)

    def _tasks(self) -> Iterator[Given]:
        """Yield what is still to be done."""
        for number, entry in enumerate(self._entries):
            try:
                given, key = self._given(entry, paged=number < self._own)
            except ShupingError as failure:
                self._fail(number, failure)
                continue
            self._keys[number] = key
            if not self._is_done(number, key):
                self._sent.append(number)
                yield given

    def _given(self, entry: Entry, *, paged: bool) -> tuple[Given, bytes]:
        """Return a report as it travels, and a hash of all that decides on what comes of it."""
        settings = self._plan.settings(entry)
        path = entry.submission.path
        data = entry.submission.data if path is None else read_file(path)
        carried = self._portable(settings)
        beside = beside_of(path, settings) if path else Beside()
        content = hashlib.sha256(data).hexdigest()
        told = (program(), self._plan.steps.stamp, content, entry.name, entry.known, carried, beside)
        key = hashlib.sha256("\0".join(map(repr, told)).encode("utf-8", "surrogatepass"))
        return Given(replace(entry, submission=Submission(None, data)), carried, beside, paged), key.digest()

    def _is_done(self, number: int, key: bytes) -> bool:
        """Whether an earlier run has left all of this entry; if so, it counts."""
        if key not in self._kept:
            return False
        record = Record.unpacked(self._kept[key])
        if record.failure is not None:
            self._fail(number, record.failure, before=True)
            return True
        if number < self._own:
            try:
                page = (self._plan.output / self._pages[number]).read_bytes()
            except OSError:
                return False
            if _hash(page) != record.page:
                return False
        self._count(number, record, before=True)
        return True

    def _take(self, number: int, done: Done[Made]) -> None:
        """Keep what became of an entry."""
        made, failure = done.made, done.failure
        if failure is not None:
            if failure.code not in _PASSING:
                self._kept.add(self._keys[number], Record(failure).packed())
            self._fail(number, failure, done.trace)
        if made is None:
            return
        page = ""
        if number < self._own:
            outputs.write_document(self._plan.output / self._pages[number], made.page)
            page = _hash(made.page)
        record = Record(None, made.overall, made.line, made.signature, page)
        self._kept.add(self._keys[number], record.packed())  # after the page: what is on record is there
        self._count(number, record)

    def _count(self, number: int, record: Record, *, before: bool = False) -> None:
        with self._lock:
            self._declined += record.overall is None and number < self._own
            self._watch.done(self._entries[number].name, None, "", before=before)

    def _fail(self, number: int, failure: ShupingError, trace: str = "", *, before: bool = False) -> None:
        name = self._entries[number].name
        with self._lock:
            self._failures[number] = failure.at(Path(name))
            self._watch.done(name, self._failures[number], trace, before=before)

    def ended(self) -> Ended:
        """Write what stands for the whole batch; return what became of it."""
        named = self._plan.named
        mine = ((self._entries[number].name, failure) for number, failure in self._failures.items())
        numbers = [number for number in range(len(self._entries)) if number not in self._failures]
        scored = [number for number in numbers if number < self._own]
        failures = sorted((*self._not_taken_in, *mine), key=lambda each: (named(each[0]), each[1].code))
        self._write(scored, failures)
        kept = Kept(
            lambda place: self._record(numbers[place]).line,
            len(scored),
            self._plan.output / RESULTS,
            [self._record(number).signature for number in numbers],
            {named(self._entries[number].name): self._pages[number] for number in scored},
            [(named(name), failure) for name, failure in failures],
        )
        gathered = self._plan.gathering.gather(kept, self._plan.output)
        return Ended(len(scored), tuple(failures), self._declined, gathered)

    def _record(self, number: int) -> Record:
        return Record.unpacked(self._kept[self._keys[number]])

    def _line(self, number: int) -> bytes:
        """Return an entry's result as a line of JSON."""
        return zlib.decompress(self._record(number).line)

    def _write(self, scored: Sequence[int], failures: Sequence[tuple[str, ShupingError]]) -> None:
        """Write results and failures, and take away pages that are none of this run's."""
        output = self._plan.output
        with outputs.written(output / RESULTS) as file:
            for number in scored:
                file.write(self._line(number).decode("utf-8"))
        with outputs.written(output / FAILURES) as file:
            for name, failure in failures:
                told = {
                    "path": self._plan.named(name),
                    "code": failure.code,
                    "message": failure.message,
                    "hint": failure.hint,
                }
                file.write(escaped(json.dumps(told, ensure_ascii=False)) + "\n")
        outputs.clear(output / REPORTS, (output / self._pages[number] for number in scored))


def page_names(names: Sequence[str]) -> list[str]:
    """Return the path of each entry's page inside the output folder, no two alike on any file system."""
    # Rooted, so that the folder from where the program was started has no part in a name.
    named = outputs.names([Submission(Path("/", name)) for name in names])
    return [f"{REPORTS}/{_shortened(name)}{_PAGE}" for name in named]


def _shortened(name: str) -> str:
    whole = name.encode("utf-8", "replace")
    if len(whole) <= _LONGEST:
        return name
    return f"{whole[: _LONGEST - 13].decode('utf-8', 'ignore')}-{hashlib.sha256(whole).hexdigest()[:12]}"


def _hash(page: bytes) -> str:
    return hashlib.sha256(page).hexdigest()[:32]


def check_folder(output: Path) -> None:
    """Raise where an output folder holds what no run has left there.

    Raises
    ------
    ShupingError
        Code ``batch-output``, or ``output`` where it cannot be looked into.
    """
    try:
        foreign = not (output / _OWN / _JOURNAL).exists() and any(output.iterdir())
    except FileNotFoundError:
        foreign = False
    except NotADirectoryError:
        raise error("batch-output", output, detail="这是一个文件", todo=_ELSEWHERE) from None
    except OSError as reason:
        raise error("output", output, detail=reason.strerror or str(reason)) from reason
    if foreign:
        raise error("batch-output", output, detail="里面已有别的文件", todo=_ELSEWHERE)


@contextmanager
def _workshop(plan: Plan) -> Iterator[Journal]:
    """Give the journal in the output folder, once it is sure that the folder is for this run."""
    output, own = plan.output, plan.output / _OWN
    check_folder(output)
    with journal.opened(own / _JOURNAL) as kept:
        finished = own / _FINISHED
        if not plan.resume and len(kept):
            if not finished.exists():
                raise error("batch-output", output, detail="上一次运行没有做完", todo=_GO_ON)
            kept.clear()
        finished.unlink(missing_ok=True)
        # The journal is ours, so nobody else is at work here.
        outputs.sweep((output, *(output / name for name in (REPORTS, COPY_PAGES, YEAR_PAGES))))
        yield kept
        finished.touch()
