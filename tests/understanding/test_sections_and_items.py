"""What the shipped models make of the forms that real reports have."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.language import blank
from analyzer.pipeline import Analyzer
from analyzer.result import Analysis
from analyzer.training.augmentation import partly_headed
from analyzer.training.corpus import CORPORA, load
from analyzer.understanding.problems import ItemRun, _in_full
from analyzer.understanding.structure import contextualise, unheaded

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


def test_a_cause_that_names_its_problem_by_number_is_that_ones(analyzer: Analyzer):
    text = (
        f"{DUTIES}二、存在的主要问题\n1.党员到会率低。6个支部平均只有62%。\n2.报到党员不干活。412人里来过的不到90人。\n"
        "3.我统筹不够。8名委员有5名没有牵头办过一件事。\n三、原因\n"
        "第一个问题，主要是我没有研究过会怎么开，年年念文件。\n"
        "第二个问题，我们没有派过具体的活，清单还是2021年的，没有更新。\n"
        f"第三个问题，根子在我，怕担责任，把事情抓在手里才踏实。\n{PLANS}"
    )
    said = [problem.cause for problem in analyzer.analyze_text(text).analysis.problems]
    assert [cause.status for cause in said] == ["explicit"] * 3
    held = [text[cause.start : cause.end] for cause in said]
    assert ["念文件" in words or "怎么开" in words for words in held] == [True, False, False]
    assert ["清单" in words for words in held] == [False, True, False]
    assert ["怕担责任" in words for words in held] == [False, False, True]


def test_a_cause_begins_with_the_words_that_introduce_it(analyzer: Analyzer):
    fault = "一是统筹力度不够，43次会商有4次部门没有到场，原因在于我碍于情面，对不到场的没有向区委如实反映。"
    text = f"{DUTIES}二、存在问题和原因\n{fault}二是培训少，一年只办了2期。\n{PLANS}"
    cause = analyzer.analyze_text(text).analysis.problems[0].cause
    assert text[cause.start : cause.end].startswith("原因在于我碍于情面")


def test_a_cause_that_points_back_is_shown_with_what_it_points_at(analyzer: Analyzer):
    text = (
        f"{DUTIES}二、存在的主要问题\n一是落实打折扣。120亩苗木拖了4个月才上报。\n三、原因剖析\n"
        "（一）党性锻炼不够。任副职9年，遇事先想会不会惹麻烦。苗木拖着不报，根子就在这里。\n"
        f"{PLANS}"
    )
    causes = [problem.cause for problem in analyzer.analyze_text(text).analysis.problems]
    shown = [text[cause.start : cause.end] for cause in causes if cause.start is not None]
    assert shown
    assert not any(words.startswith("根子就在这里") for words in shown)


def test_a_promise_among_the_problems_is_no_cause(analyzer: Analyzer):
    text = (
        f"{DUTIES}二、存在的主要问题和改进措施\n"
        "（一）融合的深度不够。16个支部只有2个把项目做到现场。主要原因是我立项时没有把关，报什么批什么。"
        "针对这一问题，我们将2月底前由党委工作部列出20个难题，支部自己来揭。\n"
        "（二）青年工作薄弱。去年离职41人，离职谈话都是办手续时顺带问一句。"
        f"我们将进一步加强青年思想引导，关心关爱青年。\n三、2024年工作思路\n我们将建设一流强港，作出更大贡献。\n"
    )
    fusion, youth = analyzer.analyze_text(text).analysis.problems
    assert "没有把关" in text[fusion.cause.start : fusion.cause.end]
    assert (fusion.remedy.status, youth.remedy.status) == ("specific", "generic")
    assert youth.cause.status == "none"


def test_the_lines_of_a_form_are_what_their_labels_say(analyzer: Analyzer):
    text = (
        f"{DUTIES}二、突出问题\n"
        "问题一：会议制度落地有偏差。\n表现：8项议题中有3项是会后补记录。\n根源：我转任书记不久，习惯自己先定再开会。\n"
        "整改：议题提前3天由总支委员签字，未签字不上会。\n"
        "问题二：对学生工作指导少。\n表现：全年到团委开会3次。\n根源：认识不到位。\n整改：加强对群团工作的领导。\n"
        "请予评议。"
    )
    analysis = analyzer.analyze_text(text).analysis
    assert [problem.title for problem in analysis.problems] == ["会议制度落地有偏差", "对学生工作指导少"]
    assert [problem.cause.status for problem in analysis.problems] == ["explicit", "shallow"]
    assert [problem.remedy.status for problem in analysis.problems] == ["specific", "generic"]
    kinds = [str(section.type) for section in analysis.sections if str(section.type) != "closing"]
    assert kinds[-4:] == ["problems", "plans"] * 2


def test_a_form_ends_with_its_chapter(analyzer: Analyzer):
    told = DUTIES.replace("一、", "二、", 1)
    entry = (
        "表现：8项议题中有3项是会后补记录。\n原因：我习惯自己先定再开会。\n整改措施：议题提前由委员签字。\n"
    )
    mended = "".join(f"问题{n}：党员教育形式单一。\n整改措施：办了4期现场课，已改完。\n" for n in "一二")
    problems = f"问题一：会议随意。\n{entry}问题二：谈话少。\n{entry}"
    text = f"一、上年度点评问题整改情况\n{mended}{told}三、存在问题和打算\n{problems}"
    sections = analyzer.analyze_text(text).analysis.sections
    at = text.index(told)
    assert [str(part.type) for part in sections if part.start <= at < part.end] == ["duties"]


def test_lists_of_problems_and_of_measures_under_labels_are_no_form(analyzer: Analyzer):
    context_free = f"{DUTIES}二、存在问题\n问题：学习不深，全年只学2次。\n三、打算\n措施：每月学习1次。\n"
    assert len(analyzer.analyze_text(context_free).analysis.problems) == 1


def test_what_leads_in_to_a_list_is_no_item_and_an_item_ends_with_its_sentence(analyzer: Analyzer):
    text = (
        f"{DUTIES}二、不足的地方\n说实话，我在局里做的是审计，跟农村打交道没有经验，走了弯路。\n"
        "1、产业项目抓得急了。没有先把销路找好，有11户亏了本。\n"
        f"2、对自己要求有时放松。对接待标准把握不严，今年6月一次商务接待超标准180元，已由本人补交。\n{PLANS}"
    )
    problems = analyzer.analyze_text(text).analysis.problems
    assert [problem.title for problem in problems] == ["产业项目抓得急了", "对自己要求有时放松"]
    assert text[problems[1].start : problems[1].end].endswith("已由本人补交。")


def test_what_was_not_done_well_is_announced_in_plain_words(analyzer: Analyzer):
    text = (
        "大湾村党支部述职报告\n先说干了的事。今年把路修通了，两公里多，村里自己凑了11万3千块。\n"
        "再说没有干好的事。\n一个是合作社没搞起来。200亩李子没有人收，怪我当时跟着栽，没去问过市场。\n"
        "再一个是年轻党员管不住。12个在外头，会也不开，我们没有建群，也没想过别的办法。\n"
        "明年打算干这几样：李子的事开春以前签收购合同；在外头的党员建个微信群，每个月开一次视频会。\n"
    )
    assert len(analyzer.analyze_text(text).analysis.problems) == 2


@pytest.mark.parametrize(
    ("told", "is_item"),
    [
        ("（四）队伍建设方面。", False),
        ("对照上级要求，支部工作还存在一些不足。", False),
        ("以上几个方面的不足，总的原因在于思想不够解放。", False),
        ("二是队伍建设方面办法不多。", True),
        ("（一）三会一课不经常，主题党日走过场，党员教育存在不少问题。", True),
        ("有的支部还存在一些党员不交党费的问题。", True),
        ("上述问题中最突出的是原因分析流于形式，三支部全年只开过1次组织生活会。", True),
        ("这些问题反复出现，整改一次反弹一次。", True),
    ],
)
def test_what_announces_or_sums_up_problems_is_none(told: str, is_item: bool):
    context = contextualise(blank()(f"{told}\n到支部少。"))
    last = len(context.layout.clauses) - 1
    item, another = ItemRun(0, last - 1, 1.0), ItemRun(last, last, 1.0)
    assert _in_full(context, [item, another]) == ([item, another] if is_item else [another])
    assert _in_full(context, [item]) == [item]  # all that is admitted is not taken away


@pytest.mark.parametrize(
    ("first", "count"), [("3名流动党员失联，没有人找过他们。", 3), ("教育抓得不紧。", 2)]
)
def test_a_sentence_before_a_list_is_an_item_where_it_tells_a_fact(first: str, count: int):
    context = contextualise(blank()(f"{first}\n1、到支部少。\n2、学习不够。"))
    starts = [0, *(k for k, mark in enumerate(context.layout.ordinals) if mark.kind)]
    ends = [*(start - 1 for start in starts[1:]), len(context.layout.clauses) - 1]
    items = [ItemRun(start, end, 1.0) for start, end in zip(starts, ends, strict=True)]
    assert len(_in_full(context, items)) == count


@pytest.mark.parametrize(
    ("name", "lost"),
    [("w1-10", "plans"), ("w7-12", "problems"), ("w9-11", "problems"), ("w12-07", "problems")],
)
def test_a_section_whose_heading_was_lost_is_found(analyzer: Analyzer, name: str, lost: str):
    folder = Path(__file__).parents[2] / CORPORA / name.split("-")[0]
    report = next(report for report in load(folder) if report.id == name)
    headless = partly_headed(report)
    (start,) = [headless.raw[s["first"] - 1][0] for s in headless.gold["sections"] if s["type"] == lost]
    found = {
        str(section.type): section.start for section in analyzer.analyze_text(headless.text).analysis.sections
    }
    assert abs(found[lost] - start) <= 60  # at its first sentence, or the next


def test_a_report_that_has_no_plans_gets_none_by_a_second_reading(analyzer: Analyzer):
    text = (
        f"现将履职情况报告如下。\n{DUTIES}二、存在的问题\n一是理论学习不够深入。二是服务企业不够主动，走访多、办事少。"
        "\n请予评议。"
    )
    assert "plans" not in sections(analyzer.analyze_text(text).analysis, text)


def test_unheaded_sentences_have_nothing_above_them_and_headings_stay_what_they_are():
    context = contextualise(blank()("一、履职情况\n讲党课4次。\n（一）抓学习\n学了12次。"))
    assert context.chapter.tolist() == [0, 0, 0, 0]
    bare = unheaded(context)
    assert bare.chapter.tolist() == [0, -1, -1, -1]
    assert bare.heading.tolist() == [0, -1, 2, -1]
    assert bare.columns.shape == context.columns.shape
