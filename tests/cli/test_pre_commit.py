"""The hook for pre-commit runs as it is written."""

from __future__ import annotations

import re
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
    report.write_text("述职报告\n太短，不成样子。", "utf-8")
    assert shell(*command, *hook["args"], report).returncode == 1


def test_what_is_no_report_blocks_nothing(hook, shell, root, tmp_path):
    _, *command = shlex.split(hook["entry"])
    listed, empty, book = (tmp_path / name for name in ("requirements.txt", "empty.md", "book.txt"))
    listed.write_text("click\nlxml\n", "utf-8")
    empty.write_text("", "utf-8")
    book.write_text("很长的书。" * 200_000, "utf-8")
    done = shell(*command, *hook["args"], root / "README.md", listed, empty, book)
    assert done.returncode == 0, done.stderr
    assert "4 个文件看上去不是述职报告" in done.stderr.decode()
    # Asked for without the option, each still counts.
    assert shell("score", *hook["args"], listed).returncode == 1


def test_a_report_that_cannot_be_read_is_no_other_file(hook, shell, tmp_path):
    _, *command = shlex.split(hook["entry"])
    broken = tmp_path / "报告.docx"
    broken.write_bytes(b"PK\x03\x04broken")
    assert shell(*command, *hook["args"], broken).returncode == 3


def test_the_hook_that_the_docs_show_is_ours(hook, root):
    (shown,) = re.findall(r"```yaml\n(.*?)```", (root / "docs" / "editors.md").read_text("utf-8"), re.DOTALL)
    (repository,) = yaml.safe_load(shown)["repos"]
    (told,) = repository["hooks"]
    assert told["entry"] == " ".join([hook["entry"], *hook["args"]])
    assert (told["files"], told["require_serial"]) == (hook["files"], hook["require_serial"])
