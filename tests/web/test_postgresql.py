"""Inspectors' pages and batches over a store on a PostgreSQL server, asked as browsers and programs do."""

from __future__ import annotations

import time
from dataclasses import replace
from urllib.parse import quote

import pytest
from lxml import html

from analyzer.config import Settings
from analyzer.duplicates.finding import find as find_copies
from analyzer.duplicates.finding import signature
from analyzer.store.packing import keys
from analyzer.store.queueing import queue
from analyzer.store.review import history
from analyzer.store.store import Filter, Store
from analyzer.store.verifying import verify
from analyzer.web.app import make_app

from ..store.conftest import new_url, running, server  # noqa: F401 - fixtures, skipped where there is no PostgreSQL
from .conftest import served
from .test_batches import BATCHES, zipped
from .test_inspecting import decided, opened, pick, post, shown, words


@pytest.fixture(scope="module")
def store(new_url, corpora, analyzer):  # noqa: F811
    """A store of two years of one unit, and of two copies."""
    found = []
    for number, (name, unit, year) in enumerate(
        (
            ("w6/w6-05", "石坎镇党委", 2023),
            ("w6/w6-06", "石坎镇党委", 2024),
            ("w8/w8-09", "第9社区", 2024),
            ("w8/w8-10", "第10社区", 2024),
        )
    ):
        result = analyzer.analyze_file(corpora / f"{name}.txt")
        known = {"path": f"{number}.txt", "unit": unit, "region": "甲县", "year": year, "author": None}
        source = replace(result.source, **known)
        found.append(replace(result, source=source))
    made = Store.open(new_url("postgresql"))
    made.save(found, "两年")
    texts = [each.text for each in found]
    names = [each.source.path for each in found]
    made.save_copies(find_copies(list(map(signature, texts)), texts.__getitem__, names), "两年")
    return made


@pytest.fixture(scope="module")
def pages(store):
    with served(make_app(Settings(), store)) as client:
        yield client


def test_every_page_shows_what_the_store_has(pages, store):
    tree = shown(pages, "/inspect")
    assert words(tree, ".queue tbody th a") == [each.unit for each in queue(store)]
    for path, status in {
        f"/inspect?year=2024&search={quote('社区')}": 200,
        "/inspect?search=%00&batch=%27%3B--": 200,
        "/inspect/copies": 200,
        "/inspect/copies/1": 200,
        f"/inspect/copies/{2**31 - 1}": 404,
        "/inspect/compare": 200,
        "/inspect/batches": 200,
        "/inspect/trail": 200,
        f"/inspect/reports/{'0' * 64}": 404,
    }.items():
        assert pick(shown(pages, path, status), "h1"), path
    (link,) = (each.get("href") for each in pick(shown(pages, "/inspect/compare"), ".go-there"))
    assert words(shown(pages, link), ".kicker") == ["两年对照"]


def test_decisions_are_put_down_in_turn_and_the_trail_verifies(pages, store):
    stored = next(each for each in store.latest(Filter(year=2024)) if each.result.findings)
    there = f"/inspect/reports/{stored.sha256}/decisions"
    late = opened(pages, stored)
    assert decided(pages, stored, "adjust", "facts", value="2.5").status == 303
    assert (
        decided(pages, stored, "confirm", keys(stored.result)[0], reason="属实；“引号”与\x00").status == 303
    )
    fields = {**late, "kind": "adjust", "target": "facts", "value": "4", "by": "李四", "reason": "有明细"}
    assert post(pages, there, fields).status == 409
    assert [each.kind for each in history(store, stored.report)] == ["adjust", "confirm"]
    tree = shown(pages, "/inspect/trail")
    answer = post(pages, "/inspect/trail", {"token": pick(tree, "input[name=token]")[0].get("value")})
    assert "相符" in words(html.fromstring(answer.body), "#result")[0]
    assert verify(store).faults == ()


def test_a_batch_that_is_handed_in_ends_up_there_and_in_the_queue(pages, store, corpora):
    report = (corpora / "w6" / "w6-01.txt").read_bytes()
    before = len(queue(store))
    where = pages.send("新的.zip", zipped({"乙县/县水利局-2024.txt": report}), BATCHES).headers["location"]
    while (said := pages.ask("GET", where).json())["state"] not in ("done", "failed"):
        time.sleep(0.1)
    assert (said["state"], said["done"], said["failed"]) == ("done", 1, 0), said
    assert len(queue(store)) == before + 1
    assert "新的" in shown(pages, "/inspect/batches").text_content()
    assert verify(store).faults == ()


def test_charts_are_drawn_from_it(pages):
    for _ in range(600):
        answer = pages.ask("GET", "/trends", Accept="text/html")
        assert answer.status == 200
        if "refresh" not in answer.headers:
            break
        time.sleep(0.1)
    assert pick(html.fromstring(answer.body), "svg")
