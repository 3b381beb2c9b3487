"""The page of charts: it answers at once, and shows charts when they are drawn."""

from __future__ import annotations

import time

import pytest
from lxml import html

from analyzer.config import Settings
from analyzer.store.store import Store
from analyzer.trends import measuring
from analyzer.trends.simulation import make_region
from analyzer.web.app import make_app

from .conftest import served


def drawn(client, path="/trends"):
    """Ask as a browser does, which asks again as long as it is told to."""
    for _ in range(1200):
        answer = client.ask("GET", path, Accept="text/html")
        assert answer.status == 200
        if "refresh" not in answer.headers:
            return html.fromstring(answer.body)
        time.sleep(0.1)
    return pytest.fail("the charts were never drawn")


def test_charts_are_shown_with_their_numbers_and_limits(tmp_path):
    store = Store.open(tmp_path / "store.db")
    make_region(store, units=12, years=3)
    with served(make_app(Settings(), store)) as client:
        tree = drawn(client)
        figures = tree.xpath("//figure")
        assert len(figures) > 10
        assert all(figure.xpath(".//*[local-name()='svg']") for figure in figures)
        assert not tree.xpath("//*[@style] | //script[not(@src)]")
        assert "这些数字不能说明什么" in tree.text_content()
        for address in tree.xpath("//link[@rel='stylesheet']/@href | //script/@src"):
            assert client.ask("GET", address).status == 200


def test_an_empty_store_says_so(tmp_path):
    with served(make_app(Settings(), Store.open(tmp_path / "store.db"))) as client:
        assert "做不出趋势分析" in drawn(client).text_content()


def test_a_failure_is_told_and_not_tried_again(tmp_path, monkeypatch):
    tries = []

    def fail(store):
        tries.append(store)
        raise MemoryError

    monkeypatch.setattr(measuring, "measure", fail)
    with served(make_app(Settings(), Store.open(tmp_path / "store.db"))) as client:
        for _ in range(2):
            assert "程序内部错误（MemoryError）" in drawn(client).text_content()
    assert len(tries) == 1
