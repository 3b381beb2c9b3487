"""Which reports of the store share wording, as batches found it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import select

from analyzer.duplicates.finding import between
from analyzer.duplicates.pairs import Pair, Passage
from analyzer.errors import error
from analyzer.store.store import Filter, Store, Stored
from analyzer.store.tables import Batch, Copy


@dataclass(frozen=True, slots=True)
class Shared:
    """Two reports of a batch that share wording: their paths in it, and how much they share."""

    id: int
    batch: str
    a: str
    b: str
    overlap: float


def copies(store: Store) -> list[Shared]:
    """Return all pairs, the most alike first; of a pair that was found again, what was found last."""
    query = select(Copy.id, Batch.name, Copy.a, Copy.b, Copy.overlap).join(Batch, Batch.id == Copy.batch_id)
    with store.database.reading() as connection:
        last = {row[1:4]: Shared(*row) for row in connection.execute(query.order_by(Copy.id))}
    return sorted(last.values(), key=lambda each: (-each.overlap, each.id))


def pair(store: Store, number: int) -> tuple[Pair, Stored, Stored]:
    """Return a pair with what it shares, and both reports.

    Overlap and passages are those that were saved; what differs inside passages is found anew.

    Raises
    ------
    ShupingError
        Code ``not-in-store`` where there is no such pair, or a report of it is missing.
    """
    query = select(Batch.name, *Copy.__table__.columns).join(Batch, Batch.id == Copy.batch_id)
    with store.database.reading() as connection:
        row = connection.execute(query.where(Copy.id == number)).first()
    if row is None:
        raise error("not-in-store")
    a, b = (_report(store, row.name, path) for path in (row.a, row.b))
    texts = a.result.text, b.result.text
    differences = {(each.a, each.b): each.differences for each in between(*texts)[1]}
    spans = [(tuple(one), tuple(other)) for one, other in json.loads(row.passages)]
    passages = tuple(Passage(one, other, differences.get((one, other), ())) for one, other in spans)
    return Pair(row.a, row.b, row.overlap, passages), a, b


def _report(store: Store, batch: str, path: str) -> Stored:
    found = list(store.latest(Filter(batch=batch, path=path)))
    if not found:
        raise error("not-in-store")
    return found[-1]
