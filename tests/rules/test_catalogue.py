"""What holds for every rule, whatever it looks for."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
from pathlib import Path

import pytest

import analyzer.rules
from analyzer.result import Severity
from analyzer.rules.base import Family, Hit, Level, Rule
from analyzer.rules.catalogue import catalogue, judge, rule
from analyzer.rules.examples import duties, report

RULES = catalogue()
REQUIRED = {
    "missing-section",
    "section-order",
    "section-share",
    "placeholder",
    "vague-claim",
    "missing-root-cause",
    "shallow-root-cause",
    "objective-blame",
    "problem-without-remedy",
    "empty-remedy",
    "two-skins-loop",
    "siloed",
    "numbering-gap",
    "duplicated-passage",
}
FIRES = [(entry, i) for entry in RULES for i in range(len(entry.must_fire))]
PASSES = [(entry, i) for entry in RULES for i in range(len(entry.must_not_fire))]


def _name(case: object) -> str:
    return case.id if isinstance(case, Rule) else str(case)


@pytest.mark.parametrize(("entry", "number"), FIRES, ids=_name)
def test_an_example_of_the_fault_fires(entry: Rule, number: int) -> None:
    example = entry.must_fire[number]
    hits = [judgement.hit for judgement in judge(example.report(), [entry])]
    assert hits
    for hit in hits:
        assert 0 <= hit.start <= hit.end <= len(example.text)
        assert 0 <= hit.weight <= 1
        assert 0 <= hit.confidence <= 1
        assert len(hit.message) >= 20
        assert len(hit.suggestion) >= 10


@pytest.mark.parametrize(("entry", "number"), PASSES, ids=_name)
def test_an_example_without_the_fault_does_not_fire(entry: Rule, number: int) -> None:
    assert judge(entry.must_not_fire[number].report(), [entry]) == []


@pytest.mark.parametrize("entry", RULES, ids=_name)
def test_a_rule_has_its_page_and_examples(entry: Rule) -> None:
    for text in (entry.title, entry.what, entry.why, entry.fix, entry.basis, entry.since):
        assert text.strip()
    assert len(entry.must_fire) >= 3
    assert len(entry.must_not_fire) >= 3


@pytest.mark.parametrize("entry", RULES, ids=_name)
def test_only_a_national_rule_speaks_of_a_regulation(entry: Rule) -> None:
    if entry.level is Level.NATIONAL:
        pytest.skip("may be quoted as 规定")
    texts = [entry.title, entry.what, entry.why, entry.fix, entry.basis]
    for example in entry.must_fire:
        for judgement in judge(example.report(), [entry]):
            texts += [judgement.hit.message, judgement.hit.suggestion]
    assert not [text for text in texts if "规定" in text]


def test_ids_are_unique_and_name_their_files() -> None:
    assert len({entry.id for entry in RULES}) == len(RULES)
    for entry in RULES:
        module = importlib.import_module(f"analyzer.rules.{entry.family}.{entry.id.replace('-', '_')}")
        assert module.RULE is entry
        assert "Source: DOMAIN" in inspect.getdoc(module)  # type: ignore[operator]


def test_every_family_folder_is_declared() -> None:
    folders = {path.parent.name for path in Path(analyzer.rules.__file__).parent.glob("*/__init__.py")}
    assert folders == {family.value for family in Family}


def test_the_first_rules_are_there() -> None:
    assert {entry.id for entry in RULES} >= REQUIRED
    assert rule("siloed").id == "siloed"
    with pytest.raises(KeyError):
        rule("no-such-rule")


def _returning(*hits: Hit) -> Rule:
    return dataclasses.replace(rule("siloed"), check=lambda report: iter(hits))


def test_hits_come_in_order_of_place_without_doubles_and_doubts() -> None:
    surest = Hit(5, 6, "一", "改", 0.9)
    found = judge(
        report(duties("一、履职情况\n讲党课4次。")).report(),
        [
            _returning(
                Hit(5, 6, "一", "改", 0.6), surest, Hit(0, 2, "二", "改", 0.8), Hit(3, 4, "三", "改", 0.1)
            )
        ],
    )
    assert [judgement.hit.start for judgement in found] == [0, 5]
    assert found[1].hit is surest


def test_a_rule_that_breaks_is_not_hidden() -> None:
    def breaks(report: object) -> object:
        raise ZeroDivisionError

    broken = dataclasses.replace(rule("siloed"), check=breaks)  # type: ignore[arg-type]
    with pytest.raises(ZeroDivisionError):
        judge(report(duties("讲党课4次。")).report(), [broken])


def test_an_honest_admission_raises_nothing_by_itself() -> None:
    admitted = report(
        duties("一、履职情况\n二支部领办征地难题，46户3月底前签约。在一定程度上还存在“两张皮”。"),
        two_skins=[("存在“两张皮”", "admitted")],
        siloed="none",
    ).report()
    assert "two-skins-loop" not in {judgement.rule.id for judgement in judge(admitted, RULES)}


def test_a_masked_case_is_for_a_human_and_never_an_error() -> None:
    assert rule("sensitive-case").severity is Severity.WARNING
