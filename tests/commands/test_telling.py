from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.batch.gathering import Gathered
from analyzer.batch.intake import ABSENT, Entry, Intake, Known
from analyzer.batch.run import Ended
from analyzer.batch.submissions import Submission
from analyzer.commands import telling
from analyzer.errors import error


@pytest.fixture
def clock(monkeypatch):
    """A clock that is put forward by hand."""
    now = [1000.0]
    monkeypatch.setattr(telling.time, "monotonic", lambda: now[0])

    def forward(seconds):
        now[0] += seconds

    return forward


def test_where_no_bar_can_be_drawn_a_line_tells_rate_and_time_left_every_so_often(clock, capsys):
    told = telling.Told(100, None, debug=False)
    told.done("a", None, "", before=True)
    for _ in range(11):
        clock(2)
        told.done("b", None, "", before=False)
    assert capsys.readouterr().err.splitlines() == [
        "已完成 6/100，每秒 0.5 份，约剩 3 分 8 秒",
        "已完成 11/100，每秒 0.5 份，约剩 2 分 58 秒",
    ]


def test_a_failure_is_named_at_once_and_where_the_program_failed_only_if_asked(clock, capsys):
    failure = error("internal", Path("甲/乙.docx"), detail="x")
    for debug in (False, True):
        telling.Told(2, None, debug=debug).done("甲/乙.docx", failure, "line 1", before=False)
    assert capsys.readouterr().err.splitlines() == [str(failure), str(failure), "line 1"]


def test_the_end_says_how_many_became_what_and_where_all_is():
    intake = Intake(
        tuple(Entry(name, Submission(None)) for name in "abc"),
        repeats=(("d", "a"),),
    )
    failures = (("c", error("empty")), ("e", error(ABSENT, row=2)))
    gathered = Gathered(0, 0, 0, (Known("水利局"), Known("财政局")), None)
    lines = list(telling.summary(intake, Ended(2, failures, 1, gathered), Path("出")))
    assert lines == [
        "评分 1 份，不予评分 1 份，未能读取 1 份。",
        "与别的文件内容完全相同、没有重复评的 1 份。",
        "清单写明、没有交来的文件 1 份。",
        "清单上有、没有交来的单位 2 个，见工作簿的“未能读取”。",
        f"工作簿：{Path('出/workbook.xlsx')}",
        f"每份一页：{Path('出/reports')}",
        f"逐份的 JSON：{Path('出/results.jsonl')}",
        f"未能读取和没有交来的文件、原因：{Path('出/failures.jsonl')}",
    ]
