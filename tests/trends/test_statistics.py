"""Intervals cover what the process says, nothing is found where nothing is, small groups are not told of."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analyzer.trends import moving, statistics
from analyzer.trends.charts import charts
from analyzer.trends.frames import PAIRS, REPORTS
from analyzer.trends.measuring import tell
from analyzer.trends.resampling import Bootstrap, wilson
from analyzer.trends.tables import LEAST, tidy
from tests.trends.panels import LEVEL, REPORT, STANDS, panel

_REPEATS = 40
# Of forty intervals of 95 % so many miss with a chance of one in a thousand.
_MISSES = int(stats.binom.isf(0.001, _REPEATS, 0.05))


def _figures(frames):
    overall = frames.reports[["overall"]]
    return pd.concat({"overall": overall, "grade": overall.lt(60).astype(float)}, axis=1)


def _covered(units, of):
    """Return how many intervals of a repeated draw miss the truth."""
    misses = 0
    for seed in range(_REPEATS):
        low, high, true = of(panel(seed, units, 4, slope=1.0), Bootstrap(seed, 200))
        misses += not low <= true <= high
    return misses


def _mean(frames, boot):
    made = statistics.summarise(frames.reports, *statistics.means(_figures(frames)), boot, ("all",))
    row = made[made["family"] == "overall"].iloc[0]
    return row["low"], row["high"], 66.5


def _share(frames, boot):
    made = statistics.summarise(frames.reports, *statistics.means(_figures(frames)), boot, ("year",))
    row = made[made["family"] == "grade"].iloc[0]
    return row["low"], row["high"], stats.norm.cdf(60, 65, np.hypot(LEVEL, REPORT))


def _slope(frames, boot):
    slopes = statistics.slopes(_figures(frames)[["overall"]], frames.reports)
    row = statistics.summarise(frames.reports, *slopes, boot, ("all",)).iloc[0]
    return row["low"], row["high"], 1.0


def _reliability(frames, boot):
    made, _ = moving.returns(frames, boot)
    return made.low, made.high, STANDS


def _returns(frames, boot):
    _, made = moving.returns(frames, boot)
    row = made[made["year"].isna() & (made["band"] == "lowest")].iloc[0]
    return row["low"], row["high"], 0.0


@pytest.mark.parametrize(
    ("of", "units"),
    [(_mean, 8), (_mean, 40), (_share, 40), (_slope, 8), (_slope, 40), (_reliability, 60), (_returns, 60)],
)
def test_intervals_cover_the_truth(of, units):
    assert _covered(units, of) <= _MISSES


def test_units_are_drawn_whole():
    frames = panel(1, 40, 5)
    apart = replace(frames, reports=frames.reports.assign(unit_id=frames.reports["report"].astype("string")))
    widths = []
    for each in (frames, apart):
        low, high, _ = _mean(each, Bootstrap(1))
        widths.append(high - low)
    assert widths[0] > 1.3 * widths[1]  # five reports of a unit are not five units


def test_movers_are_found_and_few_others():
    found, wrong, right = 0, 0, 0
    for seed in range(12):
        frames = panel(seed, 60, 5, movers=(6.0, -6.0, 5.0))
        made = moving.movers(frames, moving.returns(frames, Bootstrap(seed, 100))[0]).set_index("unit_id")
        moved = made.index[made["moved"]]
        found += len(moved)
        right += sum(unit in moved for unit in ("u0000", "u0001", "u0002"))
        wrong += sum(unit > "u0002" for unit in moved)
        assert (made.loc[["u0000", "u0001"], "direction"] != ["falling", "rising"]).all()
    assert right > 0.7 * 36
    assert wrong / found < 0.15


def test_none_moves_where_none_moved():
    moved = [moving.movers(panel(seed, 60, 5), None)["moved"].any() for seed in range(_REPEATS)]
    assert sum(moved) <= _MISSES


def test_the_lowest_rise_by_chance_and_it_is_said():
    reliability, made = moving.returns(panel(3, 300, 5), Bootstrap(3))
    lowest = made[made["year"].isna() & (made["band"] == "lowest")].iloc[0]
    assert lowest["after"] - lowest["before"] > 1.5
    assert lowest["low"] < 0 < lowest["high"]
    assert reliability.value == pytest.approx(STANDS, abs=0.08)


def test_a_change_of_type_is_no_slope():
    frames = panel(1, 24, 4)
    reports = frames.reports
    turned = reports["unit_id"].lt("u0010") & reports["year"].ge(2023)
    # Within each type every score is the same.
    reports = reports.assign(unit_type=np.where(turned, "新", "旧"), overall=np.where(turned, 80.0, 60.0))
    frames = replace(frames, reports=tidy(REPORTS, reports))
    made = statistics.changes(frames, statistics.figures(frames), Bootstrap(1, 50))
    rows = made.query("family == 'overall'").set_index("by")
    assert rows.at["all", "slope"] > 1
    assert rows.loc["unit_type", "slope"].tolist() == [0.0, 0.0]


def test_middle_years_are_counted():
    frames = panel(1, 12, 3)
    frames = replace(frames, reports=frames.reports[2:].reset_index(drop=True))  # one unit has one year
    made = statistics.changes(frames, statistics.figures(frames), Bootstrap(1, 50))
    whole = made.query("family == 'overall' and by == 'all'").iloc[0]
    assert (whole["n"], whole["units"]) == (33, 11)


def test_a_change_of_all_is_no_chance():
    still, rising = (moving.returns(panel(3, 300, 5, slope), Bootstrap(3, 50))[1] for slope in (0.0, 4.0))
    assert rising["chance"].to_numpy() == pytest.approx(still["chance"].to_numpy())
    assert (rising["expected"] - rising["before"] - rising["chance"]).to_numpy() == pytest.approx(
        (still["expected"] - still["before"] - still["chance"]).to_numpy() + 4.0
    )


def test_a_share_of_none_has_an_interval():
    low, high = wilson(0.0, 20)
    assert (low, round(high, 3)) == (0.0, 0.161)


def test_what_is_drawn_depends_on_the_group_alone():
    boot = Bootstrap(5, 50)
    first = boot.weights(7, "year|2021")
    boot.weights(9, "year|2022")
    assert (boot.weights(7, "year|2021") == first).all()
    assert (first.sum(axis=1) == 7).all()


def test_small_groups_are_blank_in_every_table(trends, truth):
    seen = 0
    for each in fields(trends):
        table = getattr(trends, each.name)
        if not isinstance(table, pd.DataFrame) or "suppressed" not in table:
            continue
        names = list(table)
        start = names.index("suppressed")
        figures = [*names[names.index("n") : start], *names[start + 1 :]]
        assert table.loc[table["suppressed"], figures].isna().all(axis=None)
        assert (table.loc[~table["suppressed"], "units"] >= LEAST).all()
        if "region" in table and "by" in table:
            small = table[table["region"].isin(truth.small)]
            seen += len(small)
            assert small["suppressed"].all()
    assert seen > 20


@pytest.mark.parametrize(("units", "kept"), [(LEAST - 1, None), (LEAST, 1.0)])
def test_promises_of_few_units_are_not_told(units, kept):
    frames = panel(1, 12, 2)
    some = (frames.pairs["unit_id"] < f"u{units:04}").astype("int64")
    made = statistics.followed(
        frames := replace(frames, pairs=frames.pairs.assign(promises=some, shown=some)), Bootstrap(1, 50)
    )
    whole = statistics.promises(frames, made).query("by == 'all'").iloc[0]
    assert whole["units"] == 12
    told = whole[["kept", "low", "high", "silent", "unclear", "judged"]]
    if kept is None:
        assert told.isna().all()
    else:
        assert (whole["kept"], whole["judged"]) == (kept, units)
        assert whole["low"] < whole["high"] == 1.0  # Wilson's, because every draw is one of all kept


@pytest.mark.parametrize("group", ["region", "unit_type"])
def test_small_groups_cannot_be_put_together_from_their_units(group):
    frames = panel(1, 24, 3)
    small = frames.reports["unit_id"] < f"u{LEAST - 1:04}"
    frames = replace(
        frames, reports=frames.reports.assign(**{group: frames.reports[group].mask(small, "小")})
    )
    movers, percentiles = moving.movers(frames, None), statistics.percentiles(frames)
    for table, figures in (
        (movers, list(movers)[4:]),
        (percentiles, ["n", "units", "overall", "percentile"]),
    ):
        blank = table[figures].isna()
        assert blank[table[group] == "小"].all(axis=None)
        assert not blank[table[group] != "小"].any(axis=None)
    assert len(movers) == 24


def test_nobody_can_forget_to_blank(trends):
    bare = trends.scores.assign(suppressed=False, units=3, n=4, mean=50.0)
    made = replace(trends, scores=bare).scores
    assert made["suppressed"].all()
    assert made["mean"].isna().all()


def test_the_same_frames_the_same_figures(trends):
    again = tell(trends.frames)
    for each in fields(trends):
        table = getattr(trends, each.name)
        if isinstance(table, pd.DataFrame):
            pd.testing.assert_frame_equal(table, getattr(again, each.name))


def test_a_store_of_one_year_has_no_changes():
    made = tell(panel(1, 12, 1), draws=50)
    assert made.reliability is None
    assert not len(made.changes)
    assert not len(made.movers)
    assert not len(made.returns)
    assert len(made.scores)


def test_a_store_without_scores_is_told_of():
    frames = panel(1, 12, 2)
    none = dict.fromkeys(("overall", "low", "high", "grade"), np.nan)
    reports = tidy(REPORTS, frames.reports.assign(**none))
    pairs = tidy(PAIRS, frames.pairs.assign(overall=np.nan, last_overall=np.nan))
    made = tell(replace(frames, reports=reports, pairs=pairs), draws=50)
    assert made.scores["suppressed"].all()
    assert not len(made.percentiles)
    assert made.coverage["abstained"].max() == len(reports)
    assert charts(made)
