"""The advice says only what the analysis shows, in the same words every time."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from analyzer.lexicons import table
from analyzer.result import Advice, Dimension, Finding, Severity
from analyzer.rules.base import Report, Rule
from analyzer.rules.catalogue import catalogue, judge
from analyzer.rules.examples import Example, duties, item, plans, problems, report
from analyzer.rules.places import letters
from analyzer.scoring.advice import advise
from analyzer.scoring.score import score

from .gold import gold, gold_paths

_QUOTED = re.compile(r"“([^”]*)”")
_OURS = {"“两张皮”", "“存在问题”", "“下步打算”", "“履职情况”", "“原因剖析”"}


def _advice(made: Report) -> Advice:
    return advise(made, *score(made, judge(made, catalogue())))


def _told(cause: str = "subjective") -> Example:
    fault = "一是到支部少。全年只到过三支部1次，我把精力都放在招商上。"
    return report(
        duties("一、履职情况\n领办征地难题，7名党员包46户，3月底前全部签约。"),
        problems("二、存在问题\n" + fault),
        plans("三、下步打算\n由组织委员牵头，每季度到三支部1次。"),
        items=[
            item(
                fault,
                cause=cause,
                because="我把精力都放在招商上" if cause != "none" else "",
                remedy="specific",
                measures=["由组织委员牵头，每季度到三支部1次。"],
            )
        ],
        siloed="none",
    )


@pytest.mark.parametrize("path", gold_paths()[::5], ids=lambda path: path.stem)
def test_every_quotation_is_verbatim_and_the_length_is_a_reviewers(path: Path) -> None:
    made, _ = gold(path)
    advice = _advice(made)
    bare = "".join(made.document.text.split()).replace("“", "‘").replace("”", "’")
    for quoted in _QUOTED.findall(advice.text):
        assert quoted in bare or f"“{quoted}”" in _OURS
    for remark in (*advice.strengths, *advice.faults):
        assert remark.text in advice.text
        assert all(0 <= low < high <= len(made.document.text) for low, high in remark.spans)
    assert 180 <= letters(advice.text) <= 350
    assert len(advice.faults) <= 3
    assert advice == _advice(made)


def test_what_is_done_well_is_quoted() -> None:
    advice = _advice(_told().report())
    assert "原因肯从自身找，如第一个问题“我把精力都放在招商上”" in advice.text.replace(
        "全年只到过三支部1次，", ""
    )
    assert "措施可以对账，如“由组织委员牵头，每季度到三支部1次”" in advice.text
    assert "写出1个问题，说清了原因，措施写得具体" in advice.opening


def test_what_nobody_can_tell_is_not_counted_as_missing() -> None:
    made = _told("none").report()
    (problem,) = made.analysis.problems
    doubtful = replace(problem, cause=replace(problem.cause, confidence=0.1))
    for found, said in (
        ((doubtful,), "写出1个问题，原因说没说清还拿不准，措施写得具体"),
        ((problem, doubtful), "写出2个问题，原因还没有说清（另有1个拿不准），措施都写得具体"),
    ):
        told = replace(made, analysis=replace(made.analysis, problems=found))
        assert said in _advice(told).opening


def test_what_is_told_in_passing_is_not_counted_as_written_up() -> None:
    made = _told().report()
    (problem,) = made.analysis.problems
    passing = replace(problem, in_passing=True, cause=replace(problem.cause, status="none"))
    told = replace(made, analysis=replace(made.analysis, problems=(passing, problem)))
    assert "写出1个问题，说清了原因，措施写得具体" in _advice(told).opening


def test_a_fault_is_named_with_its_place_and_its_next_step() -> None:
    advice = _advice(_told("none").report())
    fault = next(remark for remark in advice.faults if "没有写原因" in remark.text)
    text = _told("none").text
    assert "第一个问题“到支部少”" in fault.text
    assert [text[low:high] for low, high in fault.spans] == ["到支部少"]
    assert any("写出原因" in step for step in advice.first)
    assert "原因肯从自身找" not in advice.text


def test_what_caps_the_score_comes_first() -> None:
    told = _told("restated")
    blanks = replace(
        told,
        parts=(duties("一、履职情况\n全年讲党课X次，到支部X次。"), *told.parts[1:]),
        stand_ins=("X次", "X次"),
    )
    advice = _advice(blanks.report())
    assert advice.faults[0].text.startswith("有2处数据或名称空着没有填，如“全年讲党课X次”")
    assert advice.first[0].startswith("对照台账把2处空白填上")


def test_official_phrases_are_never_the_bad_example() -> None:
    sacred = "坚定“四个自信”、做到“两个维护”，取得明显成效。"
    plain = "各项工作都取得了前所未有的明显成效。"
    made = report(duties(f"一、履职情况\n{sacred}\n{plain}"), vague=[sacred, plain]).report()
    fault = next(remark for remark in _advice(made).faults if "只有评价" in remark.text)
    assert "前所未有" in fault.text
    alone = report(duties(f"一、履职情况\n{sacred}"), vague=[sacred]).report()
    assert "四个自信" not in _advice(alone).text


def test_a_report_without_faults_is_not_given_any() -> None:
    made = _told().report()
    _, card = score(made, [])
    advice = advise(made, (), card)
    assert advice.faults == advice.first == ()
    assert "没有需要大改的地方。" in advice.text


@pytest.mark.parametrize("entry", catalogue(), ids=lambda entry: entry.id)
def test_there_are_words_for_every_rule(entry: Rule) -> None:
    made = _told().report()
    _, card = score(made, [])
    start = made.document.text.index("全年只到过")
    finding = Finding(
        entry.id,
        Severity.ERROR,
        start,
        start + 10,
        "缺“下步打算”。",
        "",
        "全年只到过三支部1次",
        0.9,
        5.0,
        entry.dimension,
    )
    advice = advise(made, (finding,), card)
    assert len(advice.faults) == 1
    assert "{" not in advice.text
    assert len(advice.first) == 1
    assert len(advice.faults[0].text) >= 4


def test_a_rule_of_the_users_own_is_named_by_its_message() -> None:
    made = _told().report()
    _, card = score(made, [])
    own = Finding(
        "own-rule", Severity.ERROR, 0, 0, "全文没有写学习天数。请补。", "", "", 0.9, 5.0, Dimension.FACTS
    )
    assert advise(made, (own,), card).faults[0].text == "全文没有写学习天数"


def test_what_costs_as_much_keeps_its_order_however_it_adds_up() -> None:
    made = _told().report()
    _, card = score(made, [])

    def faults(name: str, *costs: float) -> list[Finding]:
        return [
            Finding(name, Severity.ERROR, 0, 0, f"{name}。", "", "", 0.9, cost, Dimension.FACTS)
            for cost in costs
        ]

    found = [*faults("z-one", 1.0), *faults("a-many", *[0.1] * 10)]  # ten tenths add up to 0.9999999999999999
    assert advise(made, found, card).faults[0].text == "a-many"


def test_our_sentences_judge_no_person_and_cite_no_regulation() -> None:
    words = str({key: value for key, value in table("advice.toml").items() if key not in ("trim", "source")})
    for word in ("规定", "能力", "素质", "不认真", "不负责", "敷衍", "糊弄", "应付", "造假", "抄"):
        assert word not in words


def test_what_a_person_has_to_look_at_is_counted() -> None:
    made = _told().report()
    _, card = score(made, [])
    case = Finding("sensitive-case", Severity.WARNING, 0, 4, "", "", "一、履职", 0.9, 0.0, Dimension.LANGUAGE)
    assert "另有1处表述须由人核对。" in advise(made, (case,), card).text


def test_costless_hints_are_no_main_faults() -> None:
    made = _told().report()
    _, card = score(made, [])
    hint = Finding("sensitive-case", Severity.WARNING, 0, 4, "", "", "", 0.9, 0.0, Dimension.LANGUAGE)
    assert advise(made, (hint,), card).faults == ()


def test_a_problem_is_not_praised_with_its_cause_and_no_heading_is_an_example() -> None:
    fault = (
        "一是统筹力度不够，“吹哨报到”存在吹而不应的情况，43次会商有4次没有到场，"
        "原因在于我碍于情面，对不到场的部门没有向区委如实反映过一次。"
    )
    made = report(
        duties("一、履职情况\n" + "集中学习12次，讲课4次，走访36家，解决难题21个，整改隐患14处。" * 12),
        problems("二、存在问题\n" + fault),
        plans("三、下步打算\n由组织委员牵头，每季度到三支部1次。"),
        items=[
            item(
                fault,
                cause="subjective",
                because="原因在于我碍于情面，对不到场的部门没有向区委如实反映过一次",
                remedy="specific",
                measures=["由组织委员牵头，每季度到三支部1次。"],
            )
        ],
        siloed="none",
    ).report()
    advice = _advice(made)
    told = next(remark.text for remark in advice.strengths if "具体的事" in remark.text)
    assert "4次没有到场" in told
    assert "情面" not in told
    assert "如“履职情况”" not in advice.text
