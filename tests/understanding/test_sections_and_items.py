"""What the shipped models make of the forms that real reports have."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.pipeline import Analyzer
from analyzer.result import Analysis

DUTIES = (
    "一、履职情况\n全年召开支委会12次，讲党课4次，走访企业36家，帮助解决用工、融资等问题21个。\n"
    "（二）抓队伍。发展党员2名，培训支部书记3期，整顿后进支部1个，党员志愿服务210人次。\n"
)
PLANS = (
    "四、下一步打算\n一是制定年度学习计划，每月15日组织集中学习。二是由组织委员牵头，6月底前完成支部换届。\n"
    "请予评议。"
)


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


def sections(analysis: Analysis, text: str) -> dict[str, str]:
    return {str(section.type): text[section.start : section.end] for section in analysis.sections}


@pytest.mark.parametrize("heading", ["产生问题的原因", "原因剖析", "问题根源", "存在问题的原因分析"])
def test_causes_under_a_heading_of_their_own_are_no_problems(analyzer: Analyzer, heading: str):
    text = (
        f"{DUTIES}二、存在的主要问题\n一是理论学习不够深入。二是服务企业不够主动。\n三、{heading}\n"
        "（一）怕担责。我担心口径定早了将来要负责，想等上级先表态。\n"
        f"（二）办法不硬。考核表里党建只占5分，还是自评，几年没有动过。\n{PLANS}"
    )
    analysis = analyzer.analyze_text(text).analysis
    assert sections(analysis, text)["causes"].startswith(f"三、{heading}")
    assert len(analysis.problems) == 2


def test_a_cause_told_apart_is_that_of_the_problem_it_speaks_of(analyzer: Analyzer):
    text = (
        f"{DUTIES}二、存在的主要问题\n1.在青年教师中发展党员慢。全校35岁以下青年教师121名，三年只发展了5名。\n"
        "2.老党员作用发挥不充分。部分老教师参加活动不积极，全年缺席41人次。\n三、原因分析\n"
        "一是管理失之于软。碍于同事情面，对不参加活动的老党员没有批评过一次。\n"
        f"二是培养机制缺位。青年教师从入职到评职称，没有一个环节要求支部参与，发展谁全凭自觉。\n{PLANS}"
    )
    said = [problem.cause for problem in analyzer.analyze_text(text).analysis.problems]
    assert ["青年教师" in text[cause.start : cause.end] for cause in said] == [True, False]
    assert ["情面" in text[cause.start : cause.end] for cause in said] == [False, True]


def test_a_heading_of_causes_is_not_taken_for_all_that_its_entry_says(analyzer: Analyzer):
    text = (
        f"{DUTIES}二、存在的主要问题\n"
        "（一）学用结合不够紧密。联系耕地保护实际思考得少，全年只形成1篇调研报告，3条建议没有一条转成政策。\n"
        "（二）调研不深不细。全年下乡37次，在村里住下来的1次也没有，看点多是县里安排的。\n"
        "（三）抓新业态的办法不多。数字农业示范园建成一年，入驻企业只有3家。\n三、产生问题的原因分析\n"
        "一是理论武装不够扎实。总认为干部把业务干好就是讲政治，把学习当成软任务，忙起来就往后放，所以学用是两张皮。\n"
        "二是宗旨意识有所淡化。下乡图方便，习惯听汇报、看材料，觉得乡镇干部说的就是群众想的。\n"
        f"{PLANS}"
    )
    learning, visits, _ = [problem.cause for problem in analyzer.analyze_text(text).analysis.problems]
    assert (learning.status, visits.status) == ("explicit", "explicit")
    assert "软任务" in text[learning.start : learning.end]
    assert "图方便" in text[visits.start : visits.end]


def test_headings_of_aspects_are_no_problems_but_what_stands_under_them_is(analyzer: Analyzer):
    text = (
        f"{DUTIES}二、存在的突出问题\n（一）形式主义方面。学习上摆样子，学习笔记补过两次。下村调研走过场，农户家里去得少。\n"
        "（二）享乐主义方面。值班不够严格，有替班现象。公务接待有时超标准。\n"
        f"{PLANS}"
    )
    named = [problem.title for problem in analyzer.analyze_text(text).analysis.problems]
    assert "学习上摆样子" in " ".join(named)
    assert any("下村调研" in title for title in named)
    assert len(named) >= 4


def test_several_problems_in_one_sentence_are_several(analyzer: Analyzer):
    text = (
        f"{DUTIES}三、存在问题\n一年来虽然取得了一定成绩，但也还存在一些不足，主要是理论学习不够深入，"
        f"工作方法比较简单，集体经济发展缓慢，个别党员作用发挥不明显。\n{PLANS}"
    )
    assert len(analyzer.analyze_text(text).analysis.problems) >= 3


def test_plans_that_follow_each_problem_are_no_problems(analyzer: Analyzer):
    text = (
        f"{DUTIES}二、存在问题及整改措施\n（一）问题：流动党员联系不上。19名外出党员有7人一年没有参加过活动。\n"
        "整改：3月底前由组织委员逐一打电话核对，6月底前编成2个流动党员小组。\n"
        "（二）问题：主题党日内容单一。11次主题党日有9次念文件。\n"
        "整改：每季度由一名支委出题，把业务难点拿到会上议，年底前办成4件。\n请予评议。"
    )
    analysis = analyzer.analyze_text(text).analysis
    assert analysis.problems
    assert all("整改：" not in text[problem.start : problem.end] for problem in analysis.problems)


@pytest.mark.parametrize("name", ["n02", "n22", "n61", "n76"])
def test_no_section_is_made_of_one_doubtful_heading(analyzer: Analyzer, corpora: Path, name: str):
    text = (corpora / "negatives" / f"{name}.txt").read_text("utf-8")
    for section in analyzer.analyze_text(text).analysis.sections:
        if section.type not in ("preface", "closing"):
            alone = text[section.start : section.end].strip() == section.heading
            assert not alone or section.confidence >= 0.9


@pytest.mark.parametrize("lead", ["", "上面这些问题，既有客观因素，更有主观原因。\n"])
def test_causes_without_a_heading_are_no_problems(analyzer: Analyzer, lead: str):
    duties = DUTIES.split("\n", 1)[1]
    problems = (
        "在总结成绩的同时，我们也清醒地看到还存在一些问题。\n"
        "1、党建工作与生产经营结合不紧。部分支部的党建计划与生产计划各印各的。\n"
        "2、党员作用发挥不充分。有的党员把自己混同于普通职工，急难任务上看不到人。\n"
        "3、宣传工作力度不大。全年在市级以上媒体发稿5篇，先进典型推不出去。\n"
        "4、党务干部队伍不强。41名支部书记中兼职的38名，持证上岗的只有9名。\n"
    )
    causes = (
        f"{lead}一是导向上有偏差。绩效分配方案里没有党建这一项，评没评先进不影响奖金。\n"
        "二是怕得罪人。几个支部书记是我的老同事，我担心动静太大，话到嘴边又咽了回去。\n"
        "三是精力摆布不当。我每周排着三个半天的生产会，支部的事全部交给了兼职干事。\n"
    )
    plans = (
        "（一）修改绩效方案。3月底前把党建纳入绩效分配，占10分，由人事科负责。\n"
        "（二）选好支部书记。6月底前培训41名支部书记，每季度考一次。\n请予评议。"
    )
    text = f"{duties}{problems}{causes}{plans}"
    analysis = analyzer.analyze_text(text).analysis
    assert sections(analysis, text)["causes"].strip() == causes.strip()
    assert len(analysis.problems) == 4
