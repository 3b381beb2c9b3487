"""A user moves where a rule starts to speak, and nothing else moves."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

import analyzer.rules
from analyzer.errors import ShupingError
from analyzer.rules.catalogue import catalogue, judge, rule
from analyzer.rules.examples import duties, item, plans, problems, report
from analyzer.rules.thresholds import adjusted, shipped

IDS = [entry.id for entry in catalogue()]


def test_a_change_holds_for_its_rule_and_leaves_the_shipped_values_alone():
    before = shipped()["few-problems"]["least"]
    made = adjusted(shipped(), [(("few-problems", "least"), 5)], IDS, None)
    assert made["few-problems"]["least"] == 5
    assert shipped()["few-problems"]["least"] == before
    assert made["section-share"] == shipped()["section-share"]


def test_a_rule_reads_the_values_of_its_report():
    quotes = ["一是到支部少，全年1次。", "二是台账不全，缺6月。", "三是谈心少，全年2次。"]
    small = report(
        duties("一、履职情况\n讲党课4次。"),
        problems("二、存在问题\n" + "".join(quotes)),
        plans("三、打算\n每季度到支部1次。"),
        items=[item(quote) for quote in quotes],
    ).report()
    assert judge(small, [rule("few-problems")]) == []
    changed = adjusted(shipped(), [(("few-problems", "least"), 4)], IDS, None)
    assert judge(replace(small, thresholds=changed), [rule("few-problems")])


def test_the_least_confidence_of_one_rule():
    blank = report(duties("一、履职情况\n讲党课X次。"), stand_ins=["X次"], confidence=0.8).report()
    assert judge(blank, [rule("placeholder")])
    changed = adjusted(shipped(), [(("confidence", "rules", "placeholder"), 0.9)], IDS, None)
    assert judge(replace(blank, thresholds=changed), [rule("placeholder")]) == []


@pytest.mark.parametrize(
    ("names", "value", "words"),
    [
        (("section-share", "okk"), 0.2, "section-share.ok"),
        (("section-shar", "ok"), 0.2, "section-share.ok"),
        (("section-share",), 0.2, "没有这个门槛"),
        (("version",), 2, "没有这个门槛"),
        (("confidence", "rules", "silo"), 0.2, "siloed"),
        (("section-share", "ok"), "0.2", "数"),
        (("section-share", "ok"), True, "数"),
        (("section-share", "ok"), float("nan"), "数"),
        (("section-share", "ok"), -1, "数"),
        (("few-problems", "least"), 2.5, "整数"),
        (("confidence", "default"), 1.5, "0 到 1"),
    ],
)
def test_a_wrong_name_or_value_is_told(names, value, words):
    with pytest.raises(ShupingError) as failure:
        adjusted(shipped(), [(names, value)], IDS, Path("shuping.toml"))
    assert failure.value.code == "config"
    assert ".".join(names) in failure.value.message
    assert words in failure.value.message


def test_a_whole_number_may_stand_for_a_fraction():
    assert adjusted(shipped(), [(("thin-facts", "least"), 3)], IDS, None)["thin-facts"]["least"] == 3


def test_no_rule_goes_past_its_report_for_a_threshold():
    past = re.compile(r"table\(\s*[\"']thresholds\.toml")
    sources = Path(analyzer.rules.__file__).parent.rglob("*.py")
    assert [path.name for path in sources if past.search(path.read_text("utf-8"))] == []
