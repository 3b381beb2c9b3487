from __future__ import annotations

from dataclasses import replace

import pytest

from analyzer.rendering import summary
from analyzer.result import (
    Analysis,
    Cause,
    CauseStatus,
    Dimension,
    Problem,
    Remedy,
    RemedyStatus,
    Section,
    SectionType,
    Severity,
    UnusedSuppression,
)
from analyzer.rules.catalogue import rule_title

from .gold import abstained_result, finding, small_result

TEXT = "一、履职情况。\n做了X次工作，效果明显。\n"


@pytest.mark.parametrize(
    ("overall", "words"),
    [
        (95.0, "已在最高一档"),
        (90.0, "已在最高一档"),
        (89.5, "距 A（好）还差 0.5 分"),
        (65.0, "距 B（较好）还差 10 分"),
        (30.0, "距 C（一般）还差 30 分"),
    ],
)
def test_the_distance_is_to_the_next_grade(overall, words):
    assert summary.distance(overall) == words


def test_the_verdict_names_what_cost_most():
    findings = (
        finding(TEXT, 8, 12, deduction=2.5, dimension=Dimension.FACTS),
        finding(TEXT, 8, 12, deduction=6.0, dimension=Dimension.CAUSES, severity=Severity.ERROR),
    )
    words = summary.verdict(small_result(TEXT, findings))
    assert words.startswith("失分最多的是原因剖析（6 分）、履职实绩（2.5 分）")
    assert "须改 1 处、宜改 1 处" in words


def test_the_verdict_on_a_faultless_report_and_on_one_without_a_score():
    assert summary.verdict(small_result(TEXT)) == "没有失分，也没有需要提示的地方。"
    assert summary.verdict(abstained_result("短。")).startswith("暂不评分：正文只有 40 字")


def test_shares_do_not_count_white_space():
    text = "履职　　 \n\n问题"
    analysis = Analysis(
        sections=(
            Section(SectionType.DUTIES, 0, 7, None, 1.0),
            Section(SectionType.PROBLEMS, 7, len(text), None, 1.0),
        )
    )
    found = summary.shares(small_result(text, analysis=analysis))
    assert [(s.characters, s.share) for s in found] == [(2, 0.5), (2, 0.5)]


def test_findings_say_the_same_if_only_their_quotations_differ():
    first, second = finding("X次Y份", 0, 2, message="“X次”未填"), finding("X次Y份", 2, 4, message="“Y份”未填")
    other = finding("X次Y份", 2, 4, message="“Y份”多余")
    assert summary.saying(first) == summary.saying(second) != summary.saying(other)


def test_a_message_that_quotes_a_quotation_is_seen_through():
    text = "（没有的写“无”）甲"
    nested = finding(text, 0, 9, message="“（没有的写“无”）”未填")
    plain = finding(text, 9, 10, message="“甲”未填")
    assert summary.saying(nested) == summary.saying(plain)


@pytest.mark.parametrize(("points", "words"), [(2.0, "2"), (2.5, "2.5"), (0.04, "0.04"), (0.0, "0")])
def test_points_are_written_as_people_do(points, words):
    assert summary.number(points) == words


@pytest.mark.parametrize(
    ("kind", "words"), [(SectionType.DUTIES, "履职中提到"), (SectionType.RECTIFICATION, "整改中提到")]
)
def test_a_problem_told_in_passing_is_called_after_its_part(kind, words):
    nothing = Cause(CauseStatus.NONE, None, None, None, 1.0), Remedy(RemedyStatus.NONE, (), 1.0)
    listed = Problem(8, 12, "做了X次", *nothing, 1.0)
    passing = Problem(8, 12, "做了X次", *nothing, 1.0, in_passing=True)
    parts = (Section(SectionType.TITLE, 0, 8, None, 1.0), Section(kind, 8, len(TEXT), None, 1.0))
    result = small_result(TEXT, analysis=Analysis(sections=parts, problems=(listed, passing, passing)))
    assert [summary.told_in(result, each) for each in result.analysis.problems] == ["", words, words]
    assert summary.problems(result) == "列出 1 个，履职、整改中另提到 2 个"
    assert summary.problems(small_result(TEXT, analysis=Analysis(problems=(listed,)))) == ""


def test_a_note_without_effect_is_named_by_the_rule_s_title():
    result = replace(
        small_result("述职报告。"),
        unused_suppressions=(
            UnusedSuppression("doubled-words", "有", "第 2 行的注释", "这里没有这条意见。"),
            UnusedSuppression("doubled-wrods", "有", "第 3 行的注释", "没有这条规则。"),
        ),
    )
    known, unknown = summary.notices(result)
    assert known == f"第 2 行的注释没有起作用（{rule_title('doubled-words')}）：这里没有这条意见。"
    assert "（doubled-wrods）" in unknown


def test_whose_kind_is_not_seen_is_told_so_without_options_of_the_command_line():
    chosen = {"name": "党建述职", "chosen": "default", "confidence": None, "why": [], "note": ""}
    result = replace(small_result("述职报告。"), analyzer={"version": "1", "profile": chosen})
    assert "--" not in summary.profile(result)
