"""SARIF 2.1.0: names and values of the standard, places that an editor can go to."""

from __future__ import annotations

import json

import jsonschema
import pytest

from analyzer.rendering.sarif import part_of, render_parts, render_sarif
from analyzer.result import Compared, Result, Severity, Source, Suppressed
from analyzer.rules.catalogue import catalogue

from .gold import abstained_result, finding, gold_names, gold_result, small_result

_TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
_COUNT = {"type": "integer", "minimum": 1}
_PLACE = {
    "type": "object",
    "required": ["physicalLocation"],
    "additionalProperties": False,
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation", "region"],
            "additionalProperties": False,
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "required": ["uri", "index"],
                    "properties": {"uri": {"type": "string"}, "index": {"type": "integer", "minimum": 0}},
                    "additionalProperties": False,
                },
                "region": {
                    "type": "object",
                    "required": ["startLine", "startColumn", "endLine", "endColumn"],
                    "additionalProperties": False,
                    "properties": {
                        "startLine": _COUNT,
                        "startColumn": _COUNT,
                        "endLine": _COUNT,
                        "endColumn": _COUNT,
                        "charOffset": {"type": "integer", "minimum": 0},
                        "charLength": {"type": "integer", "minimum": 0},
                        "snippet": _TEXT,
                    },
                },
            },
        },
        "logicalLocations": {"type": "array"},
    },
}
# What the standard's own schema says of the parts that a log of ours has.
_LOG = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["tool", "results", "columnKind"],
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name", "rules"],
                                "properties": {
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "required": ["id"],
                                            "properties": {
                                                "shortDescription": _TEXT,
                                                "fullDescription": _TEXT,
                                                "help": _TEXT,
                                            },
                                        },
                                    }
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message", "ruleId", "ruleIndex", "level", "locations"],
                            "additionalProperties": False,
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "message": _TEXT,
                                "locations": {"type": "array", "minItems": 1, "items": _PLACE},
                                "partialFingerprints": {
                                    "type": "object",
                                    "additionalProperties": {"type": "string"},
                                },
                                "properties": {"type": "object"},
                                "baselineState": {"enum": ["new", "unchanged", "updated", "absent"]},
                                "suppressions": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "required": ["kind"],
                                        "additionalProperties": False,
                                        "properties": {
                                            "kind": {"enum": ["inSource", "external"]},
                                            "status": {"enum": ["accepted", "underReview", "rejected"]},
                                            "justification": {"type": "string"},
                                            "location": {"type": "object"},
                                        },
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}


def run_of(*results: Result) -> dict:
    log = json.loads(render_parts(map(part_of, results)))
    jsonschema.validate(log, _LOG)
    (run,) = log["runs"]
    for entry in run["results"]:
        assert run["tool"]["driver"]["rules"][entry["ruleIndex"]]["id"] == entry["ruleId"]
        where = entry["locations"][0]["physicalLocation"]["artifactLocation"]
        assert run["artifacts"][where["index"]]["location"]["uri"] == where["uri"]
    return run


def region(entry: dict) -> dict:
    return entry["locations"][0]["physicalLocation"]["region"]


@pytest.mark.parametrize("name", gold_names()[::29])
def test_real_reports_make_logs_of_the_standard(name):
    result = gold_result(name)
    run = run_of(result)
    assert len(run["results"]) == len(result.findings)


def test_lines_and_columns_are_code_points_from_one():
    text = "一、\r\n😀讲党课X次。\n完"
    run = run_of(small_result(text, (finding(text, 5, 11), finding(text, 4, 13), finding(text, 0, 0))))
    assert run["columnKind"] == "unicodeCodePoints"
    assert "\r\n" in run["newlineSequences"]
    first, second, third = map(region, run["results"])
    assert (first["startLine"], first["startColumn"], first["endLine"], first["endColumn"]) == (2, 2, 2, 8)
    assert first["snippet"]["text"] == text[5:11]
    assert (second["endLine"], second["endColumn"]) == (3, 2)
    assert (third["startLine"], third["startColumn"], third["endColumn"]) == (1, 1, 1)


def test_severities_and_rules():
    text = "成效明显。"
    rules = ("placeholder", "vague-claim", "own-rule")
    found = tuple(
        finding(text, 0, 5, rule=rule, severity=severity)
        for rule, severity in zip(rules, Severity, strict=True)
    )
    run = run_of(small_result(text, found))
    assert [entry["level"] for entry in run["results"]] == ["error", "warning", "note"]
    known = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert known == {rule.id for rule in catalogue()} | {"own-rule"}


def test_what_is_let_stand_is_suppressed_with_its_reason():
    text = "成效明显。"
    inside = Suppressed(finding(text, 0, 5, deduction=0.0), "有附件", "第 1 行的注释", inside=True)
    beside = Suppressed(finding(text, 0, 4, deduction=0.0), "有附件", "报告.shuping.toml", inside=False)
    result = small_result(text)
    object.__setattr__(result, "suppressed", (inside, beside))
    shown = [entry["suppressions"][0] for entry in run_of(result)["results"]]
    assert [each["kind"] for each in shown] == ["inSource", "external"]
    assert shown[0]["justification"] == "有附件"


def test_a_baseline_parts_new_from_old():
    text = "成效明显。X次。"
    result = small_result(text, (finding(text, 0, 5), finding(text, 5, 7, rule="placeholder")))
    object.__setattr__(result, "baseline", Compared({"placeholder": 1}, 1, 0))
    assert [entry["baselineState"] for entry in run_of(result)["results"]] == ["unchanged", "new"]


def test_fingerprints_hold_when_other_parts_change_and_tell_repeats_apart():
    before = "成效明显。成效明显。"
    after = "新的一段。\n" + before

    def prints(text, shift):
        found = tuple(finding(text, shift + at, shift + at + 5) for at in (0, 5))
        return [
            entry["partialFingerprints"]["shuping/v1"]
            for entry in run_of(small_result(text, found))["results"]
        ]

    assert prints(before, 0) == prints(after, 6)
    assert len(set(prints(before, 0))) == 2


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("交来/报告 1.docx", "%E4%BA%A4%E6%9D%A5/%E6%8A%A5%E5%91%8A%201.docx"),
        ("./a.txt", "a.txt"),
        ("/甲/a.txt", "file:///%E7%94%B2/a.txt"),
        (None, "stdin"),
    ],
)
def test_paths_are_uris(path, uri):
    result = small_result("成效明显。")
    object.__setattr__(result, "source", Source(path, "txt", "0" * 64))
    assert run_of(result)["artifacts"][0]["location"]["uri"] == uri


def test_several_reports_and_one_without_a_score():
    text = "成效明显。"
    run = run_of(small_result(text, (finding(text, 0, 5),)), abstained_result("短。"))
    assert [artifact["properties"]["overall"] for artifact in run["artifacts"]] == [99.0, None]


def test_any_text_can_be_written():
    text = "述职\ud800\x00报告"
    render_sarif(small_result(text, (finding(text, 0, 6),))).encode("utf-8")
