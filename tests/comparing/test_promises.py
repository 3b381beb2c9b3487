from __future__ import annotations

import pytest

from analyzer.comparing.compare import compare
from analyzer.comparing.comparison import Kind, Outcome
from analyzer.result import Analysis, Section, SectionType

from ..rendering.gold import small_result

PLAN = "由组织委员牵头，6月底前为14个村各配1名党建联络员，每季度上门核对一次党员名册。"
OTHERS = (
    "全年召开党委会22次，研究重大事项31个。"
    "投入资金320万元改造老旧小区3个，惠及居民1180户。"
    "举办擂台赛2场，选派6名年轻干部到信访一线锻炼。"
)


def _report(duties, plans):
    """A report of two sections."""
    text = f"{duties}\n{plans}"
    at = len(duties) + 1
    sections = (
        Section(SectionType.DUTIES, 0, at - 1, None, 1.0),
        Section(SectionType.PLANS, at, len(text), None, 1.0),
    )
    return small_result(text, analysis=Analysis(sections=sections))


def _outcome(duties, plans="推动各项工作再上新台阶。", promise=PLAN):
    last = _report("召开党委会19次，研究重大事项27个。", promise)
    this = _report(duties, plans)
    (fate,) = compare(last, this, Kind.YEARS).years.promises
    return fate, this.text[slice(*fate.this)] if fate.this else None


def test_a_deed_is_found_where_it_is_told():
    deed = "14个村的党建联络员5月配齐，每季度上门核对党员名册，改正错漏37处。"
    fate, where = _outcome(OTHERS + deed)
    assert fate.outcome is Outcome.SHOWN
    assert where == deed
    assert fate.figure is not None


def test_what_the_report_says_was_not_done_is_no_result_and_no_silence():
    fate, where = _outcome(OTHERS + "去年承诺为14个村各配1名党建联络员，没有做到，只配了9名。")
    assert fate.outcome is Outcome.UNMET
    assert "没有做到" in where


def test_a_promise_that_no_sentence_speaks_of_is_silent():
    assert _outcome(OTHERS)[0].outcome is Outcome.SILENT


def test_a_promise_made_again_is_told_as_that():
    fate, where = _outcome(OTHERS, PLAN)
    assert fate.outcome is Outcome.AGAIN
    assert where == PLAN


def test_a_sentence_that_stood_there_last_year_shows_nothing():
    told = "14个村的党建联络员5月配齐，每季度上门核对党员名册，改正错漏37处。"
    last, this = _report(told, PLAN), _report(told, "推动各项工作再上新台阶。")
    (fate,) = compare(last, this, Kind.YEARS).years.promises
    assert fate.outcome is not Outcome.SHOWN


@pytest.mark.parametrize("vague", ["持续强化理论武装，推动学习往深里走、往心里走、往实里走。"])
def test_of_what_cannot_be_checked_no_silence_is_told(vague):
    fate, _ = _outcome(OTHERS, promise=vague)
    assert fate.outcome is Outcome.UNCLEAR
    assert not fate.checkable


def test_a_sentence_that_only_names_the_subject_is_no_promise():
    last = _report("召开党委会19次。", "（一）在支部建设上固强补弱。" + PLAN)
    this = _report(OTHERS, "推动各项工作再上新台阶。")
    promises = compare(last, this, Kind.YEARS).years.promises
    assert [last.text[slice(*p.last)] for p in promises] == [PLAN]
