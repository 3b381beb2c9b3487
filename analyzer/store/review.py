"""What reviewers decide: kept for good, each with name and reason, taken back only by another decision."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection, insert, select

from analyzer.errors import ShupingError, error
from analyzer.result import Result
from analyzer.store.packing import clean, keys
from analyzer.store.store import Filter, Store, Stored
from analyzer.store.tables import Decision, Entry
from analyzer.store.trail import append

DECISION: Final = "decision"  # what the trail calls them


class Kind(StrEnum):
    """What can be decided, and what the target of each is."""

    CONFIRM = "confirm"  # a finding
    REJECT = "reject"  # a finding
    ADJUST = "adjust"  # a dimension
    RELEASE = "release"  # a gate
    WITHDRAW = "withdraw"  # the number of a decision


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision; ``stands`` says whether it is neither withdrawn nor overtaken by a later one."""

    seq: int
    at: str
    kind: Kind
    target: str
    value: float | None
    by: str
    reason: str
    stands: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a report's decisions counts now.

    Parameters
    ----------
    confirmed, rejected, released : frozenset of str
        Findings and gates.
    adjusted : mapping of str to float
        Scores by dimension.
    """

    confirmed: frozenset[str] = frozenset()
    rejected: frozenset[str] = frozenset()
    released: frozenset[str] = frozenset()
    adjusted: Mapping[str, float] = field(default_factory=dict)


def find(store: Store, name: str) -> Stored:
    """Return the last scoring of the report whose content hash begins so.

    Raises
    ------
    ShupingError
        Code ``review`` where there is none, or more than one.
    """
    found: Stored | None = None
    for stored in store.latest(Filter(sha256=name.lower())):
        if found is not None and stored.sha256 != found.sha256:
            raise _refused(f"编号 {name} 指的不止一份报告，请多写几位")
        found = stored
    if found is None:
        raise _refused(f"没有编号是 {name} 的报告")
    return found


def decide(
    store: Store,
    report: str,
    kind: Kind,
    target: str,
    by: str,
    reason: str,
    value: float | None = None,
    seen: int | None = None,
) -> int:
    """Put a decision down, and return its number.

    Parameters
    ----------
    store : Store
    report : str
        The beginning of the report's content hash.
    kind : Kind
    target : str
        A finding's key or its beginning, a dimension, a gate, or a decision's number, as the kind says.
    by, reason : str
        Who decides, and why.
    value : float, optional
        A dimension's score.
    seen : int, optional
        Number of the report's last decision that whoever decides knows of, 0 for none.

    Raises
    ------
    ShupingError
        Code ``review`` where report or target are not there, or name, reason or value are missing;
        ``overtaken`` where there is a decision beyond what was `seen`.
    """
    by, reason = clean(by).strip(), clean(reason).strip()
    if not by or not reason:
        raise _refused("署名和理由都要写")
    stored = find(store, report)
    target = _target(stored.result, kind, target, value)
    row = {
        "report_id": stored.report,
        "result_id": stored.id,
        "kind": str(kind),
        "target": target,
        "value": float(value) if value is not None and kind is Kind.ADJUST else None,
        "by": by,
        "reason": reason,
    }
    with store.appending() as (connection, at):
        decided = _of(connection, [stored.report]).get(stored.report, [])
        if seen is not None:
            _check_seen(decided, seen)
        if kind is Kind.WITHDRAW:
            _check_withdrawal(decided, target)
        seq = append(connection, at, by, DECISION, {"report": stored.sha256, **row})
        connection.execute(insert(Decision), [{"seq": seq, **row}])
    return seq


def history(store: Store, report: int) -> list[Decided]:
    """Return all that was decided of a report, given its number in the store, in order of time."""
    with store.database.reading() as connection:
        return _of(connection, [report]).get(report, [])


def histories(store: Store) -> dict[int, list[Decided]]:
    """Return all that was decided, by report."""
    with store.database.reading() as connection:
        return _of(connection, None)


def standing(decided: Iterable[Decided]) -> Standing:
    """Return what of some decisions on one report counts."""
    counts = [each for each in decided if each.stands]

    def targets(kind: Kind) -> frozenset[str]:
        return frozenset(each.target for each in counts if each.kind is kind)

    adjusted = {
        each.target: each.value for each in counts if each.kind is Kind.ADJUST and each.value is not None
    }
    return Standing(targets(Kind.CONFIRM), targets(Kind.REJECT), targets(Kind.RELEASE), adjusted)


def _of(connection: Connection, reports: Sequence[int] | None) -> dict[int, list[Decided]]:
    columns = (*Decision.__table__.columns, Entry.at)
    query = select(*columns).join(Entry, Entry.seq == Decision.seq).order_by(Decision.seq)
    if reports is not None:
        query = query.where(Decision.report_id.in_(reports))
    rows: dict[int, list[Decided]] = {}
    for row in connection.execute(query):
        rows.setdefault(row.report_id, []).append(
            Decided(row.seq, row.at, Kind(row.kind), row.target, row.value, row.by, row.reason, True)
        )
    return {report: _judged(some) for report, some in rows.items()}


def _judged(decided: list[Decided]) -> list[Decided]:
    """Say of each decision whether it stands; they are looked at from the last to the first."""
    withdrawn: set[int] = set()
    taken: set[tuple[Kind, str]] = set()
    found = []
    for each in reversed(decided):
        about = Kind.CONFIRM if each.kind is Kind.REJECT else each.kind  # of a finding, the last word counts
        key = (about, each.target)
        stands = each.seq not in withdrawn and key not in taken
        if stands:
            taken.add(key)
            if each.kind is Kind.WITHDRAW:
                withdrawn.add(int(each.target))
        found.append(replace(each, stands=stands))
    return found[::-1]


def _target(result: Result, kind: Kind, target: str, value: float | None) -> str:
    """Return the target in full, if a decision of this kind can have it."""
    card = result.scorecard
    match kind:
        case Kind.CONFIRM | Kind.REJECT:
            near = [
                (key, each)
                for key, each in zip(keys(result), result.findings, strict=True)
                if key.startswith(target)
            ]
            if len(near) != 1 or not target:
                raise _refused(
                    f"没有编号是 {target} 的意见" if not near else f"编号 {target} 指的不止一处意见"
                )
            ((key, finding),) = near
            if kind is Kind.REJECT and card and finding.rule in {veto.id for veto in card.vetoes}:
                raise _refused(f"{finding.rule} 是封顶条件，请用 release 解除")
            return key
        case Kind.ADJUST:
            known = {str(each.id): each.max for each in card.dimensions} if card else {}
            if target not in known:
                raise _refused(f"没有 {target} 这一项" if card else "这份报告没有得分")
            if value is None or not math.isfinite(value) or not 0 <= value <= known[target]:
                raise _refused(f"这一项的分数应在 0 到 {known[target]} 之间")
            return target
        case Kind.RELEASE:
            if target not in {veto.id for veto in card.vetoes if veto.release is None} if card else ():
                raise _refused(f"这份报告没有 {target} 这个待解除的封顶条件")
            return target
        case Kind.WITHDRAW:
            if not target.isdecimal():
                raise _refused("要撤回哪一条，请写它的序号")
            return str(int(target))


def _check_seen(decided: Iterable[Decided], seen: int) -> None:
    if others := dict.fromkeys(each.by for each in decided if each.seq > seen):
        raise error("overtaken", who="、".join(others))


def _check_withdrawal(decided: Iterable[Decided], target: str) -> None:
    if not any(str(each.seq) == target and each.stands for each in decided):
        raise _refused(f"这份报告没有序号是 {target}、仍然有效的意见")


def _refused(detail: str) -> ShupingError:
    return error("review", detail=detail)
