"""A database that goes away and comes back, and a clock that jumps."""

from __future__ import annotations

import contextlib

from analyzer.errors import ShupingError
from analyzer.store.store import Store
from analyzer.store.verifying import verify


def test_a_server_that_went_away_is_used_again_and_holds_all_once(server, new_url, reports):
    import psycopg

    store = Store.open(new_url("postgresql"))
    store.save(reports[:2], "批")
    with psycopg.connect(host=str(server), user="tester", dbname="postgres", autocommit=True) as other:
        other.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where pid <> pg_backend_pid() and backend_type = 'client backend'"
        )
    with contextlib.suppress(ShupingError):
        store.save(reports, "批")
    store.save(reports, "批")
    assert [ruled.results for ruled in store.rubrics()] == [len(reports)]
    assert verify(store).faults == ()


def test_a_clock_that_jumps_back_breaks_no_trail(url, reports):
    times = iter(
        ["2026-05-01T00:00:00+00:00", "2031-01-01T00:00:00+00:00", *["1999-01-01T00:00:00+00:00"] * 99]
    )
    store = Store.open(url, clock=lambda: next(times))
    for number, report in enumerate(reports[:3]):
        store.save([report], f"批{number}")
    assert len(store.batches()) == 3
    assert verify(store).faults == ()
