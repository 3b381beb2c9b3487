"""Tables of problems in the binary Word format: as in a .docx."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest

from analyzer.reading import read, read_bytes
from analyzer.reading.ledgers import names
from analyzer.reading.msdoc_rows import Paragraph, tables

from .ledgers import TABLES, Rows, add_table, saved, word
from .making import convert, needs_libreoffice


def _as_doc(data: bytes, folder: Path) -> Path:
    source = folder / "a.docx"
    source.write_bytes(data)
    return convert(source, "doc:MS Word 97")


@needs_libreoffice
@pytest.mark.parametrize("table", TABLES)
def test_a_table_reads_as_in_a_docx(tmp_path: Path, table: str) -> None:
    expected = read_bytes(word(TABLES[table]), "a.docx")
    document = read(_as_doc(word(TABLES[table]), tmp_path))
    assert document.text == expected.text
    assert "整改措施：" in document.text
    assert [p.generated for p in document.paragraphs] == [p.generated for p in expected.paragraphs]


def _merged() -> bytes:
    """Rows with cells across columns above others, or at the end, and heads again."""
    head = ("存在问题", "原因分析", "整改措施")
    rows: Rows = (
        ("问题清单", "", ""),
        head,
        ("学习不够。", "怕苦。", "每月学。"),
        ("", "", "年底测。"),
        head,
    )
    document = docx.Document()
    table = add_table(
        document, (*rows, ("下村少。", "忙。", "每月下村。"), ("以上请审阅。", "", ""), ("一", "", "二"))
    )
    table.cell(0, 0).merge(table.cell(0, 2))
    for column in (0, 1):
        table.cell(2, column).merge(table.cell(3, column))
    table.cell(6, 0).merge(table.cell(6, 2))
    table.cell(7, 0).merge(table.cell(7, 1))
    return saved(document)


@needs_libreoffice
def test_merged_cells_stand_under_the_heads_that_they_begin_under(tmp_path: Path) -> None:
    expected = read_bytes(_merged(), "a.docx").text
    assert read(_as_doc(_merged(), tmp_path)).text == expected
    assert expected.split("\n") == [
        *("问题清单", "存在问题：学习不够。", "原因分析：怕苦。", "整改措施：每月学。", "整改措施：年底测。"),
        *("存在问题：下村少。", "原因分析：忙。", "整改措施：每月下村。"),
        *("存在问题：以上请审阅。", "存在问题：一", "整改措施：二"),
    ]


@needs_libreoffice
def test_other_tables_and_tables_in_cells_read_as_in_a_docx(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("党员情况：")
    add_table(document, (("支部", "存在问题数"), ("一支部", "3")))
    inner = add_table(document, (("", "甲"), ("", "丙"))).cell(0, 0)
    for row, words in zip(inner.add_table(2, 2).rows, ("问题措施", "下村少每月下村"), strict=True):
        for cell, text in zip(row.cells, (words[: len(words) // 2], words[len(words) // 2 :]), strict=True):
            cell.text = text
    lines = read_bytes(saved(document), "a.docx").text.split("\n")
    assert lines[:5] == ["党员情况：", "支部", "存在问题数", "一支部", "3"]
    assert lines[5:] == ["存在问题：下村少", "整改措施：每月下村", "甲", "丙"]
    assert read(_as_doc(saved(document), tmp_path)).text.split("\n") == lines


_IN_TABLE, _ENDS_ROW, _NESTED = b"\x16\x24\1", b"\x17\x24\1", b"\x49\x66\2\0\0\0"


def _row(words: Sequence[str], edges: Sequence[int] = ()) -> list[Paragraph]:
    cells = [Paragraph(text, text, ends_cell=True, papx=b"\0\0" + _IN_TABLE) for text in words]
    definition = struct.pack("<HHB", 0xD608, 2 + 2 * len(edges), len(edges) - 1) if edges else b""
    papx = b"\0\0" + _IN_TABLE + _ENDS_ROW + definition + struct.pack(f"<{len(edges)}h", *edges)
    return [*cells, Paragraph("", "", ends_cell=True, papx=papx)]


def _found(paragraphs: Sequence[Paragraph]) -> list[list[tuple[list[str], list[range]]]]:
    found = [[(names(row), [cell.columns for cell in row]) for row in rows] for rows in tables(paragraphs)]
    return [rows for rows in found if rows]


def test_cells_stand_where_their_edges_are() -> None:
    rows = _row("甲乙丙", (-108, 900, 2000, 3000)) + _row("丁戊", (-100, 1990, 3010))
    assert _found(rows) == [
        [(["甲", "乙", "丙"], [range(1), range(1, 2), range(2, 3)]), (["丁", "戊"], [range(2), range(2, 3)])]
    ]


@pytest.mark.parametrize("cut", [0, 1, 3, 6])
def test_without_edges_cells_are_counted(cut: int) -> None:
    whole = _row("甲乙", (0, 900, 2000))
    end = whole[-1]
    papx = end.papx[: len(end.papx) - cut] if cut else b"\0\0" + _IN_TABLE + _ENDS_ROW
    assert _found([*whole[:-1], Paragraph("", "", ends_cell=True, papx=papx)]) == [
        [(["甲", "乙"], [range(1), range(1, 2)])]
    ]


def test_a_paragraph_outside_parts_tables_and_one_inside_a_cell_does_not() -> None:
    outside = Paragraph("外", "外", ends_cell=False, papx=b"\0\0")
    inside = Paragraph("内", "内", ends_cell=False, papx=b"\0\0" + _IN_TABLE + _NESTED)
    rows = [*_row("甲"), outside, inside, *_row("乙"), inside, *_row("丙")]
    assert [[row for row, _ in rows] for rows in _found(rows)] == [[["甲"]], [["乙"], ["丙"]]]
    deepest = Paragraph("内", "内", ends_cell=False, papx=b"\0\0" + _IN_TABLE + _NESTED[:2] + b"\xff" * 4)
    assert _found([deepest, *_row("甲")]) == [[(["甲"], [range(1)])]]
