"""The other commands, and the command line itself."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from analyzer.rendering.json import load_schema
from analyzer.rules.catalogue import catalogue


def test_help_is_chinese_and_names_every_command(run):
    page = run("--help").stdout
    assert page.startswith("用法：shuping")
    for command in ("score", "rules", "train", "evaluate", "schema", "store", "review"):
        assert command in page
        assert run(command, "--help").exit_code == 0


def test_version(run):
    assert run("--version").stdout.startswith("shuping 0.")


@pytest.mark.parametrize("module", ["analyzer.cli", "analyzer"])
def test_what_is_heavy_is_not_imported_before_it_is_needed(module):
    code = f"import sys, {module}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    heavy = {"numpy", "spacy", "sklearn", "rich", "joblib", "loky", "jinja2", "lxml", "sqlalchemy"}
    assert not heavy & set(loaded.split())


def test_the_schema_is_printed(run):
    assert json.loads(run("schema").stdout) == load_schema()


def test_the_catalogue_names_every_rule_and_each_has_its_page(run):
    shown = run("rules").stdout
    for rule in catalogue():
        assert rule.id in shown
        page = run("rules", rule.id)
        assert page.exit_code == 0
        assert rule.title in page.stdout
        assert "查什么" in page.stdout


def test_output_is_utf_8_where_the_locale_is_not(shell):
    for environment in ({"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}):
        result = shell("rules", **environment)
        assert result.returncode == 0
        assert "结构" in result.stdout.decode("utf-8")


def test_evaluate_prints_the_figures_of_annotated_reports(run, corpora, tmp_path):
    for name in ("w1-01", "w1-02"):
        for suffix in (".txt", ".json"):
            (tmp_path / f"{name}{suffix}").write_bytes((corpora / "w1" / f"{name}{suffix}").read_bytes())
    figures = json.loads(run("evaluate", "--gold", tmp_path, "--json").stdout)
    assert figures["reports"] == 2
    assert 0 < figures["section_macro_f1"] <= 1
    assert "section_macro_f1" in run("evaluate", "--gold", tmp_path).stdout


def test_evaluate_without_annotations_says_so(run, tmp_path):
    result = run("evaluate", "--gold", tmp_path)
    assert result.exit_code == 3
    assert "［gold］" in result.stderr
