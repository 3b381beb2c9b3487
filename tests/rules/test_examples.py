"""Examples are written by quotation; a wrong quotation must not pass unseen."""

from __future__ import annotations

import pytest

from analyzer.result import CauseStatus, SectionType
from analyzer.rules.examples import duties, item, plans, problems, report


def test_quotations_become_true_offsets() -> None:
    example = report(
        duties("一、履职情况\n讲党课X次，走访X次。"),
        problems("二、存在问题\n一是学习不深，主要是重视不够。"),
        plans("三、下步打算\n加强学习。"),
        items=[
            item(
                "一是学习不深，主要是重视不够。",
                cause="restated",
                because="重视不够",
                remedy="generic",
                measures=["加强学习。"],
            )
        ],
        stand_ins=["X次", "X次"],
    )
    made = example.report()
    text = made.document.text
    first, second = made.analysis.placeholders
    assert text[first.start : first.end] == text[second.start : second.end] == "X次"
    assert first.end < second.start
    (problem,) = made.analysis.problems
    assert problem.title == "学习不深"
    assert problem.cause.status is CauseStatus.SHALLOW
    assert text[problem.cause.start : problem.cause.end] == "重视不够"
    assert [text[start:end] for start, end in problem.remedy.spans] == ["加强学习。"]
    assert [(s.type, s.heading) for s in made.analysis.sections] == [
        (SectionType.DUTIES, "一、履职情况"),
        (SectionType.PROBLEMS, "二、存在问题"),
        (SectionType.PLANS, "三、下步打算"),
    ]
    assert [text[p.start : p.end] for p in made.document.paragraphs] == text.split("\n")


def test_a_quotation_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="not in the example"):
        report(duties("讲党课4次。"), stand_ins=["X次"]).report()
