"""A store: results that last, nothing of them ever overwritten."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Select, func, insert, select
from sqlalchemy.orm import aliased

from analyzer.duplicates.pairs import Pair
from analyzer.errors import error
from analyzer.result import Result
from analyzer.store.opening import Database
from analyzer.store.packing import Packed, Row, clean, pack, pack_copy, seal, unpack
from analyzer.store.tables import (
    PARTS,
    Base,
    Batch,
    Copy,
    Entry,
    Report,
    Ruler,
    Scoring,
    Submission,
)
from analyzer.store.trail import append, head

Query: TypeAlias = "Select[*tuple[Any, ...]]"

PROGRAM: Final = "shuping"  # who does what no person is named for
_CHUNK: Final = 200  # results that are put in together, under one entry of the trail


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving did: how many results were new, how many were there already, and where the trail ends.

    Parameters
    ----------
    added, known : int
    entries : int
        Entries of the trail, all in all.
    head : str
        Hash of the last one; written down elsewhere, it shows later whether the end was cut off.
    """

    added: int
    known: int
    entries: int
    head: str


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruler that results were judged by, and how many of them."""

    rubric: str
    profile: str
    version: str
    fingerprint: str
    results: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What the tables say of a scoring of a submission, the whole of it left out.

    ``id`` is the scoring's number, ``report`` its content's; ``sha256`` is what reviewers call the report by.
    ``certainty`` is how sure the reading is, as `analyzer.rendering.risk` has it.
    """

    id: int
    report: int
    sha256: str
    batch: str
    path: str
    unit: str | None
    unit_type: str | None
    region: str | None
    author: str | None
    year: int | None
    rubric: str
    fingerprint: str
    at: str
    overall: float | None
    grade: str | None
    low: float | None
    high: float | None
    certainty: float
    abstained: str | None


@dataclass(frozen=True, slots=True)
class Stored(Overview):
    """A scoring of a submission."""

    body: bytes = field(repr=False)
    text: bytes = field(repr=False)
    source: str = field(repr=False)

    @property
    def result(self) -> Result:
        """The whole result, as it was saved; its source is the submission's."""
        return unpack(self.body, self.text, self.source)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which submissions and scorings are asked for; None asks for all."""

    batch: str | None = None
    path: str | None = None
    unit: str | None = None
    unit_type: str | None = None
    region: str | None = None
    author: str | None = None
    year: int | None = None
    rubric: str | None = None
    sha256: str | None = None

    def narrow(self, query: Query) -> Query:
        """Return the query with the conditions on submissions; their batch must be joined to it."""
        for name in ("path", "unit", "unit_type", "region", "author", "year"):
            if (value := getattr(self, name)) is not None:
                query = query.where(getattr(Submission, name) == value)
        return query if self.batch is None else query.where(Batch.name == self.batch)


class Store:
    """Results that last, in SQLite or PostgreSQL.

    Parameters
    ----------
    database : Database
        With this version's schema.
    clock : callable
        Says what time it is, as text; the trail keeps it.
    """

    def __init__(self, database: Database, clock: Callable[[], str]) -> None:
        self.database = database
        self._clock = clock

    @classmethod
    def open(
        cls, url: str | Path, *, existing: bool = False, clock: Callable[[], str] | None = None
    ) -> Store:
        """Open a store, and make it or bring its schema up to date where that is needed.

        Parameters
        ----------
        url : str or Path
            A file, ``sqlite:///FILE``, or ``postgresql://USER@HOST/DATABASE``.
        existing : bool
            Refuse to make a file that is not there.
        clock : callable, optional

        Raises
        ------
        ShupingError
            Code ``store``, ``store-newer`` or ``missing-postgresql``.
        """
        database = Database(str(url))
        if existing and not database.exists():
            raise error("store", detail=f"{database.name}：没有这个结果库")
        database.make()
        database.upgrade()
        return cls(database, clock or _now)

    def save(self, results: Iterable[Result], batch: str) -> Saved:
        """Put the results of a batch in, some at a time; what is there already is left as it is.

        Parameters
        ----------
        results : iterable of Result
        batch : str
            The batch's name; more can be put into it later.

        Raises
        ------
        ShupingError
            Code ``store``; what was put in before stays, and saving all again adds what is missing.
        """
        return self._save(results, clean(batch), PROGRAM, "save")

    def rescore(self, score: Callable[[Result], Result | None], by: str = PROGRAM) -> Saved:
        """Score every stored text anew; where that judges by another ruler, the new result is added.

        Parameters
        ----------
        score : callable
            Returns the new result of a report, given the last one; None where there is none.
        by : str
        """
        anew = ((score(last), last) for last in self._reports())
        moved = (replace(new, source=last.source) for new, last in anew if new is not None)
        return self._save(moved, None, by, "rescore")

    def save_copies(self, pairs: Iterable[Pair], batch: str) -> Saved:
        """Put in which reports of a batch share wording; their names must be their results' paths."""
        rows, batch = list(map(pack_copy, pairs)), clean(batch)

        def add(adding: _Adding) -> int:
            owner = adding.add(Batch, ("name",), [{"name": batch}])[(batch,)]
            return adding.new(Copy, ("digest",), [{**row, "batch_id": owner} for row in rows])

        return self._put(add, PROGRAM, "copies", {"batch": batch}, len(rows))

    def note(self, what: str, by: str, **told: Any) -> Saved:
        """Put down in the trail that something was done with the store."""
        with self.database.writing() as connection:
            append(connection, self._clock(), by, what, told)
            return Saved(0, 0, *head(connection))

    def head(self) -> tuple[int, str]:
        """Return how many entries the trail has and the hash of the last."""
        with self.database.reading() as connection:
            return head(connection)

    def results(self, only: Filter | None = None) -> Iterator[Stored]:
        """Yield every scoring of every submission, in the order in which they were put in."""
        only = only or Filter()
        query = only.narrow(_joined(*_TOLD, *_WHOLE)).order_by(Submission.id, Scoring.id)
        yield from (Stored(*row) for row in self._read(_by_content(query, only)))

    def latest(self, only: Filter | None = None) -> Iterator[Stored]:
        """Yield each report's last scoring, once for each path that it was handed in under."""
        yield from (Stored(*row) for row in self._read(_latest(only or Filter(), *_TOLD, *_WHOLE)))

    def overview(self, only: Filter | None = None) -> Iterator[Overview]:
        """Yield what the tables say of what `latest` yields, which is read much faster."""
        yield from (Overview(*row) for row in self._read(_latest(only or Filter(), *_TOLD)))

    def whole(self, told: Overview) -> Stored:
        """Return all of a scoring of a submission."""
        query = (
            _joined(*_TOLD, *_WHOLE)
            .where(Scoring.id == told.id, Batch.name == told.batch, Submission.path == told.path)
            .order_by(Submission.id.desc())
            .limit(1)
        )
        with self.database.reading() as connection:
            return Stored(*connection.execute(query).one())

    def rubrics(self) -> list[Ruled]:
        """Return what results were judged by, in the order in which it came in."""
        query = (
            select(Ruler.rubric, Ruler.profile, Ruler.version, Ruler.fingerprint, func.count(Scoring.id))
            .join(Scoring, Scoring.rubric_id == Ruler.id)
            .group_by(Ruler.id, Ruler.rubric, Ruler.profile, Ruler.version, Ruler.fingerprint)
            .order_by(Ruler.id)
        )
        with self.database.reading() as connection:
            return [Ruled(*row) for row in connection.execute(query)]

    def batches(self) -> list[tuple[str, str, int]]:
        """Return each batch's name, when it began, and how many submissions it has."""
        query = (
            select(Batch.name, Entry.at, func.count(Submission.id))
            .join(Entry, Entry.seq == Batch.seq)
            .outerjoin(Submission, Submission.batch_id == Batch.id)
            .group_by(Batch.id, Batch.name, Entry.at)
            .order_by(Batch.id)
        )
        with self.database.reading() as connection:
            return [(name, at, count) for name, at, count in connection.execute(query)]

    @contextmanager
    def appending(self) -> Iterator[tuple[Connection, str]]:
        """Give a connection in a transaction in which entries can be added, and the time."""
        with self.database.writing() as connection:
            yield connection, self._clock()

    def _read(self, query: Query) -> Iterator[Any]:
        with self.database.reading() as connection:
            yield from connection.execute(query)

    def _reports(self) -> Iterator[Result]:
        """Yield the last result of each report."""
        seen: set[int] = set()
        for stored in self.latest():
            if stored.report not in seen:
                seen.add(stored.report)
                yield stored.result

    def _save(self, results: Iterable[Result], batch: str | None, by: str, what: str) -> Saved:
        done = Saved(0, 0, *self.head())
        for chunk in _chunks(results):
            # What takes time is done before others have to wait.
            packed = [pack(result) for result in chunk]
            part = self._put(_adder(packed, batch), by, what, {"batch": batch}, len(packed))
            done = replace(part, added=done.added + part.added, known=done.known + part.known)
        return done

    def _put(
        self, add: Callable[[_Adding], int], by: str, what: str, told: dict[str, Any], given: int
    ) -> Saved:
        with self.database.writing() as connection:
            adding = _Adding(connection, head(connection)[0] + 1)
            added = add(adding)
            if adding.seals:
                append(connection, self._clock(), by, what, {**told, "rows": adding.seals})
                adding.insert()
            return Saved(added, given - added, *head(connection))


class _Adding:
    """Gives numbers to the rows that are new, and collects their seals; a writer's transaction is its own."""

    def __init__(self, connection: Connection, seq: int) -> None:
        self._connection = connection
        self._seq = seq
        self._rows: list[tuple[type[Base], list[Row]]] = []
        self.seals: dict[str, dict[int, str]] = {}

    def add(
        self,
        table: type[Any],
        names: Sequence[str],
        rows: Sequence[Row],
        parts: Sequence[dict[str, list[Row]]] | None = None,
    ) -> dict[tuple[Any, ...], int]:
        """Add the rows whose key (the columns of these names) is not there; return the number of each key."""
        columns = [getattr(table, name) for name in names]
        wanted = {row[names[0]] for row in rows}
        known = {
            tuple(key): number
            for number, *key in self._connection.execute(
                select(table.id, *columns).where(columns[0].in_(wanted))
            )
        }
        number = self._connection.scalar(select(func.max(table.id))) or 0
        added: list[Row] = []
        inside: dict[str, list[Row]] = {}
        for index, row in enumerate(rows):
            key = tuple(row[name] for name in names)
            if key in known:
                continue
            number += 1
            known[key] = number
            whole = {"id": number, **row, "seq": self._seq}
            own = parts[index] if parts is not None else None
            self.seals.setdefault(table.__tablename__, {})[number] = seal(whole, own)
            added.append(whole)
            for name, some in (own or {}).items():
                inside.setdefault(name, []).extend({"result_id": number, **part} for part in some)
        self._rows.append((table, added))
        self._rows.extend((part, inside.get(part.__tablename__, [])) for part in PARTS if inside)
        return known

    def new(self, table: type[Any], names: Sequence[str], rows: Sequence[Row]) -> int:
        """Add rows, and return how many of them were new."""
        self.add(table, names, rows)
        return len(self._rows[-1][1])

    def insert(self) -> None:
        """Put the new rows in; the entry of the trail that they point at must be there."""
        for table, rows in self._rows:
            if rows:
                self._connection.execute(insert(table), rows)


def _adder(packed: list[Packed], batch: str | None) -> Callable[[_Adding], int]:
    """Return what adds results, as submissions of a batch if there is one, and says how many are new."""

    def add(adding: _Adding) -> int:
        reports = adding.add(Report, ("sha256", "text_sha256"), [each.report for each in packed])
        rulers = adding.add(Ruler, ("fingerprint",), [each.ruler for each in packed])
        of = [reports[each.report["sha256"], each.report["text_sha256"]] for each in packed]
        by = [rulers[(each.ruler["fingerprint"],)] for each in packed]
        scorings = [
            {"report_id": report, "rubric_id": ruler, **each.scoring}
            for each, report, ruler in zip(packed, of, by, strict=True)
        ]
        if batch is None:  # scored anew: one result under a ruler is enough
            adding.add(Scoring, ("report_id", "rubric_id"), scorings, [each.parts for each in packed])
            return len(adding.seals.get(Scoring.__tablename__, ()))
        results = adding.add(Scoring, ("digest",), scorings, [each.parts for each in packed])
        owner = adding.add(Batch, ("name",), [{"name": batch}])[(batch,)]
        rows = []
        for each, report in zip(packed, of, strict=True):
            row = {"batch_id": owner, "report_id": report, "result_id": results[(each.scoring["digest"],)]}
            rows.append({**row, **each.submission, "digest": seal({"batch": batch, **each.submission})})
        adding.add(Submission, ("digest",), rows)
        return len(adding.seals.get(Scoring.__tablename__, ()))

    return add


# The columns of `Overview`, in its order, and what `Stored` has beyond them.
_TOLD: Final[tuple[Any, ...]] = (
    Scoring.id,
    Report.id,
    Report.sha256,
    Batch.name,
    Submission.path,
    Submission.unit,
    Submission.unit_type,
    Submission.region,
    Submission.author,
    Submission.year,
    Ruler.rubric,
    Ruler.fingerprint,
    Entry.at,
    Scoring.overall,
    Scoring.grade,
    Scoring.low,
    Scoring.high,
    Scoring.certainty,
    Scoring.abstained,
)
_WHOLE: Final[tuple[Any, ...]] = (Scoring.body, Report.text, Submission.source)


def _joined(*columns: Any) -> Query:
    """Return the query for columns of every scoring with every submission of its report."""
    return (
        select(*columns)
        .select_from(Submission)
        .join(Batch, Batch.id == Submission.batch_id)
        .join(Report, Report.id == Submission.report_id)
        .join(Scoring, Scoring.report_id == Report.id)
        .join(Ruler, Ruler.id == Scoring.rubric_id)
        .join(Entry, Entry.seq == Scoring.seq)
    )


def _latest(only: Filter, *columns: Any) -> Query:
    """Return the query for columns of each report's last scoring, once for each path."""
    places = only.narrow(select(func.max(Submission.id)).join(Batch, Batch.id == Submission.batch_id))
    # Asked for each report: as one list for all, SQLite would go through it again for each.
    other, ruler = aliased(Scoring), aliased(Ruler)
    last = select(func.max(other.id)).where(other.report_id == Report.id).correlate(Report)
    if only.rubric is not None:
        last = last.join(ruler, ruler.id == other.rubric_id).where(ruler.rubric == only.rubric)
    query = (
        _joined(*columns)
        .where(Submission.id.in_(places.group_by(Submission.report_id, Submission.path)))
        .where(Scoring.id == last.scalar_subquery())
        .order_by(Submission.id)
    )
    return _by_content(query, only)


def _by_content(query: Query, only: Filter) -> Query:
    """Return the query for one ruler's scorings, or one report's, or all."""
    if only.rubric is not None:
        query = query.where(Ruler.rubric == only.rubric)
    return (
        query if only.sha256 is None else query.where(Report.sha256.startswith(only.sha256, autoescape=True))
    )


def _chunks(results: Iterable[Result]) -> Iterator[list[Result]]:
    waiting = iter(results)
    while chunk := list(islice(waiting, _CHUNK)):
        yield chunk


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
