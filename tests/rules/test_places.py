"""Whether a report in which no problem was found may be said to tell of none."""

from __future__ import annotations

import pytest

from analyzer.pipeline import _abstention
from analyzer.rules.examples import duties, item, plans, problems, report
from analyzer.rules.places import admission, tells_no_problem

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
    assert bool(admission(found)) is admits
    assert tells_no_problem(found) is not admits
    abstained = _abstention(found, vouched=True)
    assert (abstained is not None and abstained.code == "unread-problems") is admits


def test_where_problems_were_found_nothing_is_withheld() -> None:
    told = "也有不少事情没有做好。"
    assert not admission(report(duties(DONE), problems(f"二、问题\n{told}"), NEXT).report())
    assert not admission(report(duties(f"{DONE}{told}"), NEXT, items=[item(told)]).report())
