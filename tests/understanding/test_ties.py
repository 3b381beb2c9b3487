"""Item by item of the duties: what ties party work to business, and what only says so."""

from __future__ import annotations

import pytest

from analyzer.language import blank
from analyzer.result import Link
from analyzer.understanding.structure import Context, contextualise
from analyzer.understanding.ties import Tie, find_ties

TIED = [
    "窗口支部6名党员领办慢件，平均办理时间由26分钟缩短到9分钟。",
    "党员突击队11名党员驻点抢修，停水时间由9小时压到3小时。",
    "二支部领办征地难题，7名党员包46户。到3月底全部签约，项目提前40天开工。",
    "支部把跳闸最多的三条线分给6名党员挂牌，年底跳闸由39次降到14次。",
    "临时党支部建在工地上，党员轮班盯浇筑。大坝提前20天完工。",
    "村党支部领办合作社，12名党员带头试种，入社农户户均增收3200元。",
    "机关支部与税源科结对会商9次，补征税款1200万元。",
    "社区党委牵头，党员上门调解，积案由34件降为12件。",
    "成立党员护林队，分片巡查。冬春两季没有发生一起山火。",
    "党员教师结对帮扶，学困生及格率从61%升到88%。",
    "第一书记驻村，协调架通低压线，解决9户用电。",
    "在工地成立由9名党员组成的临时党支部，实行党员包标段制度，工期比计划提前42天。",
    "23名党员各包一栋楼，全年收回诉求412条，物业纠纷由86起降到31起。",
    "组建由11名党员组成的代办小组，帮办事项326件，平均用时由12天缩短到7天。",
]
NOT_TIED = [
    ("坚持以党建引领业务发展，各项业务迈上新台阶。", Link.CLAIMED),
    ("推动党建与生产经营深度融合，实现两促进。全年产值8.2亿元。", Link.CLAIMED),
    ("充分发挥党员先锋模范作用，助推项目建设。", Link.CLAIMED),
    ("党支部战斗堡垒作用充分发挥，信贷业务持续增长。", Link.CLAIMED),
    ("党员突击队抢修管线XX公里，党旗飘扬在生产一线。", Link.CLAIMED),
    ("集中学习12次，讲党课4次，开展主题党日10次。", Link.PARTY),
    ("发展党员3名，培养入党积极分子5名。", Link.PARTY),
    ("组织党员观看警示教育片2部，签订廉政责任书16份。", Link.PARTY),
    ("严格落实“三会一课”制度，党员党性修养明显增强。", Link.PARTY),
    ("完成支部换届，7个支部书记由科长担任。", Link.PARTY),
    ("各项存款余额86亿元，比年初增加9亿元。", Link.BUSINESS),
    ("招商引资到位资金3.2亿元，办结信访件47件。", Link.BUSINESS),
    ("新建大棚23个，毛收入41万元。", Link.BUSINESS),
    ("全年接待查档4300人次，出具证明2900份。", Link.BUSINESS),
    ("同志们团结协作，起到了表率作用。", Link.OTHER),
    ("取得了一定成绩，得到上级好评。", Link.OTHER),
]


def read(text: str, kind: str = "duties") -> tuple[Context, list[Tie]]:
    context = contextualise(blank()(text))
    return context, find_ties(context, [kind] * len(context.layout.sentences))


@pytest.mark.parametrize("text", TIED)
def test_an_act_with_a_result_is_a_tie(text: str) -> None:
    context, (tie,) = read(text)
    assert tie.link is Link.TIED
    assert tie.party
    assert tie.business
    assert tie.actor
    for span in (tie.party, tie.business, tie.actor, tie.mechanism, tie.figure):
        assert span is None or 0 <= span[0] < span[1] <= len(context.text)
    assert tie.party[0] <= tie.actor[0] < tie.actor[1] <= tie.party[1]


@pytest.mark.parametrize(("text", "link"), NOT_TIED)
def test_words_alone_and_one_side_alone_are_none(text: str, link: Link) -> None:
    _, (tie,) = read(text)
    assert tie.link is link


def test_a_tie_says_who_did_what_by_what_means_with_what_figure() -> None:
    context, (tie,) = read("窗口支部6名党员领办慢件，平均办理时间由26分钟缩短到9分钟。")
    said = [context.text[slice(*span)] for span in (tie.actor, tie.mechanism, tie.figure) if span]
    assert said == ["窗口支部", "领办", "9分钟"]


def test_party_work_and_business_side_by_side_in_one_item_are_no_tie() -> None:
    _, (tie,) = read("集中学习12次，讲党课4次。招商引资到位资金3.2亿元，办结信访件47件。")
    assert tie.link in (Link.PARTY, Link.BUSINESS)


def test_items_are_those_of_the_headings() -> None:
    _, ties = read(
        "一、履职情况\n（一）抓学习\n集中学习12次。\n（二）抓业务\n贷款余额8亿元。\n又增加2亿元。\n（三）抓融合\n以党建引领业务发展。"
    )
    assert [tie.title for tie in ties] == ["抓学习", "抓业务", "抓融合"]
    assert [tie.link for tie in ties] == [Link.PARTY, Link.BUSINESS, Link.CLAIMED]


def test_without_headings_they_are_paragraphs_and_within_one_the_spoken_numbers() -> None:
    assert len(read("集中学习12次。讲党课4次。\n贷款余额8亿元。")[1]) == 2
    assert len(read("一是集中学习12次。二是贷款余额8亿元。")[1]) == 2


def test_a_figure_left_out_ties_nothing() -> None:
    _, (tie,) = read("窗口支部XX名党员领办慢件，平均办理时间缩短XX分钟。")
    assert tie.link is not Link.TIED


def test_other_sections_have_no_items() -> None:
    assert read(TIED[0], "plans")[1] == []
    assert read("")[1] == []
