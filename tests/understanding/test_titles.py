from __future__ import annotations

import pytest

from analyzer.language import blank
from analyzer.understanding.problems import ItemRun
from analyzer.understanding.structure import contextualise
from analyzer.understanding.titles import title


def named(problem: str) -> str:
    context = contextualise(blank()(problem))
    return title(context, ItemRun(0, len(context.layout.clauses) - 1, 1.0))


@pytest.mark.parametrize(
    ("problem", "name"),
    [
        ("远教站点12个，有5个的设备坏了。到现在还是黑屏。", "远教站点12个，有5个的设备坏了"),
        ("没有改完的一个，是心理疏导室没有人。", "没有改完的一个，是心理疏导室没有人"),
        ("窗口态度的问题，未完全解决。", "窗口态度的问题"),
    ],
)
def test_a_problem_told_in_passing_is_named_by_what_is_wrong_not_by_what_was_done(problem: str, name: str):
    context = contextualise(blank()(problem))
    item = ItemRun(0, len(context.layout.clauses) - 1, 1.0, in_passing=True)
    assert title(context, item) == name


@pytest.mark.parametrize(
    ("problem", "name"),
    [
        ("一是党员教育针对性不强，农民党员听不进去。", "党员教育针对性不强"),
        ("问题二：年轻技术干部入党积极性不高。近三年只有4人递交申请书。", "年轻技术干部入党积极性不高"),
        ("问题之一，楼长“挂名多、上门少”。公示牌贴出去以后没有动静。", "楼长“挂名多、上门少”"),
        ("——村干部后继乏人。农村青年外流。", "村干部后继乏人"),
        ("• 材料工作占用精力多。", "材料工作占用精力多"),
        ("1.2社区党建和社区治理各走各的。", "社区党建和社区治理各走各的"),
        ("还有就是村里会电脑的没有，报表都是别人帮着弄。", "村里会电脑的没有"),
        ("再一个是社区民警沉不下去，每周只有1.7天。", "社区民警沉不下去"),
        ("【组建快、活不起来】87个两新党组织里，8个只开过成立会。", "组建快、活不起来"),
        ("三是由于国土所点多面广、人员少，乡镇党员组织生活难以保证。", "乡镇党员组织生活难以保证"),
        ("3、由于疫情影响，导致部分海外项目进度滞后，被业主罚款260万元。", "部分海外项目进度滞后"),
        ("对照要求，我感到还存在一些差距：党建工作抓得不够经常。", "党建工作抓得不够经常"),
        ("下访多，回访少。全年下访57次。", "下访多，回访少"),
        ("4、案件质量仍有短板。全年被改判96件。", "案件质量仍有短板"),
        ("二是主要领导联系点去得少。", "主要领导联系点去得少"),
        ("问题一", "问题一"),
        ("一是3.5万名流动党员管理粗放。", "3.5万名流动党员管理粗放"),
        ("一是是非观念不强，跟风议论。", "是非观念不强"),
        ("受理群众诉求不及时，群众意见大。", "受理群众诉求不及时"),
        ("存在形式主义问题，会议多。", "存在形式主义问题"),
        ("主要问题：学习不够深入。", "学习不够深入"),
        ("导致。", "导致"),
        ("还有一件是个体工商户党建没有破题。全区5.6万户。", "个体工商户党建没有破题"),
        ("如学习抓得不经常，党员作用发挥不够。", "学习抓得不经常"),
        ("还有的支部发展党员时图省事。全年没有谈过话。", "还有的支部发展党员时图省事"),
    ],
)
def test_a_problem_is_named_by_what_is_wrong(problem: str, name: str) -> None:
    assert named(problem) == name
