"""Whose turn it is: much work of one person keeps nobody else waiting."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from analyzer.config import Settings
from analyzer.errors import ShupingError
from analyzer.web import pool as pools
from analyzer.web.batches import MOST, MOST_BYTES, Batches
from analyzer.web.batching import Order
from analyzer.web.pool import Pool
from analyzer.web.turns import Turns
from analyzer.web.work import Job


def test_who_was_served_longest_ago_is_next_and_of_theirs_the_first():
    turns: Turns[str] = Turns()
    for each in ("甲1", "甲2", "甲3", "乙1", "乙2", "丙1"):
        turns.add(each[0], each)
    assert [turns.take() for _ in range(3)] == ["甲1", "乙1", "丙1"]
    turns.add("丙", "丙2")
    assert [turns.take() for _ in range(len(turns))] == ["甲2", "乙2", "丙2", "甲3"]


@pytest.fixture
def done(monkeypatch):
    """What the pool's threads have done, in order; each job waits until it may go on."""
    done: list[str] = []
    done_may_go = threading.Event()

    def run(_, job: Job) -> bytes:
        done.append(job.name)
        done_may_go.wait(20)
        return b""

    monkeypatch.setattr(pools._Slots, "_run", run)
    yield done, done_may_go
    done_may_go.set()


def file(name: str, size: int = 1) -> Job:
    return Job(Settings(), "json", None, b"x" * size, name)


def with_pool(work) -> None:
    async def run() -> None:
        pool = Pool(Settings())
        try:
            await work(pool)
        finally:
            pool.close()

    asyncio.run(run())


async def _settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_a_single_file_does_not_wait_for_the_many_of_somebody_else(done):
    names, may_go = done

    async def work(pool: Pool) -> None:
        many = [asyncio.create_task(pool.do(file(f"甲{n}"), "甲")) for n in range(90)]
        await _settle()
        one = asyncio.create_task(pool.do(file("乙"), "乙"))
        await _settle()
        may_go.set()
        await asyncio.gather(one, *many)
        assert names[:3] == ["甲0", "甲1", "乙"] or names[:2] == ["甲0", "乙"]
        assert len(names) == 91

    with_pool(work)


def test_who_has_too_much_waiting_is_told_so_and_others_are_let_in(done):
    _, may_go = done

    async def work(pool: Pool) -> None:
        asked = [asyncio.create_task(pool.do(file("甲"), "甲")) for _ in range(300)]
        await _settle()
        refused = [each for each in asked if each.done()]
        assert {each.exception().code for each in refused} == {"busy-with-yours"}
        assert len(asked) - len(refused) == pools._MOST_OF_ONE
        may_go.set()
        assert await pool.do(file("乙"), "乙") == b""
        await asyncio.gather(*(each for each in asked if each not in refused))
        assert await pool.do(file("甲"), "甲") == b""  # there is room again

    with_pool(work)


def test_bytes_count_too_of_one_and_of_all(done, monkeypatch):
    monkeypatch.setattr(pools, "_MOST_BYTES_OF_ONE", 100)
    monkeypatch.setattr(pools, "_MOST_BYTES", 150)
    _, may_go = done

    async def work(pool: Pool) -> None:
        first = asyncio.create_task(pool.do(file("甲", 90), "甲"))
        await _settle()
        for who, code in (("甲", "busy-with-yours"), ("乙", "busy")):
            with pytest.raises(ShupingError) as refused:
                await pool.do(file(who, 70), who)
            assert refused.value.code == code
        may_go.set()
        await first
        assert await pool.do(file("乙", 70), "乙") == b""

    with_pool(work)


def test_who_goes_away_while_waiting_or_at_work_takes_nobodys_turn(done):
    names, may_go = done

    async def work(pool: Pool) -> None:
        tasks = [asyncio.create_task(pool.do(file(name), name)) for name in ("甲", "乙", "丙")]
        await _settle()
        for gone in tasks[:2]:
            gone.cancel()
        await _settle()
        may_go.set()
        assert await tasks[2] == b""
        assert await pool.do(file("丁"), "丁") == b""
        assert names == ["甲", "丙", "丁"]

    with_pool(work)


def test_batches_of_one_person_do_not_keep_anothers_waiting(monkeypatch):
    done: list[str] = []
    may_go = threading.Event()

    def run(_, batch) -> None:
        may_go.wait(20)
        done.append(batch.order.name)

    monkeypatch.setattr(Batches, "_run", run)
    batches = Batches()
    for name in ("甲1", "甲2", "甲3", "乙1"):
        _add(batches, name)
    may_go.set()
    while len(done) < 4:
        time.sleep(0.01)
    batches.close()
    assert done in (["甲1", "乙1", "甲2", "甲3"], ["甲1", "甲2", "乙1", "甲3"])


def test_what_waits_has_a_bound_in_bytes_for_all_together(monkeypatch):
    monkeypatch.setattr(Batches, "_run", lambda *_: time.sleep(0.2))
    monkeypatch.setattr("analyzer.web.batches.MOST_BYTES", 25)
    batches = Batches()
    for name in ("甲1", "乙1"):
        _add(batches, name)
    with pytest.raises(ShupingError) as refused:
        _add(batches, "丙1")
    assert refused.value.code == "queue-full"
    with pytest.raises(ShupingError) as refused:  # before it is received, if it says how large it is
        batches.check("丙", MOST_BYTES)
    assert refused.value.code == "queue-full"
    while not all(each.ended for who in "甲乙" for each in batches.of(who)):
        time.sleep(0.01)
    _add(batches, "丙1")  # what is done does not count
    batches.close()
    assert MOST_BYTES > MOST * (201 << 20)


def _add(batches: Batches, name: str) -> None:
    folder = batches.folder()
    (folder / "given").mkdir()
    (folder / "given" / "a.txt").write_bytes(b"0123456789")
    order = Order(
        Settings(), folder / "given", folder / "out", folder / "scratch", None, None, None, name, ""
    )
    batches.add(name[0], folder, order)
