"""PDF: lines become paragraphs again, page numbers and running heads go."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.errors import ShupingError
from analyzer.reading import Document, Limits, read_bytes

from . import making
from .making import REPORT

Row = tuple[float, float, float, str]


def _lines(document: Document) -> list[str]:
    return [document.text[p.start : p.end] for p in document.paragraphs]


def _read(*pages: list[Row]) -> list[str]:
    return _lines(read_bytes(making.pdf(pages), "报告.pdf"))


@pytest.mark.parametrize("width", [22, 28, 34])
def test_indented_paragraphs_over_pages(width: int) -> None:
    assert _lines(read_bytes(making.set_in_type(REPORT * 2, width=width), "报告.pdf")) == list(REPORT * 2)


def test_places_name_page_and_line() -> None:
    document = read_bytes(making.set_in_type(REPORT), "报告.pdf")
    assert [p.place for p in document.paragraphs][:3] == ["page 1 line 1", "page 1 line 2", "page 1 line 4"]
    assert document.paragraphs[-1].place.startswith("page 2 line ")


def test_paragraphs_set_apart_by_space() -> None:
    rows = [
        (90.0, 700.0, 12.0, "党建工作党建工作党建工作党建工作"),
        (90.0, 680.0, 12.0, "党建工作党建工作党建工作党建工作"),
        (90.0, 660.0, 12.0, "党建工作。"),
        (90.0, 620.0, 12.0, "业务工作业务工作业务工作业务工作"),
        (90.0, 600.0, 12.0, "业务工作业务工作业务工作业务工作"),
    ]
    assert _read(rows) == ["党建工作" * 8 + "党建工作。", "业务工作" * 8]


def test_a_title_in_large_type_stays_whole() -> None:
    rows = [
        (110.0, 760.0, 22.0, "云溪县水务局党组书记"),
        (121.0, 725.0, 22.0, "抓党建工作述职报告"),
        (166.0, 690.0, 12.0, "（二〇二四年一月）"),
        (114.0, 660.0, 12.0, "一年来认真履行职责认真履行职责认真"),
        (90.0, 640.0, 12.0, "履行职责，坚持学习坚持学习坚持学习坚"),
        (90.0, 620.0, 12.0, "持学习坚持学习坚持学习坚持学习坚持学"),
        (90.0, 600.0, 12.0, "持学习。"),
    ]
    assert _read(rows)[:2] == ["云溪县水务局党组书记抓党建工作述职报告", "（二〇二四年一月）"]


@pytest.mark.parametrize(
    "number",
    [
        *(
            "1",
            "- 1 -",
            "— 1 —",
            "－1－",
            "～ 1 ～",
            "（1）",
            "1/3",
            "－ 1 / 3 －",
            "第1页",
            "第一页",
            "第 1 页 共 3 页",
        ),
        *(
            "第1页（共3页）",
            "共3页 第1页",
            "共 3 页，第 1 页",
            "第一页 共三页",
            "页码：1",
            "P1",
            "Page 1 of 3",
            "Ⅱ",
        ),
    ],
)
def test_page_numbers_go(number: str) -> None:
    body: list[Row] = [(90.0, 700.0, 12.0, "共12人参加。"), (90.0, 400.0, 12.0, "12")]
    expected = ["共12人参加。", "12"] + ([number] if number == "Ⅱ" else [])
    assert _read([*body, (280.0, 40.0, 9.0, number)]) == expected


def test_running_heads_go_where_they_come_again() -> None:
    head = (90.0, 800.0, 9.0, "述职报告（送审稿）")
    pages = [[head, (90.0, 700.0, 12.0, "党建" * 12), (90.0, 680.0, 12.0, f"{x}。")] for x in "甲乙丙"]
    bodies = ["党建" * 12 + f"{x}。" for x in "甲乙丙"]
    assert _read(*pages) == bodies
    assert _read(pages[0]) == [head[3], bodies[0]]


def test_two_columns_are_read_one_after_the_other() -> None:
    text = "".join(f"第{at}件事，是到第{at}支部听取汇报{at + 3}次，谈心{at + 20}人次，" for at in range(14))
    rows = [text[at : at + 18] for at in range(0, len(text), 18)]
    half = (len(rows) + 1) // 2
    page = [(60.0, 800.0, 18.0, "2021年度抓基层党建工作述职报告"), (280.0, 40.0, 9.0, "- 1 -")]
    page += [(60.0, 760 - 20.0 * at, 12.0, row) for at, row in enumerate(rows[:half])]
    page += [(310.0, 760 - 20.0 * at, 12.0, row) for at, row in enumerate(rows[half:])]
    assert _read(page) == ["2021年度抓基层党建工作述职报告", text]


def test_room_that_lies_now_here_now_there_parts_no_columns() -> None:
    page = [(60.0, 760 - 20.0 * at, 12.0, "甲" * (18 if at % 2 else 12)) for at in range(16)]
    page += [(320.0 if at % 2 else 240.0, 760 - 20.0 * at, 12.0, "乙" * 15) for at in range(16)]
    assert all("甲" in line and "乙" in line for line in _read(page))


def test_a_list_in_two_columns_is_read_row_by_row() -> None:
    page = [(60.0, 760 - 20.0 * at, 12.0, f"第{at}支部党员学习情况") for at in range(12)]
    page += [(310.0, 760 - 20.0 * at, 12.0, f"参加{at}人次") for at in range(12)]
    assert all("支部" in line and "人次" in line for line in _read(page))


def test_running_heads_of_small_pages_go() -> None:
    rows = [
        "一年来，我履行第一责任人职责，把党建工作",
        "抓在手上，放在心上，到支部去了十二次，听",
        "了九个支部书记的汇报，讲了四次党课。",
    ]
    pages = [[(40.0, 348.0, 9.0, "2021年度述职报告"), (40.0, 300.0, 12.0, row)] for row in rows]
    small = making.pdf(pages).replace(b"[0 0 595 842]", b"[0 0 312 397]")
    assert read_bytes(small, "报告.pdf").text == "".join(rows)


def _list(rows: list[tuple[str, ...]]) -> list[Row]:
    return [
        (60.0 + 110 * column, 790.0 - 20 * number, 12.0, words)
        for number, row in enumerate(rows)
        for column, words in enumerate(row)
    ]


def test_the_heads_of_a_list_that_come_again_on_each_page_are_read_once() -> None:
    head = ("名称", "党员", "备注")
    pages = [_list([head, *((f"{x}支部", str(n), "无") for n in (12, 13, 9))]) for x in "甲乙丙"]
    found = "".join(_read(*pages))
    assert [found.count(word) for word in head] == [1, 1, 1]
    assert found.startswith("名称\t党员\t备注")


def test_rows_of_a_list_that_differ_in_figures_are_no_running_heads() -> None:
    pages = [_list([(f"{n + 6 * page}月，学习{n}次。",) for n in range(1, 7)]) for page in (0, 1)]
    assert "".join(_read(*pages)) == "".join(words for page in pages for *_, words in page)


@pytest.mark.parametrize("names", [("云溪县水务局党组", "2024年1月5日"), ("孙国强", "云溪县水务局局长")])
def test_a_signature_at_the_right_stays_in_lines(names: tuple[str, ...]) -> None:
    rows: list[Row] = [
        (60.0, 760.0, 12.0, "一年来认真履行职责，坚持学习坚持学习坚持学习坚持学习坚持学"),
        (60.0, 740.0, 12.0, "习。"),
    ]
    rows += [(408.0 - 12 * len(n), 720.0 - 20 * k, 12.0, n) for k, n in enumerate(names)]
    assert _read(rows)[1:] == [*names]


def test_lines_that_hang_are_no_new_paragraphs() -> None:
    rows = []
    for number in range(4):
        y = 700.0 - 60 * number
        rows += [(90.0, y, 12.0, f"{number + 1}、" + "党建" * 10), (114.0, y - 20, 12.0, "业务" * 10)]
        rows.append((114.0, y - 40, 12.0, "完成。"))
    assert _read(rows) == [f"{number + 1}、" + "党建" * 10 + "业务" * 10 + "完成。" for number in range(4)]


def test_characters_of_one_line_are_put_in_order() -> None:
    rows = [(114.0, 700.0, 12.0, "二"), (90.0, 700.3, 12.0, "一"), (126.0, 699.8, 12.0, "三")]
    assert _read(rows) == ["一 二三"]


@pytest.mark.parametrize("y", [710.5, 689.5])
def test_raised_and_lowered_figures_stay_in_their_line(y: float) -> None:
    rows = [
        (90.0, 700.0, 16.0, "改造管网"),
        (154.0, 700.0, 16.0, "m"),
        (170.0, y, 9.0, "2"),
        (179.0, 700.0, 16.0, "。"),
    ]
    assert _read(rows) == ["改造管网m2。"]


@pytest.mark.parametrize("mark", ["1", "①", "[1]"])
def test_notes_are_left_out(mark: str) -> None:
    text: list[Row] = [
        (90.0, 700.0, 16.0, "全年学习"),
        (154.0, 705.0, 9.0, mark),
        (155.0 + 9 * len(mark), 700.0, 16.0, "，还"),
    ]
    note: Row = (90.0, 90.0, 9.0, f"{mark} 见统计年报，下同。")
    more: list[Row] = [(90.0, 760.0, 16.0, "到村调研。"), (90.0, 90.0, 9.0, "2 注释以外的小字。")]
    assert _read([*text, note], more) == ["全年学习，还到村调研。", "2 注释以外的小字。"]
    assert _read([text[0], text[2], note])[-1] == note[3]
    assert _read(text) == [f"全年学习{mark}，还"], "no note: a figure that is set higher"


def test_columns_of_a_table_stay_apart() -> None:
    assert _read([(90.0, 700.0, 12.0, "姓名"), (200.0, 700.0, 12.0, "职务")]) == ["姓名\t职务"]


def test_a_page_written_sideways() -> None:
    rows = [(100.0, 50.0, 12.0, "横放的一行横放的一行"), (120.0, 50.0, 12.0, "第二行。")]
    assert _lines(read_bytes(making.pdf([rows], matrix="0 1 -1 0"), "a.pdf")) == [
        "横放的一行横放的一行第二行。"
    ]


def test_a_scan_says_how_many_pages_it_has() -> None:
    with pytest.raises(ShupingError, match="共 3 页") as failure:
        read_bytes(making.pdf([[], [], []]), "扫描.pdf")
    assert failure.value.code == "no-text-layer"


def test_time_is_bounded() -> None:
    with pytest.raises(ShupingError) as failure:
        read_bytes(making.set_in_type(REPORT), "a.pdf", Limits(pdf_seconds=-1))
    assert failure.value.code == "timeout"


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 9), st.integers(0, 40), st.sampled_from(["党建工作", "12人", "abc def", "。"])
        ),
        min_size=1,
        max_size=25,
    )
)
def test_whatever_the_layout_no_character_is_lost(rows: list[tuple[int, int, str]]) -> None:
    spread = {(50.0 * x + 50, 15.0 * y + 110): text for x, y, text in rows}
    document = read_bytes(making.pdf([[(x, y, 12.0, text) for (x, y), text in spread.items()]]), "a.pdf")
    assert sorted("".join(document.text.split())) == sorted("".join("".join(spread.values()).split()))
    assert all(document.text[p.start : p.end].strip() for p in document.paragraphs)


@pytest.mark.parametrize("lost", [0, 4])
def test_a_packed_page_is_read_also_without_its_checksum(lost: int) -> None:
    plain = making.pdf([[(90.0, 760.0, 12.0, "一年来，我履行第一责任人职责。")]])
    content = plain[plain.index(b"stream\n") + 7 : plain.index(b"\nendstream")]
    packed = zlib.compress(content)
    whole = making.stream(packed[: len(packed) - lost], b"/Filter/FlateDecode")
    data = plain.replace(making.stream(content), whole)
    assert read_bytes(data, "报告.pdf").text == "一年来，我履行第一责任人职责。"
