from __future__ import annotations

from collections import Counter
from dataclasses import replace

from analyzer.comparing.compare import compare
from analyzer.comparing.comparison import Fate, Filling, Kind, Notice
from analyzer.result import CauseStatus

from .pairs import path_of, result_of, result_of_text, specification, two_drafts


def test_what_was_mended_is_told_with_what_it_gained():
    last, this = two_drafts()
    drafts = compare(last, this).drafts
    mended = {finding.rule for finding in drafts.findings if finding.fate is Fate.MENDED}
    assert {"objective-blame", "empty-remedy"} <= mended
    new = {finding.rule for finding in drafts.findings if finding.fate is Fate.NEW}
    assert "placeholder" in new
    fates = Counter(finding.fate for finding in drafts.findings)
    assert fates[Fate.MENDED] + fates[Fate.STILL] == len(last.findings)
    assert fates[Fate.NEW] + fates[Fate.STILL] == len(this.findings)


def test_points_add_up_to_the_difference_of_the_scores():
    last, this = two_drafts()
    drafts = compare(last, this).drafts
    assert drafts.points == round(this.scorecard.overall - last.scorecard.overall, 1)
    assert abs(sum(gain.points for gain in drafts.gains) - drafts.points) < 0.5


def test_a_problem_that_got_a_cause_is_named():
    drafts = compare(*two_drafts()).drafts
    assert [problem.title for problem in drafts.explained] == ["服务群众还有堵点"]
    assert drafts.explained[0].cause_this is CauseStatus.EXPLICIT


def test_of_a_problem_told_in_passing_no_cause_was_wanting():
    told = [
        replace(result, analysis=replace(result.analysis, problems=tuple(problems)))
        for result in two_drafts()
        for problems in [[replace(each, in_passing=True) for each in result.analysis.problems]]
    ]
    assert compare(*told).drafts.explained == ()


def test_blanks_filled_left_and_new():
    last, this = two_drafts()
    drafts = compare(last, this).drafts
    (blank,) = drafts.new_blanks
    assert this.text[slice(*blank)].startswith("XX")
    back = compare(this, last).drafts
    (fate,) = back.blanks
    assert fate.filling is Filling.FILLED
    assert last.text[slice(*fate.this)] == "11"
    (fate,) = compare(this, this).drafts.blanks
    assert fate.filling is Filling.LEFT


def test_a_finding_whose_paragraph_moved_is_the_same_finding():
    spec = specification()["drafts"][0]
    text = path_of(spec["last"]).read_text("utf-8")
    lines = text.split("\n")
    first, second = (next(n for n, line in enumerate(lines) if line.startswith(key)) for key in spec["moved"])
    lines[first], lines[second] = lines[second], lines[first]
    moved = compare(result_of(spec["last"]), result_of_text("\n".join(lines)), Kind.DRAFTS)
    assert moved.counts.new == moved.counts.gone == 0
    rules = {"vague-claim", "missing-root-cause", "shallow-root-cause", "empty-remedy"}
    assert {f.fate for f in moved.drafts.findings if f.rule in rules} == {Fate.STILL}


def test_scores_by_different_rubrics_are_not_subtracted():
    last, this = two_drafts()
    older = replace(last, analyzer={**last.analyzer, "rubric": "party-duty/0"})
    comparison = compare(older, this)
    assert Notice.RUBRIC in comparison.notices
    assert comparison.drafts.points is None
    assert comparison.drafts.gains == ()
    assert comparison.drafts.findings


def test_a_rewritten_draft_has_its_findings_mended():
    last, this = (result_of(specification()["drafts"][1][name]) for name in ("last", "this"))
    drafts = compare(last, this, Kind.DRAFTS).drafts
    fates = Counter(finding.fate for finding in drafts.findings)
    assert fates[Fate.MENDED] > 30
    assert drafts.points > 20
    assert {blank.filling for blank in drafts.blanks} == {Filling.DROPPED}
