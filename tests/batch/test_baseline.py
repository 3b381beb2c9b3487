"""A baseline counts by file and rule, whatever the findings say."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from analyzer.batch.baseline import Baseline, count, counted, name_in, read_baseline, write_baseline
from analyzer.errors import ShupingError
from analyzer.result import Severity, Source

from ..rendering.gold import finding, small_result

TEXT = "成效明显。X次。"


def result(path, *rules):
    found = tuple(
        finding(TEXT, 0, 5, rule=rule, severity=Severity.INFO if rule == "hint" else Severity.WARNING)
        for rule in rules
    )
    return replace(small_result(TEXT, found), source=Source(str(path), "txt", "0" * 64))


def nothing(result):
    return None


@pytest.fixture
def before(tmp_path):
    """The baseline of a folder with two reports."""
    path = tmp_path / "基线.json"
    reports = [result(tmp_path / "甲" / "a.txt", "x", "x", "y", "hint"), result(tmp_path / "b.txt")]
    write_baseline(path, [counted(each, nothing, None) for each in reports])
    return read_baseline(path)


def test_it_is_written_by_path_and_rule(before, tmp_path):
    assert before.files == {"b.txt": {}, "甲/a.txt": {"hint": 1, "x": 2, "y": 1}}
    assert json.loads((tmp_path / "基线.json").read_text("utf-8"))["schema"] == "shuping.baseline/1"


def test_only_what_goes_beyond_it_is_new(before, tmp_path):
    same = before.compare(result(tmp_path / "甲" / "a.txt", "x", "x", "y", "hint"))
    assert (same.beyond, same.known, same.mended) == ({}, 4, 0)
    more = before.compare(result(tmp_path / "甲" / "a.txt", "x", "x", "x", "z"))
    assert (more.beyond, more.known, more.mended) == ({"x": 1, "z": 1}, 2, 2)
    unknown = before.compare(result(tmp_path / "c.txt", "x"))
    assert unknown.beyond == {"x": 1}


def test_hints_fail_no_run(before, tmp_path):
    seen = []
    made = counted(result(tmp_path / "b.txt", "x", "hint"), seen.append, before)
    assert made.failing == {"x": 1}
    assert seen[0].baseline.beyond == {"hint": 1, "x": 1}
    assert counted(result(tmp_path / "b.txt", "x"), nothing, None).failing == {}


def test_a_report_goes_by_its_path_from_the_baseline(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "基线" / "b.json"
    assert name_in(path, "甲/a.txt") == name_in(path, str(tmp_path / "甲" / "a.txt")) == "../甲/a.txt"
    assert name_in(path, None) == "-"


def test_every_finding_counts_once():
    assert count(result("a.txt", "x", "y", "x")) == {"x": 2, "y": 1}


@pytest.mark.parametrize(
    "content",
    [
        None,
        "{",
        "[]",
        '{"files": {}}',
        '{"schema": "shuping.baseline/1"}',
        '{"schema": "shuping.baseline/1", "files": {"a": {"x": -1}}}',
        '{"schema": "shuping.baseline/1", "files": {"a": {"x": true}}}',
        '{"schema": "shuping.baseline/1", "files": {"a": 1}}',
        "[" * 100000,
    ],
)
def test_what_is_no_baseline_is_refused(tmp_path, content):
    path = tmp_path / "b.json"
    if content is not None:
        path.write_text(content, "utf-8")
    with pytest.raises(ShupingError) as failure:
        read_baseline(path)
    assert failure.value.code == "baseline"


def test_a_baseline_that_knows_nothing(tmp_path):
    assert Baseline(tmp_path / "b.json", {}).compare(result("a.txt")).beyond == {}
