"""The workbook: what stands in its cells, and that no cell ever runs."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from lxml import etree

from analyzer.rendering.xlsx import render_rows, render_xlsx, rows_of
from analyzer.result import Compared, Release, Source, Suppressed, Veto

from .gold import abstained_result, finding, gold_names, gold_result, small_result

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Book:
    """A workbook as its parts say it."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        strings = etree.fromstring(self.parts["xl/sharedStrings.xml"])
        self.strings = ["".join(item.itertext()) for item in strings.iter(f"{_S}si")]
        book = etree.fromstring(self.parts["xl/workbook.xml"])
        self.names = [sheet.get("name") for sheet in book.iter(f"{_S}sheet")]

    def sheet(self, number: int) -> etree._Element:
        return etree.fromstring(self.parts[f"xl/worksheets/sheet{number}.xml"])

    def rows(self, number: int) -> list[dict[str, str]]:
        """The rows under the head, each by its column's name."""
        grid = [
            {cell.get("r").rstrip("0123456789"): self._value(cell) for cell in row}
            for row in self.sheet(number).iter(f"{_S}row")
        ]
        return [{grid[0][column]: value for column, value in row.items()} for row in grid[1:]]

    def _value(self, cell: etree._Element) -> str:
        value = cell.findtext(f"{_S}v")
        return self.strings[int(value)] if cell.get("t") == "s" else value


def test_findings_and_scores_of_a_report():
    text = "一、履职\n成效明显。"
    book = Book(render_xlsx(small_result(text, (finding(text, 5, 10),))))
    assert book.names == ["发现", "评分"]
    (row,) = book.rows(1)
    assert row["文件"] == "样例.txt"
    assert row["位置"] == "第 2 行"
    assert row["程度"] == "宜改"
    assert row["规则"] == "vague-claim"
    assert row["原文"] == "成效明显。"
    assert row["失分"] == "1"
    (score,) = book.rows(2)
    assert score["得分"] == "99"
    assert score["等级"] == "A"
    assert score["宜改"] == "1"


def test_heads_stay_in_view_and_can_be_filtered():
    book = Book(render_xlsx(small_result("述职报告。")))
    for number in (1, 2):
        pane = next(book.sheet(number).iter(f"{_S}pane"))
        assert (pane.get("state"), pane.get("ySplit"), pane.get("xSplit")) == ("frozen", "1", "1")
        assert next(book.sheet(number).iter(f"{_S}autoFilter")).get("ref").startswith("A1:")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "{="])
def test_no_text_is_a_formula_or_becomes_one(start):
    words = f'{start}HYPERLINK("http://x",1)。'
    result = small_result(words, (finding(words, 0, len(words), message=words, suggestion=words),))
    book = Book(render_xlsx(replace(result, source=Source(f"{start}1.txt", "txt", "0" * 64))))
    styles = etree.fromstring(book.parts["xl/styles.xml"])
    prefixed = [form.get("quotePrefix") for form in styles.find(f"{_S}cellXfs")]
    for number in (1, 2):
        assert not list(book.sheet(number).iter(f"{_S}f"))
        for row in list(book.sheet(number).iter(f"{_S}row"))[1:]:
            for cell in row:
                if cell.get("t") == "s":
                    assert prefixed[int(cell.get("s"))] == "1"
    assert not any("hyperlink" in name for name in book.parts)


def test_what_xml_cannot_hold_is_left_out():
    text = "成\x00效\ud800明\x1f显\u202e。"
    (row,) = Book(render_xlsx(small_result(text, (finding(text, 0, len(text)),)))).rows(1)
    assert row["原文"] == "成 效 明 显 。"


def test_several_reports_stand_in_the_same_sheets():
    results = [gold_result(name) for name in gold_names()[:3]]
    book = Book(render_rows([*map(rows_of, results), rows_of(abstained_result("短。"))]))
    assert len(book.rows(1)) == sum(len(result.findings) for result in results)
    scores = book.rows(2)
    assert len(scores) == 4
    assert scores[3]["等级"] == "未评分"
    assert "得分" not in scores[3]
    assert scores[3]["说明"].startswith("暂不评分")


def test_what_is_let_stand_and_what_is_new_is_marked():
    text = "成效明显。X次。"
    result = small_result(text, (finding(text, 0, 5), finding(text, 5, 7, rule="placeholder")))
    let_stand = Suppressed(finding(text, 0, 4, deduction=0.0), "有附件", "第 1 行的注释", inside=True)
    card = replace(
        result.scorecard, suppressed=1, spared=1.5, vetoes=(Veto("g", 74, "空白", Release("王明", "脱敏")),)
    )
    book = Book(
        render_xlsx(
            replace(
                result, suppressed=(let_stand,), baseline=Compared({"placeholder": 1}, 1, 0), scorecard=card
            )
        )
    )
    rows = book.rows(1)
    assert [row["状态"] for row in rows] == ["基线之内", "超出基线", "不计"]
    assert "有附件" in rows[2]["备注"]
    (score,) = book.rows(2)
    assert (score["不计"], score["不计的分"]) == ("1", "1.5")
    assert "王明" in score["封顶"]


def test_the_same_results_make_the_same_file():
    result = gold_result(gold_names()[0])
    assert render_xlsx(result) == render_xlsx(result)
