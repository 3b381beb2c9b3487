"""Whose deeds a report tells and what it holds of its own, as the views show them."""

from __future__ import annotations

import json

from jsonschema import Draft202012Validator
from rich.cells import cell_len

from analyzer.rendering.html import render_html
from analyzer.rendering.json import load_schema, render_json
from analyzer.rendering.terminal import render_text
from analyzer.result import Analysis, Content, Personal, Section, SectionContent, SectionType

from .gold import small_result

TEXT = "我讲党课4次。局党组开会12次。走访46户。"
RESULT = small_result(
    TEXT,
    analysis=Analysis(
        sections=(Section(SectionType.DUTIES, 0, len(TEXT), None, 0.9),),
        personal=(
            Personal(SectionType.DUTIES, 1, 1, 1, 2, 0.5, ((0, 8),)),
            Personal(SectionType.PLANS, 0, 0, 0, 0, None, ()),
        ),
        content=Content(
            14.3, (3.5, 4.8), 0.0, 1.4, (), (SectionContent(SectionType.DUTIES, 21, 3, 0, 0, 0),)
        ),
    ),
)
WORDS = "本人 1（带数字 1） · 单位或众人 1 · 没有写明 2"
CONTENT = "可核对的数字、时间、名称、文件每百字 14.3 处（写得实的同类报告多为 3.5～4.8）"


def test_the_terminal_has_a_bar_and_words_a_section_and_one_line_of_content() -> None:
    shown = render_text(RESULT)
    assert "━━═══─────" in shown
    assert WORDS in shown
    assert CONTENT in shown.replace("\n", "")
    assert max(cell_len(line) for line in shown.split("\n")) <= 80
    shown.encode("gbk")


def test_the_page_draws_both_and_leads_to_them() -> None:
    page = render_html(RESULT)
    panel = page[page.index('aria-labelledby="own-title"') : page.index('<div class="desk">')]
    assert WORDS in panel
    assert CONTENT in panel
    assert '<rect class="own" width="25.0"' in panel
    assert '<rect class="body" width="50.0"' in panel
    assert 'href="#own-title"' in page


def test_a_result_without_them_shows_no_empty_place() -> None:
    bare = small_result(TEXT)
    assert "own-title" not in render_html(bare)
    assert "谁做的事" not in render_text(bare)


def test_they_keep_to_the_schema() -> None:
    shown = json.loads(render_json(RESULT))
    Draft202012Validator(load_schema()).validate(shown)
    assert shown["analysis"]["personal"][0] == {
        "section": "duties",
        "own": 1,
        "figured": 1,
        "collective": 1,
        "unnamed": 2,
        "share": 0.5,
        "spans": [[0, 8]],
    }
    assert shown["analysis"]["content"]["specificity_norm"] == [3.5, 4.8]
