"""Whether a store still says what was put in: the trail by its chain, all else by the trail."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, inspect, select

from analyzer.store.packing import Row, seal
from analyzer.store.review import DECISION
from analyzer.store.store import Store
from analyzer.store.tables import PARTS, SEALED, Decision, Entry, Scoring
from analyzer.store.trail import START, chained

_NAMES: Final = {
    "batches": "批次",
    "reports": "报告",
    "rubrics": "口径",
    "results": "结果",
    "submissions": "报送",
    "copies": "雷同",
}


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found.

    Parameters
    ----------
    entries : int
        Entries of the trail.
    head : str
        Hash of the last one.
    rows : int
        Rows that were held against the trail.
    faults : tuple of str
        What is wrong, and where.
    """

    entries: int
    head: str
    rows: int
    faults: tuple[str, ...]


def verify(store: Store, known_head: str | None = None) -> Verified:
    """Recompute the trail and hold all rows against it.

    Parameters
    ----------
    store : Store
    known_head : str, optional
        A head, or its beginning, that was written down before; an entry must still have it.
    """
    faults: list[str] = []
    seals: dict[str, dict[int, tuple[int, str]]] = {table.__tablename__: {} for table in SEALED}
    decisions: dict[int, Row] = {}
    with store.database.reading() as connection:
        entries, last, seen = 0, START, known_head is None
        for entry in connection.execute(select(*Entry.__table__.columns).order_by(Entry.seq)):
            entries += 1
            faults.extend(_broken(entry, entries, last))
            last = entry.hash
            seen = seen or (bool(known_head) and last.startswith(str(known_head).lower()))
            _collect(entry, seals, decisions, faults)
        if not seen:
            faults.append("留痕：没有哪一条的校验值是所给的那个，末尾可能被截去，或不是同一个库")
        rows = 0
        for table in SEALED:
            for fault in _rows(connection, table, seals[table.__tablename__]):
                if fault is None:
                    rows += 1
                else:
                    faults.append(fault)
        rows += len(decisions)
        faults.extend(_decisions(connection, decisions))
    return Verified(entries, last, rows, tuple(faults))


def _broken(entry: Any, number: int, prev: str) -> Iterator[str]:
    """Yield what is wrong with an entry, which should be of this number and follow this hash."""
    if entry.seq != number:
        yield f"留痕第 {entry.seq} 条：序号不相连，这里应是第 {number} 条"
    if entry.prev != prev:
        yield f"留痕第 {entry.seq} 条：与前一条接不上"
    if entry.hash != chained(entry.seq, entry.at, entry.who, entry.what, entry.told, entry.prev):
        yield f"留痕第 {entry.seq} 条：内容与校验值不符"


def _collect(
    entry: Any,
    seals: dict[str, dict[int, tuple[int, str]]],
    decisions: dict[int, Row],
    faults: list[str],
) -> None:
    """Keep what an entry says of rows."""
    with suppress(ValueError, AttributeError, TypeError, KeyError):  # a broken entry is a fault already
        told = json.loads(entry.told)
        if entry.what == DECISION:
            decisions[entry.seq] = {name: value for name, value in told.items() if name != "report"}
            if told["by"] != entry.who:
                faults.append(f"留痕第 {entry.seq} 条：署名前后不一")
        for table, rows in told.get("rows", {}).items():
            for number, value in rows.items():
                first, _ = seals[table].setdefault(int(number), (entry.seq, value))
                if first != entry.seq:  # a second seal would cover up a change
                    faults.append(
                        f"留痕第 {entry.seq} 条：{_NAMES[table]}第 {number} 行在第 {first} 条已经记过"
                    )


def _rows(
    connection: Connection, table: type[Any], seals: dict[int, tuple[int, str]]
) -> Iterator[str | None]:
    """Yield for each row of a table what is wrong with it, None where nothing is."""
    name = _NAMES[table.__tablename__]
    parts = _Parts(connection) if table is Scoring else None
    left = dict(seals)
    for row in connection.execute(select(*table.__table__.columns).order_by(table.id)):
        plain = dict(row._mapping)
        own = parts.take(row.id) if parts else None
        expected = left.pop(row.id, None)
        if expected is None:
            yield f"{name}第 {row.id} 行：留痕里没有记载"
        elif expected != (plain["seq"], _sealed(plain, own)):
            yield f"{name}第 {row.id} 行：与留痕第 {expected[0]} 条所记不符"
        else:
            yield None
    for number, (seq, _) in left.items():
        yield f"{name}第 {number} 行：留痕第 {seq} 条有记载，库里没有"
    if parts:
        parts.take(None)
        yield from parts.strays


def _sealed(row: Row, parts: dict[str, list[Row]] | None) -> str | None:
    try:
        return seal(row, parts)
    except (TypeError, ValueError):  # SQLite lets any type into any column
        return None


class _Parts:
    """The parts of results, read side by side in the order of results."""

    def __init__(self, connection: Connection) -> None:
        self._rows: dict[str, Iterator[Row]] = {}
        self._next: dict[str, Row | None] = {}
        self.strays: dict[str, None] = {}  # in the order in which they were met
        for table in PARTS:
            rows = connection.execute(select(*table.__table__.columns).order_by(*inspect(table).primary_key))
            name = table.__tablename__
            self._rows[name] = (dict(row._mapping) for row in rows)
            self._next[name] = next(self._rows[name], None)

    def take(self, result: int | None) -> dict[str, list[Row]]:
        """Return the parts of a result, given results in rising order; None makes strays of the rest."""
        found: dict[str, list[Row]] = {}
        for name in self._rows:
            found[name] = []
            while (row := self._next[name]) is not None:
                owner = row.pop("result_id")
                if result is not None and owner > result:
                    row["result_id"] = owner
                    break
                if owner == result:
                    found[name].append(row)
                else:
                    self.strays[f"{name} 里有第 {owner} 个结果的明细，没有这个结果"] = None
                self._next[name] = next(self._rows[name], None)
        return found


def _decisions(connection: Connection, told: dict[int, Row]) -> Iterator[str]:
    """Yield what is wrong with the rows of decisions."""
    left = dict(told)
    for row in connection.execute(select(*Decision.__table__.columns).order_by(Decision.seq)):
        plain = dict(row._mapping)
        seq = plain.pop("seq")
        expected = left.pop(seq, None)
        if expected is None:
            yield f"复核意见第 {seq} 条：留痕里没有记载"
        elif plain != expected:
            yield f"复核意见第 {seq} 条：与留痕不符"
    for seq in left:
        yield f"复核意见第 {seq} 条：留痕里有记载，库里没有"
