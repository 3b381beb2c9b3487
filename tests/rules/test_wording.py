"""Official wording: found only where nothing else can be meant, never put right; its data are sound."""

from __future__ import annotations

import re
from datetime import date

import pytest

from analyzer.lexicons import table
from analyzer.result import Severity
from analyzer.rules.catalogue import judge, rule
from analyzer.rules.examples import duties, report
from analyzer.rules.wording import evasions, oddities


@pytest.mark.parametrize(
    "text",
    [
        "增强政治意识、大局意识、核心意识、责任意识等“四个意识”。",
        "“四个意识”：政治意识、大局意识、看齐意识。",
        "坚定道路自信、理论自信、制度自信、文明自信“四个自信”。",
        "做到“两个维护”，坚决维护县委的核心地位。",
        "习进平总书记强调。",
        "习近平新时代特色社会主义思想。",
        "坚定“四个意识”、增强“四个自信”、做到“两个维护”。",
    ],
)
def test_a_set_phrase_out_of_order_is_shown_and_not_put_right(text: str) -> None:
    made = report(duties(text)).report()
    assert list(oddities(made))
    for judgement in judge(made, [rule("fixed-phrase")]):
        assert "人工核对" in judgement.hit.message
        assert not re.search("应为|改为|改成|正确", judgement.hit.message + judgement.hit.suggestion)


@pytest.mark.parametrize(
    "text",
    [
        "增强政治意识、大局意识、核心意识、看齐意识“四个意识”。",
        "坚定道路自信、理论自信、制度自信、文化自信等“四个自信”。",
        "树牢政治意识、大局意识等“四个意识”。",
        "“四个意识”更加牢固。大局意识、责任意识、服务意识进一步增强。",
        "做到“两个维护”，维护群众利益。",
        "增强“四个自信”，做到“两个维护”的自觉性增强。",
        "以习近平新时代中国特色社会主义思想为指导，学习习近平总书记重要讲话。",
        "增强“四个意识”，责任意识、服务意识明显提高。",
        "增强大局意识、责任意识、“四个意识”。",
        "学习习近平新时代中国特色社会主义经济思想、习近平强军思想。",
    ],
)
def test_official_wording_and_abbreviations_are_left_alone(text: str) -> None:
    assert list(oddities(report(duties(text)).report())) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("抓D建工作，D员教育", ["D建", "D员"]),
        ("以XJP为核心", ["XJP"]),
        ("贯彻X中央决策", ["X中央"]),
        ("ZZ素质", ["ZZ素质"]),
    ],
)
def test_letters_for_characters_are_found(text: str, shown: list[str]) -> None:
    assert [place.text for place in evasions(report(duties(text)).report())] == shown


@pytest.mark.parametrize(
    "text",
    [
        "A组、B组、C组、D组",
        "D类干部3名",
        "3D课件、D2B流程",
        "装X中央空调",
        "XX大会战",
        "PZZ建设",
        "维生素D建议",
        "D校区",
        "3D建模",
    ],
)
def test_names_of_things_are_no_evasion(text: str) -> None:
    assert list(evasions(report(duties(text)).report())) == []


@pytest.mark.parametrize("name", ["campaigns.toml", "wording.toml"])
def test_political_data_say_when_they_are_to_be_looked_at_again(name: str) -> None:
    data = table(name)
    year, month = map(int, data["review"].split("-"))
    assert date(year, month, 1)
    assert data["source"]


def test_windows_are_in_order_and_patterns_hold_their_marks() -> None:
    for entry in table("campaigns.toml")["term"]:
        assert entry.get("first", "") < entry.get("last", "9999-12"), entry["name"]
        assert entry["mark"] in entry["pattern"], entry["name"]
        assert isinstance(entry["confirmed"], bool)


def test_a_matter_for_a_human_costs_nothing_but_the_gate_holds_the_score() -> None:
    assert rule("fixed-phrase").severity is Severity.ERROR
    made = report(duties("一、履职情况\n抓D建工作，发展D员3名。")).report()
    (judgement,) = judge(made, [rule("gate-wording")])
    assert "2 处" in judgement.hit.message
