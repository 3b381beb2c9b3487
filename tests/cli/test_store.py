"""``shuping store`` and ``shuping review``: what an inspector and an administrator do."""

from __future__ import annotations

import json
import re

import pytest

from analyzer.store.store import Store


@pytest.fixture
def url(tmp_path, corpora, analyzer):
    """A store with two reports."""
    path = tmp_path / "库.db"
    results = [analyzer.analyze_file(corpora / "w6" / f"w6-0{n}.txt") for n in (3, 6)]
    Store.open(path).save(results, "一批")
    return path


def test_a_day_of_review(run, url, tmp_path):
    queued = run("review", "--store", url, "queue").stdout
    first = re.search(r"^[0-9a-f]{10}", queued, re.MULTILINE).group()
    shown = run("review", "show", first, "--store", url).stdout
    finding, deduction = re.search(r"^([0-9a-f]{10}).*vague-claim  失 ([\d.]+)", shown, re.MULTILINE).groups()
    said = ("--by", "张三", "--reason", "第三段有数字", "--store", url)
    told = run("review", "reject", first, finding, *said).stdout
    before, after = map(float, re.findall(r"([\d.]+) 分", told))
    assert after == pytest.approx(before + float(deduction))
    seq = re.search(r"第 (\d+) 条", told).group(1)
    run("review", "adjust", first, "履职实绩", 3.5, *said)
    shown = run("review", "show", first, "--store", url).stdout
    assert "已驳回" in shown
    assert "→ 3.5  人工调分" in shown
    run("review", "withdraw", first, seq, *said)
    listed = run("review", "history", first, "--store", url).stdout
    assert listed.count("张三") == 3
    assert "已不算数" in listed
    assert first not in run("review", "queue", "--todo", "--store", url).stdout
    out = tmp_path / "意见"
    assert run("store", "export", "--store", url, "--output", out).exit_code == 0
    assert [json.loads(line)["kind"] for line in (out / "decisions.jsonl").open()] == [
        "reject",
        "adjust",
        "withdraw",
    ]
    verified = run("store", "verify", "--store", url)
    assert verified.exit_code == 0
    assert "留痕 5 条" in verified.stdout  # saved, three decisions, exported


def test_verify_tells_what_was_changed_and_what_was_cut_off(run, url):
    import sqlite3

    head = re.search(r"[0-9a-f]{64}", run("store", "info", "--store", url).stdout).group()
    assert run("store", "verify", "--store", url, "--head", head[:16]).exit_code == 0
    assert run("store", "verify", "--store", url, "--head", "0" * 16).exit_code == 1
    with sqlite3.connect(url) as connection:
        connection.execute("UPDATE results SET overall = 99 WHERE id = 1")
    found = run("store", "verify", "--store", url)
    assert found.exit_code == 1
    assert "结果第 1 行" in found.stderr


def test_rescoring_under_the_same_rubric_adds_nothing(run, url):
    done = run("store", "rescore", "--store", url)
    assert done.exit_code == 0
    assert "新增结果 0 份" in done.stdout


def test_rescoring_under_other_settings_keeps_the_old(run, url, tmp_path):
    settings = tmp_path / "shuping.toml"
    settings.write_text('[rules]\nignore = ["vague-claim"]\n', "utf-8")
    assert "新增结果 2 份" in run("store", "rescore", "--store", url, "--config", settings).stdout
    assert run("store", "info", "--store", url).stdout.count("2 份结果") == 2
    assert run("store", "verify", "--store", url).exit_code == 0


def test_the_address_may_stand_in_the_environment(run, url, tmp_path, monkeypatch):
    monkeypatch.setenv("SHUPING_STORE", str(url))
    assert "一批" in run("store", "info").stdout
    assert run("store", "--store", tmp_path / "没有.db", "info").exit_code == 2
    assert not (tmp_path / "没有.db").exists()


def test_mistakes_are_told_in_one_line(run, url):
    assert run("store", "info").stderr.startswith("缺少 --store")
    wrong = run("review", "show", "zzzz", "--store", url)
    assert wrong.exit_code == 2
    assert "［review］" in wrong.stderr
    assert run("review", "confirm", "a", "b", "--by", "张三", "--store", url).stderr.startswith(
        "缺少 --reason"
    )


def test_init_makes_a_store_and_says_where_its_trail_begins(run, tmp_path):
    made = run("store", "init", "--store", tmp_path / "新.db")
    assert made.exit_code == 0
    assert "留痕 0 条" in made.stdout
    assert (tmp_path / "新.db").is_file()
