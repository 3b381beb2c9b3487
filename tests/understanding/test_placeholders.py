from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.language import blank
from analyzer.training.corpus import CORPORA, load
from analyzer.training.placeholders import train
from analyzer.understanding.placeholders import LONGEST, PlaceholderModel, StandIn, candidates, unfilled
from analyzer.understanding.structure import contextualise

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def model() -> PlaceholderModel:
    return train(
        [report for author in ("w6", "w9", "w12", "w14") for report in load(ROOT / CORPORA / author)]
    )


def found(model: PlaceholderModel, text: str) -> list[tuple[str, str]]:
    context = contextualise(blank()(text))
    return [
        (context.text[one.start : one.end], str(one.kind))
        for one in model.predict(context, ["duties"] * len(context.layout.sentences))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("完成投资1*5亿元，走访1*6户。", [("1*5亿元", "data"), ("1*6户", "data")]),
        ("发展党员_名，发展对象__名，完成2*年目标。", [("_名", "data"), ("__名", "data"), ("2*年", "data")]),
        ("全年组织集体学习X次，开展专题党课Ｘ次。", [("X次", "data"), ("X次", "data")]),
        ("受教育党员群众2xxx人次，建成道路2x.6公里。", [("2xxx人次", "data"), ("2x.6公里", "data")]),
        ("完成投资××.××亿元，新增耕地****亩。", [("××.××亿元", "data"), ("****亩", "data")]),
        ("我于201×年×月任现职。", [("201×年", "data"), ("×月", "data")]),
        ("发展党员（  ）名，转正【】名。", [("（）名", "data"), ("【】名", "data")]),
        ("〇〇镇党委书记述职报告", [("〇〇镇", "entity")]),
        ("涌现出了某某同志等先进典型。", [("某某同志", "entity")]),
        ("文件批示“请某某阅处”多，过问结果少。", []),
        ("带动群众户均增收约    元。", [("    元", "data")]),
        ("被评为省级和美乡村（以实际为准）。", [("（以实际为准）", "instruction")]),
        ("群众满意度持续上升（待补充），年内完成。", [("（待补充）", "instruction")]),
        ("针对XX案开展警示教育。", [("XX", "case")]),
        (
            "上党课N次，惠及群众近nn千人，覆盖面NN.N%。",
            [("N次", "data"), ("nn千人", "data"), ("NN.N%", "data")],
        ),
        ("收到诉求##件，轮训？？次，入户000户。", [("##件", "data"), ("？？次", "data"), ("000户", "data")]),
        ("栽烤烟……亩、油茶…亩，下降百分之…，", [("……亩", "data"), ("…亩", "data"), ("…", "data")]),
        ("红岩小学党支部\n2017年1月  日", [("1月日", "data")]),
        ("坚持周五学习制度，组织党员集中学习次，撰写心得体会20篇。", [("习次", "gap")]),
    ],
)
def test_finds_what_was_never_filled_in(
    model: PlaceholderModel, text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(model, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "购置X光机2台，完成X射线探伤420道，X线车下乡12次。",
        "推行“1+X”证书试点和“党建+X”工作法，X012线全线贯通。",
        "安装3×4米公示牌29块，装机2×660MW，4×100米接力夺冠。",
        "处置*ST股票1只，更换XLPE电缆1.8公里，XP系统全部淘汰。",
        "差错率＝n÷N×100%，二〇二三年下降一半。",
        "某些同志在某种程度上存在畏难情绪，某项工作推进缓慢。",
        "* 抓学习，全年学习24次。",
        "一、履职情况……………………3",
        "制定了产业扶贫“4+2”发展思路，开展活动30余场次50余人次，讲党课4次。",
        "制度有待完善，全年召开会议的场次、人次都比上年多。",
        "坚持D建引领，学习XJP新时代思想。",
        "（含预备党员）印发〔2023〕12号文件。",
        "意见发到xx_dangban@163.com，见https://dj.example.cn/x_y?id=XX12，账号dy_2023_01更新32期。",
        "“2024_党建_台账.xlsx”已归档，换用OA系统V2.0_beta。",
        "举报电话138****1234，按5*8小时值守，推行“1*3*N”工作法和“X+党建”。",
        "推行1+N个支部结对，现有36,000户，10点00分开会，共2000个，争取资金2 000元、12 000元、36 000元。",
        "建成“1个主阵地、N个分阵地”，1名书记带N名党员。",
        "●个别党员学得少\n●年初有部署\n●班子带头\n◆组织建设\n3#栋、8#座、2#车间、#年度总结#",
        "难在哪里？？站位不高。谁负责？？月底再说。",
        "学(xué)習(xí)、教(jiào)育(xù)",
        "发展X波段雷达项目党员2名，□已完成、□未完成各12项。",
    ],
)
def test_leaves_proper_marks_alone(model: PlaceholderModel, text: str) -> None:
    assert found(model, text) == []


@pytest.mark.parametrize(
    ("text", "chance", "count"),
    [
        ("集中学习次，效果好。", 0.8, 0),
        ("集中学习次，效果好。", 0.95, 1),
        ("集中学习次，撰写心得体会篇。", 0.8, 2),
        ("集中学习次，发展党员X名。", 0.8, 2),
    ],
)
def test_one_doubtful_bare_measure_word_alone_is_no_blank(
    model: PlaceholderModel, monkeypatch: pytest.MonkeyPatch, text: str, chance: float, count: int
) -> None:
    monkeypatch.setattr(PlaceholderModel, "judge_gaps", lambda *said: np.full(len(said[2]), chance))
    assert len(found(model, text)) == count


def test_a_long_instruction_is_cut(model: PlaceholderModel) -> None:
    ((quote, kind),) = found(
        model, "活动成效好。（此处结合单位实际，列举1至2个典型事例，300字左右）三、存在的不足"
    )
    assert kind == StandIn.INSTRUCTION
    assert len(quote) == LONGEST


def test_finds_exactly_the_blanks_of_the_genuine_submission(model: PlaceholderModel) -> None:
    path = ROOT / ".." / "shared" / "corpus" / "seed" / "seed.txt"
    if not path.exists():
        pytest.skip("the genuine submission is not at hand")
    quotes = [quote for quote, _ in found(model, path.read_text("utf-8"))]
    marks = ["X", "X", "XXX", "XXX", "XX", "XX", "XX", "XXX"]
    assert [re.sub("[^X]", "", quote) for quote in quotes] == marks


def test_arrays_round_trip(model: PlaceholderModel) -> None:
    again = PlaceholderModel.from_arrays(model.arrays())
    text = "发展党员X名，学习次，帮扶××村。"
    context = contextualise(blank()(text))
    assert again.predict(context, []) == model.predict(context, [])


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="xX×*〇_某（）【】…—年月日 次名第2零三待补充，。\n学习党", max_size=60))
def test_spans_are_short_ordered_and_inside(model: PlaceholderModel, text: str) -> None:
    context = contextualise(blank()(text))
    spans = [(one.start, one.end) for one in model.predict(context, [])]
    assert all(0 <= start < end <= len(context.text) and end - start <= LONGEST for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_candidates_are_found_in_a_text_of_one_line() -> None:
    assert [one.form for one in candidates("学习X次")] == ["latin"]


@pytest.mark.parametrize(
    "text",
    [
        "完善网格管理（根据实际需要增设网格3个）。",
        "践行宗旨（以实际行动践行初心使命）。",
        "公务接待6次（据实报销）。",
        "述职人：李　元",
        "参加的有王　强、李　元，共2人。",
    ],
)
def test_blanks_of_names_and_words_on_what_is_real_are_nothing_to_fill_in(text: str) -> None:
    assert not candidates(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一是【请填写问题一】。\n二是（待补充）。", True),
        ("（一）XX。（二）……", True),
        ("一是到XX支部少。", False),
        ("一是学习不够。", False),
        ("一是。", False),
        ("", False),
    ],
)
def test_what_nobody_has_begun_to_fill_in_says_nothing(text: str, expected: bool) -> None:
    assert unfilled(text) is expected
