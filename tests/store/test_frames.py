"""The frames of trends are the same from SQLite and from PostgreSQL."""

from __future__ import annotations

from dataclasses import fields

import pandas as pd

from analyzer.store.store import Store
from analyzer.trends.frames import read
from analyzer.trends.simulation import make_region


def test_both_databases_give_the_same_frames(new_url):
    made = []
    for kind in ("sqlite", "postgresql"):
        store = Store.open(new_url(kind), clock=lambda: "2026-01-01T00:00:00+00:00")
        make_region(store, units=12, years=3)
        made.append(read(store, adjusted=True))
    for each in fields(made[0]):
        one, other = (getattr(frames, each.name) for frames in made)
        if isinstance(one, pd.DataFrame):
            pd.testing.assert_frame_equal(one, other)
        else:
            assert one == other
