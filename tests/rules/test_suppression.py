"""A suppression lets one finding stand, needs a reason, and says so where it has no effect."""

from __future__ import annotations

import re

import pytest

from analyzer.config import Suppression
from analyzer.reading import read_text
from analyzer.rules.base import Hit
from analyzer.rules.catalogue import Judgement, catalogue, rule
from analyzer.rules.letting_stand import ignoring
from analyzer.rules.suppression import sift

from ..rendering.gold import finding

RULES = catalogue()
TEXT = "一、履职情况\n党建质效明显提升。<!-- shuping: {} -->队伍面貌焕然一新。\n全年讲党课4次。"


def judgement(text, quote, name="vague-claim"):
    start = text.index(quote) if quote else 0
    return Judgement(rule(name), Hit(start, start + len(quote), "为何", "改法", 0.9))


def sifted(words, *found):
    text = TEXT.format(words)
    document = read_text(text)
    judgements = [judgement(text, *each) for each in found]
    return sift(judgements, document.notes, (), document.prose, RULES)


FIRST, SECOND = ("党建质效明显提升。",), ("队伍面貌焕然一新。",)


@pytest.mark.parametrize(
    "words",
    [
        "ignore vague-claim 理由：后文有数据",
        "ignore vague-claim 后文有数据",
        "IGNORE vague-claim：原因: 后文有数据",
        "ignore siloed、vague-claim，理由：后文有数据",
    ],
)
def test_the_finding_of_the_sentence_is_let_stand_and_its_neighbour_is_not(words):
    result = sifted(words, FIRST, SECOND)
    assert [each.hit.start for each in result.kept] == [TEXT.format(words).index("队伍")]
    ((_, said),) = result.suppressed
    assert said.reason == "后文有数据"
    assert said.by == "第 2 行的注释"
    assert said.inside


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("ignore vague-claim", "理由"),
        ("ignore vague-claim 理由：", "理由"),
        ("ignore vague-claim 理由：（请写明理由）", "没有写理由"),
        ("ignore vague-claim （ 请写明理由 ）。", "没有写理由"),
        ("ignore vague-claim 理由：……", "没有写理由"),
        ("ignore vague-claim 理由", "没有写理由"),
        ("ignore vague-clam 理由：有数据", "是否想写 vague-claim"),
        ("ignore siloed 理由：有数据", "没有这条意见"),
        ("ignore 空泛 理由：有数据", "写法"),
        ("ignroe vague-claim 理由：有数据", "写法"),
    ],
)
def test_without_effect_it_is_reported_and_the_finding_counts(words, why):
    result = sifted(words, FIRST)
    assert len(result.kept) == 1
    assert result.suppressed == []
    (unused,) = result.unused
    assert why in unused.message


BLANKS = "全年集体学习X次、专题 党课X次。<!-- shuping: {} -->"


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("ignore placeholder “集体学习X次” 理由：按要求隐去", ["党课"]),
        ("ignore placeholder「专题党课X次」，理由：按要求隐去", ["学习"]),
        ('ignore placeholder "X次" 理由：按要求隐去', []),
        ("ignore placeholder 理由：按要求隐去", []),
        ("ignore placeholder “集体学习X次”都隐去了", []),  # the reason has words in quotation marks
        ("ignore placeholder “自学X次” 理由：按要求隐去", ["学习", "党课"]),
        ("ignore placeholder “集体学习X次” 理由：", ["学习", "党课"]),
    ],
)
def test_words_in_quotation_marks_say_which_finding_of_the_sentence_is_meant(words, kept):
    document = read_text(BLANKS.format(words))
    places = [match.start() for match in re.finditer("X次", BLANKS)]
    found = [Judgement(rule("placeholder"), Hit(at, at + 2, "为何", "改法", 0.9)) for at in places]
    result = sift(found, document.notes, (), document.prose, RULES)
    assert [BLANKS[each.hit.start - 2 : each.hit.start] for each in result.kept] == kept
    assert len(result.unused) == (len(kept) == 2)


def test_words_that_do_not_stand_there_are_named():
    document = read_text(BLANKS.format("ignore placeholder “自学X次” 理由：按要求隐去"))
    found = [judgement(document.text, "X次", "placeholder")]
    (unused,) = sift(found, document.notes, (), document.prose, RULES).unused
    assert "没有“自学X次”" in unused.message


def blanks(text):
    return [finding(text, m.start(), m.end(), rule="placeholder") for m in re.finditer("X+[次个]", text)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("集体学习X次。党课X次。", ["", ""]),
        ("先后组织集体学习X次、专题党课X次，讨论。", ["先后组织集体学习X次", "专题党课X次"]),
        ("学习X次，又学习X次。", ["学习X次，", "又学习X次"]),
        ("X次X次X次。", ["", "", ""]),  # nothing tells them apart
        ("集体“学习X次，党课X次。", ["学习X次", "党课X次"]),
        ("学习XXXX次<!-- shuping: ignore vague-claim 理由：有 -->、党课X次。", ["学习XXXX次", "党课X次"]),
    ],
)
def test_what_a_note_quotes_tells_a_finding_from_its_neighbours(text, said):
    found = blanks(text)
    made = ignoring(text, found)
    assert made == [f"placeholder “{words}”" if words else "placeholder" for words in said]
    for number, (each, words) in enumerate(zip(found, made, strict=True)):
        noted = f"{text[: each.end]}<!-- shuping: ignore {words} 理由：看过 -->{text[each.end :]}"
        document = read_text(noted)
        again = [
            Judgement(rule("placeholder"), Hit(m.start(), m.end(), "为何", "改法", 0.9))
            for m in re.finditer("X+[次个]", document.prose)
        ]
        result = sift(again, document.notes, (), document.prose, RULES)
        met = [again.index(judgement) for judgement, _ in result.suppressed]
        assert met == ([number] if said[number] else met)
        assert number in met


def test_a_text_of_blanks_alone_takes_no_time():
    text = "全年X次，" * 5000
    assert ignoring(text, blanks(text)) == ["placeholder"] * 5000


def test_a_file_beside_the_report_gives_a_reason_too():
    said = Suppression("vague-claim", "质效", "（请写明理由）", "报告.shuping.toml suppress[1]")
    text = "党建质效明显提升。"
    result = sift([judgement(text, text)], (), [said], text, RULES)
    assert len(result.kept) == 1
    assert "没有写理由" in result.unused[0].message


def test_a_gate_cannot_be_let_stand():
    result = sifted("ignore gate-open-blanks 理由：赶时间", ("党建质效明显提升。", "gate-open-blanks"))
    assert len(result.kept) == 1
    assert "release" in result.unused[0].message


def test_a_finding_on_the_whole_text_is_let_stand_by_a_note_before_the_first_line():
    text = "<!-- shuping: ignore missing-section 理由：另文报送 -->\n一、履职情况\n讲党课4次。"
    document = read_text(text)
    result = sift([judgement(text, "", "missing-section")], document.notes, (), document.prose, RULES)
    assert result.kept == []


def beside(evidence, *found, text="党建 质效\n明显提升。队伍面貌焕然一新。"):
    said = Suppression("vague-claim", evidence, "有附件", "报告.shuping.toml suppress[1]")
    return sift([judgement(text, *each) for each in found], (), [said], text, RULES)


def test_a_file_names_a_finding_by_words_of_its_quotation():
    result = beside("质效明显", ("党建 质效\n明显提升。",), SECOND)
    assert [each.hit.start for each in result.kept] == [11]
    assert not result.suppressed[0][1].inside


def test_a_finding_without_quotation_is_named_by_none():
    assert beside("", ("",), SECOND).kept[0].hit.end > 0
    assert len(beside("", SECOND).kept) == 1


def test_a_quotation_that_meets_nothing_is_told_what_there_is():
    result = beside("质效显著", SECOND)
    assert len(result.kept) == 1
    assert "队伍面貌焕然一新" in result.unused[0].message
