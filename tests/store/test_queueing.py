"""The queue that is kept for many questions, and pairs of reports that share wording."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analyzer.duplicates.finding import between
from analyzer.duplicates.pairs import Pair
from analyzer.errors import ShupingError
from analyzer.store.packing import keys
from analyzer.store.queueing import Queue, queue
from analyzer.store.review import Kind, decide
from analyzer.store.sharing import copies, pair
from analyzer.store.store import Filter


def test_a_kept_queue_says_what_a_new_one_does(store, reports):
    kept, narrow = Queue(store), Filter(unit="第1局")
    assert kept.waiting() == []
    store.save(reports[:4], "一")
    assert kept.waiting() == queue(store) != []
    assert kept.waiting(narrow) == queue(store, narrow) != []
    before = kept.waiting()
    for kind in (Kind.CONFIRM, Kind.REJECT):
        found = next(each for each in reports[:4] if each.findings and each.source.unit == "第1局")
        decide(store, found.source.sha256, kind, keys(found)[0], "张三", "看过")
        assert kept.waiting() == queue(store)
        assert kept.waiting(narrow) == queue(store, narrow)
    assert kept.waiting() != before
    store.save(reports[4:], "二")
    assert kept.waiting() == queue(store)
    assert len(kept.waiting()) == len(reports)


def test_a_pair_is_that_of_the_last_time(store, reports):
    store.save(reports, "一")
    a, b = (each.source.path for each in reports[:2])
    overlap, passages = between(reports[0].text, reports[0].text)
    same = replace(reports[0], source=replace(reports[0].source, path="交来/另一份.txt"))
    store.save([same], "一")
    store.save_copies([Pair(a, b, 0.6, ()), Pair(a, same.source.path, overlap, passages)], "一")
    store.save_copies([Pair(a, b, 0.7, ())], "一")
    assert [(each.a, each.b, each.overlap) for each in copies(store)] == [
        (a, same.source.path, overlap),
        (a, b, 0.7),
    ]
    found, one, other = pair(store, copies(store)[0].id)
    assert found == Pair(a, same.source.path, overlap, passages)
    assert one.result.text == other.result.text == reports[0].text


def test_no_such_pair(store):
    with pytest.raises(ShupingError) as caught:
        pair(store, 7)
    assert caught.value.code == "not-in-store"
