"""Places in the text as read: slots of measures and the items of the duties."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from analyzer.pipeline import Analyzer
from analyzer.result import Analysis, Link, RemedyStatus
from analyzer.training.corpus import CORPORA, read_text

ROOT = Path(__file__).parents[2] / CORPORA


@pytest.fixture(scope="module", params=["w6/w6-12", "w9/w9-07", "w12/w12-03"])
def read(request: pytest.FixtureRequest) -> tuple[str, Analysis]:
    result = Analyzer().analyze_text(read_text(ROOT / f"{request.param}.txt"))
    return result.text, result.analysis


def test_slots_lie_within_the_measures_and_the_rest_is_missing(read: tuple[str, Analysis]) -> None:
    _, analysis = read
    for problem in analysis.problems:
        remedy = problem.remedy
        if remedy.status is RemedyStatus.NONE:
            assert remedy.missing == ()
            continue
        for name in ("owner", "deadline", "metric", "mechanism"):
            places = getattr(remedy.slots, name)
            assert (name in remedy.missing) == (not places)
            assert all(any(a <= start < end <= b for a, b in remedy.spans) for start, end in places)


def test_the_items_of_the_duties_are_in_order_and_hold_their_places(read: tuple[str, Analysis]) -> None:
    text, analysis = read
    items = analysis.integration
    assert items
    assert all(a.end <= b.start for a, b in pairwise(items))
    for item in items:
        places = (item.party, item.business, item.actor, item.mechanism, item.figure)
        assert all(item.start <= span[0] < span[1] <= item.end for span in places if span)
        assert item.title in "".join(text[item.start : item.end].split()) or " " in item.title
        if item.link is Link.TIED:
            assert item.party
            assert item.business
