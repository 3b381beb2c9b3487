from __future__ import annotations

import pytest

from analyzer.language import blank
from analyzer.result import SectionType
from analyzer.understanding.models import load_models
from analyzer.understanding.problems import ItemRun
from analyzer.understanding.structure import contextualise

HEAD = "一、上年度问题整改情况\n"
DONE = "（一）关于党费收缴不规范的问题。4月起按月缴纳，7月抽查没有再提意见。\n"


def read(entry: str, told: str = "", kind: SectionType = SectionType.RECTIFICATION) -> list[str]:
    """Return what is left open in a part of a kind that holds an entry, given a problem told elsewhere."""
    context = contextualise(blank()(HEAD + DONE + entry + "\n" + told))
    sentences = context.layout.sentences
    begin = len(HEAD + DONE + entry) + 1
    types = [kind if start < begin else SectionType.PROBLEMS for start, _ in sentences.tolist()]
    last = len(context.layout.clauses) - 1
    first = next((k for k, (start, _) in enumerate(context.layout.clauses.tolist()) if start >= begin), last)
    items = [ItemRun(first, last, 1.0)] if told else []
    found = load_models().left_open.predict(context, types, items)
    return [context.clause_text(item.first, item.last).strip() for item in found]


def test_what_leads_in_to_a_list_is_told_by_the_list():
    lead = "回头看，还有两件没有办好。\n"
    assert read(f"{lead}1.支部学习12次。\n2.走访企业36家。", kind=SectionType.DUTIES) == []
    assert read(lead, kind=SectionType.DUTIES) == [lead.strip()]


@pytest.mark.parametrize(
    "entry",
    [
        "敬老院消防改造完成6所，还有2所没有解决，主要是土地手续办不下来。",
        "未落实的1条是药房改造，因资金没有到位，推到2021年。",
        "“离退休党员管理存在盲区”，移交社区27名，剩余15名正在办理。",
        "覆盖率由19%升到21%，离30%的目标还差一截。",
        "窗口态度的问题没有完全解决，全年转来投诉11件。",
        "档案移交只完成一部分，目前移交26家。",
    ],
)
def test_what_is_still_to_be_done_is_a_problem(entry: str):
    assert read(entry) == [entry]


def test_it_begins_with_the_entry_that_names_it():
    entry = "（二）关于阵地建设滞后的问题。办公楼搬迁延后，新活动室至今没有投入使用。"
    assert read(entry) == [entry]
    assert read("走访单位19家，完成19件，没有完成的3件是车位错时开放，顺延到今年6月。") == [
        "没有完成的3件是车位错时开放，顺延到今年6月。"
    ]


@pytest.mark.parametrize(
    "entry",
    [
        "党员先锋岗全部定责，挂牌公示。",
        "“两张皮”当年没有改到位，今年合署办公，9月检查认为已经改了过来。",
        "党费已补缴，至今没有拖欠。",
        "列出整改清单14项，完成12项，尚未完成2项。",
        "这一条有了好转，仍需继续坚持。",
        "（三）严于律己方面。自觉执行中央八项规定精神，至今没有违规违纪问题。",
        "还要继续在学懂弄通做实上下功夫。",
        "各支部活动场所面积达标，目前还没有发现闲置。",
        "“红黑榜”做法被区里推广，还有6个乡镇来考察。",
        "还剩的3个村今年全部突破10万元。",
        "离全市第一还差0.6分。",
        "群众曾反映“路灯还没有修好”，8月全部修好，群众满意。",
        "去年反馈“整改不到位”的2条，11月督查组复核通过。",
        "后进支部没有一个没改到位。",
        "尚未解决的问题：无。",
        "（二）关于卫生室还没有远程设备的问题。9个卫生室全部配齐，8月联网。",
        "（一）尚未完成整改的问题",
        "（二）关于敬老院消防改造的问题。年初还有3所没有完成。6月我现场调度，9月全部通过验收。",
        "去年述职时还有2处尚未完工；今年5月全部投用。",
        "离承诺还差9人，差在哪里放到后面问题里说。",
    ],
)
def test_what_is_done_or_told_elsewhere_is_none(entry: str):
    assert read(entry) == []


def test_why_it_is_still_open_belongs_to_it():
    entry = "还有2处没有建成。怪我没有盯土地手续。明年6月底前由组织委员办完。"
    assert read(entry) == [entry]
    assert read("还有2处没有建成。组织培训3期，参加120人次。") == ["还有2处没有建成。"]


def test_what_the_problems_take_up_again_is_theirs():
    entry = "“党员先锋岗有岗无责”改了一半，管理分局的10个岗还没有定。"
    assert read(entry, "其二，管理分局支部弱，党员先锋岗定责一拖再拖。") == []
    assert read(entry, "其二，三个村的集体收入全靠出租门面。") == [entry]


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ("远教站点12个，有5个的设备坏了一年多，到现在还没有修好。", True),
        ("安置房漏水，开发公司修过一次，现在还在漏，这件事至今没有解决。", True),
        ("脱贫12户，年初还剩的3户也过了线。", False),
        ("走访困难群众86户，当场解决问题17件。", False),
        ("整改15条，没有完成的2条在本报告第三部分一并说明。", False),
        ("群众说：“自来水三天两头停，至今没有解决。”我当天到水厂，半个月后换了主管道。", False),
        ("2019年我刚到村时，村里没有自来水，一直靠挑；如今家家通了水。", False),
        ("还有3个项目列入明年计划，正在做前期。", False),
        ("我市还没有先例，我们先行试点。", False),
    ],
)
def test_a_fault_still_open_among_the_duties_is_a_problem(entry: str, found: bool):
    assert read(entry, kind=SectionType.DUTIES) == [entry] * found


def test_plans_and_problems_are_not_looked_at():
    entry = "远教站点12个，有5个的设备坏了一年多，到现在还没有修好。"
    assert read(entry, kind=SectionType.PLANS) == read(entry, kind=SectionType.PROBLEMS) == []
