"""The files that a briefing's tables become, and the command."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import openpyxl
import pytest
from click.testing import CliRunner

from analyzer.cli import main
from analyzer.trends import briefing, files


@pytest.fixture(scope="module")
def documents(trends):
    return dict(files.documents(trends))


def test_tables_open_in_excel(documents, trends):
    assert documents["tables/scores.csv"].startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(documents["tables/scores.csv"].decode("utf-8-sig"), newline="")))
    assert rows[0][:6] == ["分组", "年度", "地区", "单位类型", "份数", "单位数"]
    assert len(rows) == len(trends.scores) + 1
    book = openpyxl.load_workbook(io.BytesIO(documents["tables.xlsx"]))
    assert book.sheetnames == ["说明", *files.TABLES.values()]
    assert book["得分"]["A2"].value == "总体"
    assert book["得分"]["H2"].value == pytest.approx(trends.scores["mean"].iloc[0], abs=0.006)


def test_small_groups_are_blank_in_the_files(documents, truth):
    rows = csv.DictReader(io.StringIO(documents["tables/scores.csv"].decode("utf-8-sig"), newline=""))
    small = [row for row in rows if row["地区"] in truth.small]
    assert small
    for row in small:
        assert row.pop("不足五个单位不显示") == "是"
        assert [
            value for name, value in row.items() if value and name not in ("分组", "年度", "地区", "单位类型")
        ] == []


def test_a_name_is_no_formula(trends):
    odd = trends.movers.head(1).assign(unit="=1+1")
    made = dict(files.documents(replace(trends, movers=odd)))
    assert ",'=1+1," in made["tables/movers.csv"].decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(made["tables.xlsx"]))
    assert (book["单位变化"]["B2"].value, book["单位变化"]["B2"].data_type) == ("=1+1", "s")


def test_the_same_store_the_same_bytes(documents, region, tmp_path, monkeypatch):
    monkeypatch.setattr(
        briefing, "documents", lambda trends: iter([("briefing.html", b"<p>")])
    )  # others draw it
    done = CliRunner().invoke(main, ["trends", "--store", str(region[0]), "--output", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    for name, content in documents.items():
        assert (tmp_path / "out" / name).read_bytes() == content
    assert (tmp_path / "out" / "briefing.html").read_bytes() == b"<p>"
    assert "party-duty/2" in done.output


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["--years", "2025-2021"], 2, "2021-2025"),
        (["--rubric", "none/1"], 3, "none/1"),
    ],
)
def test_what_cannot_be_done_is_said(region, tmp_path, arguments, status, told):
    output = tmp_path / "out"
    done = CliRunner().invoke(
        main, ["trends", "--store", str(region[0]), "--output", str(output), *arguments]
    )
    assert (done.exit_code, told in done.output) == (status, True)
    assert not output.exists()
