"""The trail: nobody can rewrite it unseen, nor what it speaks of."""

from __future__ import annotations

import multiprocessing
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, delete, inspect, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from analyzer.store.packing import keys, seal
from analyzer.store.review import Kind, decide
from analyzer.store.store import Store
from analyzer.store.tables import Base, Batch, Decision, Entry
from analyzer.store.trail import START, append, chained
from analyzer.store.verifying import verify

from .conftest import DATABASES
from .test_store import work

COLUMNS = [(name, column.name) for name, table in Base.metadata.tables.items() for column in table.columns]
APPEND_ONLY = (Entry, Decision)


def direct(store):
    """A connection of somebody who goes past the program."""
    engine = create_engine(store.database._url, poolclass=NullPool)
    return engine.connect().execution_options(isolation_level="AUTOCOMMIT")


def disarm(connection):
    """Take the triggers away and let rows point nowhere, as an intruder with all rights could."""
    if connection.dialect.name == "sqlite":
        names = connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all()
        for name in names:
            connection.execute(text(f"DROP TRIGGER {name}"))
    else:
        connection.execute(text("SET session_replication_role = replica"))


def changed(value):
    """The value with its least bit turned, or a character of it."""
    match value:
        case None:
            return 1
        case bytes():
            middle = len(value) // 2
            return value[:middle] + bytes([value[middle] ^ 1]) + value[middle + 1 :]
        case str():
            return chr(ord(value[0]) ^ 1) + value[1:] if value else "x"
        case float():
            return value + 0.1
        case _:
            return value + 1000


@pytest.fixture(scope="module", params=DATABASES)
def worked(request, new_url, reports):
    """A store of each kind in which all has been done that can be done, and nothing guards it."""
    store = work(new_url(request.param), reports[:3], lambda: "2026-01-01T00:00:00+00:00")
    assert verify(store).faults == ()
    yield store
    assert verify(store).faults == ()  # all that the tests changed, they changed back


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_changed_byte_is_found_in_every_column(worked, table, column):
    whole = Base.metadata.tables[table]
    by = list(whole.primary_key.columns)
    with direct(worked) as connection:
        disarm(connection)
        row = connection.execute(select(whole).order_by(*reversed(by))).first()._mapping
        new = {**row, column: changed(row[column])}
        for before, after in ((row, new), (new, row)):
            here = [key == before[key.name] for key in by]
            done = connection.execute(update(whole).where(*here).values({column: after[column]}))
            assert done.rowcount == 1
            assert bool(verify(worked).faults) == (after is new)


def test_a_change_is_located(store, reports):
    decide_something(store, reports)
    with direct(store) as connection:
        disarm(connection)
        connection.execute(update(Entry).where(Entry.seq == 1).values(who="别人"))
    assert verify(store).faults[0].startswith("留痕第 1 条")


def test_a_removed_or_added_row_is_found(store, reports):
    decide_something(store, reports)
    with direct(store) as connection:
        disarm(connection)
        connection.execute(delete(Decision))
        connection.execute(text("UPDATE findings SET deduction = 0 WHERE result_id = 2 AND number = 0"))
        connection.execute(text("DELETE FROM submissions WHERE id = 1"))
        connection.execute(text("INSERT INTO batches (id, name, seq) VALUES (9, 'x', 1)"))
    faults = "\n".join(verify(store).faults)
    for part in ("复核意见第 2 条", "结果第 2 行", "报送第 1 行", "批次第 9 行"):
        assert part in faults


def test_a_cut_off_end_is_found_by_the_head_that_was_written_down(store, reports):
    store.save(reports[:1], "一批")
    decide(store, reports[0].source.sha256, Kind.CONFIRM, keys(reports[0])[0], "张三", "属实")
    head = store.head()[1]
    assert verify(store, head[:12]).faults == ()
    with direct(store) as connection:
        disarm(connection)
        connection.execute(delete(Decision))
        connection.execute(delete(Entry).where(Entry.seq == 2))
    assert verify(store).faults == ()  # the rest of the chain is whole
    assert "截去" in verify(store, head[:12]).faults[0]


def test_a_row_cannot_be_sealed_anew(store, reports):
    store.save(reports[:1], "一批")
    with store.appending() as (connection, at):
        columns = Batch.__table__.columns
        row = dict(connection.execute(select(*columns)).one()._mapping)
        connection.execute(update(Batch).values(name="另一批"))
        told = {"rows": {"batches": {row["id"]: seal({**row, "name": "另一批"})}}}
        append(connection, at, "别人", "save", told)
    assert "在第 1 条已经记过" in "\n".join(verify(store).faults)


def decide_something(store, reports):
    store.save(reports, "一批")
    return decide(store, reports[0].source.sha256, Kind.CONFIRM, keys(reports[0])[0], "张三", "属实")


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_the_database_itself_refuses_to_rewrite(store, reports, table):
    decide_something(store, reports)
    with direct(store) as connection:
        row = dict(connection.execute(select(table)).first()._mapping)
        statements = [update(table).values(seq=row["seq"]), delete(table)]
        if connection.dialect.name == "sqlite":
            names = ", ".join(f'"{name}"' for name in row)
            marks = ", ".join(f":{name}" for name in row)
            replace = f"INSERT OR REPLACE INTO {table.__tablename__} ({names}) VALUES ({marks})"
            statements.append(text(replace).bindparams(**row))
        else:
            statements.append(text(f"TRUNCATE {table.__tablename__} CASCADE"))
        for statement in statements:
            with pytest.raises(DBAPIError, match="append only"):
                connection.execute(statement)
    assert verify(store).faults == ()


WORDS = st.text(max_size=8)
ENTRIES = st.lists(st.tuples(WORDS, WORDS, WORDS, WORDS), min_size=1, max_size=6)


# No timing decides: the first text that is drawn reads the tables of Unicode.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ENTRIES, st.data())
def test_no_entry_can_change_without_the_head_changing(told, data):
    def heads(entries):
        prev, found = START, []
        for seq, (at, who, what, words) in enumerate(entries, 1):
            prev = chained(seq, at, who, what, words, prev)
            found.append(prev)
        return found

    index = data.draw(st.integers(0, len(told) - 1))
    place = data.draw(st.integers(0, 3))
    other = list(told)
    new = data.draw(WORDS.filter(lambda word: word != told[index][place]))
    other[index] = (*told[index][:place], new, *told[index][place + 1 :])
    before, after = heads(told), heads(other)
    assert before[:index] == after[:index]
    assert not set(before[index:]) & set(after[index:])


def test_words_that_move_from_one_field_to_the_next_make_another_entry():
    assert chained(1, "a", "bc", "d", "", START) != chained(1, "a", "b", "cd", "", START)


def save_many(url, reports, batch, start):
    store = Store.open(url)
    start.wait(30)
    for result in reports:
        store.save([result], batch)
        store.save(reports, batch)


def test_two_batches_at_once(url, reports):
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(2)
    running = [
        context.Process(target=save_many, args=(url, reports[:4], batch, start)) for batch in ("甲", "乙")
    ]
    for each in running:
        each.start()
    for each in running:
        each.join(120)
    assert [each.exitcode for each in running] == [0, 0]
    store = Store.open(url)
    assert {(name, count) for name, _, count in store.batches()} == {("甲", 4), ("乙", 4)}
    assert [ruled.results for ruled in store.rubrics()] == [4]
    assert verify(store).faults == ()
    with store.database.reading() as connection:
        trail = connection.execute(select(Entry.prev, Entry.hash).order_by(Entry.seq)).all()
    assert all(one.hash == two.prev for one, two in pairwise(trail))


def test_every_table_is_one_that_is_tested(store):
    with direct(store) as connection:
        names = set(inspect(connection).get_table_names())
    assert names == {*Base.metadata.tables, "shuping_schema"}
