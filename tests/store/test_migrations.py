"""The schema: what earlier versions wrote is brought up to date, what later ones wrote is left alone."""

from __future__ import annotations

import os

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from analyzer.errors import ShupingError
from analyzer.store import opening
from analyzer.store.opening import Database, migrate
from analyzer.store.store import Store
from analyzer.store.tables import Base
from analyzer.store.trail import append
from analyzer.store.verifying import verify

REVISIONS = [each.revision for each in ScriptDirectory(str(opening._MIGRATIONS)).walk_revisions()][::-1]


def test_there_is_one_line_of_revisions():
    assert REVISIONS == ["0001", "0002"]


@pytest.mark.parametrize("revision", REVISIONS)
def test_an_earlier_schema_is_brought_up_to_date_with_what_it_holds(url, revision, reports):
    database = Database(url)
    with database.writing() as connection:
        migrate(connection, revision)
        append(connection, "2026-01-01", "张三", "note", {"那时": 1})
    head = _head(database)
    store = Store.open(url)
    assert store.head() == head
    store.save(reports[:2], "一批")
    assert verify(store, head[1]).faults == ()
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": opening.VERSIONS})
        assert compare_metadata(context, Base.metadata) == []


def _head(database):
    from analyzer.store.trail import head

    with database.reading() as connection:
        return head(connection)


def test_a_later_schema_is_refused_and_left_as_it_is(url):
    Store.open(url)
    database = Database(url)
    with database.writing() as connection:
        connection.execute(text("UPDATE shuping_schema SET version_num = '9999'"))
    with pytest.raises(ShupingError) as failure:
        Store.open(url)
    assert failure.value.code == "store-newer"
    with database.reading() as connection:
        assert connection.scalar(text("SELECT version_num FROM shuping_schema")) == "9999"


def test_a_migration_that_fails_leaves_the_schema_as_it_was(url, monkeypatch):
    monkeypatch.setattr(opening, "migrate", _half)
    with pytest.raises(RuntimeError):
        Store.open(url)
    monkeypatch.undo()
    Store.open(url)


def _half(connection, revision):
    migrate(connection, "0001")
    raise RuntimeError


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps other rights")
def test_nobody_else_can_read_a_new_file(tmp_path):
    path = tmp_path / "a.db"
    Store.open(path)
    assert path.stat().st_mode & 0o077 == 0


def test_sqlite_files_are_written_ahead_and_keep_their_references(tmp_path):
    database = Database(str(tmp_path / "a.db"))
    with database.writing() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
        assert connection.scalar(text("PRAGMA busy_timeout")) >= 10_000
