"""Tables in PDF are read cell by cell, as in .docx; what is no table is read by lines, as it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzer.reading import Document, Limits, read, read_bytes
from analyzer.reading.pdf_grid import grids
from analyzer.reading.pdf_rulings import Ruling

from . import making, ruled
from .ledgers import AFTER, BEFORE, HEAD, ROWS, TABLES, Rows, word
from .making import convert, needs_libreoffice
from .ruled import Edges, TypeRow, stroked

THREE = ("存在问题", "原因分析", "整改措施")
_WIDTHS = (2, 8, 7, 8, 6)


def _lines(document: Document) -> list[str]:
    return document.text.split("\n")


def _read(*pages: Sequence[TypeRow], drawn: Sequence[str] = (), form: str = "") -> list[str]:
    return _lines(read_bytes(making.pdf(pages, drawn=drawn, form=form), "a.pdf"))


def _of(rows: Rows, widths: Sequence[float] = (8, 8, 8)) -> list[str]:
    words, edges = ruled.table(rows, widths)
    return _read(words, drawn=[stroked(edges)])


@pytest.mark.parametrize(
    "draw", [stroked, ruled.filled, ruled.in_pieces, ruled.boxes, ruled.open_sides], ids=lambda f: f.__name__
)
def test_a_table_of_problems_reads_as_in_a_docx(draw: Callable[[Edges], str]) -> None:
    before, after = ("现述职如下。",), ("以上述职，请予评议。",)
    words, edges = ruled.table((HEAD, *ROWS), _WIDTHS)
    around = [(60.0, 660.0, 12.0, before[0]), (60.0, edges[1][-1] - 40, 12.0, after[0])]
    document = read_bytes(making.pdf([[*words, *around]], drawn=[draw(edges)]), "a.pdf")
    expected = read_bytes(word((HEAD, *ROWS), before, after), "a.docx")
    assert document.text == expected.text
    assert [p.generated for p in document.paragraphs] == [p.generated for p in expected.paragraphs]
    assert "整改措施：每村选2名跟班锻炼半年。" in _lines(document)


def test_places_count_the_lines_of_the_page_across_its_cells() -> None:
    words, edges = ruled.table((THREE, ("学习不深。" * 2, "我怕苦。", "每月学。")), (8, 8, 8))
    title, end = (60.0, 660.0, 12.0, "述职报告"), (60.0, edges[1][-1] - 40, 12.0, "请评议。")
    document = read_bytes(making.pdf([[title, *words, end]], drawn=[stroked(edges)]), "a.pdf")
    assert [(p.place, p.start) for p in document.paragraphs] == [
        ("page 1 line 1", 0),
        *(("page 1 line 3", document.text.index(head)) for head in THREE),
        ("page 1 line 5", document.text.index("请评议")),
    ]


def test_items_and_lines_that_ended_before_the_edge_are_paragraphs() -> None:
    cell = "1.每季度学一次。\n2.修订考核办法并写进年度责任书。\n张三负责。"
    assert _of((THREE, ("学习不深入不系统也不经常。", "怕苦。", cell)))[-4:] == [
        "原因分析：怕苦。",
        "整改措施：1.每季度学一次。",
        "2.修订考核办法并写进年度责任书。",
        "张三负责。",
    ]


def test_an_item_starts_anew_after_a_full_line() -> None:
    assert _of((THREE, ("下村少。", "忙。", "1.每月下村两次。\n2.记录。")))[-2:] == [
        "整改措施：1.每月下村两次。",
        "2.记录。",
    ]


def test_names_below_each_other_stay_apart_and_a_sentence_stays_whole() -> None:
    rows = (("存在问题", "整改措施", "责任人"), ("下村少了，\n群众有意见。", "每月两次。", "李萍\n王强"))
    assert _of(rows, (8, 8, 5)) == [
        "存在问题：下村少了，群众有意见。",
        "整改措施：每月两次。",
        "责任人：李萍",
        "王强",
    ]


def _without(edges: Edges, *, floor: tuple[int, Sequence[int]] = (-1, ()), wall: int = -1) -> str:
    """Draw borders but for the floors above a row at some columns, or for those between columns in row 0."""
    across, down = edges
    drawn = [
        f"{x} {y} m {right} {y} l S"
        for number, y in enumerate(down)
        for column, (x, right) in enumerate(pairwise(across))
        if (number, column) not in {(floor[0], each) for each in floor[1]}
    ]
    for column, x in enumerate(across):
        top = down[1] if wall >= 0 and 0 < column < len(across) - 1 else down[0]
        drawn.append(f"{x} {down[-1]} m {x} {top} l S")
    return "\n".join(drawn)


def test_measures_beside_one_merged_problem_stand_under_their_head() -> None:
    words, edges = ruled.table(
        (THREE, ("学习不够。", "怕苦。", "每月学一次。"), ("", "", "年底测一次。")), (8,) * 3
    )
    assert _read(words, drawn=[_without(edges, floor=(2, (0, 1)))]) == [
        *("存在问题：学习不够。", "原因分析：怕苦。", "整改措施：每月学一次。", "整改措施：年底测一次。")
    ]


def test_a_name_of_the_table_across_its_columns() -> None:
    words, edges = ruled.table((("问题清单", "", ""), THREE, ("学习不够。", "怕苦。", "每月学。")), (8,) * 3)
    assert _read(words, drawn=[_without(edges, wall=0)]) == [
        *("问题清单", "存在问题：学习不够。", "原因分析：怕苦。", "整改措施：每月学。")
    ]


def test_other_tables_are_read_line_by_line_as_if_no_lines_were_drawn() -> None:
    rows = (("支部", "党员", "存在问题数"), ("一支部", "12", "3"), ("第二党支部委员会全体党员", "8", "1"))
    words, edges = ruled.table(rows, (8, 8, 8))
    assert _read(words, drawn=[stroked(edges)]) == _read(words)


@pytest.mark.parametrize("again", [(), (THREE,)])
def test_a_table_goes_on_on_the_next_page(again: Rows) -> None:
    one, edges = ruled.table((THREE, ("学习不够。", "怕苦。", "每月学。")), (8, 8, 8), top=140)
    other, more = ruled.table((*again, ("下村少。", "忙。", "每月下村。")), (8, 8, 8), top=780)
    pages = [
        [*one, (280.0, 30.0, 9.0, "- 1 -")],
        [*other, (60.0, 400.0, 12.0, "请评议。"), (280.0, 30.0, 9.0, "- 2 -")],
    ]
    assert _read(*pages, drawn=[stroked(edges), stroked(more)]) == [
        *("存在问题：学习不够。", "原因分析：怕苦。", "整改措施：每月学。"),
        *("存在问题：下村少。", "原因分析：忙。", "整改措施：每月下村。", "请评议。"),
    ]


def test_tables_with_words_between_them_are_two() -> None:
    one, edges = ruled.table((THREE, ("学习不够。", "怕苦。", "每月学。")), (8, 8, 8), top=140)
    other, more = ruled.table((THREE, ("下村少。", "忙。", "每月下村。")), (8, 8, 8), top=740)
    pages = [one, [(60.0, 760.0, 12.0, "附件"), *other]]
    assert _read(*pages, drawn=[stroked(edges), stroked(more)])[3:] == [
        *("附件", "存在问题：下村少。", "原因分析：忙。", "整改措施：每月下村。")
    ]


def test_a_table_with_heads_of_its_own_on_the_next_page_is_another_one() -> None:
    one, edges = ruled.table((THREE, ("学习不够。", "怕苦。", "每月学。")), (8, 8, 8), top=140)
    other, more = ruled.table((("支部", "人数", "备注"), ("一支部", "12", "无")), (8, 8, 8), top=780)
    found = _read(one, other, drawn=[stroked(edges), stroked(more)])
    assert found[:3] == ["存在问题：学习不够。", "原因分析：怕苦。", "整改措施：每月学。"]
    assert found[3:] == ["支部\t人数\t备注", "一支部\t12\t无"]


def test_a_row_that_the_end_of_the_page_parted_is_one() -> None:
    head = ("序号", *THREE)
    one, edges = ruled.table(
        (head, ("1", "学习不深入，不系", "怕苦。", "每月学一次，年底")), (3, 8, 8, 8), top=140
    )
    two = (("", "统，不经常。", "", "测一次。"), ("2", "下村少。", "忙。", "每月下村。"))
    other, more = ruled.table(two, (3, 8, 8, 8), top=780)
    assert _read(one, other, drawn=[stroked(edges), stroked(more)]) == [
        *(
            "1",
            "存在问题：学习不深入，不系统，不经常。",
            "原因分析：怕苦。",
            "整改措施：每月学一次，年底测一次。",
        ),
        *("2", "存在问题：下村少。", "原因分析：忙。", "整改措施：每月下村。"),
    ]


def test_a_cell_of_several_rows_goes_on_beside_a_new_row() -> None:
    head = ("序号", *THREE)
    one, edges = ruled.table((head, ("1", "学习不深入，不系", "怕苦。", "每月学。")), (3, 8, 8, 8), top=140)
    two = (("", "统，不经常。", "", "1.年底测一次。"), ("2", "下村少。", "忙。", "每月下村。"))
    other, more = ruled.table(two, (3, 8, 8, 8), top=780)
    last = _read(one, other, drawn=[stroked(edges), stroked(more)])
    assert last[1:5] == [
        *("存在问题：学习不深入，不系统，不经常。", "原因分析：怕苦。", "整改措施：每月学。"),
        "1.年底测一次。",
    ]


def test_a_new_row_on_the_next_page_is_none_that_was_parted() -> None:
    head = ("序号", *THREE)
    one, edges = ruled.table((head, ("1", "学习不深入，不系", "怕苦。", "每月学。")), (3, 8, 8, 8), top=140)
    other, more = ruled.table((("2", "下村少。", "忙。", "每月下村。"),), (3, 8, 8, 8), top=780)
    assert _read(one, other, drawn=[stroked(edges), stroked(more)])[-4:] == [
        *("2", "存在问题：下村少。", "原因分析：忙。", "整改措施：每月下村。")
    ]


def test_a_table_written_sideways() -> None:
    words, (across, down) = ruled.table((THREE, ("学习不够。", "怕苦。", "每月学。")), (8, 8, 8), top=500)
    turned = [(595 - y, x, size, text) for x, y, size, text in words]
    drawn = stroked(([595 - y for y in down], [across[-1], *across[-2::-1]]))
    data = making.pdf([turned], matrix="0 1 -1 0", drawn=[drawn])
    assert _lines(read_bytes(data, "a.pdf"))[0] == "存在问题：学习不够。"


def test_borders_may_be_drawn_by_a_form() -> None:
    words, edges = ruled.table((THREE, ("学习不够。", "怕苦。", "每月学。")), (8, 8, 8), x=50, top=590)
    words = [(x + 10, y + 10, size, text) for x, y, size, text in words]
    found = _read(words, drawn=["q 1 0 0 1 10 10 cm /X1 Do Q"], form=stroked(edges))
    assert found == ["存在问题：学习不够。", "原因分析：怕苦。", "整改措施：每月学。"]


_BODY: list[TypeRow] = [
    (84.0, 700.0, 12.0, "一年来认真履行职责认真履行职责认真"),
    (60.0, 680.0, 12.0, "履行职责，坚持学习坚持学习坚持学习坚"),
    (60.0, 660.0, 12.0, "持学习。"),
    (84.0, 640.0, 12.0, "姓名"),
    (300.0, 640.0, 12.0, "职务"),
    (84.0, 620.0, 12.0, "请予评议。"),
]


@pytest.mark.parametrize(
    "drawn",
    [
        "84 698 m 288 698 l S 60 678 m 276 678 l S",
        "60 676 216 0.6 re f 60 656 48 0.6 re f",
        "60 685 m 276 685 l S",
        "30 30 535 782 re S 33 33 529 776 re S",
        "55 650 225 65 re S",
        "55 675 225 40 re S 55 615 325 60 re S",
        "1 0 0 RG 60 740 m 540 740 l S 60 100 m 200 100 l S",
        "80 500 m 80 300 l S " + " ".join(f"80 {y} m 400 {y} l S" for y in range(300, 500, 20)),
        " ".join(f"60 {y} m 540 {y} l S {y} 300 m {y} 500 l S" for y in range(300, 500, 20)),
        "55 615 500 40 re S 250 615 m 250 655 l S 0.9 g 55 675 225 40 re f",
        "50 715 m 400 600 l S 50 600 m 400 715 l S 100 650 m 150 700 200 700 250 650 c S",
        # lines of a drawing that go through the words
        "\n".join(f"{x} 610 m {x} 720 l S" for x in range(50, 400, 25))
        + "\n".join(f"50 {y} m 400 {y} l S" for y in (610, 665, 720)),
    ],
    ids=[
        *("underlined", "thin-rules", "struck", "frame", "box", "boxes"),
        *("red-head", "axes", "grid", "one-row", "diagonal", "drawing"),
    ],
)
def test_what_is_no_table_leaves_the_text_as_it_is(drawn: str) -> None:
    plain = read_bytes(making.pdf([_BODY]), "a.pdf")
    document = read_bytes(making.pdf([_BODY], drawn=["\n" + drawn]), "a.pdf")
    assert (document.text, document.paragraphs) == (plain.text, plain.paragraphs)
    assert "姓名\t职务" in plain.text


def test_paper_for_manuscripts_is_no_table() -> None:
    text = "一年来认真履行职责坚持学习联系群众"
    rows = [(60 + 20.0 * i, 700.0 - 30 * j, 12.0, sign) for j in range(3) for i, sign in enumerate(text)]
    drawn = ruled.boxes(([56 + 20.0 * i for i in range(18)], [718.0 - 30 * j for j in range(4)]))
    assert _read(rows, drawn=[drawn]) == _read(rows)


def test_a_frame_around_a_page_with_a_table_is_none() -> None:
    words, edges = ruled.table((THREE, ("学习不够。", "怕苦。", "每月学。")), (8, 8, 8))
    title = (60.0, 660.0, 12.0, "述职报告")
    drawn = stroked(edges)
    assert _read([title, *words], drawn=[drawn + " 30 30 535 782 re S"]) == _read(
        [title, *words], drawn=[drawn]
    )


@pytest.mark.parametrize("first", ["二、存在问题", "（2023年度）", "孙国强", "现将存在问题报告如下。"])
def test_short_lines_above_a_table_stay_apart(first: str) -> None:
    words, edges = ruled.table((THREE, ("学习不够。", "怕苦。", "每月学。")), (10, 10, 10))
    above = [(60.0, 660.0, 12.0, "云溪县水务局党组书记述职报告"), (60.0, 640.0, 12.0, first)]
    assert _read([*above, *words], drawn=[stroked(edges)])[:3] == [above[0][3], first, "存在问题：学习不够。"]


def test_a_sentence_above_a_wider_table_stays_whole() -> None:
    words, edges = ruled.table((THREE, ("学习不够。", "怕苦。", "每月学。")), (10, 10, 10))
    above = [
        (100.0, 690.0, 12.0, "云溪县水务局党组书记述职报告"),
        (84.0, 670.0, 12.0, "一年来，本人认真履行第一责任人职责，现将"),
        (60.0, 650.0, 12.0, "有关情况报告如下。"),
    ]
    assert _read([*above, *words], drawn=[stroked(edges)])[:2] == [
        "云溪县水务局党组书记述职报告",
        "一年来，本人认真履行第一责任人职责，现将有关情况报告如下。",
    ]


def _frame(left: float, right: float) -> str:
    return f"{left} 30 {right - left} 782 re S"


# The frame of a page stands free, or touches the table at both sides, or at one.
@pytest.mark.parametrize(
    "frame", [(30, 565), (60, 391.2), (60, 565), (30, 391.2)], ids=["free", "both", "left", "right"]
)
def test_a_table_in_the_frame_of_a_page_goes_on_and_loses_page_numbers(frame: tuple[float, float]) -> None:
    one, edges = ruled.table(
        (("序号", *THREE), ("1", "学习不够，不系", "怕苦。", "每月学。")), (3, 7, 7, 7), top=140
    )
    two = (("", "统。", "", ""), ("2", "下村少。", "忙。", "每月下村。"))
    other, more = ruled.table(two, (3, 7, 7, 7), top=780)
    pages = [[*page, (200.0, 50.0, 9.0, f"- {n} -")] for n, page in enumerate((one, other), start=1)]
    assert _read(*pages, drawn=[f"{stroked(each)} {_frame(*frame)}" for each in (edges, more)]) == [
        *("1", "存在问题：学习不够，不系统。", "原因分析：怕苦。", "整改措施：每月学。"),
        *("2", "存在问题：下村少。", "原因分析：忙。", "整改措施：每月下村。"),
    ]


def test_an_underlined_word_in_a_cell_parts_no_cell() -> None:
    words, edges = ruled.table((THREE, ("学习不深入不系统不经常。", "怕苦。", "每月学。")), (8, 8, 8))
    x, y = edges[0][0] + 5.4, edges[1][1] - 14
    assert (
        _read(words, drawn=[f"{stroked(edges)} {x} {y} m {x + 96} {y} l S"])[0]
        == "存在问题：学习不深入不系统不经常。"
    )


def test_more_lines_than_are_looked_at_are_no_tables() -> None:
    words, edges = ruled.table((THREE, ("学习不够。", "怕苦。", "每月学。")), (8, 8, 8))
    data = making.pdf([words], drawn=[stroked(edges)])
    assert (
        read_bytes(data, "a.pdf", Limits(pdf_lines=8)).text == read_bytes(making.pdf([words]), "a.pdf").text
    )


def test_a_table_on_pages_not_all_of_which_are_looked_at_is_read_by_lines() -> None:
    one, edges = ruled.table((THREE, ("学习不够。", "怕苦。", "每月学。")), (8, 8, 8), top=140)
    other, more = ruled.table((("下村少。", "忙。", "每月下村。"),), (8, 8, 8), top=780)
    data = making.pdf([one, other], drawn=[stroked(edges), stroked(more)])
    by_lines = read_bytes(making.pdf([one, other]), "a.pdf").text
    assert read_bytes(data, "a.pdf", Limits(pdf_lines=30)).text == by_lines
    hatched = "\n".join(f"{x} {y} m {x} {y + 5} l S" for x in range(50, 550, 6) for y in range(200, 250, 10))
    for drawn in ([stroked(edges), stroked(more) + hatched], [stroked(edges) + hatched, stroked(more)]):
        assert read_bytes(making.pdf([one, other], drawn=drawn), "a.pdf").text == by_lines


def test_a_table_that_ends_before_a_page_that_is_not_looked_at_is_read_by_cells() -> None:
    words, edges = ruled.table((THREE, ("学习不够。", "怕苦。", "每月学。")), (8, 8, 8))
    pages = [[*words, (60.0, 400.0, 12.0, "请评议。")], [(60.0, 700.0, 12.0, "附图")]]
    data = making.pdf(pages, drawn=[stroked(edges), "0 0 m 9 9 l S\n" * 20])
    found = _lines(read_bytes(data, "a.pdf", Limits(pdf_lines=40)))
    assert found[0] == "存在问题：学习不够。"


@pytest.mark.parametrize(
    "drawn",
    [
        "0 0 m 9 9 l S\n" * 400_000,
        "\n".join(f"{x % 599} 0 m {x % 599} 800 l S 0 {x % 797} m 600 {x % 797} l S" for x in range(60_000)),
        "1e30 5 m 1e30 1e38 l S 0 0 99999999999999999999999999 3 re f -1e38 0 m 1e38 0 l S 0 0 m 0 0 l S h S",
        "1e20 0 0 1e20 0 0 cm 1e20 0 m 1e20 1e20 l S",
        "/X1 Do " * 100,
    ],
    ids=["many", "hatched", "absurd", "magnified", "forms"],
)
def test_hostile_drawings_cost_no_text(drawn: str) -> None:
    data = making.pdf([_BODY], drawn=["\n" + drawn], form="0 0 m 9 0 l S\n" * 1000)
    assert _lines(read_bytes(data, "a.pdf", Limits(pdf_seconds=300))) == _read(_BODY)


@pytest.mark.parametrize("apart", [3, 15, 24])
def test_many_pages_of_drawings_keep_their_text(apart: int) -> None:
    hatched = "\n".join(f"{x} 0 m {x} 800 l S 0 {x} m 600 {x} l S" for x in range(0, 590, apart))
    document = read_bytes(making.pdf([_BODY] * 100, drawn=[hatched] * 100), "a.pdf", Limits(pdf_seconds=300))
    assert len("".join(document.text.split())) == 100 * sum(len(words) for *_, words in _BODY)


_LINE = st.tuples(st.integers(0, 12), st.integers(0, 14), st.integers(0, 12), st.integers(0, 14))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(_LINE, max_size=14),
    st.lists(
        st.tuples(
            st.integers(0, 11), st.integers(0, 28), st.sampled_from(["党建工作", "12人", "a bc", "。"])
        ),
        min_size=1,
        max_size=12,
    ),
)
def test_whatever_is_drawn_no_character_is_lost(
    drawn: list[tuple[int, int, int, int]], words: list[tuple[int, int, str]]
) -> None:
    spread = {(45.0 * x + 25, 25.0 * y + 105): text for x, y, text in words}
    rows = [(x, y, 12.0, text) for (x, y), text in spread.items()]
    # All lines are level or upright, at places that come again, so that many make grids.
    level = [f"{45 * x} {50 * y + 100} m {45 * to} {50 * y + 100} l S" for x, y, to, _ in drawn]
    upright = [f"{45 * x} {50 * y + 100} m {45 * x} {50 * to + 100} l S" for x, y, _, to in drawn]
    found = "".join(_read(rows, drawn=["\n".join(level + upright)]))
    assert sorted("".join(found.split())) == sorted("".join("".join(spread.values()).split()))


def test_grids_with_double_and_open_borders() -> None:
    level = [Ruling(True, y, 0.0, 100.0) for y in (0.0, 1.5, 20.0, 40.0)]
    upright = [Ruling(False, 50.0, 0.0, 40.0)]
    (grid,) = grids([*level, *upright, Ruling(True, 300.0, 0.0, 100.0)]) or ()
    assert list(grid.across) == [0.0, 50.0, 100.0]
    assert list(grid.up) == [0.75, 20.0, 40.0]
    cells = {grid.box_at(x, y) for x in (25, 75) for y in (10, 30)}
    assert len(cells) == 4
    assert grid.box_at(25, 60) is None


def _framed(rows: Rows) -> bytes:
    before = ["".join(line.split()) for line in BEFORE]  # a wide space is as good as a narrow one
    return word(rows, before, AFTER, style="Table Grid")


@needs_libreoffice
@pytest.mark.parametrize("table", [*TABLES, "long"])
def test_made_by_libreoffice(tmp_path: Path, table: str) -> None:
    rows = TABLES["plain"] if table == "long" else TABLES[table]
    rows = (*rows, *(ROWS * 12)) if table == "long" else rows
    source = tmp_path / "a.docx"
    source.write_bytes(_framed(rows))
    assert read(convert(source, "pdf")).text == read(source).text
