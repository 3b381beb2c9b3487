"""Results as a table: for pandas, and as Parquet."""

from __future__ import annotations

import weakref
from dataclasses import fields, replace

import pandas as pd
import pyarrow.parquet as pq
import pytest

from analyzer.batch import frames
from analyzer.batch.frames import report_frame, write_parquet
from analyzer.rendering.risk import certainty
from analyzer.result import Dimension, Result
from analyzer.rules.catalogue import catalogue

from ..rendering.gold import abstained_result, finding, gold_names, gold_result, small_result


def results(count=6):
    return [gold_result(name) for name in gold_names()[:count]]


def test_columns_are_the_same_whatever_the_results():
    columns = list(report_frame([]).columns)
    assert columns == list(report_frame(results(2)).columns)
    assert len(set(columns)) == len(columns)
    assert [c for c in columns if c.startswith("rule.")] == [f"rule.{rule.id}" for rule in catalogue()]
    assert {"path", "unit", "unit_type", "region", "author", "year", "grade", "overall", "confidence"} < {
        *columns
    }


def test_a_row_says_what_the_result_says():
    result = results(1)[0]
    source = replace(result.source, unit="甲局", unit_type="机关", region="乙县", author="王明", year=2023)
    row = report_frame([replace(result, source=source)]).iloc[0]
    assert (row["unit"], row["unit_type"], row["region"], row["author"], row["year"]) == (
        "甲局", "机关", "乙县", "王明", 2023,
    )  # fmt: skip
    assert (row["overall"], row["grade"]) == (result.scorecard.overall, result.scorecard.grade)
    for score in result.scorecard.dimensions:
        assert row[score.id.value] == score.score
    assert row["confidence"] == certainty(result)
    assert row["problem_count"] == len(result.analysis.problems)
    assert row["finding_count"] == len(result.findings)


def test_findings_are_counted_by_rule_and_those_of_a_users_own_rules_together():
    text = "成效明显。" * 3
    found = [finding(text, 0, 5), finding(text, 5, 10), finding(text, 10, 15, rule="own-rule")]
    frame = report_frame([small_result(text, tuple(found))])
    assert frame["rule.vague-claim"][0] == 2
    assert frame["other_rules"][0] == 1
    counts = frame.filter(like="rule").sum(axis=1)
    assert counts[0] == frame["finding_count"][0] == 3


def test_what_is_unknown_is_missing_and_never_nought():
    row = report_frame([abstained_result("今年很好。")]).iloc[0]
    assert row["abstained"] == "too-short"
    for name in ("overall", "grade", "interval_low", "gates", "unit", "year", *Dimension):
        assert row[name] is pd.NA, name


def test_parquet_holds_the_frame(tmp_path):
    given = [*results(), abstained_result("今年很好。")]
    write_parquet(tmp_path / "a.parquet", given)
    read = pd.read_parquet(tmp_path / "a.parquet", dtype_backend="numpy_nullable")
    pd.testing.assert_frame_equal(read, report_frame(given), check_dtype=False)


def test_the_same_results_are_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        write_parquet(tmp_path / f"{name}.parquet", iter(results(3)))
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


def test_rows_are_written_in_groups(tmp_path, monkeypatch):
    monkeypatch.setattr(frames, "_BATCH", 4)
    write_parquet(tmp_path / "a.parquet", iter(results(10)))
    file = pq.ParquetFile(tmp_path / "a.parquet")
    assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)] == [4, 4, 2]


class Watched(Result):
    """A result whose end can be seen."""

    __slots__ = ("__weakref__",)


def test_no_result_is_kept_until_its_row_is_written(tmp_path):
    seen = []
    most = 0
    for_all = {each.name: getattr(results(1)[0], each.name) for each in fields(Result)}

    def stream():
        nonlocal most
        for _ in range(20):
            watched = Watched(**for_all)
            seen.append(weakref.ref(watched))
            most = max(most, sum(each() is not None for each in seen))
            yield watched
            del watched

    write_parquet(tmp_path / "a.parquet", stream())
    assert most <= 2


def test_of_no_results_there_is_a_file_with_all_columns(tmp_path):
    write_parquet(tmp_path / "a.parquet", [])
    assert list(pd.read_parquet(tmp_path / "a.parquet").columns) == list(report_frame([]).columns)


def test_a_run_that_fails_leaves_what_was_there(tmp_path):
    path = tmp_path / "a.parquet"
    write_parquet(path, results(2))
    before = path.read_bytes()

    def broken():
        yield results(1)[0]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_parquet(path, broken())
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["a.parquet"]


def test_a_place_that_cannot_be_written_is_an_os_error(tmp_path):
    (tmp_path / "a").write_text("")
    with pytest.raises(NotADirectoryError):
        write_parquet(tmp_path / "a" / "b.parquet", [])


def test_the_users_guide_names_every_column(root):
    told = (root / "docs" / "batch.md").read_text("utf-8")
    named = {column for column in report_frame([]).columns if not column.startswith("rule.")}
    assert not {column for column in named if f"`{column}`" not in told}
