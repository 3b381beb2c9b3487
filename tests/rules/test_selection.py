"""Which rules are on: the setting that names a rule more closely holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analyzer.config import Settings
from analyzer.errors import ShupingError
from analyzer.result import Severity
from analyzer.rules.base import Family, Status
from analyzer.rules.catalogue import catalogue, rule
from analyzer.rules.selection import chosen

RULES = catalogue()
GATES = {entry.id for entry in RULES if entry.family is Family.GATES}


def on(**settings):
    return {entry.id for entry in chosen(Settings(**settings), RULES)} - GATES


def family(name):
    return {entry.id for entry in RULES if entry.family is Family(name)}


def test_all_rules_are_on_by_default():
    assert chosen(Settings(), RULES) == RULES


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"select": ("causes",)}, family("causes")),
        ({"select": ("causes", "siloed")}, family("causes") | {"siloed"}),
        ({"ignore": ("causes",)}, {entry.id for entry in RULES} - GATES - family("causes")),
        ({"ignore": ("siloed",)}, {entry.id for entry in RULES} - GATES - {"siloed"}),
        ({"select": ("causes",), "ignore": ("objective-blame",)}, family("causes") - {"objective-blame"}),
        ({"select": ("objective-blame",), "ignore": ("causes",)}, {"objective-blame"}),
        ({"select": ("siloed",), "ignore": ("siloed",)}, set()),
    ],
)
def test_select_and_ignore(settings, expected):
    assert on(**settings) == expected


@pytest.mark.parametrize("settings", [{"select": ("siloed",)}, {"ignore": ("language",)}])
def test_gates_stay_on_whatever_is_chosen(settings):
    assert {entry.id for entry in chosen(Settings(**settings), RULES)} >= GATES


def test_rules_on_trial_are_on_unless_they_are_not_wanted():
    trial = replace(rule("siloed"), status=Status.PREVIEW)
    assert chosen(Settings(), [trial]) == (trial,)
    assert chosen(Settings(preview=False), [trial]) == ()
    assert chosen(Settings(preview=False, select=("siloed",)), [trial]) == (trial,)


def test_a_severity_of_ones_own():
    made = {
        entry.id: entry.severity for entry in chosen(Settings(severities=(("siloed", Severity.INFO),)), RULES)
    }
    assert made["siloed"] is Severity.INFO
    assert made["placeholder"] is rule("placeholder").severity


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"select": ("caues",)}, "causes"),
        ({"ignore": ("silo",)}, "siloed"),
        ({"severities": (("silo", Severity.INFO),)}, "siloed"),
        ({"ignore": ("zzz",)}, "shuping rules"),
        ({"ignore": ("gate-open-blanks",)}, "release"),
        ({"ignore": ("gates",)}, "release"),
        ({"severities": (("gate-open-blanks", Severity.INFO),)}, "release"),
    ],
)
def test_a_rule_that_does_not_exist_or_is_a_gate_is_refused(settings, words):
    with pytest.raises(ShupingError) as failure:
        chosen(Settings(**settings), RULES)
    assert failure.value.code == "config"
    assert words in failure.value.message
