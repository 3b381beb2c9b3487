from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import docx

from analyzer.pipeline import Analyzer
from analyzer.reading import Document, read_bytes
from analyzer.rendering.docx import annotate

HEAD = ("序号", "存在问题", "原因分析", "整改措施", "责任人及时限")
ROWS = (
    (
        "1",
        "后备干部储备不足，16个村有7个没有人选。",
        "我总想着换届那年再物色。",
        "每村选2名跟班锻炼半年。",
        "李萍，6月底",
    ),
    (
        "2",
        "集体经济发展不平衡，5个村不足5万元。",
        "考核里没有这一项。",
        "3月底前修订考核办法。",
        "党政办，3月",
    ),
)


def _report(*rows: Sequence[str]) -> bytes:
    document = docx.Document()
    document.add_paragraph("2024年度抓基层党建工作述职报告")
    document.add_paragraph("平安镇党委书记  孙国强")
    document.add_paragraph("一年来，我认真履行抓党建第一责任人职责，现述职如下。")
    document.add_paragraph("一、履职情况")
    document.add_paragraph(
        "我主持党委会研究党建12次，到16个村调研63天，帮助解决灌溉、用电等问题29个。"
        "14名老支书组成调解队，化解土地纠纷57起，信访量下降38%。"
    )
    document.add_paragraph("二、存在问题及整改措施")
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    document.add_paragraph("三、下一步打算")
    document.add_paragraph("我每季度主持召开一次党建例会，逐村过堂。以上述职，请予评议。")
    return _bytes(document)


def _bytes(document: docx.document.Document) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _lines(data: bytes) -> list[str]:
    return read_bytes(data, "a.docx").text.split("\n")


def test_a_cell_begins_with_the_head_of_its_column() -> None:
    data = _report(HEAD, *ROWS)
    document: Document = read_bytes(data, "a.docx")
    lines = document.text.split("\n")
    assert "存在问题：" + ROWS[0][1] in lines
    assert "责任人及时限：" + ROWS[1][4] in lines
    assert "存在问题" not in lines  # the heads themselves are said with every cell
    assert "1" in lines  # what only counts the rows is said as it is
    told = {document.text[p.start + p.generated : p.end] for p in document.paragraphs}
    assert set(ROWS[0]) < told


def test_the_heads_may_stand_under_a_row_that_names_the_table() -> None:
    data = _report(("问题清单", "", "", "", ""), HEAD, *ROWS)
    assert "原因分析：" + ROWS[0][2] in _lines(data)
    assert "问题清单" in _lines(data)


def test_other_tables_are_read_as_they_are() -> None:
    rows = (("支部", "党员", "存在问题数"), ("一支部", "12", "3"))
    assert {"支部", "党员", "存在问题数", "一支部"} < set(_lines(_report(*rows)))


def test_merged_cells_do_not_stand_under_their_heads() -> None:
    document = docx.Document()
    table = document.add_table(rows=0, cols=3)
    for row in (
        ("存在问题", "原因分析", "整改措施"),
        ("学习不够。", "怕苦。", "每月学一次。"),
        ("以上请审阅。", "", ""),
    ):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    table.rows[2].cells[0].merge(table.rows[2].cells[2])
    assert "以上请审阅。" in _lines(_bytes(document))


def test_a_table_of_problems_is_understood_row_by_row_and_takes_comments() -> None:
    data = _report(HEAD, *ROWS)
    result = Analyzer().analyze(read_bytes(data, "a.docx"))
    assert result.abstained is None
    causes = [result.text[p.cause.start : p.cause.end] for p in result.analysis.problems]
    measures = ["".join(result.text[a:b] for a, b in p.remedy.spans) for p in result.analysis.problems]
    assert ["换届" in causes[0], "考核" in causes[1]] == [True, True]
    assert ["跟班" in measures[0], "修订" in measures[1]] == [True, True]
    assert read_bytes(annotate(data, result), "a.docx").text == result.text
