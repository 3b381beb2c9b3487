"""A made-up region of sixty units, small enough for tests."""

from __future__ import annotations

import pytest

from analyzer.store.store import Store
from analyzer.trends.measuring import measure
from analyzer.trends.simulation import make_region


def _clock() -> str:
    return "2026-01-01T00:00:00+00:00"


@pytest.fixture(scope="session")
def region(tmp_path_factory):
    """The address of a store, and what was planted in it."""
    path = tmp_path_factory.mktemp("region") / "store.db"
    return path, make_region(Store.open(path, clock=_clock), units=60)


@pytest.fixture(scope="session")
def truth(region):
    return region[1]


@pytest.fixture(scope="session")
def trends(region):
    return measure(Store.open(region[0], existing=True))


@pytest.fixture
def store(tmp_path):
    return Store.open(tmp_path / "store.db", clock=_clock)
