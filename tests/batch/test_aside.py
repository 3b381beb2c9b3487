"""Work beside this process: what comes out is the same wherever it is done."""

from __future__ import annotations

import os
import signal

import pytest

from analyzer.batch.aside import aside


def where(number):
    return number, os.getpid()


def ends(parent):
    """End the process, unless it is the one that asked."""
    if os.getpid() != parent:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    return "done here"


def fails():
    raise TimeoutError("of the work")


@pytest.mark.parametrize("count", [0, 1, 2])
def test_what_is_asked_for_comes_in_order(count):
    with aside(count) as beside:
        made = [*beside.map(where, range(20))]
    assert [number for number, _ in made] == [*range(20)]
    assert len({process for _, process in made} - {os.getpid()}) in range(bool(count), count + 1)


def test_only_a_few_parts_are_asked_for_ahead():
    asked = []
    with aside(1) as beside:
        made = beside.map(where, (asked.append(n) or n for n in range(50)))
        assert next(made)[0] == 0
        assert len(asked) < 10


def test_where_a_process_ends_the_work_is_done_here():
    with aside(1) as beside:
        first = beside.start(ends, os.getpid())
        second = beside.start(where, 2)
        assert first.result() == "done here"
        assert second.result()[0] == 2
        assert beside.start(where, 3).result() == (3, os.getpid())


@pytest.mark.parametrize("count", [0, 1])
def test_what_the_work_raises_is_raised_here(count):
    with aside(count) as beside, pytest.raises(TimeoutError, match="of the work"):
        beside.start(fails).result()
