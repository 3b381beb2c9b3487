from __future__ import annotations

import numpy as np

from analyzer.language import blank
from analyzer.understanding.enumerations import list_starts
from analyzer.understanding.structure import Context, contextualise
from analyzer.understanding.turns import first_number, goes_on, list_of, turn_columns

PROBLEMS = "（一）学习不深。\n1.学得少。\n2.记得少。\n（二）下村不多。\n1.去得少。\n2.问得少。\n"
CAUSES = "这些都要从自己身上找。\n一是怕担责。\n二是图省事。\n"
PLANS = "（一）每月学一次。\n（二）每周下一次村。\n"


def read(text: str) -> Context:
    return contextualise(blank()(text))


def starts(text: str) -> list[str]:
    context = read(text)
    found = sorted(list_starts(context.text, context.layout, context.chapter))
    return [context.text[slice(*context.layout.sentences[i])] for i in found]


def test_a_list_begins_with_what_leads_in_to_it_and_holds_the_lists_inside_of_its_items():
    assert starts(PROBLEMS + CAUSES + PLANS) == [
        "（一）学习不深。",
        "这些都要从自己身上找。",
        "（一）每月学一次。",
    ]


def test_a_list_under_a_heading_begins_with_the_heading():
    headed = f"二、存在问题\n{PROBLEMS}三、下步打算\n{PLANS}"
    assert starts(headed) == ["二、存在问题", "三、下步打算"]


def test_a_number_goes_on_with_its_list_unless_it_names_problems():
    context = read("1.学习好。\n2.工作好。\n3.下村不多。\n4.还有问题。\n")
    assert [list_of(context, sentence) for sentence in range(4)] == [0, 0, 0, 3]


def test_where_the_numbers_of_a_list_begin():
    told = read(
        "一、履职\n抓了三件事。\n1.学习好。记得多。\n2.工作好。\n也有不足。\n1.下村不多。\n2.去得少。\n3.问得少。\n5.想得少。\n"
    )
    assert [first_number(told, k) for k in range(10)] == [0, 1, 2, 3, 2, 5, 6, 5, 5, 9]


def test_what_has_the_next_number_of_the_problems_turns_to_no_causes():
    context = read("1.学习不深。\n2.记得少。\n3.对干部管得松。\n4.原因分析\n一是怕担责。\n1.图省事。\n")
    assert [goes_on(context, 0, sentence) for sentence in range(1, 6)] == [True, True, False, False, False]


def test_only_what_opens_a_paragraph_may_turn_to_causes():
    sentences, columns = turn_columns(read("学得少。记得少。\n根子在我。\n怕担责。"), 0, 3)
    assert sentences.tolist() == [2, 3]
    assert len(columns) == 2
    assert np.isfinite(columns).all()


def test_a_single_paragraph_has_no_turn():
    sentences, columns = turn_columns(read("学得少。记得少。"), 0, 1)
    assert len(sentences) == len(columns) == 0
