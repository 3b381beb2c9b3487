"""The queue of reviewers: what is at stake and how doubtful it is, both told in words.

Risk is that of the workbook (`analyzer.rendering.risk`), so that both name the same reports first; doubt adds
to its own part how wide the score's interval is and how near a grade's bound the score lies
(``lexicons/review.toml``).  Decisions count at once: a gate that is lifted is no risk any more, a finding
that is confirmed leaves no doubt.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Select, func, select

from analyzer.lexicons import table
from analyzer.rendering.duplicates import share
from analyzer.rendering.labels import GRADE_FLOOR
from analyzer.rendering.risk import certainty, risk_of
from analyzer.result import Result, Severity
from analyzer.store.adjusting import adjust, grade_of
from analyzer.store.packing import keys
from analyzer.store.review import DECISION, Decided, Kind, Standing, histories, standing
from analyzer.store.store import Filter, Overview, Store
from analyzer.store.tables import Batch, Copy, Entry, FindingRow, GateRow

_UNSCORED: Final = "程序没有评分"
_REMEMBERED: Final = 48  # filters of which the program's part is kept


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report in the queue.

    ``machine`` is the program's score, ``overall`` what decisions leave of it, ``grade`` that of the latter;
    ``risk`` and ``doubt`` are points that add up, ``why`` says what they are made of, the heaviest first.
    """

    sha256: str
    batch: str
    path: str
    unit: str | None
    unit_type: str | None
    region: str | None
    author: str | None
    year: int | None
    machine: float | None
    overall: float | None
    grade: str | None
    risk: float
    doubt: float
    why: tuple[str, ...]
    decisions: int

    @property
    def priority(self) -> float:
        """What the queue is ordered by."""
        return self.risk + self.doubt


@dataclass(frozen=True, slots=True)
class _State:
    """What of a report decides its place: its score, open gates, faults that must be mended, certainty."""

    overall: float | None
    gates: int
    errors: int
    sure: float


@dataclass(frozen=True, slots=True)
class _Found:
    """What the program alone says of a submission, and where that puts it."""

    told: Overview
    state: _State
    overlap: float
    waiting: Waiting


def queue(store: Store, only: Filter | None = None) -> list[Waiting]:
    """Return the reports, the riskiest and most doubtful first; of one content, the last submission."""
    return Queue(store).waiting(only)


class Queue:
    """The queue of a store for many questions.

    What the program says of reports changes only when something is saved, so it is kept until then; decisions
    are read each time, and what they leave of a report is worked out once for each new one.

    Parameters
    ----------
    store : Store
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._saved = -1
        self._found: dict[Filter, list[_Found]] = {}
        self._left: dict[int, tuple[Sequence[int], _State]] = {}

    def saved(self) -> int:
        """Return the number of the last entry of the trail that is no decision."""
        query = select(func.max(Entry.seq)).where(Entry.what != DECISION)
        with self._store.database.reading() as connection:
            return connection.scalar(query) or 0

    def waiting(self, only: Filter | None = None) -> list[Waiting]:
        """Return the reports, the riskiest and most doubtful first; of one content, the last submission."""
        decided = histories(self._store)
        waiting: dict[str, Waiting] = {}
        with self._lock:
            for each in self._told(only or Filter()):
                own = decided.get(each.told.report)
                entry = self._decided(each, own) if own else each.waiting
                before = waiting.get(entry.sha256)
                # The same file under several paths: whichever has more to say of it.
                if before is None or entry.priority >= before.priority:
                    waiting[entry.sha256] = entry
        return sorted(waiting.values(), key=lambda each: (-each.priority, each.sha256))

    def _told(self, only: Filter) -> Iterable[_Found]:
        """Return what the program says of the submissions that are asked for."""
        saved = self.saved()
        if saved != self._saved:
            self._found.clear()
            self._left.clear()
            self._saved = saved
        if only not in self._found:
            while len(self._found) >= _REMEMBERED:
                del self._found[next(iter(self._found))]
            self._found[only] = list(_found(self._store, only))
        return self._found[only]

    def _decided(self, found: _Found, own: list[Decided]) -> Waiting:
        told, known = found.told, [each.seq for each in own]
        before = self._left.get(told.id)
        if before is None or before[0] != known:
            state = _reviewed(self._store.whole(told).result, standing(own), found.state)
            before = self._left[told.id] = (known, state)
        return _waiting(told, before[1], own, found.overlap)


def _found(store: Store, only: Filter) -> Iterable[_Found]:
    gates, errors, copies = _gates(store), _errors(store), _copies(store)
    for told in store.overview(only):
        state = _State(told.overall, gates.get(told.id, 0), errors.get(told.id, 0), told.certainty)
        overlap = copies.get((told.batch, told.path), 0.0)
        yield _Found(told, state, overlap, _waiting(told, state, [], overlap))


def _reviewed(result: Result, by: Standing, machine: _State) -> _State:
    """Return what decisions leave: what is rejected is no fault, what is confirmed is sure."""
    left = tuple(
        replace(finding, confidence=1.0) if key in by.confirmed else finding
        for key, finding in zip(keys(result), result.findings, strict=True)
        if key not in by.rejected
    )
    adjusted = adjust(result, by)
    return _State(
        adjusted.overall if adjusted else machine.overall,
        len(adjusted.gates) if adjusted else machine.gates,
        sum(finding.severity is Severity.ERROR for finding in left),
        certainty(replace(result, findings=left)),
    )


def _waiting(told: Overview, state: _State, decided: list[Decided], overlap: float) -> Waiting:
    overall = state.overall
    risk = risk_of(overall, state.gates > 0, state.errors, state.sure, overlap)
    width = told.high - told.low if told.high is not None and told.low is not None else 0.0
    nearest = min(abs(overall - bound) for bound in GRADE_FLOOR.values()) if overall is not None else None
    wide = _points("width", width)
    near = 0.0 if nearest is None else _points("bound", nearest)
    why = [
        (risk.gate, f"有 {state.gates} 个封顶条件待核定"),
        (risk.lost, _UNSCORED if overall is None else f"得分 {overall:.1f}"),
        (risk.copied, f"与另一份重合 {share(overlap)}"),
        (risk.errors, f"须改 {state.errors} 处"),
        (risk.doubt, f"把握 {state.sure:.0%}"),
        (wide, f"区间宽 {width:.0f} 分"),
        (near, f"离等级线 {nearest or 0.0:.1f} 分"),
    ]
    return Waiting(
        told.sha256,
        told.batch,
        told.path,
        told.unit,
        told.unit_type,
        told.region,
        told.author,
        told.year,
        told.overall,
        overall,
        None if overall is None else grade_of(overall),
        round(risk.points - risk.doubt, 1),
        round(risk.doubt + wide + near, 1),
        tuple(words for points, words in sorted(why, key=lambda part: -part[0]) if points),
        sum(each.stands and each.kind is not Kind.WITHDRAW for each in decided),
    )


def _points(name: str, value: float) -> float:
    """Return the points of a part of the doubt, straight between its ends."""
    part = table("review.toml")["doubt"][name]
    share = (value - part["from"]) / (part["to"] - part["from"])
    return float(part["points"] * min(1.0, max(0.0, share)))


def _gates(store: Store) -> dict[int, int]:
    """Return how many gates are closed, by scoring."""
    query = select(GateRow.result_id, func.count()).where(GateRow.released_by.is_(None))
    return _counted(store, query.group_by(GateRow.result_id))


def _errors(store: Store) -> dict[int, int]:
    """Return how many findings must be mended, by scoring."""
    query = select(FindingRow.result_id, func.count()).where(FindingRow.severity == str(Severity.ERROR))
    return _counted(store, query.group_by(FindingRow.result_id))


def _counted(store: Store, query: Select[int, int]) -> dict[int, int]:
    with store.database.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(query)}


def _copies(store: Store) -> dict[tuple[str, str], float]:
    """Return the largest overlap of each report with another, by batch and path."""
    found: dict[tuple[str, str], float] = {}
    query = select(Batch.name, Copy.a, Copy.b, Copy.overlap).join(Batch, Batch.id == Copy.batch_id)
    with store.database.reading() as connection:
        for batch, a, b, overlap in connection.execute(query):
            for path in (a, b):
                found[batch, path] = max(overlap, found.get((batch, path), 0.0))
    return found
