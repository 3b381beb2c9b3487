"""What people say of results: what it does to a score, what stands, who is looked at first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analyzer.beside import Beside
from analyzer.duplicates.pairs import Pair
from analyzer.errors import ShupingError
from analyzer.reading import read
from analyzer.rendering.risk import risk
from analyzer.result import Abstained, Dimension, Release
from analyzer.scoring.rubric import prior
from analyzer.store.adjusting import adjust
from analyzer.store.packing import keys
from analyzer.store.queueing import queue
from analyzer.store.review import Kind, Standing, decide, find, history, standing
from analyzer.store.store import Filter, Store

# Without plans, without problems, with three gates, with a gate that caps, with a dimension that lost all it
# can lose, without faults.
NAMES = ("w1/w1-08", "w11/w11-12", "w13/w13-07", "w12/w12-01", "w6/w6-03", "w6/w6-06")


@pytest.fixture(scope="module", params=NAMES)
def result(request, corpora, analyzer):
    return analyzer.analyze_file(corpora / f"{request.param}.txt")


def scored(corpora, analyzer, name):
    return analyzer.analyze_file(corpora / f"{name}.txt")


def gates(result):
    return {veto.id for veto in result.scorecard.vetoes}


def test_without_decisions_it_is_the_machines_score(result):
    card, adjusted = result.scorecard, adjust(result, Standing())
    assert (adjusted.overall, adjusted.grade) == (card.overall, card.grade)
    assert adjusted.dimensions == {each.id: each.score for each in card.dimensions}


def test_rejecting_gives_back_what_is_printed_on_the_finding(result):
    whole = adjust(result, Standing())
    for key, finding in zip(keys(result), result.findings, strict=True):
        if finding.rule not in gates(result):
            adjusted = adjust(result, Standing(rejected=frozenset({key})))
            assert adjusted.uncapped == pytest.approx(whole.uncapped + finding.deduction)
            assert adjusted.overall >= whole.overall


def test_rejecting_everything_leaves_the_gates_alone(result):
    adjusted = adjust(result, Standing(rejected=frozenset(keys(result))))
    assert adjusted.uncapped == 100
    assert adjusted.overall == min([100, *(veto.cap for veto in result.scorecard.vetoes)])
    assert set(adjusted.dimensions.values()) == {5}


@pytest.mark.parametrize(
    ("name", "gate", "caps"), [("w7/w7-08", "gate-wording", False), ("w12/w12-01", "gate-open-blanks", True)]
)
def test_a_lifted_gate_caps_no_more_as_where_the_report_is_scored_with_the_release(
    corpora, analyzer, name, gate, caps
):
    path = corpora / f"{name}.txt"
    result = analyzer.analyze_file(path)
    every = gates(result)
    for lifted in ({gate}, every):
        beside = Beside((), tuple((gate, Release("张三", "核过")) for gate in sorted(lifted)))
        again = analyzer.analyze(read(path), beside).scorecard
        assert adjust(result, Standing(released=frozenset(lifted))).overall == again.overall
    free = adjust(result, Standing(released=frozenset(every))).overall
    assert free > result.scorecard.overall if caps else free == result.scorecard.overall


def test_an_adjusted_dimension_loses_what_its_score_says(result):
    whole, by_id = adjust(result, Standing()), {each.id: each for each in result.scorecard.dimensions}
    for name, each in by_id.items():
        same = adjust(result, Standing(adjusted={str(name): 5.0}))
        gone = 0 if name not in lost_whole(result) else each.weight
        own = sum(f.deduction for f in result.findings if f.dimension is name and f.rule not in gates(result))
        if not gone and name is not Dimension.STRUCTURE:
            assert same.uncapped == pytest.approx(whole.uncapped + own)
        assert same.dimensions[name] == 5
        worst = adjust(result, Standing(adjusted={str(name): 0.0}))
        assert same.uncapped - worst.uncapped == pytest.approx(prior().most(name), abs=0.05)


def lost_whole(result):
    told = "".join(finding.message for finding in result.findings if "不能得分" in finding.message)
    return {
        dimension
        for dimension, name in (
            (Dimension.PROBLEMS, "问题查摆"),
            (Dimension.CAUSES, "原因剖析"),
            (Dimension.REMEDIES, "整改措施"),
        )
        if name in told
    }


def test_what_a_missing_section_took_from_other_dimensions_comes_back_with_it(corpora, analyzer):
    result = scored(corpora, analyzer, "w1/w1-08")
    assert lost_whole(result) == {Dimension.REMEDIES}
    (key,) = [k for k, f in zip(keys(result), result.findings, strict=True) if "不能得分" in f.message]
    assert adjust(result, Standing()).dimensions[Dimension.REMEDIES] == 0
    assert adjust(result, Standing(rejected=frozenset({key}))).dimensions[Dimension.REMEDIES] > 0


def test_findings_keep_their_names_under_another_rubric_and_differ_within_a_report(result):
    named = keys(result)
    assert len(set(named)) == len(named)
    dearer = replace(result, findings=tuple(replace(f, deduction=9.9, message="") for f in result.findings))
    assert keys(dearer) == named
    other = replace(result, source=replace(result.source, sha256="0" * 64))
    assert not set(keys(other)) & set(named)


def test_the_last_word_on_a_target_stands_and_withdrawing_brings_the_earlier_back(store, reports):
    store.save(reports, "一批")
    result = reports[0]
    sha256, key = result.source.sha256, keys(result)[-1]
    report = find(store, sha256).report
    first = decide(store, sha256[:8], Kind.REJECT, key[:6], "张三", "写明了")
    second = decide(store, sha256, Kind.CONFIRM, key, "李四", "没有写明")
    assert stands(store, report) == [second]
    third = decide(store, sha256, Kind.WITHDRAW, str(second), "李四", "看错了")
    assert stands(store, report) == [first, third]
    assert next(each for each in queue(store) if each.sha256 == sha256).decisions == 1
    assert standing(history(store, report)).rejected == {key}
    decide(store, sha256, Kind.WITHDRAW, str(third), "李四", "没有看错")
    assert standing(history(store, report)).confirmed == {key}
    assert [each.by for each in history(store, report)] == ["张三", "李四", "李四", "李四"]


def stands(store, report):
    return [each.seq for each in history(store, report) if each.stands]


def test_decisions_outlive_a_new_rubric(store, reports):
    store.save(reports, "一批")
    result = reports[0]
    decide(store, result.source.sha256, Kind.REJECT, keys(result)[-1], "张三", "写明了")
    store.rescore(lambda last: replace(last, analyzer={**last.analyzer, "rubric": "party-duty/2"}))
    (waiting,) = [each for each in queue(store) if each.decisions]
    assert find(store, result.source.sha256).rubric == "party-duty/2"
    assert waiting.overall == pytest.approx(waiting.machine + result.findings[-1].deduction)


@pytest.mark.parametrize(
    ("kind", "target", "value"),
    [
        (Kind.CONFIRM, "", None),
        (Kind.CONFIRM, "zzzz", None),
        (Kind.ADJUST, "facts", None),
        (Kind.ADJUST, "facts", 5.5),
        (Kind.ADJUST, "facts", float("nan")),
        (Kind.ADJUST, "looks", 3.0),
        (Kind.RELEASE, "gate-of-heaven", None),
        (Kind.WITHDRAW, "1", None),  # an entry, but no decision
        (Kind.WITHDRAW, "一", None),
    ],
)
def test_what_cannot_be_decided_is_refused_and_leaves_no_trace(store, reports, kind, target, value):
    store.save(reports[:1], "一批")
    before = store.head()
    with pytest.raises(ShupingError) as failure:
        decide(store, reports[0].source.sha256, kind, target, "张三", "理由", value)
    assert failure.value.code == "review"
    assert store.head() == before


def test_name_and_reason_are_needed_and_the_report_must_be_one(store, reports):
    store.save(reports, "一批")
    sha256, key = reports[0].source.sha256, keys(reports[0])[0]
    for name, by, reason in (
        (sha256, " ", "理由"),
        (sha256, "张三", ""),
        ("", "张三", "理由"),
        ("f" * 64, "张三", "理由"),
    ):
        with pytest.raises(ShupingError, match="没有记下"):
            decide(store, name, Kind.CONFIRM, key, by, reason)


def test_a_gate_is_lifted_not_rejected(store, corpora, analyzer):
    result = scored(corpora, analyzer, "w12/w12-01")
    store.save([result], "一批")
    sha256 = result.source.sha256
    gate = next(k for k, f in zip(keys(result), result.findings, strict=True) if f.rule == "gate-open-blanks")
    with pytest.raises(ShupingError, match="release"):
        decide(store, sha256, Kind.REJECT, gate, "张三", "不对")
    decide(store, sha256, Kind.RELEASE, "gate-open-blanks", "张三", "已核")
    assert queue(store)[0].overall > result.scorecard.overall


@pytest.fixture
def calm(tmp_path, reports):
    """A store of the same report thrice, under other names, before anything sets them apart."""
    plain = next(result for result in reports if not gates(result) and result.scorecard.overall < 90)

    def as_other(n, **changes):
        return replace(plain, source=replace(plain.source, path=f"{n}.txt", sha256=f"{n}" * 64), **changes)

    return Store.open(tmp_path / "a.db"), as_other


def first(store):
    return queue(store)[0]


def test_copies_gates_low_scores_and_doubt_come_first(calm):
    store, as_other = calm
    card = as_other(1).scorecard
    store.save(
        [as_other(1), as_other(2), as_other(3, scorecard=replace(card, overall=card.overall - 8))], "一批"
    )
    assert first(store).path == "3.txt"
    store.save_copies([Pair("1.txt", "2.txt", 0.95, ())], "一批")
    assert {each.path for each in queue(store)[:2]} == {"1.txt", "2.txt"}
    assert "95%" in first(store).why[0]
    store.save([as_other(4, scorecard=None, abstained=Abstained("disorder", ""))], "二批")
    assert [each.path for each in queue(store)][2:] == ["4.txt", "3.txt"]
    assert [each.path for each in queue(store, Filter(batch="二批"))] == ["4.txt"]


def test_doubt_counts_width_confidence_and_the_nearness_of_a_grade(calm):
    store, as_other = calm
    card = as_other(1).scorecard
    low, high = card.interval
    unsure = tuple(replace(finding, confidence=0.5) for finding in as_other(1).findings)
    store.save(
        [
            as_other(1, scorecard=replace(card, overall=66.0)),
            as_other(2, scorecard=replace(card, overall=66.0, interval=(low - 6, high + 4))),
            as_other(3, scorecard=replace(card, overall=66.0), findings=unsure),
            as_other(4, scorecard=replace(card, overall=60.5)),
        ],
        "一批",
    )
    by_path = {each.path: each for each in queue(store)}
    for other in ("2.txt", "3.txt", "4.txt"):
        assert by_path[other].doubt > by_path["1.txt"].doubt
    for key in keys(as_other(3)):
        decide(store, "3" * 64, Kind.CONFIRM, key, "张三", "属实")
    assert next(each for each in queue(store) if each.path == "3.txt").doubt < by_path["3.txt"].doubt


def test_the_queue_and_the_workbook_mean_the_same_by_risk(store, reports):
    store.save(reports, "一批")
    store.save_copies([Pair(reports[0].source.path, reports[1].source.path, 0.85, ())], "一批")
    for each in queue(store):
        result = next(result for result in reports if result.source.sha256 == each.sha256)
        told = risk(result, 0.85 if result in reports[:2] else 0.0)
        assert each.risk == pytest.approx(told.points - told.doubt, abs=0.05)
