from __future__ import annotations

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from analyzer.cli import main

from ..conftest import ROOT

# Short, but long enough to be scored.
REPORT = """抓基层党建工作述职报告
一年来，我认真履行第一责任人责任，现将有关情况报告如下：
一、履职情况
（一）抓学习。组织党组集体学习12次，讲党课4次，到3个联系点调研6次，解决了办公场所漏雨等5个问题。
（二）抓融合。4月起由办公室党支部牵头办理企业诉求，全年办结36件，平均用时由9天降到4天。
二、存在问题
一是党建统领作用发挥不够。谋划工作时没有同步考虑党建，主要原因是我把精力都放在了招商上，没有建立月度研究的制度。
二是责任压得不实。有的支部全年只开过两次党员大会，有的问题年年都有。
三、下步打算
一是每月第一周召开党组会研究党建，由我主持，形成清单，6月底前检查一次。
二是进一步压实支部书记责任，切实抓好各项制度落实。
"""


@pytest.fixture
def run():
    """Run a command inside this process."""

    def invoke(*args, data=None):
        return CliRunner().invoke(main, [str(arg) for arg in args], input=data, prog_name="shuping")

    return invoke


@pytest.fixture
def shell():
    """Run a command as its own process."""

    def start(*args, data=None, timeout=120, **environment):
        return subprocess.run(
            [sys.executable, "-m", "analyzer", *map(str, args)],
            input=data,
            capture_output=True,
            cwd=ROOT,
            env={**os.environ, **environment},
            timeout=timeout,
        )

    return start


@pytest.fixture
def handed_in(tmp_path):
    """Write the report under each of some relative paths; return their folder."""

    def write(*names):
        folder = tmp_path / "交来"
        for name in names:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(REPORT, encoding="utf-8")
        return folder

    return write
