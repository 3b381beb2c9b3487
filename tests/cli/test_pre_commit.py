"""The hook for pre-commit runs as it is written."""

from __future__ import annotations

import shlex

import pytest
import yaml

from analyzer.reading import SUFFIXES


@pytest.fixture
def hook(root):
    (only,) = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text("utf-8"))
    return only


def test_it_takes_every_format_that_can_be_read(hook):
    assert all(suffix.removeprefix(".") in hook["files"] for suffix in SUFFIXES)


def test_it_fails_where_a_report_is_below_the_bound(hook, shell, tmp_path):
    program, *command = shlex.split(hook["entry"])
    assert program == "shuping"
    report = tmp_path / "报告.md"
    report.write_text("太短，不成报告。", "utf-8")
    assert shell(*command, *hook["args"], report).returncode == 1
