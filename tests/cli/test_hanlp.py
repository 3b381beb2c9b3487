"""``shuping score --backend hanlp``: what it gives, and what it says where it cannot."""

from __future__ import annotations

import importlib.util
import json
import time

import pytest

from analyzer.language import hanlp_models

installed = importlib.util.find_spec("torch") and importlib.util.find_spec("hanlp")
needs_extra = pytest.mark.skipif(not installed, reason="the extra shuping[hanlp] is not installed")


@pytest.fixture
def offline(monkeypatch):
    """Nothing answers, whatever this machine can reach."""
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)


def test_without_the_extra_one_line_says_what_to_do(run, handed_in, monkeypatch):
    monkeypatch.setattr(hanlp_models, "find_spec", lambda name: None)
    result = run("score", handed_in("甲.txt"), "--backend", "hanlp", "--hanlp-model", "X")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert "pip install 'shuping[hanlp]'" in result.stderr
    assert "［missing-extra］" in result.stderr


def test_a_model_without_its_backend_is_wrong_usage(run, handed_in):
    result = run("score", handed_in("甲.txt"), "--hanlp-model", "X")
    assert result.exit_code == 2
    assert "--backend hanlp" in result.stderr


def test_an_unknown_backend_is_wrong_usage(run, handed_in):
    result = run("score", handed_in("甲.txt"), "--backend", "ltp")
    assert result.exit_code == 2
    assert "jieba、hanlp" in result.stderr


@pytest.mark.parametrize("content", ['backend = "ltp"', "hanlp_model = 3", 'hanlp_model = ""'])
def test_wrong_settings_in_the_file_are_named(run, handed_in, tmp_path, content):
    config = tmp_path / "shuping.toml"
    config.write_text(content, "utf-8")
    result = run("score", handed_in("甲.txt"), "--config", config)
    assert result.exit_code == 2
    assert content.split()[0] in result.stderr
    assert "［config］" in result.stderr


@needs_extra
@pytest.mark.parametrize("of", ["line", "file"])
def test_a_model_that_cannot_be_had_is_told_at_once(run, handed_in, tmp_path, offline, of):
    name = "COARSE_ELECTRA_SMALL_ZH"
    config = tmp_path / "shuping.toml"
    config.write_text(f'backend = "hanlp"\nhanlp_model = "{name}"\n', "utf-8")
    args = ("--config", config) if of == "file" else ("--backend", "hanlp", "--hanlp-model", name)
    folder = handed_in("甲.txt")
    run("score", folder)  # the program is loaded
    from analyzer.language.hanlp_models import locate  # noqa: F401 - and so is what asks for models

    start = time.perf_counter()
    result = run("score", folder, *args)
    assert time.perf_counter() - start < 2  # HanLP itself would try for 26 s
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert name in result.stderr
    assert ".zip" in result.stderr  # from where
    assert "coarse_electra_small" in result.stderr  # to where
    assert "［hanlp-unreachable］" in result.stderr


@needs_extra
def test_a_misspelt_model_gets_a_suggestion(run, handed_in):
    result = run("score", handed_in("甲.txt"), "--backend", "hanlp", "--hanlp-model", "COARSE_ELEKTRA_SMALL")
    assert result.exit_code == 2
    assert "COARSE_ELECTRA_SMALL_ZH" in result.stderr
    assert "［hanlp-model］" in result.stderr


@needs_extra
def test_a_folder_with_no_model_of_ours_to_use_is_a_clear_error(run, handed_in, tmp_path):
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "config.json").write_text("{}", "utf-8")
    result = run("score", handed_in("甲.txt"), "--backend", "hanlp", "--hanlp-model", folder)
    assert result.exit_code == 2
    assert "［hanlp-model］" in result.stderr


@needs_extra
def test_both_backends_give_the_same_judgement(run, handed_in, offline):
    path = handed_in("甲.txt") / "甲.txt"

    def result(*args):
        return json.loads(run("score", path, "--format", "json", *args).stdout)

    ours, jieba = result("--backend", "hanlp"), result()
    assert ours.pop("analyzer")["backend"] == "hanlp"
    assert jieba.pop("analyzer")["backend"] == "jieba"
    assert ours == jieba


@needs_extra
def test_many_reports_go_through_processes(run, handed_in):
    folder = handed_in(*(f"{number}.txt" for number in range(30)))
    result = run("score", folder, "--backend", "hanlp", "--format", "jsonl")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 30
