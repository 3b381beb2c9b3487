"""A database that goes away and comes back, and a clock that jumps."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import time

from analyzer.errors import ShupingError
from analyzer.store.store import Store
from analyzer.store.verifying import verify

from ..conftest import ROOT


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


def test_a_server_that_stays_away_for_the_rest_of_a_batch_costs_nothing_but_the_store(
    running, new_url, tmp_path
):
    handed, out = tmp_path / "交来", tmp_path / "出"
    handed.mkdir()
    for path in (ROOT / "corpora" / "w1").glob("w1-0[1-4].txt"):
        shutil.copy(path, handed)
    url = new_url("postgresql")
    line = [sys.executable, "-m", "analyzer", "batch", handed, "--output", out, "--workers", "1"]
    line += ["--store", url, "--resume"]

    def batch():
        return subprocess.Popen(line, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    begun = batch()
    while begun.poll() is None and not list(out.glob("reports/*.html")):
        time.sleep(0.01)
    running.stop()
    try:
        for process in (begun, batch()):
            told = process.communicate(timeout=300)[1]
            assert process.returncode in (2, 3)
            assert "［store］" in told
            assert "Traceback" not in told
        assert len(list(out.glob("reports/*.html"))) == 4
    finally:
        running.start()
    for _ in range(2):
        again = batch()
        assert again.communicate(timeout=300)[1].count("［") == 0
        assert again.returncode == 0
    store = Store.open(url)
    assert [ruled.results for ruled in store.rubrics()] == [4]
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
