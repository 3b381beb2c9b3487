from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.batch.journal import KEY_BYTES, opened
from analyzer.errors import ShupingError

RECORDS = st.lists(st.tuples(st.integers(0, 3), st.binary(max_size=12)), min_size=1, max_size=4)


def key(number):
    return bytes([number]) * KEY_BYTES


def held(path):
    with opened(path) as journal:
        return {number: journal[key(number)] for number in range(4) if key(number) in journal}


def write(path, records):
    """Write records; return what is held and how long the file is before and after each of them."""
    states = []
    with opened(path) as journal:
        state = {}
        states.append((path.stat().st_size, dict(state)))
        for number, content in records:
            journal.add(key(number), content)
            state[number] = content
            states.append((path.stat().st_size, dict(state)))
    return states


@settings(deadline=None, max_examples=10)
@given(RECORDS)
def test_a_journal_cut_off_anywhere_holds_all_that_was_whole_and_takes_more(tmp_path_factory, records):
    path = tmp_path_factory.mktemp("journal") / "journal"
    states = write(path, records)
    whole = path.read_bytes()
    for length in range(len(whole) + 1):
        path.write_bytes(whole[:length])
        before = [state for size, state in states if size <= length]
        expected = before[-1] if before else {}
        assert held(path) == expected
        with opened(path) as journal:
            journal.add(key(0), b"more")
        assert held(path) == {**expected, 0: b"more"}


@settings(deadline=None)
@given(RECORDS, st.data())
def test_a_changed_byte_costs_records_but_makes_none_up(tmp_path_factory, records, data):
    path = tmp_path_factory.mktemp("journal") / "journal"
    write(path, records)
    spoiled = bytearray(path.read_bytes())
    spoiled[data.draw(st.integers(0, len(spoiled) - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(spoiled)
    assert all(each in records for each in held(path).items())


def test_a_journal_is_for_one_process_at_a_time(tmp_path):
    pytest.importorskip("fcntl")
    path = tmp_path / "a" / "journal"
    with opened(path), pytest.raises(ShupingError) as caught, opened(path):
        pass
    assert caught.value.code == "batch-output"
    assert held(path) == {}


def test_a_journal_that_was_cleared_holds_nothing(tmp_path):
    path = tmp_path / "journal"
    write(path, [(1, b"x")])
    with opened(path) as journal:
        journal.clear()
        assert len(journal) == 0
        journal.add(key(2), b"y")
    assert held(path) == {2: b"y"}
