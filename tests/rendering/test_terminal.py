from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console

from analyzer.rendering.terminal import render_terminal, render_text
from analyzer.result import Advice, Remark, Severity

from .gold import (
    abstained_result,
    finding,
    gold_names,
    gold_result,
    in_doubt,
    small_result,
    with_one_in_passing,
)

TEXT = "一、履职情况\n学习X次，研讨Y次，作风好转。\n"


@pytest.mark.parametrize("name", gold_names()[::17])
def test_a_report_fits_80_columns_and_shows_its_parts(name):
    result = gold_result(name)
    shown = render_text(result)
    assert max(cell_len(line) for line in shown.split("\n")) <= 80
    assert f"{result.scorecard.overall:.1f} 分" in shown
    for words in ("评分卡", "篇章与篇幅", "逐处意见", "只评文字写法"):
        assert words in shown
    flat = "".join(shown.split())
    for problem in result.analysis.problems:
        assert "".join(problem.title.split()) in flat
    for item in result.findings:
        assert item.rule in shown


def test_the_gravest_come_first_and_each_stands_in_its_sentence():
    at = TEXT.index("作风好转")
    findings = (
        finding(TEXT, at, at + 4, rule="vague-claim"),
        finding(TEXT, 9, 11, rule="placeholder", severity=Severity.ERROR, message="没有填数。"),
        finding(TEXT, 14, 16, rule="placeholder", severity=Severity.ERROR, message="没有填数。"),
    )
    shown = render_text(small_result(TEXT, findings))
    assert shown.index("placeholder") < shown.index("vague-claim")
    assert "学习【X次】，研讨【Y次】，作风好转。" in shown
    assert "学习X次，研讨Y次，【作风好转】。" in shown
    assert shown.count("没有填数。") == 1
    assert "第 2 行" in shown


def test_different_words_about_one_sentence_are_all_said():
    findings = (finding(TEXT, 9, 11, message="头一件事。"), finding(TEXT, 14, 16, message="另一件事。"))
    shown = render_text(small_result(TEXT, findings))
    assert "头一件事。" in shown
    assert "另一件事。" in shown


def test_of_links_that_nobody_can_tell_of_a_reader_is_asked_to_look():
    result = in_doubt(gold_result(gold_names()[0]))
    shown = render_text(result)
    problems = len(result.analysis.problems)
    assert problems
    assert shown.count("原因和措施拿不准，请自己看一眼") == problems
    assert not [words for words in ("没有说原因", "没有对应措施", "措施空泛", "措施没有写") if words in shown]


def test_a_problem_told_in_passing_is_called_so():
    usual = gold_result(gold_names()[0])
    passing = with_one_in_passing(usual)
    plain, shown = map(render_text, (usual, passing))
    assert "履职中提到" not in plain
    assert shown.count("履职中提到\n") == 1
    assert shown.count("不作要求") == 1
    assert f"（列出 {len(usual.analysis.problems) - 1} 个，履职、整改中另提到 1 个）" in shown
    assert shown.count("没有说原因") == plain.count("没有说原因")


def test_no_score_is_explained():
    shown = render_text(abstained_result("述职报告\n今年工作很好。"))
    assert "暂不评分：正文只有 40 字" in shown
    assert "评分卡" not in shown
    assert "没有发现" not in shown


def test_report_text_cannot_command_the_terminal():
    text = "标题\x1b[2J\x1b]0;x\x07[red]红[/red]\u202e倒。"
    result = small_result(text, (finding(text, 0, len(text) - 1, message="\x1b[31m有\x9b31m"),))
    shown = render_text(result)
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(shown)
    assert "[red]红[/red]" in shown


def test_without_a_terminal_there_is_no_colour_and_with_one_there_is():
    plain, coloured = io.StringIO(), io.StringIO()
    result = small_result(TEXT, (finding(TEXT, 9, 11),))
    render_terminal(result, Console(file=plain, width=80))
    render_terminal(result, Console(file=coloured, width=80, force_terminal=True, color_system="standard"))
    assert "\x1b" not in plain.getvalue()
    assert "\x1b" in coloured.getvalue()


def test_a_chinese_windows_pipe_can_write_it():
    render_text(small_result(TEXT, (finding(TEXT, 9, 11),))).encode("gbk")
    render_text(abstained_result("短。")).encode("gbk")


def test_the_advice_stands_before_the_scorecard_with_its_places():
    advice = Advice(
        "总体较好。可取之处：“作风好转”。",
        "总体较好。",
        (Remark("“作风好转”", ((TEXT.index("作风好转"), TEXT.index("作风好转") + 4),)),),
        (Remark("没有原文可引"),),
        ("把空白填上",),
    )
    shown = render_text(replace(small_result(TEXT), advice=advice))
    assert shown.index("点评意见") < shown.index("评分卡")
    assert "总体较好。可取之处：“作风好转”。" in shown
    assert "所引依次见第 2 行" in shown
    assert "点评意见" not in render_text(small_result(TEXT))


@pytest.mark.parametrize(
    ("chosen", "words"),
    [("given", "由人指定"), ("detected", "自动识别，把握 99%：标题写明“述责述廉”"), ("default", "看不准")],
)
def test_the_profile_is_named_with_who_chose_it(chosen, words):
    result = small_result(TEXT)
    profile = {
        "id": "integrity-duty",
        "name": "述责述廉",
        "chosen": chosen,
        "confidence": None if chosen == "given" else 0.999,
        "why": ["标题写明“述责述廉”"] if chosen == "detected" else [],
        "note": "暂定值。",
    }
    shown = "".join(render_text(replace(result, analyzer={**result.analyzer, "profile": profile})).split())
    assert "口径：述责述廉（" in shown
    assert "".join(words.split()) in shown
    assert "）。暂定值。" in shown
