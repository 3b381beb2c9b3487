"""shuping compare."""

from __future__ import annotations

import json

import pytest

from .conftest import REPORT

NEXT = REPORT.replace("集体学习12次", "集体学习15次").replace("6月底前检查", "9月底前检查")


@pytest.fixture
def reports(tmp_path):
    last, this = tmp_path / "前.txt", tmp_path / "后.txt"
    last.write_text("2023年度" + REPORT, "utf-8")
    this.write_text("2024年度" + NEXT, "utf-8")
    return last, this


def test_two_years_are_shown_in_the_terminal(run, reports):
    done = run("compare", *reports)
    assert done.exit_code == 0
    assert "两年对照" in done.output
    assert "原样再提" in done.output


def test_results_given_as_json_compare_as_the_reports_do(run, reports, tmp_path):
    stored = []
    for path in reports:
        out = tmp_path / f"{path.stem}.json"
        assert run("score", path, "--format", "json", "--output", out).exit_code == 0
        stored.append(out)
    fresh = run("compare", *reports, "--format", "json")
    kept = run("compare", stored[0], reports[1], "--format", "json")
    assert fresh.exit_code == kept.exit_code == 0
    assert json.loads(fresh.output) == json.loads(kept.output)
    assert json.loads(fresh.output)["kind"] == "years"


@pytest.mark.parametrize(
    ("form", "beginning"), [("html", "<!DOCTYPE html>"), ("json", "{"), ("text", "两年对照")]
)
def test_each_form_is_written_to_a_file(run, reports, tmp_path, form, beginning):
    out = tmp_path / "对照.out"
    done = run("compare", *reports, "--format", form, "--output", out)
    assert done.exit_code == 0
    assert str(out) in done.output
    assert out.read_text("utf-8").lstrip().startswith(beginning)


def test_what_they_are_can_be_said(run, reports):
    done = run("compare", *reports, "--as", "drafts")
    assert done.exit_code == 0
    assert "两稿对照" in done.output
    assert "由人指定" in done.output


def test_a_file_that_cannot_be_read_is_named(run, reports, tmp_path):
    done = run("compare", reports[0], tmp_path / "没有.docx")
    assert done.exit_code == 3
    assert "没有.docx" in done.output
    assert "not-found" in done.output


@pytest.mark.parametrize("content", ["{", "[]", '{"schema": "shuping.result/9"}', "12", '"x"'])
def test_json_that_is_no_result_is_named(run, reports, tmp_path, content):
    broken = tmp_path / "结果.json"
    broken.write_text(content, "utf-8")
    done = run("compare", broken, reports[1])
    assert done.exit_code == 3
    assert "result-file" in done.output


def test_wrong_usage(run, reports):
    assert run("compare", reports[0]).exit_code == 2
    assert run("compare", *reports, "--as", "months").exit_code == 2
