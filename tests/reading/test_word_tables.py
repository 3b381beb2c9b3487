from __future__ import annotations

from collections.abc import Sequence

import docx
import pytest

from analyzer.pipeline import Analyzer
from analyzer.reading import Document, read_bytes
from analyzer.rendering.docx import annotate

from .ledgers import HEAD, ROWS, add_table, saved, word


def _lines(data: bytes) -> list[str]:
    return read_bytes(data, "a.docx").text.split("\n")


def test_a_cell_begins_with_the_head_of_its_column() -> None:
    data = word((HEAD, *ROWS))
    document: Document = read_bytes(data, "a.docx")
    lines = document.text.split("\n")
    assert "存在问题：" + ROWS[0][1] in lines
    assert "责任人及时限：" + ROWS[1][4] in lines
    assert "存在问题" not in lines  # the heads themselves are said with every cell
    assert "1" in lines  # what only counts the rows is said as it is
    told = {document.text[p.start + p.generated : p.end] for p in document.paragraphs}
    assert set(ROWS[0]) < told


def test_the_heads_may_stand_under_a_row_that_names_the_table() -> None:
    data = word((("问题清单", "", "", "", ""), HEAD, *ROWS))
    assert "原因分析：" + ROWS[0][2] in _lines(data)
    assert "问题清单" in _lines(data)


def test_other_tables_are_read_as_they_are() -> None:
    rows = (("支部", "党员", "存在问题数"), ("一支部", "12", "3"))
    assert {"支部", "党员", "存在问题数", "一支部"} < set(_lines(word(rows)))


def _table(*rows: Sequence[str]) -> docx.document.Document:
    document = docx.Document()
    add_table(document, rows)
    return document


THREE = ("存在问题", "原因分析", "整改措施")
TOLD = ("学习不够。", "怕苦。", "每月学一次。")


def test_measures_beside_one_merged_problem_stand_under_their_head() -> None:
    document = _table(THREE, TOLD, ("", "", "年底测一次。"))
    rows = document.tables[0].rows
    for column in (0, 1):
        rows[1].cells[column].merge(rows[2].cells[column])
    assert _lines(saved(document))[-2:] == ["整改措施：每月学一次。", "整改措施：年底测一次。"]


def test_a_cell_that_goes_across_is_said_to_be_what_it_begins_under() -> None:
    document = _table(THREE, TOLD, ("以上请审阅。", "", ""))
    cells = document.tables[0].rows[2].cells
    cells[0].merge(cells[2])
    assert _lines(saved(document))[-1] == "存在问题：以上请审阅。"


def test_heads_that_are_repeated_on_the_next_page_are_heads_again() -> None:
    lines = _lines(saved(_table(THREE, TOLD, THREE, TOLD)))
    assert lines == ["存在问题：学习不够。", "原因分析：怕苦。", "整改措施：每月学一次。"] * 2


@pytest.mark.parametrize(
    "rows",
    [
        (THREE,),
        (THREE, ("", "", "")),
        (
            ("存在问题", "学习不够", "整改措施", "每月学习一次"),
            ("存在问题", "下村少", "整改措施", "每月下村两次"),
        ),
        (("解决问题29个", "整改完成12项"), ("党员612名", "发展9名")),
        (("支部", "查摆问题数", "整改完成数"), ("一支部", "12", "10")),
    ],
)
def test_nothing_is_lost_of_a_table_that_is_none_of_problems(rows: tuple[Sequence[str], ...]) -> None:
    assert _lines(saved(_table(*rows))) == [words for row in rows for words in row if words]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("查摆问题", "存在问题"),
        ("存在问题：", "存在问题"),
        ("问题描述", "存在问题"),
        ("存在问题及原因", "存在问题及原因"),
    ],
)
def test_heads_are_said_in_the_words_of_reports(head: str, said: str) -> None:
    lines = _lines(saved(_table((head, "整改措施内容"), ("学习不够。", "每月学一次。"))))
    assert lines == [f"{said}：学习不够。", "整改措施：每月学一次。"]


def test_a_table_of_problems_is_understood_row_by_row_and_takes_comments() -> None:
    data = word((HEAD, *ROWS))
    result = Analyzer().analyze(read_bytes(data, "a.docx"))
    assert result.abstained is None
    causes = [result.text[p.cause.start : p.cause.end] for p in result.analysis.problems]
    measures = ["".join(result.text[a:b] for a, b in p.remedy.spans) for p in result.analysis.problems]
    assert ["换届" in causes[0], "考核" in causes[1]] == [True, True]
    assert ["跟班" in measures[0], "修订" in measures[1]] == [True, True]
    assert read_bytes(annotate(data, result), "a.docx").text == result.text
