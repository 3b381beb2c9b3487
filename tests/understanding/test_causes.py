from __future__ import annotations

import numpy as np
import pytest

from analyzer.language import blank
from analyzer.pipeline import Analyzer
from analyzer.result import CauseKind, CauseStatus
from analyzer.understanding.causes import _nearness, evidence, outside_clauses, sums_up
from analyzer.understanding.problems import ItemRun
from analyzer.understanding.structure import Context, contextualise

REPORT = """2023年度抓基层党建工作述职报告
现将一年来抓党建工作情况报告如下。
一、履职情况
（一）抓学习。全年组织集中学习12次，党课4次，参加党员312人次。
（二）抓组织。指导3个支部按期换届，新发展党员5名，整顿软弱涣散支部1个。
（三）抓服务。走访困难群众86户，解决饮水、修路等问题17件。
二、存在问题
一是理论学习不够深入，集中学习以念文件为主，结合实际讨论少。
二是支部活动吸引力不强，主题党日多是打扫卫生。
三是党务干部能力不强，发展党员的材料有4份被退回。
{}
三、下步打算
（一）每季度由班子成员带题学习1次，6月底前交1份调研报告。
（二）主题党日由党员点题，每月公布一次。
（三）党务干部每人跟班学习5天，9月底前完成。
"""


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


def read(words: str) -> Context:
    return contextualise(blank()(words))


def causes(analyzer: Analyzer, last: str) -> list[tuple[CauseStatus, CauseKind | None]]:
    result = analyzer.analyze_text(REPORT.format(last))
    return [(problem.cause.status, problem.cause.kind) for problem in result.analysis.problems]


@pytest.mark.parametrize(
    "lead",
    [
        "上述问题的存在，主要原因是",
        "这些问题说到底，都是因为",
    ],
)
def test_a_real_cause_of_all_problems_explains_each(analyzer: Analyzer, lead: str):
    cause = "我作为第一责任人没有建立党建任务清单，任务分下去没有人对账，党组一年没有听过一次汇报。"
    assert [status for status, _ in causes(analyzer, lead + cause)] == [CauseStatus.EXPLICIT] * 3


@pytest.mark.parametrize(
    "last",
    [
        "产生以上问题的原因，主要是思想上重视不够，研究得不深。",
        "以上问题的存在，主要是支部班子对党建工作研究得不够，抓得不够紧。",
    ],
)
def test_what_sums_up_all_problems_is_the_cause_of_each(analyzer: Analyzer, last: str):
    assert causes(analyzer, last) == [(CauseStatus.SHALLOW, CauseKind.RESTATED)] * 3


@pytest.mark.parametrize(
    "last",
    [
        "",
        "以上问题责任在我，我将照单认领。",
        "以上问题既有客观原因，也有主观原因。",
    ],
)
def test_what_names_no_cause_is_none(analyzer: Analyzer, last: str):
    assert causes(analyzer, last) == [(CauseStatus.NONE, None)] * 3


def test_a_sum_in_the_last_problem_tells_of_the_others_too():
    context = read(
        "一是学习少。二是走访少，坐得多。这些问题，主要是重视不够。三是既有客观原因，也有主观原因。"
    )
    assert sums_up(context, np.arange(len(context.layout.clauses))).tolist() == [
        *[False] * 3,
        True,
        True,
        *[False] * 2,
    ]
    types = ["problems"] * 4
    items = [ItemRun(0, 0, 1.0), ItemRun(1, 6, 1.0)]
    assert outside_clauses(context, types, items).tolist() == [3, 4]


@pytest.mark.parametrize(
    ("last", "sums"),
    [
        ("原因是我重视不够。", True),
        ("究其原因，是我重视不够。", True),
        ("产生这些问题的主要原因：重视不够。", True),
        ("这些都是因为我重视不够。", True),
        ("这三条，说到底怪我。", True),
        ("今年没有再查。", False),
        ("3.原因是我重视不够。", False),
    ],
)
def test_a_paragraph_that_says_why_after_a_list_tells_of_all_of_it(last: str, sums: bool):
    context = read(f"1.学习少。念稿子。\n2.走访少。原因是我忙。\n{last}")
    found = sums_up(context, np.arange(len(context.layout.clauses)))
    assert not found[: context.layout.first_clause[4]].any()
    assert found[context.layout.first_clause[4] :].any() == sums


def test_what_leads_in_to_the_problems_explains_none_though_one_was_told_in_passing_before():
    context = read("渠道还有两里没有修通。工作中还有不足，主要是重视不够。一是学习少。根子在我。")
    types = ["duties", *["problems"] * 3]
    items = [ItemRun(0, 0, 1.0, in_passing=True), ItemRun(3, 3, 1.0)]
    assert outside_clauses(context, types, items).tolist() == [4]


def test_a_numbered_cause_means_the_problem_of_the_list_not_one_told_in_passing():
    context = read("渠道还有两里没有修通。一是学习少。二是走访少。第一个问题，主要是我图省事。")
    items = [ItemRun(0, 0, 1.0, in_passing=True), ItemRun(1, 1, 1.0), ItemRun(2, 2, 1.0)]
    near, barred = _nearness(context, items, np.array([3, 4]))
    assert near.argmax(axis=0).tolist() == [1, 1]
    assert barred.tolist() == [[True, True], [False, False], [True, True]]


@pytest.mark.parametrize(
    "told",
    [
        "关于走访方面，我图省事。关于理论学习，没有排进日程。",
        "之所以走访群众少，是因为我图省事。理论学习不够的根子在没有排进日程。",
        "（一）走访群众方面。我图省事。（二）理论学习方面。没有排进日程。",
        "第二个问题，主要是我图省事。第一个问题，是没有排进日程。",
    ],
)
def test_a_cause_that_names_a_problem_is_that_ones_alone(told: str):
    context = read(f"一是理论学习不够。二是走访群众少。\n{told}")
    first, second = ItemRun(0, 0, 1.0), ItemRun(1, 1, 1.0)
    clauses = np.arange(2, len(context.layout.clauses))
    _, barred = _nearness(context, [first, second], clauses)
    half = context.clause_texts.index(
        next(text for text in context.clause_texts[2:] if "学习" in text or "第一" in text)
    )
    assert barred[0].tolist() == [clause < half for clause in clauses]
    assert barred[1].tolist() == [clause >= half for clause in clauses]


def test_a_cause_that_names_no_problem_may_be_meant_for_each():
    context = read(
        "一是理论学习不够。二是走访群众少。\n一是思想认识不到位，学习抓得不紧。二是在制度建设上没有下功夫。"
    )
    items = [ItemRun(0, 0, 1.0), ItemRun(1, 1, 1.0)]
    _, barred = _nearness(context, items, np.arange(2, len(context.layout.clauses)))
    assert not barred.any()


def test_what_sums_up_weighs_on_the_problems_without_a_cause_of_their_own():
    context = read("一是学习少。二是走访少。以上问题，主要是重视不够。")
    items = [ItemRun(0, 0, 1.0), ItemRun(1, 1, 1.0)]
    own = np.array([[0.9, 0, 0, 0], [0, 0, 0, 0.1]], dtype=np.float32)
    other = np.tile(np.array([0, 0, 0, 0.8], dtype=np.float32), (2, 2, 1))
    told = {
        known: evidence(context, items, own, np.zeros((2, 2)), other, np.full(2, known), apart=False)
        for known in (True, False)
    }
    differ = np.abs(told[True] - told[False]).max(axis=1)
    assert differ.min() > 0
    weights = (told[True] - told[False]).sum(axis=1)
    assert weights[0] < weights[1]
