"""What the page on settings shows can be copied and works."""

from __future__ import annotations

import re

import pytest

from analyzer.beside import read_beside
from analyzer.config import BACKENDS, PROFILES, TRUSTS, load_settings
from analyzer.reading import read_text
from analyzer.result import Policy, SectionType, Severity
from analyzer.rules.base import Family, Hit
from analyzer.rules.catalogue import Judgement, catalogue, rule
from analyzer.rules.local.files import read_rules
from analyzer.rules.selection import chosen
from analyzer.rules.suppression import sift
from analyzer.rules.thresholds import adjusted, shipped

from .conftest import ROOT

PAGE = (ROOT / "docs" / "settings.md").read_text("utf-8")
BLOCKS = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


def block(holding):
    (found,) = [each for each in BLOCKS if holding in each]
    return found


@pytest.fixture
def own_rules(tmp_path):
    path = tmp_path / "自定.toml"
    path.write_text(block("[[rule]]"), "utf-8")
    return read_rules([path], catalogue())


def test_the_settings(tmp_path, own_rules):
    path = tmp_path / "shuping.toml"
    path.write_text(block("[rules]"), "utf-8")
    settings = load_settings(path)
    assert chosen(settings, (*catalogue(), *own_rules))
    assert adjusted(shipped(), settings.thresholds, (rule.id for rule in catalogue()), path)
    assert settings.prices == tmp_path / "calibration" / "prices.toml"
    assert settings.rule_files == (tmp_path / "自定.toml",)


def test_the_rule(own_rules):
    assert [rule.id for rule in own_rules] == ["own-short-name"]


def test_what_stands_beside_a_report(tmp_path):
    path = tmp_path / "报告.shuping.toml"
    path.write_text(block("[[suppress]]") + block("[[release]]"), "utf-8")
    found = read_beside(tmp_path / "报告.docx")
    ids = {rule.id for rule in catalogue()}
    assert {said.rule for said in found.suppressions} | {gate for gate, _ in found.releases} <= ids


def test_the_notes():
    lines = re.findall(r"^.*<!-- shuping.*$", PAGE, re.MULTILINE)
    assert len(lines) == 2
    for line in lines:
        document = read_text(line)
        name = document.notes[0].words.split()[1]
        places = [match.start() for match in re.finditer("X次|质效", document.prose)]
        found = [Judgement(rule(name), Hit(at, at + 2, "", "", 0.9)) for at in places]
        sifted = sift(found, document.notes, (), document.prose, catalogue())
        assert len(sifted.suppressed) == 1
        assert not sifted.unused


def test_every_choice_is_named():
    choices = (*PROFILES, *BACKENDS, *TRUSTS, *Policy, *Severity, *Family, *SectionType)
    assert [str(choice) for choice in choices if not re.search(rf"\b{choice}\b", PAGE)] == [
        str(Family.GATES)
    ]  # always on
