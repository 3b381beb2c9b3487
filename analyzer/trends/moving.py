"""Which units moved, how much of a score stands, and what chance alone brings back to the middle."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from scipy import stats

from analyzer.trends import tables
from analyzer.trends.frames import Frames
from analyzer.trends.resampling import LEVEL, Bootstrap, false_discovery, interval
from analyzer.trends.statistics import SURE, direction
from analyzer.trends.tables import LEAST, Reliability, tidy

_LEAST_YEARS: Final = 3
_MOST: Final = 0.999_999  # of a correlation
_BANDS: Final = {"lowest": (0.0, 0.25), "middle": (0.25, 0.75), "highest": (0.75, 1.0)}


def movers(frames: Frames, reliability: Reliability | None) -> pd.DataFrame:
    """Return each unit's slope over its years, with interval.

    Three to five scores say little of their own spread, so the spread about the line is taken from all
    units together.
    """
    scored = frames.reports.dropna(subset=["overall", "unit"])
    scored = scored[scored.groupby("unit_id")["year"].transform("size") >= _LEAST_YEARS]
    if not len(scored):
        return tidy(tables.MOVERS, [])
    scored = scored.sort_values(["unit_id", "year"])
    by = scored.groupby("unit_id", sort=True)
    years = scored["year"] - by["year"].transform("mean")
    away = scored["overall"] - by["overall"].transform("mean")
    squares = (years**2).groupby(scored["unit_id"]).sum()
    slope = (years * away).groupby(scored["unit_id"]).sum() / squares
    rest = away - years * scored["unit_id"].map(slope)
    freedom = len(scored) - 2 * len(slope)
    error = np.sqrt((rest**2).sum() / freedom / squares)
    reach = stats.t.ppf((1 + LEVEL) / 2, freedom)
    first, last = by.first(), by.last()
    # What is left of the first score's distance from its year's mean is expected in every later year.
    lasts = reliability.value if reliability else 1.0
    mean = frames.reports.groupby("year")["overall"].mean()
    distance = first["overall"] - first["year"].map(mean)
    expected = (1 - lasts) * distance * (first["year"] - by["year"].mean()) / squares
    p = pd.Series(2 * stats.t.sf(np.abs(slope / error), freedom), slope.index)
    beyond = 2 * stats.t.sf(np.abs((slope - expected) / error), freedom)
    q = pd.Series(false_discovery(p.to_numpy()), slope.index)
    moved = q < SURE
    made = first[["unit", "unit_type", "region"]].assign(
        years=by.size(),
        first_year=first["year"],
        last_year=last["year"],
        first=first["overall"],
        last=last["overall"],
        slope=slope,
        low=slope - reach * error,
        high=slope + reach * error,
        p=p,
        q=q,
        moved=moved,
        direction=direction(slope, q),
        relative=slope - (slope * squares).sum() / squares.sum(),
        expected=expected,
        returning=moved & (slope * expected > 0) & (beyond >= SURE),
    )
    # A group that nothing is told of cannot be put together from its units.
    told = frames.reports.dropna(subset=["overall"])
    figures = [name for name in tables.MOVERS if name in made and name not in {"unit", "unit_type", "region"}]
    for group in ("region", "unit_type"):
        few = made[group].map(told.groupby(group)["unit_id"].nunique()) < LEAST
        made[figures] = made[figures].mask(few)
    return tidy(tables.MOVERS, made.reset_index().sort_values(["unit", "unit_id"]))


def returns(frames: Frames, boot: Bootstrap) -> tuple[Reliability | None, pd.DataFrame]:
    """Return how much of a score stands a year later, and what became of the lowest and the highest."""
    pairs = frames.pairs.dropna(subset=["overall", "last_overall"]).reset_index(drop=True)
    if pairs["unit_id"].nunique() < LEAST:
        return None, tidy(tables.RETURNS, [])
    mean = pairs.groupby("year")[["last_overall", "overall"]].transform("mean")
    before = (pairs["last_overall"] - mean["last_overall"]).to_numpy()
    after = (pairs["overall"] - mean["overall"]).to_numpy()
    codes = pairs["unit_id"].factorize()[0]
    weights = boot.weights(codes.max() + 1, "returns")[:, codes]
    with np.errstate(invalid="ignore", divide="ignore"):
        value = before @ after / np.sqrt((before @ before) * (after @ after))
        drawn = (weights @ (before * after)) / np.sqrt((weights @ before**2) * (weights @ after**2))
    if not np.isfinite(value):
        return None, tidy(tables.RETURNS, [])
    units = int(codes.max()) + 1
    # Draws of a correlation lean to one side; on Fisher's scale they do not.
    spread = np.arctanh(np.clip(drawn, -_MOST, _MOST)).std(ddof=1)
    reach = stats.t.ppf((1 + LEVEL) / 2, units - 1) * spread
    low, high = np.tanh(np.arctanh(np.clip(value, -_MOST, _MOST)) + reach * np.array([-1, 1]))
    reliability = Reliability(float(value), float(low), float(high), len(pairs), units)
    rows = []
    rank = pairs.groupby("year")["last_overall"].rank(method="first", pct=True).to_numpy()
    for year in [*sorted(pairs["year"].unique()), None]:
        for band, (start, stop) in _BANDS.items():
            there = (rank > start) & (rank <= stop)
            if year is not None:
                there &= (pairs["year"] == year).to_numpy()
            if not there.any():
                continue
            some, share = pairs[there], weights[:, there]
            with np.errstate(invalid="ignore", divide="ignore"):
                left = (share @ after[there] - drawn * (share @ before[there])) / share.sum(axis=1)
            count = some["unit_id"].nunique()
            low, high = interval(left[:, None], np.array([count]))
            reached = float(some["overall"].mean())
            beyond = float((after[there] - value * before[there]).mean())
            rows.append(
                {"last_year": None if year is None else year - 1, "year": year, "band": band}
                | {"n": len(some), "units": count, "before": float(some["last_overall"].mean())}
                | {"after": reached, "chance": float((value - 1) * before[there].mean())}
                | {"expected": reached - beyond, "beyond": beyond}
                | {"low": float(low[0]), "high": float(high[0])}
            )
    return reliability, tidy(tables.RETURNS, rows)


def network(frames: Frames) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return which units share wording, and the rings that they make."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    copies = frames.copies[~frames.copies["own"]]
    if not len(copies):
        return tidy(tables.EDGES, []), tidy(tables.RINGS, [])
    turned = copies["unit_a"] > copies["unit_b"]  # a pair is one edge, whichever report comes first
    edges = copies.copy()
    for name in ("unit", "name", "region"):
        a, b = copies[f"{name}_a"], copies[f"{name}_b"]
        edges[f"{name}_a"], edges[f"{name}_b"] = a.where(~turned, b), b.where(~turned, a)
    edges["year"] = edges[["year_a", "year_b"]].max(axis=1)
    edges = edges.sort_values("overlap", ascending=False, kind="stable")
    edges = edges.drop_duplicates(["unit_a", "unit_b", "year"]).sort_values(["unit_a", "unit_b", "year"])
    codes, units = pd.factorize(pd.concat([edges["unit_a"], edges["unit_b"]]), sort=True)
    ends = codes.reshape(2, -1)
    shape = (len(units), len(units))
    _, ring = connected_components(coo_array((np.ones(ends.shape[1]), tuple(ends)), shape), directed=False)
    edges["ring"] = ring[ends[0]]
    rows = []
    for number, some in edges.groupby("ring"):
        ends = [some[[f"unit_{side}", f"name_{side}"]].set_axis(["unit", "name"], axis=1) for side in "ab"]
        names = pd.concat(ends).drop_duplicates("unit").sort_values("unit")
        regions = pd.concat([some["region_a"], some["region_b"]]).unique()
        rows.append(
            {
                "ring": number,
                "members": len(names),
                "edges": len(some[["unit_a", "unit_b"]].drop_duplicates()),
            }
            | {
                "years": "、".join(map(str, sorted(some["year"].unique()))),
                "regions": "、".join(sorted(regions)),
            }
            | {"overlap": some["overlap"].max(), "names": "、".join(names["name"].fillna("").tolist())}
        )
    rings = pd.DataFrame(rows).sort_values(["members", "names"], ascending=[False, True], kind="stable")
    order = {old: new for new, old in enumerate(rings["ring"], 1)}
    return (
        tidy(tables.EDGES, edges.assign(ring=edges["ring"].map(order))),
        tidy(tables.RINGS, rings.assign(ring=rings["ring"].map(order))),
    )
