"""The second look at sections: what the first makes of all that is around a sentence."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.language import blank
from analyzer.understanding.models import load_models
from analyzer.understanding.second_look import second_columns
from analyzer.understanding.sections import TAGS, TYPES
from analyzer.understanding.structure import Context, contextualise

_TEXT = """一年来抓了三件事。
1．建好支部。召开党员大会4次。
2．修好水渠。
还有不足。
1．学习不深。
2．走访不多。"""
_COUNT = 7
_FIRST_FAULT = 5  # the sentence 1．学习不深。


def _context(text: str) -> Context:
    return contextualise(blank()(text))


def _scores(tags: list[str]) -> np.ndarray:
    scores = np.full((len(tags), len(TAGS)), -20.0, dtype=np.float32)
    scores[np.arange(len(tags)), [TAGS.index(tag) for tag in tags]] = 0
    return scores


def _columns(tags: list[str]) -> np.ndarray:
    return second_columns(_context(_TEXT), _scores(tags))


def test_a_sentence_knows_what_its_list_is_taken_for() -> None:
    """That the rest of its list tells of problems is known where the sentence itself is taken for duties."""
    plain = ["I-duties"] * _COUNT
    alone, beside = _columns(plain), _columns([*plain[:4], "B-problems", "I-duties", "I-problems"])
    assert len(alone) == _COUNT
    assert not np.allclose(alone[_FIRST_FAULT], beside[_FIRST_FAULT])


@pytest.mark.parametrize("changed", [0, 6])
def test_a_sentence_knows_what_the_text_seems_to_tell_before_and_after(changed: int) -> None:
    """A sentence of plans at the beginning or at the end is known to one in the middle."""
    plain = ["I-duties"] * _COUNT
    told = [*plain]
    told[changed] = "I-plans"
    assert not np.allclose(_columns(plain)[3], _columns(told)[3])


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["我们开会。", "1．学习不深。", "\n", "二、问题", "（一）不足。"]), min_size=1),
    st.integers(0, 99),
)
def test_any_text_and_scores_give_finite_columns(parts: list[str], seed: int) -> None:
    """Each sentence has as many columns, whatever stands around it."""
    context = _context("".join(parts))
    count = len(context.layout.sentences)
    if not count:
        return
    chance = np.random.default_rng(seed)
    scores = chance.normal(0, 9, (count, len(TAGS))).astype(np.float32)
    columns = second_columns(context, scores)
    assert columns.shape == (count, len(load_models().sections.second.dense))
    assert np.isfinite(columns).all()


def test_a_list_of_problems_under_no_heading_is_read_as_one() -> None:
    """Its entries say no word of a fault by themselves; that it stands between work and plans tells it."""
    text = (
        "各位同志，现在我报告一年来抓党建的情况。\n一年来我主持召开党委会研究党建12次，走访支部34个，解决难题9件。"
        "支部带着党员把3.2公里水渠修通，412户受益。发展党员6名，培训支部书记23人次。\n"
        "一年下来，几件事做得不好。\n1．到联系点去得少。全年只去了3次，都是半天来回。\n2．党课讲得空。照着稿子念，党员没有听进去。"
        "\n3．对年轻干部管得松。两名年轻干部工作日中午饮酒，我事后才知道。\n"
        "明年，我每月到联系点住一晚，由组织委员记到台账里。党课改为讲身边事，每季度一次。6月底前与年轻干部逐人谈话。\n"
    )
    reading = load_models().sections.predict(_context(text))
    assert [str(kind) for kind in dict.fromkeys(reading.types)][-2:] == ["problems", "plans"]
    assert reading.chances.shape[1] == len(TYPES)
