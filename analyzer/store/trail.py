"""The trail: entries that each carry the hash of the one before, so that no change goes unseen."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, insert, select

from analyzer.store.packing import canonical, clean, sha256
from analyzer.store.tables import Entry

START: Final = "0" * 64  # what the first entry has for a hash before it


def chained(seq: int, at: str, who: str, what: str, told: str, prev: str) -> str:
    """Return the hash of an entry."""
    return sha256(canonical({"seq": seq, "at": at, "who": who, "what": what, "told": told, "prev": prev}))


def head(connection: Connection) -> tuple[int, str]:
    """Return the number and hash of the last entry; 0 and zeros where there is none."""
    last = connection.execute(select(Entry.seq, Entry.hash).order_by(Entry.seq.desc()).limit(1)).first()
    return (last.seq, last.hash) if last else (0, START)


def append(connection: Connection, at: str, who: str, what: str, told: Any) -> int:
    """Add an entry and return its number; the connection must be of `Database.writing`."""
    last, prev = head(connection)
    seq, who, written = last + 1, clean(who), clean(canonical(told))
    connection.execute(
        insert(Entry),
        [
            {
                "seq": seq,
                "at": at,
                "who": who,
                "what": what,
                "told": written,
                "prev": prev,
                "hash": chained(seq, at, who, what, written, prev),
            }
        ],
    )
    return seq
