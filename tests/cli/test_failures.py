"""What the command says when something is wrong: one line each, the right exit status, no traceback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

import pytest

from analyzer.batch.engine import analyzer_for
from analyzer.pipeline import Analyzer

from ..conftest import ROOT
from ..reading import hostile


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((), "用法"),
        (("scor",), "是否想用 score"),
        (("score",), "缺少 PATH"),
        (("score", "--formt", "json", "x"), "是否想用 --format"),
        (("score", "--format", "pdf", "x"), "text、json、jsonl、html"),
        (("score", "--profile", "nope", "x"), "party-duty"),
        (("score", "--fail-under", "101", "x"), "0 到 100"),
        (("score", "-", "x"), "不能与其他路径同用"),
        (("rules", "no-such-rule"), "no-such-rule"),
        (("evaluate",), "缺少 --gold"),
    ],
)
def test_wrong_usage_is_explained_in_chinese(run, args, words):
    result = run(*args)
    assert result.exit_code == 2
    assert words in result.stderr
    assert "Error" not in result.output


def test_a_page_for_several_reports_needs_a_folder(run, handed_in):
    result = run("score", handed_in("甲.txt", "乙.txt"), "--format", "html")
    assert result.exit_code == 2
    assert "--output" in result.stderr


@pytest.mark.parametrize("content", ['profile = "nope"', "unknown = 1", "= ="])
def test_a_broken_config_is_wrong_usage(run, handed_in, tmp_path, content):
    config = tmp_path / "shuping.toml"
    config.write_text(content, "utf-8")
    result = run("score", handed_in("甲.txt"), "--config", config)
    assert result.exit_code == 2
    assert "［config］" in result.stderr


def test_each_failure_is_one_line_and_the_others_are_analysed(run, handed_in, tmp_path):
    folder = handed_in("好.txt", "坏.docx", "空.txt")
    (folder / "空.txt").write_text("", "utf-8")
    (tmp_path / "没有报告").mkdir()
    result = run(
        "score",
        folder / "不存在.docx",
        folder,
        tmp_path / "没有报告",
        tmp_path / "x\ny.txt",
        "--format",
        "jsonl",
    )
    assert result.exit_code == 3
    lines = result.stderr.splitlines()
    assert sorted(line.split("［")[-1] for line in lines) == sorted(
        ["not-found］", "wrong-name］", "empty］", "empty-folder］", "not-found］"]
    )
    assert len(result.stdout.splitlines()) == 1
    assert json.loads(result.stdout)["source"]["path"] == str(folder / "好.txt")


def test_a_defect_in_one_report_is_reported_and_the_rest_goes_on(run, handed_in, monkeypatch):
    folder = handed_in("甲.txt", "乙.txt")
    whole = Analyzer.analyze_file

    def fragile(self, path):
        if path.name == "乙.txt":
            raise ZeroDivisionError
        return whole(self, path)

    monkeypatch.setattr(Analyzer, "analyze_file", fragile)
    result = run("score", folder, "--format", "jsonl")
    assert result.exit_code == 3
    assert "乙.txt：程序内部错误（ZeroDivisionError）" in result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stdout.splitlines()) == 1
    monkeypatch.setenv("SHUPING_DEBUG", "1")
    assert "Traceback" in run("score", folder, "--format", "jsonl").stderr


def test_too_little_memory_to_start_is_no_defect(run, handed_in, monkeypatch):
    def short(self, *args):
        raise MemoryError

    monkeypatch.setattr(Analyzer, "__init__", short)
    analyzer_for.cache_clear()
    result = run("score", handed_in("甲.txt"))
    assert (result.exit_code, result.stdout) == (3, "")
    assert "［no-memory］" in result.stderr


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_ctrl_c_ends_cleanly(tmp_path):
    out = tmp_path / "out"
    process = subprocess.Popen(
        [sys.executable, "-m", "analyzer", "score", "corpora", "--format", "json", "--output", str(out)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Where the tests run in the background of a shell, interrupts are ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the whole group
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors.split() == ["已中断。"]
    for path in out.iterdir():
        assert path.suffix == ".json"
        json.loads(path.read_text("utf-8"))
    assert len(list(out.iterdir())) < len(list((ROOT / "corpora").rglob("*.txt")))


@pytest.mark.skipif(os.name == "nt", reason="a POSIX pipe")
def test_a_reader_that_has_seen_enough_is_no_failure(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-m", "analyzer", "score", "corpora/w1", "--format", "jsonl"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.read(10)
    process.stdout.close()
    assert process.wait(timeout=60) == 141
    assert process.stderr.read() == b""


def test_hostile_files_are_each_named(shell, tmp_path):
    expected = {str(path): code for path, code in hostile.build(tmp_path)}
    expected[str(tmp_path / "folder.docx")] = "empty-folder"  # to the command a folder is one of reports
    result = shell("score", *expected, "--format", "jsonl", timeout=10 * len(expected))
    assert result.returncode == 3
    found = {}
    for line in result.stderr.decode("utf-8").splitlines():
        path, _, said = line.partition("：")
        found[path] = said.rpartition("［")[2].rstrip("］")
    assert found == expected
    assert result.stdout == b""
