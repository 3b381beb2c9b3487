"""The workbook of many reports, read back as a spreadsheet program would."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import weakref
import zipfile
from dataclasses import fields, replace
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

from analyzer.comparing.years import YearRow
from analyzer.duplicates.pairs import Pair, Passage
from analyzer.rendering.workbook import Book, Failure, Foreign, Missing, Repeat, sheets, write_workbook
from analyzer.result import (
    CauseStatus,
    Conflict,
    Dimension,
    Origin,
    RemedyStatus,
    Result,
    Severity,
    Suppressed,
)

from .gold import (
    abstained_result,
    finding,
    gold_names,
    gold_result,
    in_doubt,
    small_result,
    with_one_in_passing,
)

NAMES = [
    "说明", "总表", "问题—原因—措施 对账单", "问题清单", "雷同", "错写单位",
    "两年对照", "统计", "统计图", "未能读取",
]  # fmt: skip
LEDGER = NAMES[2]


def results(count=8, **changes):
    """So many reports of as many units, in order of path."""
    made = []
    for number, name in enumerate(gold_names()[:count]):
        result = gold_result(name)
        about = {
            "path": f"甲县/单位{number:02d}/报告.docx",
            "unit": f"单位{number:02d}",
            "unit_type": "乡镇" if number % 2 else "机关",
            "region": "甲县",
            "origins": {"unit": Origin.MANIFEST, "year": Origin.REPORT},
            **changes,
        }
        made.append(replace(result, source=replace(result.source, **about)))
    return made


def pointed(result, path, **changes):
    return replace(result, source=replace(result.source, path=path, **changes))


def written(folder, given, **parts):
    path = folder / "workbook.xlsx"
    write_workbook(path, Book(lambda view: map(view, given), **parts))
    return path


def rows(path, sheet):
    """The rows under the head, each by its columns' names; what is empty is left out."""
    grid = list(load_workbook(path)[sheet].iter_rows(min_row=sheets.ABOVE, values_only=True))
    return [
        {name: cell for name, cell in zip(grid[0], row, strict=True) if cell is not None} for row in grid[1:]
    ]


def test_sheets_have_names_that_every_program_takes(tmp_path):
    book = load_workbook(written(tmp_path, results(2)))
    assert book.sheetnames == NAMES
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in NAMES)


def test_the_users_guide_names_every_sheet(root):
    told = (root / "docs" / "batch.md").read_text("utf-8").partition("## 工作簿")[2]
    rows = "".join(line for line in told.split("\n") if line.startswith("| "))
    assert not [name for name in NAMES if name not in rows]


def test_heads_stay_in_view_are_filtered_and_come_back_on_every_printed_page(tmp_path):
    book = load_workbook(written(tmp_path, results(3)))
    for name in set(NAMES) - {"说明", "统计图"}:
        sheet = book[name]
        assert sheet.freeze_panes.endswith("3")
        assert sheet.auto_filter.ref.startswith("A2:")
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$2"


def test_the_riskiest_stand_first_and_say_why(tmp_path):
    given = [*results(8), pointed(abstained_result("今年很好。"), "丙/短.txt")]
    for number, row in enumerate(table := rows(written(tmp_path, given), "总表"), 1):
        assert row["名次"] == number
    points = [row["风险分"] for row in table]
    assert points == sorted(points, reverse=True)
    gated = [row for row in table if row.get("封顶")]
    assert gated
    assert table[: len(gated)] == gated
    for row in gated:
        assert row["风险"] == "■ 高"
        assert row["主要看点"].startswith("■ 封顶 74 分：有 ")
    (declined,) = [row for row in table if row["等级"] == "未评分"]
    assert "得分" not in declined
    assert declined["主要看点"].startswith("■ 未评分，请人工看：正文只有 40 字")
    assert declined["单位"] == "〔短.txt〕"


def test_a_row_says_all_that_the_score_says(tmp_path):
    result = results(1)[0]
    (row,) = rows(written(tmp_path, [result]), "总表")
    card = result.scorecard
    assert row["得分"] == card.overall
    assert row["等级"] == card.grade
    shown = [row["结构完整"], row["履职实绩"], row["问题查摆"], row["原因剖析"], row["整改措施"]]
    shown += [row["党建业务融合"], row["文字规范"]]
    assert shown == [next(d.score for d in card.dimensions if d.id is each) for each in Dimension]
    assert row["须改"] == sum(f.severity is Severity.ERROR for f in result.findings)
    assert row["信息来源"] == "清单：单位；报告：年度"
    assert 0 < row["把握"] <= 1


def test_there_is_room_for_what_people_decide(tmp_path):
    path = written(tmp_path, results(3))
    assert not any({"处理", "批注"} & set(row) for row in rows(path, "总表"))
    sheet = load_workbook(path)["总表"]
    (offered,) = sheet.data_validations.dataValidation
    assert offered.formula1 == '"待看,已看,退回补正,约谈,不采纳"'
    column = next(cell.column_letter for cell in sheet[sheets.ABOVE] if cell.value == "处理")
    assert str(offered.sqref) == f"{column}3:{column}5"


def test_a_copy_rises_and_both_sides_name_each_other(tmp_path):
    given = sorted(results(6), key=lambda result: result.source.path)
    best = max(given, key=lambda result: result.scorecard.overall).source.path
    other = next(result.source.path for result in given if result.source.path != best)
    pair = Pair(*sorted((best, other)), 0.96, (Passage((0, 30), (5, 35)), Passage((40, 50), (60, 70))))
    before = [row["文件"] for row in rows(written(tmp_path, given), "总表")]
    path = written(
        tmp_path, given, duplicates=[pair], duplicate_pages={(pair.a, pair.b): "duplicates/1.html"}
    )
    table = rows(path, "总表")
    after = [row["文件"] for row in table]
    assert after.index(best) < before.index(best)
    by_path = {row["文件"]: row for row in table}
    assert by_path[best]["雷同"] == by_path[other]["雷同"] == 0.96
    assert f"■ 与 {other} 重合 96%" in by_path[best]["主要看点"]
    (shown,) = rows(path, "雷同")
    assert (shown["级别"], shown["相同段"], shown["相同字"]) == ("■ 95% 以上", 2, 40)
    first = next(result for result in given if result.source.path == pair.a)
    assert shown["最长一段"] == " ".join(first.text[:30].split())
    assert load_workbook(path)["雷同"].cell(3, 11).hyperlink.target == "duplicates\\1.html"


def test_a_copy_from_the_archive_is_shown_though_it_is_not_in_this_lot(tmp_path):
    given = results(1)
    pair = Pair("存档/旧.docx", given[0].source.path, 0.7, (Passage((0, 9), (3, 12)),))
    path = written(tmp_path, given, duplicates=[pair])
    (shown,) = rows(path, "雷同")
    assert shown["甲 单位"] == "〔旧.docx〕（不在这一批）"
    assert shown["级别"] == "▲ 80% 以下"
    assert shown["最长一段"] == " ".join(given[0].text[3:12].split())


def test_links_lead_from_a_report_to_its_rows_and_back(tmp_path):
    given = results(5)
    pages = {result.source.path: f"reports/单位 {n}#1 50%.html" for n, result in enumerate(given)}
    book = load_workbook(written(tmp_path, given, pages=pages))
    overview = book["总表"]
    columns = {cell.value: cell.column for cell in overview[sheets.ABOVE]}
    for line in range(sheets.ABOVE + 1, overview.max_row + 1):
        path = overview.cell(line, columns["文件"]).value
        for name, column, back in (("对账单", LEDGER, "文件"), ("问题清单", "问题清单", "文件")):
            link = overview.cell(line, columns[name]).hyperlink
            sheet, row = re.fullmatch(r"'(.+)'!A(\d+)", link.location).groups()
            assert sheet == column
            target = {
                head.value: cell for head, cell in zip(book[sheet][2], book[sheet][int(row)], strict=True)
            }
            assert target[back].value == path
            assert target["名次"].hyperlink.location == f"'总表'!A{line}"
            assert target["名次"].value == overview.cell(line, 1).value
        page = overview.cell(line, columns["网页"]).hyperlink.target
        assert page == pages[path].replace("/", "\\").replace(" ", "%20").replace("50%", "50%25").replace(
            "#", "%23"
        )


def test_where_links_run_out_the_words_stay(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_LINKS", 4)
    path = written(tmp_path, results(4))
    linked = [c for row in load_workbook(path)["总表"].iter_rows() for c in row if c.hyperlink]
    assert len(linked) == 4
    assert all(row["问题清单"].endswith(" 处") for row in rows(path, "总表"))


def test_an_address_too_long_for_excel_is_no_link(tmp_path):
    given = results(1)
    (row,) = rows(written(tmp_path, given, pages={given[0].source.path: "reports/" + "长" * 2100}), "总表")
    assert row["网页"] == "打开"


def test_each_problem_has_its_row_with_what_it_lacks(tmp_path):
    given = results(6)
    table = rows(written(tmp_path, given), LEDGER)
    problems = [(result, problem) for result in given for problem in result.analysis.problems]
    assert len(table) == len(problems)
    for row, (result, problem) in zip(table, problems, strict=True):
        assert row["问题"] == problem.title
        assert row["单位"] == result.source.unit
        if problem.cause.status is CauseStatus.NONE:
            assert (row["原因"], row["原因原文"]) == ("■ 没有说原因", "缺")
            assert row["还缺"].startswith("原因")
            assert "问题没有原因（失 " in row["对应意见"]
        if problem.remedy.status is RemedyStatus.NONE:
            assert (row["措施"], row["措施原文"], row["谁来办"]) == ("■ 没有对应措施", "缺", "—")
            assert "有问题没有措施（失 " in row["对应意见"]
        for slot in problem.remedy.missing:
            assert row[sheets_name(slot)] == "缺"
            assert sheets_name(slot) in row["还缺"]


def sheets_name(slot):
    from analyzer.rendering import labels

    return labels.SLOT[slot]


def with_gap():
    """A report with a problem without a cause, and the finding that says so."""
    for result in results(30):
        for problem in result.analysis.problems:
            if problem.cause.status is CauseStatus.NONE and problem.remedy.status is RemedyStatus.SPECIFIC:
                one = replace(result, analysis=replace(result.analysis, problems=(problem,)))
                (said,) = [
                    f for f in one.findings if f.rule == "missing-root-cause" and f.start == problem.start
                ]
                return replace(one, findings=(said,)), said
    raise AssertionError("the corpus has such a problem")


def test_a_gap_without_a_finding_is_shown_as_one(tmp_path):
    result, said = with_gap()
    (row,) = rows(written(tmp_path, [result]), LEDGER)
    assert row["对应意见"].startswith("问题没有原因（失 ")
    (row,) = rows(written(tmp_path, [replace(result, findings=())]), LEDGER)
    assert row["对应意见"] == "▲ 原因：没有单列意见"
    let_stand = Suppressed(said, "首次述职", "第 1 行的注释", inside=True)
    (row,) = rows(written(tmp_path, [replace(result, findings=(), suppressed=(let_stand,))]), LEDGER)
    assert row["对应意见"] == "问题没有原因（免计）"


def test_of_what_nobody_can_tell_no_cell_says_that_it_is_missing(tmp_path):
    given = list(map(in_doubt, results(6)))
    path = written(tmp_path, given)
    for row in rows(path, LEDGER):
        assert (row["原因"], row["措施"]) == ("◇ 拿不准", "◇ 拿不准")
        assert row["对应意见"].split("\n") == [f"◇ {name}：拿不准，请自己看一眼" for name in ("原因", "措施")]
        assert "缺" not in row.values()
        assert "还缺" not in row
    problems = {result.source.unit: len(result.analysis.problems) for result in given}
    for row in rows(path, "总表"):
        assert row["对账单"] == f"{problems[row['单位']]} 个／缺 0／拿不准 {problems[row['单位']]}"


def test_a_problem_told_in_passing_is_called_so_and_lacks_no_cause(tmp_path):
    result = replace(with_one_in_passing(results(1)[0]), findings=())
    path = written(tmp_path, [result])
    row, *others = rows(path, LEDGER)
    assert row["问题"] == f"{result.analysis.problems[0].title}（履职中提到）"
    assert (row["原因"], row["原因原文"], row["措施原文"]) == ("不作要求", "—", "缺")
    assert row["还缺"] == "措施"
    assert row["对应意见"] == "▲ 措施：没有单列意见"
    assert not any("提到" in other["问题"] for other in others)
    (row,) = rows(path, "总表")
    assert row["对账单"].startswith(f"{len(others)} 个／另提到 1／缺 ")


def test_what_is_missing_and_what_nobody_can_tell_have_colours_of_their_own(tmp_path):
    sheet = load_workbook(written(tmp_path, results(2)))[LEDGER]
    column = next(cell.column_letter for cell in sheet[sheets.ABOVE] if cell.value == "原因")
    looks = {
        rule.text: (rule.dxf.fill.bgColor.rgb if rule.dxf.fill else None, rule.dxf.font.color.rgb)
        for area in sheet.conditional_formatting
        if str(area.sqref).startswith(column)
        for rule in area.rules
    }
    assert set(looks) == {"■", "▲", "◇"}
    assert len(set(looks.values())) == 3
    assert looks["◇"][0] is None


def test_a_report_that_admits_nothing_is_not_left_out_of_the_ledger(tmp_path):
    result = results(1)[0]
    (row,) = rows(
        written(tmp_path, [replace(result, analysis=replace(result.analysis, problems=()))]), LEDGER
    )
    assert row["问题"] == "■ 没有写出问题"
    assert row["还缺"] == "问题、原因、措施"


def test_every_finding_is_listed_those_let_stand_with_their_reason(tmp_path):
    result = results(1)[0]
    let_stand = Suppressed(result.findings[0], "有附件", "shuping.toml", inside=False)
    given = [replace(result, findings=result.findings[1:], suppressed=(let_stand,))]
    table = rows(written(tmp_path, given), "问题清单")
    assert len(table) == len(result.findings)
    assert round(sum(row.get("失分", 0) for row in table), 2) == round(
        sum(f.deduction for f in result.findings[1:]), 2
    )
    assert table[-1]["计分"] == "免计"
    assert table[-1]["备注"] == "有附件（shuping.toml）"
    assert "失分" not in table[-1]
    assert {row["程度"][0] for row in table} <= set("■▲●")


def test_what_a_sheet_cannot_hold_is_said_and_the_gravest_stay(tmp_path, monkeypatch):
    given = results(6)
    errors = sum(f.severity is Severity.ERROR for result in given for f in result.findings)
    total = sum(len(result.findings) for result in given)
    assert errors < total
    monkeypatch.setattr(sheets, "ROOM", errors)
    path = written(tmp_path, given, full="results.jsonl")
    table = rows(path, "问题清单")
    assert len(table) == errors
    assert {row["程度"] for row in table} == {"■ 须改"}
    note = load_workbook(path)["问题清单"]["B1"].value
    assert f"共 {total} 处" in note
    assert "results.jsonl" in note
    assert any(
        note == cell for row in load_workbook(path)["说明"].iter_rows(values_only=True) for cell in row
    )


def test_whatever_did_not_become_a_score_is_named(tmp_path):
    given = results(2)
    disputed = Conflict("year", "2021", Origin.MANIFEST, "2020", Origin.REPORT)
    given[0] = pointed(given[0], "甲/a.docx", conflicts=(disputed,))
    given.append(pointed(abstained_result("短。"), "甲/b.docx"))
    table = rows(
        written(
            tmp_path,
            given,
            failures=[Failure("甲/坏.docx", "damaged", "文件已损坏", "请重新报送。")],
            repeats=[Repeat("乙/副本.docx", "甲/a.docx")],
            missing=[Missing("丁局", region="丁县", year=2021)],
            unmatched=["甲/b.docx"],
        ),
        "未能读取",
    )
    kinds = ["未能读取", "没有交来", "没有评分", "重复文件", "文件名不合", "说法不一"]
    assert [row["情形"][2:] for row in table] == kinds
    failed, missing, declined, repeated, unmatched, conflict = table
    assert unmatched["文件"] == "甲/b.docx"
    assert (failed["文件"], failed["代码"], failed["怎么办"]) == ("甲/坏.docx", "damaged", "请重新报送。")
    assert missing["说明"] == "清单上有，没有收到：单位 丁局，地区 丁县，年度 2021"
    assert (declined["文件"], declined["代码"]) == ("甲/b.docx", "too-short")
    assert "甲/a.docx" in repeated["说明"]
    assert conflict["说明"] == "年度：取清单“2021”，报告写“2020”"


def test_two_years_of_a_unit_say_what_to_ask(tmp_path):
    given = results(1)
    path = given[0].source.path
    row = YearRow("单位00", "旧.docx", path, 2020, 2021, 70.0, 66.0, 0.85, 4, 2, 9, 3, 5)
    book = written(tmp_path, given, years=[row])
    (shown,) = rows(book, "两年对照")
    assert shown["看点"].split("\n") == [
        "■ 85% 的句子上年就有",
        "■ 上年 4 个问题有 2 个照样写回",
        "▲ 上年 9 条承诺有 5 条没有下文",
        "● 得分下降 4.0 分",
    ]
    assert shown["增减"] == -4
    (report,) = rows(book, "总表")
    assert report["雷同"] == 0.85
    assert "照样写回" in report["主要看点"]


def test_the_name_of_another_unit_is_shown_and_told_among_the_reasons(tmp_path):
    given = results(2)
    one, two = (result.source.path for result in given)
    path = written(tmp_path, given, foreign=[Foreign(one, "单位00", "乙局", 4, 6)] * 2)
    assert [row["写成了"] for row in rows(path, "错写单位")] == ["乙局", "乙局"]
    reasons = {row["文件"]: row["主要看点"] for row in rows(path, "总表")}
    assert reasons[one].count("▲ 自称处写成“乙局”，请看原文") == 1
    assert "自称处" not in reasons[two]


def test_groups_of_fewer_than_five_are_counted_not_averaged(tmp_path):
    given = results(14, unit_type="机关")
    given[:3] = [
        replace(r, source=replace(r.source, unit_type=kind))
        for r, kind in zip(given, ("乡镇", "乡镇", "医院"), strict=False)
    ]
    table = rows(written(tmp_path, given), "统计")
    everything = table[0]
    large, small = [row for row in table if row["分组"] == "单位类型"]
    scores = sorted(result.scorecard.overall for result in given[3:])
    assert (large["组"], large["份数"], large["中位"]) == ("机关", 11, scores[5])
    assert large["下四分"] == (scores[2] + scores[3]) / 2
    assert round(sum(large[grade] for grade in "ABCD"), 9) == 1
    assert (small["组"], small["份数"]) == ("其余 2 组", 3)
    assert not {"平均", "中位", "A", "结构完整"} & set(small)
    assert small["最常见的毛病"].endswith("乡镇 2、医院 1")
    assert everything["份数"] == 14
    assert sum(row["份数"] for row in table if row["分组"] == "得分段") == 14


def test_charts_are_of_the_tables(tmp_path):
    path = written(tmp_path, results(12, unit_type="机关"))
    table = load_workbook(path)["统计"]
    with zipfile.ZipFile(path) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if "charts/chart" in name]
    assert len(charts) == 3
    for chart in charts:
        for reference in re.findall(r"<c:f>(?:'统计'|统计)!\$(\w+)\$(\d+)", chart):
            assert table[f"{reference[0]}{reference[1]}"].value is not None


@pytest.mark.parametrize("start", ["=1+1", "@x", "+86", "-1", "\t=1", "{=1}", "http://x"])
def test_no_text_is_a_formula_or_becomes_one(tmp_path, start):
    words = f"{start}。"
    result = small_result(words, (finding(words, 0, len(words), message=words, suggestion=words),))
    result = pointed(result, f"{start}.txt", unit=start, unit_type=start, region=start, author=start)
    path = written(
        tmp_path,
        [result],
        failures=[Failure(start, start, start, start)],
        missing=[Missing(start)],
        years=[YearRow(start, start, f"{start}.txt", 2020, 2021, None, None, 0.9, 1, 1, 1, 0, 1)],
        duplicates=[Pair(start, f"{start}.txt", 0.9, (Passage((0, 2), (0, 2)),))],
    )
    (row,) = rows(path, "总表")
    assert (row["单位"], row["地区"], row["姓名"]) == (start, start, start)
    for sheet in load_workbook(path):
        for cells in sheet.iter_rows():
            for cell in cells:
                assert cell.data_type != "f"
                if isinstance(cell.value, str) and cell.value.startswith(start[0]):
                    assert cell.quotePrefix
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            tree = etree.fromstring(archive.read(name))
            if name.startswith("xl/worksheets/sheet"):
                assert not list(tree.iter("{*}f"))


def test_what_xml_cannot_hold_is_left_out(tmp_path):
    text = "成\x00效\ud800明\x1f显\u202e。"
    result = small_result(text, (finding(text, 0, len(text)),))
    result = pointed(result, "a\x1b.txt", unit="甲\x00局\u202e")
    path = written(tmp_path, [result], pages={"a\x1b.txt": "reports/a\x1b.html"})
    (row,) = rows(path, "总表")
    assert (row["单位"], row["文件"]) == ("甲 局 ", "a .txt")
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            etree.fromstring(archive.read(name))


def test_the_same_book_is_the_same_file_wherever_it_is_written(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    given = results(4)
    assert written(tmp_path / "a", given).read_bytes() == written(tmp_path / "b", given).read_bytes()


class Watched(Result):
    """A result whose end can be seen."""

    __slots__ = ("__weakref__",)


def test_no_result_is_kept(tmp_path):
    paths = [f"{n:02d}.txt" for n in range(12)]
    seen: list[weakref.ref[Watched]] = []
    passes = []

    def stream():
        passes.append(0)
        for path in paths:
            result = pointed(small_result("成效明显。" * 9), path)
            watched = Watched(**{each.name: getattr(result, each.name) for each in fields(Result)})
            seen.append(weakref.ref(watched))
            passes[-1] = max(passes[-1], sum(each() is not None for each in seen))
            yield watched
            del watched

    write_workbook(tmp_path / "a.xlsx", Book(lambda view: map(view, stream())))
    assert len(passes) == 2
    assert max(passes) <= 2


def test_a_run_that_fails_leaves_nothing_behind(tmp_path):
    def broken():
        yield results(1)[0]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_workbook(tmp_path / "a.xlsx", Book(lambda view: map(view, broken())))
    turns = iter([lambda: iter(results(1)), broken])
    with pytest.raises(RuntimeError):
        write_workbook(tmp_path / "a.xlsx", Book(lambda view: map(view, next(turns)())))
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_an_os_error(tmp_path):
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(OSError, match=r"a\.xlsx"):
        write_workbook(tmp_path / "a.xlsx", Book(lambda view: iter(())))


def test_a_book_of_nothing_says_so(tmp_path):
    path = written(tmp_path, [])
    book = load_workbook(path)
    for name in NAMES[1:6]:
        assert book[name]["B3"].value
    assert book["未能读取"]["B3"].value == "全部读取并评分，没有重复，没有缺报。"


def test_the_first_sheet_explains_every_sheet_and_column(tmp_path):
    path = written(tmp_path, results(6))
    book = load_workbook(path)
    words = [[cell or "" for cell in row] for row in book["说明"].iter_rows(values_only=True)]
    for name in set(NAMES) - {"说明"}:
        assert any(row[0] == name and row[2] for row in words)
    for name in set(NAMES) - {"说明", "统计图"}:
        explained = {column for row in words if row[0] == name for column in row[1].split("、")}
        assert {cell.value for cell in book[name][sheets.ABOVE]} <= explained
    assert ["评分标准", "party-duty/1", "6 份"] in [row[:3] for row in words]
    assert any("只评文字写法" in row[2] for row in words)


def test_the_risk_of_each_report_adds_up_as_the_first_sheet_says(tmp_path):
    for row in rows(written(tmp_path, results(8)), "总表"):
        parts = [float(part.split(" ")[-1]) for part in row["风险分怎么来"].split("＋")]
        assert sum(parts) == pytest.approx(row["风险分"], abs=0.05)


def has_calc():
    program = shutil.which("soffice")
    return program is not None and list(Path(program).resolve().parent.glob("libsclo.*"))


@pytest.mark.slow
@pytest.mark.skipif(not has_calc(), reason="LibreOffice Calc is not installed")
def test_libreoffice_reads_it(tmp_path):
    given = results(3)
    given[0] = pointed(given[0], given[0].source.path, unit="=1+1")
    path = written(tmp_path, given)
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    profile = (tmp_path / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", form]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(path)], check=True, capture_output=True, timeout=120
    )
    table = list(csv.reader(io.StringIO((tmp_path / "workbook-总表.csv").read_text("utf-8"))))
    assert table[1][:5] == ["名次", "风险", "单位", "主要看点", "得分"]
    assert {row[2] for row in table[2:]} == {"=1+1", "单位01", "单位02"}
