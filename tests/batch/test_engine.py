from __future__ import annotations

import os

import pytest

from analyzer.batch.engine import examine
from analyzer.batch.submissions import Submission
from analyzer.config import Settings
from analyzer.result import Result


def length(result: Result) -> int:
    return len(result.text)


def die(result: Result) -> int:
    if result.source.path.endswith("w1-03.txt"):
        os._exit(9)
    return length(result)


@pytest.fixture(scope="module")
def submissions(corpora):
    return [Submission(path) for path in sorted(corpora.glob("w1/w1-0[1-4].txt"))]


@pytest.mark.parametrize("workers", [1, 2])
def test_outcomes_stand_in_the_order_of_submissions(submissions, workers):
    outcomes = list(examine(submissions, [Settings()] * len(submissions), length, workers))
    assert [outcome.submission for outcome in outcomes] == submissions
    assert [outcome.view for outcome in outcomes] == [len(s.path.read_text("utf-8")) for s in submissions]
    assert all(outcome.overall for outcome in outcomes)


def test_a_process_that_dies_takes_no_report_with_it_unnamed(submissions):
    outcomes = list(examine(submissions, [Settings()] * len(submissions), die, 2))
    assert [outcome.submission for outcome in outcomes] == submissions
    lost = [outcome for outcome in outcomes if outcome.failure]
    assert submissions[2] in [outcome.submission for outcome in lost]
    assert {outcome.failure.code for outcome in lost} == {"internal"}
    assert {outcome.failure.path for outcome in lost} == {outcome.submission.path for outcome in lost}
