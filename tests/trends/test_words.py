"""Titles tell the truth."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.trends.charts.courses import Course, _title
from analyzer.trends.charts.words import change, interval, moved, number, signed

numbers = st.floats(-50, 50)
rows = st.tuples(numbers, numbers, numbers, st.sampled_from(["rising", "falling", "none"])).map(
    lambda row: pd.Series(
        dict(zip(("low", "slope", "high"), sorted(row[:3]), strict=True)) | {"direction": row[3]}
    )
)


@given(rows)
def test_a_rise_is_told_only_where_the_interval_leaves_out_no_change(row):
    words = change(row, "分")
    if row["low"] <= 0 <= row["high"]:
        assert words.startswith("看不出变化")
    assert ("升" in words) == (moved(row) == "rising")
    assert ("降" in words) == (moved(row) == "falling")
    if "升" in words:
        assert row["low"] > 0
        assert row["direction"] == "rising"
    if "降" in words:
        assert row["high"] < 0
        assert row["direction"] == "falling"


@given(st.lists(rows, min_size=2, max_size=5))
def test_a_title_names_what_moved_and_nothing_else(changes):
    lines = [Course(str(number), f"第{number}项", "分") for number in range(len(changes))]
    title = _title("各项", lines, {line.id: row for line, row in zip(lines, changes, strict=True)})
    for line, row in zip(lines, changes, strict=True):
        assert (line.name in title) == (moved(row) != "none")
    assert ("看不出变化" in title) == any(moved(row) == "none" for row in changes)


def test_without_years_no_change_is_told():
    assert change(None, "分") == "年份不够，看不出变化"
    missing = pd.Series(
        {"slope": float("nan"), "low": float("nan"), "high": float("nan"), "direction": "none"}
    )
    assert change(missing, "分") == "年份不够，看不出变化"


@pytest.mark.parametrize(
    ("value", "digits", "words"),
    [(-0.04, 1, "0.0"), (-1.25, 1, "−1.2"), (3, 0, "3"), (float("nan"), 1, "—")],
)
def test_numbers_are_written_as_readers_expect(value, digits, words):
    assert number(value, digits) == words


def test_changes_and_intervals():
    assert signed(0.5) == "+0.5"
    assert signed(0.01) == "0.0"
    assert interval(-1, 2) == "−1.0 至 2.0"
