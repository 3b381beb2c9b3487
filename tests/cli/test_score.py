"""``shuping score``: forms, places of output, exit status."""

from __future__ import annotations

import json
import re

import jsonschema
import pytest

from analyzer.rendering.json import load_schema

from .conftest import REPORT


def objects(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def plain(result):
    """A result as a caller of the library sees it."""
    return json.loads(json.dumps(result.to_dict()))


def test_one_report_is_a_scorecard(run, handed_in):
    result = run("score", handed_in("甲.txt") / "甲.txt")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert "评分卡" in result.stdout
    assert "党建统领作用发挥不够" in result.stdout


def test_one_report_is_one_object_that_keeps_to_the_schema(run, handed_in, analyzer):
    path = handed_in("甲.txt") / "甲.txt"
    result = run("score", path, "--format", "json")
    given = json.loads(result.stdout)
    jsonschema.validate(given, load_schema())
    assert given == plain(analyzer.analyze_file(path))
    assert given["scorecard"] is not None


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_several_reports_are_one_a_line_in_the_order_given(run, handed_in, form):
    folder = handed_in("甲.txt", "乙.txt", "丙.txt")
    given = [folder / name for name in ("乙.txt", "甲.txt", "丙.txt")]
    found = objects(run("score", *given, "--format", form))
    assert [entry["source"]["path"] for entry in found] == [str(path) for path in given]


def test_one_report_as_jsonl_is_one_line(run, handed_in):
    assert len(objects(run("score", handed_in("甲.txt"), "--format", "jsonl"))) == 1


def test_many_reports_in_processes_say_what_each_says_alone(run, corpora, analyzer):
    paths = sorted(corpora.glob("w*/w*-01.txt"))[:14] + sorted(corpora.glob("w1/*.txt"))[1:]
    result = run("score", *paths, "--format", "jsonl")
    assert result.exit_code == 0, result.stderr
    assert objects(result) == [plain(analyzer.analyze_file(path)) for path in paths]


def test_several_reports_are_a_table_with_the_weakest_first(run, corpora):
    result = run("score", *sorted(corpora.glob("w1/*.txt"))[:4])
    scores = [float(score) for score in re.findall(r"\s(\d+\.\d)  [A-D]", result.stdout)]
    assert len(scores) == 4
    assert scores == sorted(scores)
    assert "共 4 份" in result.stdout


def test_a_folder_is_read_with_its_subfolders_but_not_its_lock_files(run, handed_in):
    folder = handed_in(
        "乙局/报告.txt", "甲局/报告.txt", "甲局/~$报告.docx", ".隐藏.txt", ".git/x.txt", "表.xlsx"
    )
    found = objects(run("score", folder, "--format", "jsonl"))
    expected = [str(folder / "乙局" / "报告.txt"), str(folder / "甲局" / "报告.txt")]
    assert [entry["source"]["path"] for entry in found] == expected


@pytest.mark.parametrize(("form", "suffix"), [("html", ".html"), ("json", ".json"), ("text", ".txt")])
def test_a_folder_of_output_gets_one_file_a_report_and_prints_its_path(
    run, handed_in, tmp_path, form, suffix
):
    out = tmp_path / "结果" / "今年"
    result = run("score", handed_in("甲.txt", "乙.md"), "--format", form, "--output", out)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines() == [str(out / f"乙{suffix}"), str(out / f"甲{suffix}")]
    assert sorted(path.name for path in out.iterdir()) == [f"乙{suffix}", f"甲{suffix}"]
    assert all("党建统领" in path.read_text("utf-8") for path in out.iterdir())


def test_reports_of_one_name_do_not_overwrite_one_another(run, handed_in, tmp_path):
    folder = handed_in("甲局/述职报告.txt", "乙局/述职报告.txt", "乙局/述职报告.md")
    run("score", folder, "--format", "json", "--output", tmp_path / "out")
    sources = {json.loads(p.read_text("utf-8"))["source"]["path"] for p in (tmp_path / "out").iterdir()}
    assert sources == {str(path) for path in folder.rglob("*.*")}


def test_a_file_of_output_gets_what_would_be_printed(run, handed_in, tmp_path):
    folder, out = handed_in("甲.txt", "乙.txt"), tmp_path / "结果.jsonl"
    result = run("score", folder, "--format", "jsonl", "--output", out)
    assert result.stdout == f"{out}\n"
    assert out.read_text("utf-8") == run("score", folder, "--format", "jsonl").stdout


def test_lines_for_a_folder_go_into_one_file(run, handed_in, tmp_path):
    result = run("score", handed_in("甲.txt"), "--format", "jsonl", "--output", tmp_path)
    assert result.stdout == f"{tmp_path / 'results.jsonl'}\n"


def test_what_cannot_be_analysed_leaves_the_old_file_alone(run, tmp_path):
    out = tmp_path / "旧.html"
    out.write_text("旧的结果", "utf-8")
    (tmp_path / "空.txt").write_text("", "utf-8")
    assert run("score", tmp_path / "空.txt", "--format", "html", "--output", out).exit_code == 3
    assert out.read_text("utf-8") == "旧的结果"


def test_output_that_cannot_be_written_is_named(run, handed_in, tmp_path):
    (tmp_path / "占用").write_text("", "utf-8")
    result = run("score", handed_in("甲.txt"), "--format", "json", "--output", tmp_path / "占用" / "a.json")
    assert result.exit_code == 3
    assert "［output］" in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_draft_can_be_piped_in_whatever_its_encoding(run, encoding, analyzer):
    result = run("score", "-", "--format", "json", data=REPORT.encode(encoding))
    given = json.loads(result.stdout)
    assert given["source"]["path"] is None
    assert given["text"] == REPORT
    assert given["analysis"] == plain(analyzer.analyze_text(REPORT))["analysis"]


def test_an_empty_pipe_is_said_to_be_empty(run):
    result = run("score", "-", data=b"")
    assert result.exit_code == 3
    assert result.stderr.startswith("标准输入：")
    assert "［empty］" in result.stderr


def test_the_line_between_passing_and_failing(run, handed_in):
    path = handed_in("甲.txt") / "甲.txt"
    overall = json.loads(run("score", path, "--format", "json").stdout)["scorecard"]["overall"]
    assert run("score", path, "--fail-under", overall).exit_code == 0
    above = run("score", path, "--fail-under", overall + 0.1)
    assert above.exit_code == 1
    assert "1 份报告低于" in above.stderr


def test_a_report_without_a_score_does_not_pass(run, tmp_path):
    (tmp_path / "短.txt").write_text("今天天气不错。", "utf-8")
    assert run("score", tmp_path / "短.txt").exit_code == 0
    assert run("score", tmp_path / "短.txt", "--fail-under", 1).exit_code == 1


def test_the_policy_of_the_command_line_overrules_the_file(run, handed_in, tmp_path):
    config = tmp_path / "脱敏.toml"
    config.write_text('placeholders = "desensitized"\n', "utf-8")
    path = handed_in("甲.txt") / "甲.txt"

    def policy(*args):
        return json.loads(run("score", path, "--format", "json", *args).stdout)["analyzer"]["placeholders"]

    assert policy() == "strict"
    assert policy("--config", config) == "desensitized"
    assert policy("--config", config, "--placeholders", "strict") == "strict"
