"""The map of the duties and what measures leave open, as the views show them."""

from __future__ import annotations

import json

from jsonschema import Draft202012Validator

from analyzer.rendering.html import render_html
from analyzer.rendering.json import load_schema, render_json
from analyzer.rendering.terminal import render_text
from analyzer.result import (
    Analysis,
    Cause,
    CauseStatus,
    DutyItem,
    Link,
    Problem,
    Remedy,
    RemedyStatus,
    Section,
    SectionType,
    Slot,
    Slots,
)

from .gold import small_result

TEXT = "窗口支部领办慢件，用时缩短到9分钟。<b>讲党课4次。学习不深。每月学习2次。"
RESULT = small_result(
    TEXT,
    analysis=Analysis(
        sections=(Section(SectionType.DUTIES, 0, len(TEXT), None, 0.9),),
        problems=(
            Problem(
                28,
                33,
                "学习不深",
                Cause(CauseStatus.NONE, None, None, None, 0.9),
                Remedy(
                    RemedyStatus.GENERIC,
                    ((33, 40),),
                    0.8,
                    Slots(deadline=((33, 35),), metric=((37, 39),)),
                    (Slot.OWNER, Slot.MECHANISM),
                ),
                0.9,
            ),
        ),
        integration=(
            DutyItem(0, 18, "窗口提速", Link.TIED, (0, 9), (9, 18), (0, 4), (4, 6), (14, 17)),
            DutyItem(18, 28, "<b>讲课", Link.PARTY, (21, 28)),
        ),
    ),
)


def test_the_page_shows_each_item_with_both_tracks_and_escapes_them() -> None:
    page = render_html(RESULT)
    table = page[page.index('<table class="tracks">') : page.index("</table>")]
    assert table.count("<tr class=") == 2
    for words in (
        "窗口提速",
        "连上了",
        "谁：窗口支部",
        "办法：领办",
        "数：9分钟",
        "只有党建",
        "&lt;b&gt;讲课",
    ):
        assert words in table
    assert table.count('scope="row"') == 2
    assert table.count('scope="col"') == 4


def test_the_terminal_gives_it_one_line() -> None:
    assert "履职各项党建与业务：连上了 1 项，只有党建 1 项" in render_text(RESULT)


def test_what_a_measure_leaves_open_is_said_in_words() -> None:
    assert "措施没有写：谁来办、靠什么办法" in "".join(render_text(RESULT).split("\n"))
    assert "措施没有写：谁来办、靠什么办法" in render_html(RESULT)


def test_both_keep_to_the_schema() -> None:
    shown = json.loads(render_json(RESULT))
    Draft202012Validator(load_schema()).validate(shown)
    assert shown["analysis"]["problems"][0]["remedy"]["missing"] == ["owner", "mechanism"]
    assert shown["analysis"]["integration"][1]["business"] is None


def test_without_items_there_is_no_map() -> None:
    assert "tracks-title" not in render_html(small_result(TEXT))
