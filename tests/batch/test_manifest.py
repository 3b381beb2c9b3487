"""The manifest: as organisation departments write it, and as they get it wrong."""

from __future__ import annotations

import re
from datetime import datetime

import openpyxl
import pytest

from analyzer.batch.manifest import read_manifest
from analyzer.errors import ShupingError

_TEXT = """文件,单位,单位类型,地区,述职人,年度
甲县/水利局.docx, 甲县水利局 ,县直机关,甲县,张三,2021
,乙镇党委,乡镇,甲县,,
"""
_SAID = {"unit": "甲县水利局", "unit_type": "县直机关", "region": "甲县", "author": "张三", "year": 2021}


@pytest.fixture
def read(tmp_path):
    def read(data, name="清单.csv"):
        path = tmp_path / name
        if isinstance(data, bytes):
            path.write_bytes(data)
        else:
            book = openpyxl.Workbook()
            for row in data:
                book.active.append(row)
            book.save(path)
        return [(row.number, row.file, row.said) for row in read_manifest(path)]

    return read


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_it_is_read_in_any_encoding_and_with_any_delimiter(read, encoding, delimiter):
    data = _TEXT.replace(",", delimiter).encode(encoding)
    assert read(data) == [
        (2, "甲县/水利局.docx", _SAID),
        (3, None, {"unit": "乙镇党委", "unit_type": "乡镇", "region": "甲县"}),
    ]


def test_columns_may_be_english_and_in_any_order_with_others_between(read):
    data = "No.,Year,Unit Type,path,UNIT\r\n1,2021年度,乡镇,.\\a\\b.txt,甲镇\r\n".encode()
    assert read(data) == [(2, "a/b.txt", {"unit": "甲镇", "unit_type": "乡镇", "year": 2021})]


def test_a_title_may_stand_above_and_blank_rows_between(read):
    data = "2021年度述职报告报送清单,,\n,,\n序号,单位名称（全称）,备注\n1,甲镇,\n,,\n2,乙镇,迟交\n".encode()
    assert read(data) == [(4, None, {"unit": "甲镇"}), (6, None, {"unit": "乙镇"})]


def test_a_workbook_is_read_with_its_numbers_dates_and_broken_headings(read):
    rows = [
        ["2021年报送清单"],
        ["文件", "单位\n名称", "年份"],
        ["a.txt", "甲镇", 2021],
        ["b.txt", 119, "２０２１"],
    ]
    rows.append(["c.txt", "丙镇", datetime(2021, 12, 31)])
    assert read(rows, "清单.xlsx") == [
        (3, "a.txt", {"unit": "甲镇", "year": 2021}),
        (4, "b.txt", {"unit": "119", "year": 2021}),
        (5, "c.txt", {"unit": "丙镇", "year": 2021}),
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "空的"),
        ("甲,乙\n1,2\n".encode(), "没有找到列名"),
        ("文件,年度\na.txt,去年\n".encode(), "第 2 行“年度”写的“去年”不是年份"),
        ("文件,年度\na.txt,20211\n".encode(), "第 2 行“年度”"),
        ("文件,单位\na.txt,=B3&1\n".encode(), "第 2 行“单位”是公式"),
        ("文件,单位,地区\n,,甲县\n".encode(), "第 2 行既没有文件，也没有单位"),
        ("文件,单位\na.txt,甲\na.txt,乙\n".encode(), "第 2 行和第 3 行"),
        ("单位,单位名称\n甲,乙\n".encode(), "“单位”和“单位名称”两列"),
        ('文件,单位\n"a.txt,甲\n'.encode(), "引号"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "不是文本文件"),
        ([["文件", "单位"], ["a.txt", "=A2&1"]], "第 2 行“单位”是公式，没有算好的值"),
    ],
)
def test_what_is_wrong_is_told_with_row_and_column(read, data, told):
    name = "清单.xlsx" if isinstance(data, list) else "清单.csv"
    with pytest.raises(ShupingError) as wrong:
        read(data, name)
    assert wrong.value.code == "manifest"
    assert told in wrong.value.message
    assert wrong.value.path.name == name


@pytest.mark.parametrize("data", [b"PK\3\4 no workbook", b"text"])
def test_a_broken_workbook_is_told(read, data):
    with pytest.raises(ShupingError, match="报送清单有误"):
        read(data, "清单.xlsx")


def test_a_stored_value_of_a_formula_is_taken(tmp_path):
    import xlsxwriter

    path = tmp_path / "清单.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["文件", "单位"])
        sheet.write_string(1, 0, "a.txt")
        sheet.write_formula(1, 1, '="甲"&"镇"', None, "甲镇")
    assert [row.said for row in read_manifest(path)] == [{"unit": "甲镇"}]


def test_a_manifest_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ShupingError, match="没有这个文件"):
        read_manifest(tmp_path / "no.csv")


def test_the_example_of_the_guide_is_read_and_its_names_of_columns_are_known(read, root):
    page = (root / "docs" / "batch.md").read_text("utf-8")
    example = re.search(r"```\n(文件,.*?)```", page, re.DOTALL).group(1)
    assert [(file, said["unit"]) for _, file, said in read(example.encode())] == [
        ("甲县/水利局.docx", "甲县水利局"),
        (None, "甲县乙镇党委"),
    ]
    table = dict(re.findall(r"^\| (\w+) \| ([^|]+) \|", page.partition("### 报送清单")[2], re.MULTILINE))
    del table["一列"]
    for names in table.values():
        for name in names.strip().split("、"):
            other = "单位" if name in table["文件"].split("、") or "文件" in name else "文件"
            read(f"{name},{other}\n1999,1999\n".encode())
