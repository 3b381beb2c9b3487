"""Whether a report in which no problem was found may be said to tell of none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analyzer.pipeline import _abstention
from analyzer.result import Dimension
from analyzer.rules.catalogue import rule
from analyzer.rules.examples import causes, duties, item, plans, problems, report
from analyzer.rules.places import tells_no_problem, unread

DONE = "一、履职情况\n" + "全年讲党课4次，走访企业36家，解决用工难题21个，发展党员2名。" * 8
NEXT = plans("二、下步打算\n每季度到支部1次。")


@pytest.mark.parametrize(
    ("told", "admits"),
    [
        ("回过头来看，也有不少事情没有做好，小组会是补的。", True),
        ("当然工作中也还有一些不够的地方，活动只搞了5次。", True),
        ("一年来问题也不少。", True),
        ("也有做得不好的地方。", True),
        ("一年下来，有几件事没做好。", True),
        ("解决群众反映的问题不少于30个。", False),
        ("以上述职，不足之处，请批评指正。", False),
        ("难免还存在不足，敬请指正。", False),
        ("督促下属单位补足不足之处12条，全部办结。", False),
        ("检查中发现个别支部还存在台账不全问题8个，已督促全部整改。", False),
        ("帮群众解决人手不足的地方6处。", False),
        ("群众反映供水工作不够及时的12件诉求全部办结。", False),
    ],
)
def test_what_seems_to_admit_something_withholds_the_score(told: str, admits: bool) -> None:
    found = report(duties(f"{DONE}{told}"), NEXT).report()
    assert bool(unread(found)) is admits
    assert tells_no_problem(found) is not admits
    abstained = _abstention(found, vouched=True)
    assert (abstained is not None and abstained.code == "unread-problems") is admits


def test_where_problems_were_found_nothing_is_withheld() -> None:
    told = "也有不少事情没有做好。"
    assert not unread(report(duties(DONE), problems(f"二、问题\n{told}"), NEXT).report())
    assert not unread(report(duties(f"{DONE}{told}"), NEXT, items=[item(told)]).report())


@pytest.mark.parametrize(
    ("told", "reading"),
    [
        ("工作中还有不少差距，今后将努力改进。", "hollow"),
        ("学习抓得还不够紧。", "hollow"),
        (DONE, "unread"),
        ("无。", "none"),
        ("经自查，未发现明显问题。", "none"),
        ("", "none"),
    ],
)
def test_a_section_of_problems_in_which_none_was_made_out(told: str, reading: str) -> None:
    found = report(duties(DONE), problems(f"二、存在的问题\n{told}"), NEXT).report()
    abstained = _abstention(found, vouched=True)
    assert (abstained is not None and abstained.code == "unread-problems") is (reading == "unread")
    assert tells_no_problem(found) is (reading == "none")
    hits = list(rule("few-problems").check(found))
    assert [hit.zeroes for hit in hits] == ([(Dimension.CAUSES,)] if reading == "hollow" else [])


def test_a_section_of_problems_without_a_heading_denies_none() -> None:
    told = problems("一年的工作有些成绩，不尽如人意的地方是会员还没有亮明身份。")
    assert not tells_no_problem(report(duties(DONE), told, NEXT).report())


def test_causes_of_no_problem_are_worth_nothing() -> None:
    why = causes("二、原因分析\n主要是我抓得不紧。")
    assert tells_no_problem(report(duties(DONE), why, NEXT).report())
    found = report(duties(DONE), problems("二、存在问题\n还有不少差距。"), why, NEXT).report()
    assert [hit.zeroes for hit in rule("few-problems").check(found)] == [(Dimension.CAUSES,)]


def test_a_problem_told_in_passing_keeps_its_cause() -> None:
    told = "到支部少，因为我没有排进日程。"
    parts = duties(f"{DONE}{told}"), problems("二、问题\n还有不少差距。"), NEXT
    listed = report(*parts, items=[item(told, cause="subjective", because="我没有排进日程")]).report()
    (problem,) = listed.analysis.problems
    passing = replace(listed.analysis, problems=(replace(problem, in_passing=True),))
    (hit,) = rule("few-problems").check(replace(listed, analysis=passing))
    assert hit.zeroes == ()
