"""What was planted in the made-up region is found, and nothing beside it."""

from __future__ import annotations

import numpy as np
from scipy import stats

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


def _planted(trends, truth):
    """Yield what each interval is about, its bounds, and what was planted."""
    changes = trends.changes[~trends.changes["suppressed"]]
    for row in changes.query("family == 'overall'").itertuples():
        names = {"region": "region", "unit_type": "kind"}
        of = {names[row.by]: getattr(row, row.by)} if row.by in names else {}
        yield ("overall", *of.values()), row.low, row.high, _slope(truth, **of)
    for family, slopes in (("fault", truth.rates), ("standing", truth.standing)):
        rows = changes[(changes["family"] == family) & (changes["by"] == "all")].set_index("measure")
        for name, slope in slopes.items():
            yield (family, name), rows.at[name, "low"], rows.at[name, "high"], slope
    movers = trends.movers.dropna(subset=["slope"]).set_index("unit")
    for unit in movers.index.intersection(list(truth.movers)):
        slope = truth.movers[unit]
        yield ("mover", unit), movers.at[unit, "low"], movers.at[unit, "high"], slope
    kept = _row(trends.promises, "by == 'all'")
    yield ("kept",), kept.low, kept.high, truth.kept
    mended = _row(trends.two_skins, "by == 'all' and what == 'mended-siloed'")
    yield ("mended",), mended.low, mended.high, truth.mended


def test_intervals_cover_what_was_planted(trends, truth):
    planted = list(_planted(trends, truth))
    missed = [what for what, low, high, true in planted if not low <= true <= high]
    # So many of as many intervals of 95 % miss with a chance of one in a thousand.
    assert len(missed) <= stats.binom.isf(0.001, len(planted), 0.05), missed


def test_what_was_planted_is_seen_and_nothing_else(trends, truth):
    scores = trends.changes.query("family == 'overall'").set_index(["by"])
    (rising,) = truth.change_region
    assert _row(scores, f"region == '{rising}'").low > 0  # six units are too few to be sure among ten regions
    assert _row(scores, "unit_type == '学校'").high < 0
    others = scores.loc["region"].query(f"region != '{rising}'")
    assert (others["direction"] != "none").sum() <= 1
    for family, slopes in (("fault", truth.rates), ("standing", truth.standing)):
        rows = trends.changes.query(f"family == '{family}' and by == 'all'").set_index("measure")
        for name, slope in slopes.items():
            told = "none" if not slope else "rising" if slope > 0 else "falling"
            assert rows.at[name, "direction"] == told
    movers = trends.movers.dropna(subset=["slope"]).set_index("unit")
    told = movers.index.intersection(list(truth.movers))  # one may be of a group that nothing is told of
    assert len(told) >= len(truth.movers) - 1
    assert all(movers.at[unit, "slope"] * truth.movers[unit] > 0 for unit in told)
    assert _row(trends.promises, "by == 'all'").unclear < 0.1


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
