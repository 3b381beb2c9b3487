"""The queue of reviewers: what is at stake and how doubtful it is, both told in words.

``lexicons/review.toml`` says what each part weighs.  Decisions count at once: a gate that is lifted is no
risk any more, a finding that is confirmed leaves no doubt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from analyzer.lexicons import table
from analyzer.rendering.labels import GRADE_FLOOR
from analyzer.result import Result
from analyzer.store.adjusting import adjust
from analyzer.store.packing import doubt_of, keys
from analyzer.store.review import Decided, Standing, histories, standing
from analyzer.store.store import Filter, Store, Stored
from analyzer.store.tables import Batch, Copy, GateRow

_WORDS: Final = {
    "gate": "有 {value:.0f} 个封顶条件待核定",
    "low": "得分 {value:.1f}",
    "copy": "与另一份重合 {value:.0%}",
    "width": "区间宽 {value:.0f} 分",
    "unsure": "失分中约 {value:.0%} 把握不大",
    "bound": "离等级线 {value:.1f} 分",
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report in the queue.

    ``machine`` is the program's score, ``overall`` what decisions leave of it; ``risk`` and ``doubt`` go from
    0 to 100, ``why`` says what they are made of, the heaviest first.
    """

    sha256: str
    batch: str
    path: str
    unit: str | None
    year: int | None
    machine: float | None
    overall: float | None
    risk: float
    doubt: float
    why: tuple[str, ...]
    decisions: int

    @property
    def priority(self) -> float:
        """What the queue is ordered by."""
        return self.risk + self.doubt


def queue(store: Store, only: Filter | None = None) -> list[Waiting]:
    """Return the reports, the riskiest and most doubtful first; of one content, the last submission."""
    decided = histories(store)
    gates, copies = _gates(store), _copies(store)
    waiting: dict[str, Waiting] = {}
    for stored in store.latest(only):
        own = decided.get(stored.report, [])
        overlap = copies.get((stored.batch, stored.path), 0.0)
        before = waiting.get(stored.sha256)
        entry = _waiting(stored, own, gates.get(stored.id, 0), overlap)
        # The same file under several paths: whichever has more to say of it.
        if before is None or entry.priority >= before.priority:
            waiting[stored.sha256] = entry
    return sorted(waiting.values(), key=lambda each: (-each.priority, each.sha256))


def _waiting(stored: Stored, decided: list[Decided], gates: int, overlap: float) -> Waiting:
    by = standing(decided)
    overall, unsure = stored.overall, stored.unsure
    if decided:
        result = stored.result
        adjusted = adjust(result, by)
        unsure = _unsure(result, by)
        if adjusted is not None:
            overall, gates = adjusted.overall, len(adjusted.gates)
    risk, doubt, why = _weighed(stored, overall, gates, overlap, unsure)
    return Waiting(
        stored.sha256,
        stored.batch,
        stored.path,
        stored.unit,
        stored.year,
        stored.overall,
        overall,
        risk,
        doubt,
        why,
        sum(each.stands for each in decided),
    )


def _unsure(result: Result, by: Standing) -> float:
    gates = {veto.id for veto in result.scorecard.vetoes} if result.scorecard else set()
    left = [
        (key, finding)
        for key, finding in zip(keys(result), result.findings, strict=True)
        if finding.rule not in gates and key not in by.rejected and str(finding.dimension) not in by.adjusted
    ]
    lost = sum(finding.deduction for _, finding in left)
    open_ = [finding for key, finding in left if key not in by.confirmed]
    share = sum(finding.deduction for finding in open_) / lost if lost else 0.0
    return doubt_of(open_) * share


def _weighed(
    stored: Stored, overall: float | None, gates: int, overlap: float, unsure: float
) -> tuple[float, float, tuple[str, ...]]:
    """Return risk, doubt, and what they are made of."""
    weights = table("review.toml")
    parts: list[tuple[float, str]] = []

    def points(axis: str, values: Mapping[str, float | None]) -> float:
        total = 0.0
        for name, value in values.items():
            if value is None:
                continue
            least, most = weights[axis][name]["from"], weights[axis][name]["to"]
            share = min(1.0, max(0.0, (value - least) / (most - least)))
            if share:
                total += share * weights[axis][name]["points"]
                parts.append((-share * weights[axis][name]["points"], _WORDS[name].format(value=value)))
        return round(total, 1)

    if overall is None:
        copied = points("risk", {"copy": overlap})
        why = ("程序没有评分", *(words for _, words in parts))
        return max(weights["unscored"]["risk"], copied), weights["unscored"]["doubt"], why
    risk = points("risk", {"gate": float(gates), "low": overall, "copy": overlap})
    width = None if stored.low is None or stored.high is None else stored.high - stored.low
    bound = min(abs(overall - bound) for bound in GRADE_FLOOR.values())
    doubt = points("doubt", {"width": width, "unsure": unsure, "bound": bound})
    return risk, doubt, tuple(words for _, words in sorted(parts))


def _gates(store: Store) -> dict[int, int]:
    """Return how many gates are closed, by scoring."""
    found: dict[int, int] = {}
    with store.database.reading() as connection:
        for (result,) in connection.execute(select(GateRow.result_id).where(GateRow.released_by.is_(None))):
            found[result] = found.get(result, 0) + 1
    return found


def _copies(store: Store) -> dict[tuple[str, str], float]:
    """Return the largest overlap of each report with another, by batch and path."""
    found: dict[tuple[str, str], float] = {}
    query = select(Batch.name, Copy.a, Copy.b, Copy.overlap).join(Batch, Batch.id == Copy.batch_id)
    with store.database.reading() as connection:
        for batch, a, b, overlap in connection.execute(query):
            for path in (a, b):
                found[batch, path] = max(overlap, found.get((batch, path), 0.0))
    return found
