"""Views claim of causes and measures no more than the rules do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analyzer.config import Settings
from analyzer.pipeline import Analyzer
from analyzer.result import Analysis, CauseStatus, RemedyStatus, Result, Source
from analyzer.rules.catalogue import judge, rule
from analyzer.rules.confidence import least
from analyzer.rules.examples import Item, item, plans, problems, report
from analyzer.rules.thresholds import adjusted, shipped
from analyzer.scoring.links import UNASKED, UNSURE, links_of

_PROBLEM = "一是活动少，主要是人手紧张。"
_MEASURE = "多到支部走一走。"
_SPECIFIC = "每季度到三支部1次。"


def _result(analysis: Analysis, thresholds: dict[str, float] | None = None) -> Result:
    about = {"settings": {"path": "shuping.toml", "thresholds": thresholds}} if thresholds else {}
    return Result(Source(None, "txt", ""), about, "", analysis, (), None)


def _made(problem: Item, confidence: float):
    told = problems("二、存在问题\n" + _PROBLEM), plans("三、下步打算\n" + _MEASURE + _SPECIFIC)
    return report(*told, items=[problem], confidence=confidence).report()


@pytest.mark.parametrize(
    ("problem", "name", "link", "status"),
    [
        (item(_PROBLEM), "missing-root-cause", "cause", CauseStatus.NONE),
        (
            item(_PROBLEM, cause="restated", because="活动少"),
            "shallow-root-cause",
            "cause",
            CauseStatus.SHALLOW,
        ),
        (
            item(_PROBLEM, cause="objective", because="人手紧张"),
            "objective-blame",
            "cause",
            CauseStatus.SHALLOW,
        ),
        (item(_PROBLEM), "problem-without-remedy", "remedy", RemedyStatus.NONE),
        (
            item(_PROBLEM, remedy="generic", measures=[_MEASURE]),
            "empty-remedy",
            "remedy",
            RemedyStatus.GENERIC,
        ),
    ],
)
def test_a_link_is_called_weak_or_missing_where_its_rule_speaks_and_not_below(problem, name, link, status):
    for least_sure in (least(shipped(), name), 0.8):
        changes = {f"confidence.rules.{name}": least_sure}
        thresholds = adjusted(shipped(), [(("confidence", "rules", name), least_sure)], [name], None)
        for confidence, expected in ((least_sure, status), (least_sure - 0.001, UNSURE)):
            made = replace(_made(problem, confidence), thresholds=thresholds)
            (links,) = links_of(_result(made.analysis, changes))
            assert getattr(links, link) == expected
            assert bool(judge(made, [rule(name)])) is (expected == status)


def test_of_what_nobody_can_tell_no_more_is_said():
    generic = item(_PROBLEM, cause="objective", because="人手紧张", remedy="generic", measures=[_MEASURE])
    (sure,) = links_of(_result(_made(generic, 0.9).analysis))
    assert sure.has_gap
    assert sure.kind is not None
    assert sure.missing
    (unsure,) = links_of(_result(_made(generic, 0.2).analysis))
    assert (unsure.kind, unsure.missing, unsure.has_gap) == (None, (), False)


def test_what_is_there_is_called_so_only_where_that_is_sure():
    good = item(_PROBLEM, cause="mechanism", because="人手紧张", remedy="specific", measures=[_SPECIFIC])
    for confidence, cause, remedy in (
        (least(shipped(), None), CauseStatus.EXPLICIT, RemedyStatus.SPECIFIC),
        (least(shipped(), None) - 0.001, UNSURE, UNSURE),
    ):
        (links,) = links_of(_result(_made(good, confidence).analysis))
        assert (links.cause, links.remedy, links.has_gap) == (cause, remedy, False)


@pytest.mark.parametrize("kind", ["none", "restated", "objective", "mechanism"])
@pytest.mark.parametrize("confidence", [0.2, 0.9])
def test_of_a_problem_told_in_passing_no_cause_is_asked_for_as_no_rule_does(kind, confidence):
    because = {} if kind == "none" else {"cause": kind, "because": "人手紧张"}
    made = _made(item(_PROBLEM, **because, remedy="specific", measures=[_SPECIFIC]), confidence)
    (problem,) = made.analysis.problems
    made = replace(made, analysis=replace(made.analysis, problems=(replace(problem, in_passing=True),)))
    (links,) = links_of(_result(made.analysis))
    told = kind == "mechanism" and confidence == 0.9
    assert (links.cause, links.kind) == ((CauseStatus.EXPLICIT, "mechanism") if told else (UNASKED, None))
    assert not links.has_gap
    asking = [rule(name) for name in ("missing-root-cause", "shallow-root-cause", "objective-blame")]
    assert not judge(made, asking)


@pytest.mark.parametrize("in_passing", [False, True])
def test_of_a_problem_told_in_passing_any_measure_will_do_as_for_the_rules(in_passing):
    made = _made(item(_PROBLEM, remedy="generic", measures=[_MEASURE]), 0.9)
    (problem,) = made.analysis.problems
    changed = replace(problem, in_passing=in_passing)
    made = replace(made, analysis=replace(made.analysis, problems=(changed,)))
    (links,) = links_of(_result(made.analysis))
    said = (UNASKED, (), False) if in_passing else (RemedyStatus.GENERIC, problem.remedy.missing, True)
    assert (links.remedy, links.missing, links.has_gap) == said
    assert bool(judge(made, [rule("empty-remedy")])) is not in_passing


def test_a_problem_told_in_passing_has_a_gap_where_no_measure_answers_it():
    made = _made(item(_PROBLEM), 0.9)
    (problem,) = made.analysis.problems
    made = replace(made, analysis=replace(made.analysis, problems=(replace(problem, in_passing=True),)))
    (links,) = links_of(_result(made.analysis))
    assert (links.cause, links.remedy, links.has_gap) == (UNASKED, RemedyStatus.NONE, True)


def test_a_result_is_shown_by_the_thresholds_that_it_was_judged_by(analyzer, corpora):
    path = corpora / "w6" / "w6-05.txt"
    changed = ((("confidence", "rules", "shallow-root-cause"), 1.0), (("few-problems", "least"), 5))
    strict = Analyzer(Settings(thresholds=changed, path=Path("shuping.toml"))).analyze_file(path)
    usual = analyzer.analyze_file(path)
    assert CauseStatus.SHALLOW in {links.cause for links in links_of(usual)}
    assert {links.cause for links in links_of(strict)} == {
        UNSURE if links.cause == CauseStatus.SHALLOW else links.cause for links in links_of(usual)
    }
    assert "shallow-root-cause" not in {finding.rule for finding in strict.findings}
    assert links_of(Result.from_dict(strict.to_dict())) == links_of(strict)
