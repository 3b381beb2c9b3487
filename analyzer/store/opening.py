"""The database behind a store: its address, its connections, its schema."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from analyzer.errors import ShupingError, error

VERSIONS: Final = "shuping_schema"  # the table in which the schema's revision stands
_POSTGRESQL: Final = "postgresql+psycopg"
_BUSY: Final = 60_000  # milliseconds for which SQLite waits for another writer
_PAUSE: Final = 0.05  # seconds between two tries where it does not
# Any number will do, as long as all writers of a PostgreSQL store ask for the same.
_LOCK: Final = 0x7368_7570
_WRITES: Final = "shuping_writes"
# What SQLite says where the address is at fault.
_PLAIN: Final = {
    "unable to open database file": "打不开，也建不了这个文件；它所在的文件夹要先建好，并且可写",
    "file is not a database": "这个文件不是结果库",
    "database is locked": "别的程序正在写它",
}


class Database:
    """A database that a store is kept in.

    Parameters
    ----------
    url : str
        A file's path, ``sqlite:///PATH``, or ``postgresql://…``.

    Raises
    ------
    ShupingError
        Code ``store`` where the address is none.
    """

    def __init__(self, url: str) -> None:
        self._url = _address(url)
        self._engine = _engine(self._url)

    @property
    def name(self) -> str:
        """What it is called in messages: its address without the password."""
        if self._url.get_backend_name() == "sqlite":
            return self._url.database or ""
        return self._url.set(drivername="postgresql", query={}).render_as_string(hide_password=True)

    @property
    def address(self) -> str:
        """What opens it again, in another process; never to be shown, for it holds the password."""
        if self._url.get_backend_name() == "sqlite":
            return self._url.render_as_string()
        return self._url.set(drivername="postgresql").render_as_string(hide_password=False)

    def make(self) -> None:
        """Make the file of a SQLite store, for nobody else to read: reports will be in it."""
        if not self.exists():
            with suppress(OSError):  # connecting will say what is wrong
                Path(str(self._url.database)).touch(mode=0o600)

    def exists(self) -> bool:
        """Whether there is something to connect to; a server answers for itself."""
        return self._url.get_backend_name() != "sqlite" or Path(str(self._url.database)).is_file()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that reads one state of the database.

        Raises
        ------
        ShupingError
            Code ``store`` where the database fails; what was being read or written is not in the message.
        """
        with self._failing(), self._engine.connect() as connection:
            options: dict[str, Any] = {"stream_results": True, "yield_per": 200}
            if self._engine.dialect.name != "sqlite":
                options["isolation_level"] = "REPEATABLE READ"
            yield connection.execution_options(**options)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection in a transaction that no other writer shares time with.

        Raises
        ------
        ShupingError
            Code ``store`` where the database fails; then nothing of the transaction is kept.
        """
        with self._failing(), self._engine.connect() as plain:
            connection = plain.execution_options(**{_WRITES: True})
            with connection.begin():
                if self._engine.dialect.name != "sqlite":
                    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
                yield connection

    def upgrade(self) -> None:
        """Bring the schema to this version's.

        Raises
        ------
        ShupingError
            Code ``store-newer`` where a later version has written it.
        """
        known = ScriptDirectory(str(_MIGRATIONS))
        head = known.get_current_head()
        with self.reading() as connection:
            current = _revision(connection)
        if current == head:
            return
        with self.writing() as connection:
            current = _revision(connection)  # another process may have been first
            if current is not None and current not in {each.revision for each in known.walk_revisions()}:
                raise error("store-newer", found=current, known=head)
            migrate(connection, "head")

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except ShupingError:
            raise
        except (SQLAlchemyError, sqlite3.Error) as reason:
            raise error("store", detail=f"{self.name}：{self._explain(reason)}") from None

    def _explain(self, reason: Exception) -> str:
        """Return why the database failed, without statement, parameters, rows or password."""
        origin = getattr(reason, "orig", None) or reason
        diagnosis = getattr(getattr(origin, "diag", None), "message_primary", None)
        lines = str(diagnosis or origin).strip().splitlines() or [""]
        said = lines[0] if isinstance(origin, sqlite3.Error) or "psycopg" in type(origin).__module__ else ""
        if self._url.password:
            said = said.replace(str(self._url.password), "***")
        return _PLAIN.get(said) or f"{type(origin).__name__} {said}".strip()


_MIGRATIONS: Final = Path(str(files("analyzer.store"))) / "migrations"


def migrate(connection: Connection, revision: str) -> None:
    """Bring a database to a revision of the schema, inside the transaction of a connection."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes.update(connection=connection, version_table=VERSIONS)
    command.upgrade(config, revision)


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection, opts={"version_table": VERSIONS}).get_current_revision()


def _address(given: str) -> URL:
    if not re.match(r"[A-Za-z][A-Za-z0-9+.]+://", given):
        return URL.create("sqlite", database=given)
    try:
        url = make_url(given)
        backend = url.get_backend_name()
    except (ArgumentError, ValueError):
        raise error("store", detail="地址写得不对") from None
    if backend == "sqlite":
        return url
    if backend in ("postgresql", "postgres"):
        return url.set(drivername=_POSTGRESQL)
    raise error("store", detail=f"不支持 {backend}")


def _engine(url: URL) -> Engine:
    sqlite = url.get_backend_name() == "sqlite"
    if sqlite and url.database in (None, "", ":memory:"):
        raise error("store", detail="没有写文件名")
    try:
        # Connections are not kept: a batch's workers are forked from the process that opened the store.
        engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    except ImportError:
        raise error("missing-postgresql") from None
    except SQLAlchemyError:
        raise error("store", detail="地址写得不对") from None
    if sqlite:
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # transactions begin where we say, not where the driver guesses
    # What is no UTF-8 any more is for `verify` to find; the driver's own message would quote it.
    connection.text_factory = lambda read: read.decode("utf-8", "surrogateescape")
    connection.execute(f"PRAGMA busy_timeout = {_BUSY}")
    until = time.monotonic() + _BUSY / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as reason:
            # Where two turn a new database to this at once, SQLite refuses one instead of letting it wait.
            if "locked" not in str(reason) or time.monotonic() > until:
                raise
            time.sleep(_PAUSE)
        else:
            break
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
