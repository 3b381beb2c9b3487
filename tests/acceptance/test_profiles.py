"""Each kind of report is judged by its own standard, and the result says by which and how surely."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import pytest
from jsonschema import Draft202012Validator

from analyzer.config import Settings
from analyzer.pipeline import Analyzer
from analyzer.rendering.json import load_schema, render_json
from analyzer.rendering.terminal import render_text
from analyzer.result import Result

from . import genres

KINDS = {
    "party-duty": genres.PARTY,
    "integrity-duty": genres.INTEGRITY,
    "self-examination": genres.SELF_EXAMINATION,
    "personal-duty": genres.PERSONAL,
}


@cache
def _result(text: str, profile: str = "auto") -> Result:
    return Analyzer(Settings(profile=profile)).analyze_text(text)


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_is_told_by_its_frame_and_judged_by_its_kind(kind: str) -> None:
    result = _result(KINDS[kind])
    chosen = result.analyzer["profile"]
    assert (chosen["id"], chosen["chosen"]) == (kind, "detected")
    assert chosen["confidence"] >= 0.85
    assert chosen["why"]
    assert result.analyzer["rubric"] == f"{kind}/1"
    assert result.scorecard is not None
    assert f"口径：{chosen['name']}（自动识别" in "".join(render_text(result).split())


def test_a_doubtful_report_is_judged_by_the_default_and_told_so() -> None:
    result = _result(genres.BARE_SELF_EXAMINATION)
    chosen = result.analyzer["profile"]
    assert (chosen["id"], chosen["chosen"], chosen["why"]) == ("party-duty", "default", [])
    assert chosen["confidence"] < 0.85
    assert "材料种类看不准，取默认口径" in "".join(render_text(result).split())


def test_who_chooses_is_not_overruled() -> None:
    result = _result(genres.INTEGRITY, "party-duty")
    assert result.analyzer["rubric"] == "party-duty/1"
    assert result.analyzer["profile"]["chosen"] == "given"
    assert result.analyzer["profile"]["confidence"] is None
    assert "由人指定" in render_text(result)


def test_what_the_model_declines_is_scored_where_a_person_says_what_it_is() -> None:
    declined = _result(genres.PLAIN)
    assert declined.abstained is not None
    assert declined.abstained.code == "not-a-report"
    assert "选定口径" in declined.abstained.message
    assert _result(genres.PLAIN, "personal-duty").scorecard is not None
    assert _result(genres.PLAIN, "party-duty").scorecard is None


def test_a_self_examination_needs_no_duties_and_no_deeds() -> None:
    rules = {finding.rule for finding in _result(genres.BARE_SELF_EXAMINATION, "self-examination").findings}
    assert not rules & {"missing-section", "thin-facts", "siloed", "section-order"}


def test_a_self_examination_full_of_achievement_is_told_so_in_its_own_words() -> None:
    start = genres.SELF_EXAMINATION.index("二、存在的突出问题")
    end = genres.SELF_EXAMINATION.index("四、整改措施")
    boast = (
        "一年来，围绕中心工作，完成道路保洁改造32公里，拆除违建41处，新增车位1260个，市民满意度达93%。"
        "河道清淤提前两个月收尾，沿线四个小区不再返味。新建口袋公园7座，栽下乔木1900株，老人有了歇脚的地方。"
        "夜市搬进临江广场，136个摊主领到号牌，投诉由每周十几件减到一两件。垃圾分类屋覆盖全部物业小区，"
        "厨余分出率由两成升到四成六。路灯换成节能灯具2800盏，一年省电61万度。公厕翻修23座，母婴间从无到有。"
        "渣土车装上定位器，扬尘超标天数比上年少19天。数字城管受理案件1.4万件，按期办结率98%。"
        "共享单车停放区重新划线，地铁口不再堵。冬季除雪备足融雪剂300吨，三场大雪主干道当天畅通。"
        "户外广告清理违规牌匾520块，街景清爽许多。组织执法队员轮训6期，持证上岗率达到百分之百。"
    )
    text = (
        genres.SELF_EXAMINATION[:start]
        + f"二、履职情况\n{boast}\n三、存在的突出问题\n学习不够深入，担当不够。\n"
        + genres.SELF_EXAMINATION[end:]
    )
    share = next(finding for finding in _result(text).findings if finding.rule == "section-share")
    assert "履职简况占" in share.message


def test_a_report_on_integrity_that_says_nothing_of_integrity_is_incomplete() -> None:
    start = genres.INTEGRITY.index("二、个人廉洁自律情况")
    end = genres.INTEGRITY.index("三、存在的主要问题")
    bare = (genres.INTEGRITY[:start] + genres.INTEGRITY[end:]).replace("和个人廉洁自律", "")
    for word in ("廉政", "述责述廉"):
        bare = bare.replace(word, "责任")
    missing = [f for f in _result(bare, "integrity-duty").findings if f.rule == "missing-section"]
    assert "个人廉洁自律情况" in missing[0].message
    assert not [f for f in _result(genres.INTEGRITY).findings if f.rule == "missing-section"]


def test_a_teacher_is_not_asked_to_tie_party_work_to_lessons() -> None:
    assert "siloed" not in {finding.rule for finding in _result(genres.PERSONAL).findings}


@pytest.mark.parametrize("kind", KINDS)
def test_the_result_keeps_to_the_schema_with_profile_and_advice(kind: str) -> None:
    shown = json.loads(render_json(_result(KINDS[kind])))
    Draft202012Validator(load_schema()).validate(shown)
    assert shown["analyzer"]["profile"]["id"] == kind
    assert 200 <= len("".join(shown["advice"]["text"].split())) <= 350


def test_a_declined_text_gets_no_advice() -> None:
    assert _result(genres.PLAIN).advice is None
    assert "advice" not in _result(genres.PLAIN).to_dict()


@pytest.mark.parametrize("kind", KINDS)
def test_scores_of_every_profile_recompute(kind: str) -> None:
    result = _result(KINDS[kind])
    assert result.scorecard is not None
    lost = sum(round(10 * finding.deduction) for finding in result.findings)
    assert round(10 * result.scorecard.overall) == 1000 - lost


def test_the_profile_is_no_matter_of_the_analysis() -> None:
    auto, given = _result(genres.INTEGRITY), _result(genres.INTEGRITY, "party-duty")
    assert replace(auto, analyzer={}).analysis == replace(given, analyzer={}).analysis


def test_what_a_person_did_without_saying_i_is_the_persons() -> None:
    text = (
        "2021年度个人述职报告\n杏桥镇中心小学 语文教师 林晓岚\n一、工作情况\n"
        "召开家长会12次，解决问题9个。建立台账5本，整改作业问题14个。组织培训3期，走访学生46户。\n"
        "召开备课会16次，研究课题4个。开展家访21户，组织测验6次，上报论文2篇。\n"
        "二、不足\n和家长沟通少，家访只有21户。\n三、打算\n每月家访2户。\n"
    )
    kinds = ("personal-duty", "party-duty")
    given = {kind: {finding.rule for finding in _result(text, kind).findings} for kind in kinds}
    assert "unit-replaces-self" not in given["personal-duty"]
    assert "unit-replaces-self" in given["party-duty"]
