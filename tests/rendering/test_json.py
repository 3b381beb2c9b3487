from __future__ import annotations

import copy
import json

import pytest
from jsonschema import Draft202012Validator

from analyzer.rendering.json import load_schema, render_json, render_jsonl
from analyzer.result import Analysis, Cause, CauseStatus, Problem, Remedy, RemedyStatus, Section, SectionType

from .gold import abstained_result, finding, gold_names, gold_result, small_result

TEXT = "一、存在问题\n学习X次，作风好转。\n"
VALIDATOR = Draft202012Validator(load_schema())


def full() -> dict:
    problem = Problem(
        7,
        17,
        "学习不深",
        Cause(CauseStatus.NONE, None, None, None, 0.9),
        Remedy(RemedyStatus.NONE, (), 0.8),
        1.0,
    )
    section = Section(SectionType.PROBLEMS, 0, 17, "一、存在问题", 0.9)
    analysis = Analysis(sections=(section,), problems=(problem,))
    return json.loads(render_json(small_result(TEXT, (finding(TEXT, 9, 11),), analysis)))


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(load_schema())


@pytest.mark.parametrize("name", gold_names()[::13])
def test_results_of_real_reports_keep_to_the_schema_and_their_offsets_are_true(name):
    shown = json.loads(render_json(gold_result(name)))
    VALIDATOR.validate(shown)
    for item in shown["findings"]:
        assert item["evidence"] == shown["text"][item["start"] : item["end"]]
    lost = sum(item["deduction"] for item in shown["findings"])
    assert lost == pytest.approx(100 - shown["scorecard"]["overall"])


def test_a_result_without_a_score_keeps_to_the_schema():
    VALIDATOR.validate(json.loads(render_json(abstained_result("短。"))))


def test_further_fields_are_allowed():
    VALIDATOR.validate({**full(), "later": 1})


@pytest.mark.parametrize(
    "path",
    [
        ("text",),
        ("source", "sha256"),
        ("analyzer", "rubric"),
        ("analysis", "siloed"),
        ("analysis", "sections", 0, "heading"),
        ("analysis", "problems", 0, "remedy"),
        ("analysis", "problems", 0, "cause", "kind"),
        ("findings", 0, "evidence"),
        ("findings", 0, "deduction"),
        ("scorecard", "vetoes"),
        ("scorecard", "dimensions", 6),
    ],
)
def test_what_the_contract_names_must_be_there(path):
    broken = full()
    VALIDATOR.validate(broken)
    holder = broken
    for step in path[:-1]:
        holder = holder[step]
    del holder[path[-1]]
    assert not VALIDATOR.is_valid(broken)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), "shuping.result/2"),
        (("source", "sha256"), "abc"),
        (("analysis", "siloed"), "some"),
        (("analysis", "sections", 0, "type"), "履职"),
        (("analysis", "sections", 0, "start"), -1),
        (("analysis", "problems", 0, "cause", "kind"), "objective"),
        (("analysis", "problems", 0, "remedy", "spans"), [[1, 2]]),
        (("findings", 0, "severity"), "fatal"),
        (("findings", 0, "confidence"), 1.5),
        (("findings", 0, "start"), 1.5),
        (("scorecard", "grade"), "E"),
        (("scorecard", "overall"), 101),
        (("scorecard", "dimensions", 0, "max"), 10),
        (("scorecard",), None),
        (("abstained",), {"code": "x", "message": "有分又不评"}),
    ],
)
def test_wrong_values_are_refused(path, value):
    broken = copy.deepcopy(full())
    holder = broken
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    assert not VALIDATOR.is_valid(broken)


def test_chinese_stays_readable_and_the_text_comes_back_exactly():
    text = "述职\r\n\u2028报告\x00😀\ud800"
    shown = render_json(small_result(text))
    assert "述职" in shown
    assert json.loads(shown)["text"] == text
    shown.encode("utf-8")


def test_json_lines_are_one_line_each_and_come_one_by_one():
    taken = []

    def results():
        for text in ("甲\n乙", "丙"):
            taken.append(text)
            yield small_result(text)

    lines = render_jsonl(results())
    first = next(lines)
    assert taken == ["甲\n乙"]
    assert first.endswith("}\n")
    assert first.count("\n") == 1
    assert [json.loads(line)["text"] for line in lines] == ["丙"]
