"""What was planted in the made-up region is found, and nothing beside it."""

from __future__ import annotations

import numpy as np

from analyzer.store.store import Store
from analyzer.store.verifying import verify
from analyzer.trends.simulation import make_region


def _row(table, query):
    (row,) = table.query(query).itertuples()
    return row


def _slope(truth, **of):
    chosen = [
        truth.slopes[unit]
        for unit, (region, kind) in truth.units.items()
        if of.get("region", region) == region and of.get("kind", kind) == kind
    ]
    return float(np.mean(chosen))


def test_changes_by_region_and_type(trends, truth):
    scores = trends.changes.query("family == 'overall'")
    (rising,) = truth.change_region
    assert _row(scores, f"region == '{rising}'").direction == "rising"
    assert _row(scores, "unit_type == '学校'").direction == "falling"
    told = [row for row in scores.itertuples() if not row.suppressed]
    covers = [
        row.low
        <= _slope(
            truth,
            **(
                {"region": row.region}
                if row.by == "region"
                else {"kind": row.unit_type}
                if row.by == "unit_type"
                else {}
            ),
        )
        <= row.high
        for row in told
    ]
    assert sum(covers) >= len(covers) - 2


def test_one_fault_grows_and_one_goes(trends, truth):
    faults = trends.changes.query("family == 'fault' and by == 'all'").set_index("measure")
    moved = {rule for rule, rate in truth.rates.items() if rate}
    assert faults.at["vague-claim", "direction"] == "rising"
    assert faults.at["placeholder", "direction"] == "falling"
    assert set(faults.index[faults["direction"] != "none"]) == moved
    for rule in moved:
        assert faults.at[rule, "low"] <= truth.rates[rule] <= faults.at[rule, "high"]


def test_standing_measures(trends, truth):
    found = trends.changes.query("family == 'standing' and by == 'all'").set_index("measure")
    for name, slope in truth.standing.items():
        assert found.at[name, "low"] <= slope <= found.at[name, "high"]
        assert (found.at[name, "direction"] != "none") == bool(slope)


def test_movers(trends, truth):
    found = trends.movers.set_index("unit")
    for unit, slope in truth.movers.items():
        assert found.at[unit, "low"] <= slope <= found.at[unit, "high"]
        assert found.at[unit, "slope"] * slope > 0


def test_promises_and_what_is_mended(trends, truth):
    kept = _row(trends.promises, "by == 'all'")
    assert kept.low <= truth.kept <= kept.high
    assert kept.unclear < 0.1
    mended = _row(trends.two_skins, "by == 'all' and what == 'mended-siloed'")
    assert mended.low <= truth.mended <= mended.high


def test_the_ring(trends, truth):
    (ring,) = trends.rings.itertuples()
    assert set(ring.names.split("、")) == set(truth.ring)
    assert (ring.members, ring.edges) == (5, 4)


def test_topics_that_come_and_go(trends, truth):
    problems = trends.frames.problems
    years = problems.groupby(problems["title"].map(truth.topics))["year"]
    assert years.min()[truth.new_topic] == 2024
    assert years.max()[truth.vanishing_topic] == 2022
    assert problems["text"].notna().all()


def test_the_same_seed_the_same_store(tmp_path):
    heads = []
    for number, seed in enumerate((1, 1, 2)):
        store = Store.open(tmp_path / f"{number}.db", clock=lambda: "2026-01-01T00:00:00+00:00")
        make_region(store, units=12, years=2, seed=seed)
        assert not verify(store).faults
        heads.append(store.head())
    assert heads[0] == heads[1] != heads[2]
