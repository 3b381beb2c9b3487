"""What a report holds of its own: counted once, for the rules as for the views."""

from __future__ import annotations

import pytest

from analyzer.result import SectionType
from analyzer.rules.examples import duties, plans, report


def held(text: str, stand_ins=()):
    return report(duties(text), stand_ins=stand_ins).report().analysis.content


@pytest.mark.parametrize(
    ("text", "figures", "dates", "names", "documents"),
    [
        ("讲党课4次，走访46户。", 2, 0, 0, 0),
        ("3月底前办结3项。", 2, 0, 0, 0),
        ("年底前办结，每季度通报。", 0, 2, 0, 0),
        ("印发《党支部工作办法》。", 0, 0, 0, 1),
        ("三支部到石碾村帮王师傅收稻。", 0, 0, 3, 0),
        ("深入农村、社区，服务基层支部。", 0, 0, 0, 0),
        ("全面加强各项工作。", 0, 0, 0, 0),
    ],
)
def test_what_can_be_checked_is_counted_by_kind(text, figures, dates, names, documents):
    (part,) = held(text).sections
    assert (part.figures, part.dates, part.names, part.documents) == (figures, dates, names, documents)


def test_a_blank_holds_nothing():
    assert held("讲党课20X次。", ["20X次"]).sections[0].figures == 0


def test_twice_the_text_is_as_specific_and_as_stocked():
    once = "讲党课4次。高度重视，压紧压实责任。"
    assert held(once).specificity == held(once * 5).specificity
    assert held(once).density == held(once * 5).density > 0


def test_a_stock_phrase_beside_a_fact_is_forgiven_and_the_others_are_where_they_stand():
    example = report(duties("高度重视培训，举办2期。\n高度重视学习。")).report()
    text = example.document.text
    assert [(start, text[start:end]) for start, end in example.analysis.content.phrases] == [
        (text.rindex("高度重视"), "高度重视")
    ]


def test_counts_are_by_section():
    content = report(duties("讲党课4次。"), plans("每月1次。")).report().analysis.content
    assert [(part.section, part.letters) for part in content.sections] == [
        (SectionType.DUTIES, 6),
        (SectionType.PLANS, 5),
    ]
