"""Results as a SARIF 2.1.0 log, for editors and services that show findings in place.

Lines and columns count as the text was read: for formats other than plain text they are those of the
extracted text, and the paragraph's number stands beside them as a logical location.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from analyzer.rendering import labels, summary
from analyzer.rendering.json import escaped
from analyzer.rendering.places import Places
from analyzer.result import Finding, Result, Severity, Suppressed
from analyzer.rules.base import Status
from analyzer.rules.catalogue import catalogue

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVEL: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_MIME: Final = {
    "txt": "text/plain",
    "md": "text/markdown",
    "pdf": "application/pdf",
    "doc": "application/msword",
    "wps": "application/vnd.ms-works",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_FINGERPRINT: Final = "shuping/v1"
_PIPED: Final = "stdin"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """What a log holds of one report; ``own`` are the rules that are in no catalogue, by id."""

    version: str
    artifact: Json
    results: list[Json]
    own: dict[str, Json]


def render_sarif(result: Result) -> str:
    """Return the log of one result."""
    return render_parts([part_of(result)])


def part_of(result: Result) -> Part:
    """Return what a log holds of a result."""
    places = Places(result.text, result.source.format)
    uri = _uri(result.source.path)
    seen: Counter[str] = Counter()
    entries = [_entry(result, finding, places, uri, seen) for finding in result.findings]
    for let_stand in result.suppressed:
        entry = _entry(result, let_stand.finding, places, uri, seen)
        entries.append({**entry, "suppressions": [_suppression(let_stand)]})
    known = {rule.id for rule in catalogue()}
    found = [*result.findings, *(let_stand.finding for let_stand in result.suppressed)]
    own = {
        finding.rule: {
            "id": finding.rule,
            "shortDescription": {"text": finding.rule},
            "defaultConfiguration": {"level": _LEVEL[finding.severity]},
        }
        for finding in found
        if finding.rule not in known
    }
    return Part(str(result.analyzer["version"]), _artifact(result, uri), entries, own)


def render_parts(parts: Iterable[Part]) -> str:
    """Return the log of several results, one run for all."""
    parts = list(parts)
    rules = [*_rules(), *{name: rule for part in parts for name, rule in part.own.items()}.values()]
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    results = []
    for number, part in enumerate(parts):
        for entry in part.results:
            where = entry["locations"][0]["physicalLocation"]["artifactLocation"]
            where["index"] = number
            results.append({**entry, "ruleIndex": index[entry["ruleId"]]})
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "shuping",
                        "fullName": "述评",
                        "semanticVersion": parts[0].version if parts else "0.0.0",
                        "language": "zh-CN",
                        "rules": rules,
                    }
                },
                "language": "zh-CN",
                "columnKind": "unicodeCodePoints",
                "newlineSequences": ["\r\n", "\n", "\r"],
                "artifacts": [part.artifact for part in parts],
                "results": results,
            }
        ],
    }
    return escaped(json.dumps(log, ensure_ascii=False, allow_nan=False, indent=1))


def _rules() -> list[Json]:
    return [
        {
            "id": rule.id,
            "shortDescription": {"text": rule.title},
            "fullDescription": {"text": rule.what},
            "help": {"text": f"{rule.why}\n{rule.fix}\n依据：{rule.basis}"},
            "defaultConfiguration": {"level": _LEVEL[rule.severity]},
            "properties": {
                "tags": [rule.family.value, labels.DIMENSION[rule.dimension]],
                "preview": rule.status is Status.PREVIEW,
            },
        }
        for rule in catalogue()
    ]


def _artifact(result: Result, uri: str) -> Json:
    card = result.scorecard
    score: Json = {"overall": card.overall, "grade": card.grade} if card else {"overall": None, "grade": None}
    if result.abstained:
        score["abstained"] = result.abstained.message
    artifact: Json = {
        "location": {"uri": uri},
        "hashes": {"sha-256": result.source.sha256},
        "properties": score,
    }
    if result.source.format in _MIME:
        artifact["mimeType"] = _MIME[result.source.format]
    return artifact


def _entry(result: Result, finding: Finding, places: Places, uri: str, seen: Counter[str]) -> Json:
    entry: Json = {
        "ruleId": finding.rule,
        "level": _LEVEL[finding.severity],
        "message": {"text": f"{finding.message}{finding.suggestion}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": uri},
                    "region": _region(finding, places),
                },
                "logicalLocations": [
                    {"fullyQualifiedName": places.name(finding.start, finding.end), "kind": "element"}
                ],
            }
        ],
        "partialFingerprints": {_FINGERPRINT: _fingerprint(finding, seen)},
        "properties": {
            "dimension": finding.dimension.value,
            "confidence": finding.confidence,
            "deduction": finding.deduction,
        },
    }
    if result.baseline is not None:
        entry["baselineState"] = "new" if summary.is_new(result, finding) else "unchanged"
    return entry


def _region(finding: Finding, places: Places) -> Json:
    first, last = places.line_index(finding.start), places.line_index(max(finding.start, finding.end))
    region: Json = {
        "startLine": first + 1,
        "startColumn": finding.start - places.lines[first].start + 1,
        "endLine": last + 1,
        "endColumn": finding.end - places.lines[last].start + 1,
        "charOffset": finding.start,
        "charLength": finding.end - finding.start,
    }
    if finding.evidence:
        region["snippet"] = {"text": finding.evidence}
    return region


def _suppression(let_stand: Suppressed) -> Json:
    return {
        "kind": "inSource" if let_stand.inside else "external",
        "status": "accepted",
        "justification": let_stand.reason,
        "location": {"logicalLocations": [{"fullyQualifiedName": let_stand.by}]},
    }


def _fingerprint(finding: Finding, seen: Counter[str]) -> str:
    """Return what stays the same while other parts of the report change."""
    words = f"{finding.rule}\n{''.join(finding.evidence.split())}"
    seen[words] += 1
    return hashlib.sha256(f"{words}\n{seen[words]}".encode("utf-8", "replace")).hexdigest()[:32]


def _uri(path: str | None) -> str:
    if path is None:
        return _PIPED
    if Path(path).is_absolute():
        return Path(path).as_uri()
    return quote(Path(os.path.normpath(path)).as_posix())
