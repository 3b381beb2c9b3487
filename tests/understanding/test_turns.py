from __future__ import annotations

import numpy as np

from analyzer.language import blank
from analyzer.understanding.enumerations import list_starts
from analyzer.understanding.structure import Context, contextualise
from analyzer.understanding.turns import list_of, turn_columns

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


def test_only_what_opens_a_paragraph_may_turn_to_causes():
    sentences, columns = turn_columns(read("学得少。记得少。\n根子在我。\n怕担责。"), 0, 3)
    assert sentences.tolist() == [2, 3]
    assert len(columns) == 2
    assert np.isfinite(columns).all()


def test_a_single_paragraph_has_no_turn():
    sentences, columns = turn_columns(read("学得少。记得少。"), 0, 1)
    assert len(sentences) == len(columns) == 0
