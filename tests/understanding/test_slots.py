"""Who, by when, how much and by what means: what fills a slot and what does not."""

from __future__ import annotations

import pytest

from analyzer.result import Slot
from analyzer.understanding.slots import find_slots, first_figure, missing


def slots(text: str, *blanks: str) -> dict[str, list[str]]:
    places = [(text.index(blank), text.index(blank) + len(blank)) for blank in blanks]
    found = find_slots(text, [(0, len(text))], places)
    return {slot.value: [text[start:end] for start, end in spans] for slot, spans in found.items() if spans}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        (
            "6月底前由组织委员负责，把到场记录纳入年度考核，全年不少于4次。",
            {
                "owner": ["由组织委员负责"],
                "deadline": ["6月底前"],
                "metric": ["不少于4次"],
                "mechanism": ["纳入年度考核"],
            },
        ),
        (
            "清理台账，由党政办6月底前完成。",
            {"owner": ["由党政办"], "deadline": ["6月底前"], "mechanism": ["台账"]},
        ),
        ("每季度到三支部去。", {"deadline": ["每季度"]}),
        ("2022年，我将努力做好各项工作。", {}),
        ("1.进一步加强学习，提高站位。", {}),
        ("力争收入达到8万元，党建办牵头。", {"owner": ["党建办牵头"], "metric": ["达到8万元"]}),
        ("由此可见，学习很重要。", {}),
        ("建立问题清单，逐项销号。", {"mechanism": ["清单", "销号"]}),
        ("开展一次分析，写一篇分析材料，列两名人选。", {"metric": ["一次", "一篇", "两名"]}),
        ("一次性补齐12万元。", {"metric": ["12万元"]}),
        ("三月份起办两期。", {"deadline": ["三月份起"]}),
        ("由15%降到5%以下。", {"metric": ["15%", "降到5%"]}),
        (
            "由两名党员负责，一周内回访。",
            {"owner": ["由两名党员负责"], "metric": ["两名"], "deadline": ["一周内"], "mechanism": ["回访"]},
        ),
        (
            "支委委员每人每学期听课，不少于一半。",
            {"owner": ["支委委员每人"], "deadline": ["每学期"], "metric": ["不少于一半"]},
        ),
        ("每半年谈一次，每两个月查一遍。", {"deadline": ["每半年", "每两个月"], "metric": ["一次"]}),
        ("今后。1、抓好学习。2、抓好党建创新。", {}),
        ("第二次在会上点名。", {}),
        ("跟班学习3个月。", {"metric": ["3个月"]}),
    ],
)
def test_what_a_measure_says(text: str, filled: dict[str, list[str]]) -> None:
    assert slots(text) == filled


def test_a_stand_in_fills_no_slot() -> None:
    assert slots("举办培训班X期，由XX负责。", "X期", "XX") == {}
    assert slots("3月底前培训X期。", "X期") == {"deadline": ["3月底前"]}


def test_what_is_missing_comes_in_the_order_of_the_slots() -> None:
    found = find_slots("每月公示一次。", [(0, 7)])
    assert missing(found) == (Slot.OWNER,)
    assert missing(find_slots("加强学习。", [(0, 5)])) == tuple(Slot)


def test_slots_of_several_sentences_come_in_order_and_stay_within_them() -> None:
    text = "由办公室负责。加强学习。由我负责。"
    found = find_slots(text, [(0, 7), (12, 17)])
    assert [text[start:end] for start, end in found[Slot.OWNER]] == ["由办公室负责", "由我负责"]


def test_the_first_figure_is_none_of_a_time() -> None:
    text = "到11月底卖了两茬，毛收入41万元"
    start, end = first_figure(text, (0, len(text))) or (0, 0)
    assert text[start:end] == "41万元"
    assert first_figure("3月底前完成", (0, 6)) is None
