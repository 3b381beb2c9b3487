from __future__ import annotations

import numpy as np
import pytest

from analyzer.language import blank
from analyzer.pipeline import Analyzer
from analyzer.understanding.structure import Context, contextualise
from analyzer.understanding.two_lists import entries, list_before, list_columns

DUTIES = "1.建了两个支部。\n2.修了三条路。\n"
PROBLEMS = "（一）会议记录有两处不实。\n党费公示晚了。\n（二）带教签字是后补的。\n"
CAUSES = "关于第一条，谁来公示没有定过。\n第二个问题，是我图省事。\n"
PLANS = "一是党费公示定人定时。\n二是带教签字当天交。\n"
# Of the columns, from the end: what is no mean of cues.
ECHOED = slice(-14, -11)


def read(text: str) -> Context:
    return contextualise(blank()(text))


def columns(first: str, second: str) -> np.ndarray:
    """Return the columns of two lists between duties and plans."""
    sizes = np.cumsum([text.count("\n") for text in (DUTIES, first, second, PLANS)]).tolist()
    return list_columns(read(DUTIES + first + second + PLANS), *sizes[:3], np.arange(*sizes[2:]))


def test_an_entry_begins_with_a_number_or_a_paragraph():
    context = read("（一）不实。晚了。\n又晚了。一是没有定过。二是没有问过。\n")
    assert entries(context, np.arange(5)) == [[0, 1], [2], [3], [4]]
    assert entries(context, np.arange(0)) == []


def test_the_list_before_is_not_what_leads_in_to_the_next_one():
    context = read(f"{DUTIES}补在年底。\n第一个问题，是我图省事。\n")
    assert 2 in context.lists
    assert [list_before(context, 3), list_before(context, 3, 1)] == [0, 1]


def test_the_plans_come_back_to_the_list_whose_words_they_take_up():
    other = "（一）人手紧。\n编制少。\n（二）路远。\n"
    assert columns(PROBLEMS, other)[ECHOED].tolist() == pytest.approx([0, 0.5, 0])
    assert columns(other, PROBLEMS)[ECHOED].tolist() == pytest.approx([0, 0, 0.5])


def test_two_lists_differ_in_their_cues():
    told = columns(PROBLEMS, CAUSES)
    cues = len(told[: ECHOED.start]) // 3
    before, after, further = (told[k * cues : (k + 1) * cues] for k in range(3))
    assert np.allclose(after - before, further)
    assert (before[-2], after[-2]) == (0, 1)  # looks back by number


def test_a_plain_list_that_causes_look_back_to_is_one_of_problems():
    text = (
        "××局党组书记2024年度抓基层党建工作述职报告\n现将一年来的情况报告如下。\n"
        "（一）抓班子。全年召开党组会18次，讲党课4次，走访企业36家，解决用工难题21个。\n"
        "（二）抓队伍。发展党员2名，培训支部书记3期。\n"
        "（三）抓服务。党员志愿服务210人次，办结诉求316件。\n"
        "1.支部学习停在读文件。\n全年12次集中学习，有9次是从头念到尾。\n"
        "2.窗口的党员先锋岗成了摆设。\n牌子挂在那里，5月至9月接到投诉14件，没有一件是先锋岗上的人去办的。\n"
        "3.谈心谈话补在年底。\n翻开记录，11名支部书记的谈话有8份写在同一天。\n"
        "第一个问题，账要记在我头上。\n学习怎么学，我从来没有听过下面的意见，图的是省事。\n"
        "第二个问题，是考核定错了。\n先锋岗评上以后没有人再管，办件多少和评先不挂钩，干多干少一个样。\n"
        "第三个问题，是我怕得罪人，抹不开情面。\n"
        "一是学习改由支部书记轮流出题，每月15日集中讨论，我每季度参加一次。\n"
        "二是3月底前修订先锋岗评选办法，投诉办结率占四成，由机关党委按季公示。\n"
        "三是谈心谈话每季度一轮，记录次月5日前交机关党委抽查。\n请予评议。"
    )
    analysis = Analyzer().analyze_text(text).analysis
    begins = {str(section.type): section.start for section in analysis.sections}
    assert begins["problems"] == text.index("1.支部学习")
    assert begins["causes"] == text.index("第一个问题")
    assert len(analysis.problems) == 3


def test_problems_under_a_heading_of_their_own_are_no_causes_of_those_put_right():
    text = (
        "××局机关党委书记2017年度抓基层党建工作述职报告\n现将一年来的情况报告如下。\n"
        "一、履行责任情况\n全年召开党委会9次，讲党课4次，走访企业36家，解决难题21个。\n党员志愿服务210人次，办结诉求316件。\n"
        "二、2016年度述职评议问题整改情况\n上年度评议指出三个方面的问题：一是离退休支部活动少，今年集中学习7次，比上年增加3次；"
        "二是党务公开不及时，今年做到每半年公开一次；三是特色不突出，今年作了一些探索。\n"
        "三、存在的问题和不足\n回顾一年来的工作，主要表现在以下几个方面：学习教育的深度还有欠缺，有的党员笔记抄得多；"
        "党建与业务融合不够，支部没有提出过自己的任务；发展党员进展慢；委员履职不够均衡，缺席11人次，对此我碍于情面没有点过名。\n"
        "四、2018年工作打算\n（一）在学习教育上再深入。持续推进常态化制度化。\n（二）在组织建设上再规范。严格落实三会一课。\n"
    )
    sections = {
        str(section.type): section.start for section in Analyzer().analyze_text(text).analysis.sections
    }
    assert sections["rectification"] == text.index("二、2016")
    assert sections["problems"] == text.index("三、存在")
    assert "causes" not in sections
