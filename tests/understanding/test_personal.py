"""Whose deeds are told: the writer's, a body's, or nobody's."""

from __future__ import annotations

import pytest

from analyzer.result import Personal, SectionType
from analyzer.rules.examples import causes, closing, duties, problems, report, title


def told(*parts) -> tuple[Personal, ...]:
    return report(*parts).report().analysis.personal


@pytest.mark.parametrize(
    ("sentence", "own", "collective", "unnamed"),
    [
        ("我带头讲党课4次。", 1, 0, 0),
        ("我到三支部参加组织生活6次，帮助解决办公用房3间。", 2, 0, 0),
        ("全年亲自督办信访件7件。", 1, 0, 0),
        ("局党组召开会议12次，研究议题9个。", 0, 2, 0),
        ("我局开展主题党日24次。", 0, 1, 0),
        ("我们走访群众46户。", 0, 1, 0),
        ("各支部开展活动12次。", 0, 1, 0),
        ("建立台账5本，整改问题14个。", 0, 0, 2),
        ("扎实开展“我为群众办实事”活动。", 0, 0, 1),
        ("培育党支部书记“双带头人”6名。", 0, 0, 1),
        ("党支部书记上党课12次。", 0, 0, 1),
        ("我召开党委会12次；各支部开展活动24次。", 1, 1, 0),
        ("全局形势喜人。", 0, 0, 0),
        ("有村民说“我家的路修好了”，修路3公里。", 0, 0, 1),
        ("本人严格遵守廉洁纪律。", 1, 0, 0),
        ("党员本人零违章。", 0, 0, 0),
        ("我处理信访件7件，我处落实3件。", 1, 1, 0),
        ("我会把支部建强。", 1, 0, 0),
    ],
)
def test_a_clause_belongs_to_whom_it_names(sentence, own, collective, unnamed):
    (part,) = told(duties("一、履职情况\n" + sentence))
    assert (part.own, part.collective, part.unnamed) == (own, collective, unnamed)


def test_the_share_is_of_what_has_an_owner_and_spans_are_the_writers_clauses():
    example = report(duties("一、履职情况\n我讲党课4次。局党组开会12次。走访46户。我带头学习。")).report()
    (part,) = example.analysis.personal
    assert part.share == pytest.approx(2 / 3, abs=1e-3)
    assert part.figured == 1
    text = example.document.text
    assert [text[start:end] for start, end in part.spans] == ["我讲党课4次。", "我带头学习。"]


def test_faults_count_by_their_owner_and_other_sections_do_not_count():
    parts = told(
        title("2021年述职报告\n我局党组书记"),
        problems("二、存在问题\n我下去得少。支部活动单调。各支部学习不深。"),
        causes("三、原因\n我怕得罪人。"),
        closing("以上是我的报告，请评议。"),
    )
    assert [(part.section, part.own, part.collective, part.unnamed) for part in parts] == [
        (SectionType.PROBLEMS, 1, 2, 0),
        (SectionType.CAUSES, 1, 0, 0),
    ]


def test_without_an_owner_there_is_no_share():
    (part,) = told(duties("一、履职情况\n整改问题14个。"))
    assert part.share is None
