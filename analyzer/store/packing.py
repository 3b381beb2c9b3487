"""Results to rows and back.

What a result says of its file's whereabouts (path, unit, year) is the submission's; the rest, being the
same for the same content under the same ruler, is kept once.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from analyzer.duplicates.pairs import Pair
from analyzer.rendering.risk import certainty
from analyzer.result import Result

Row = dict[str, Any]

_KEY: Final = 10  # hexadecimal digits that name a finding within its report
_UTF8: Final = ("utf-8", "surrogatepass")
_JSON, _ASCII = (
    json.JSONEncoder(ensure_ascii=ascii_only, sort_keys=True, separators=(",", ":"), allow_nan=False)
    for ascii_only in (False, True)
)


@dataclass(frozen=True, slots=True)
class Packed:
    """The rows of one result, without the numbers that the store gives out."""

    report: Row
    ruler: Row
    scoring: Row
    parts: dict[str, list[Row]]
    submission: Row


def canonical(value: Any, *, ascii_only: bool = False) -> str:
    """Return the one way to write a value as JSON."""
    return (_ASCII if ascii_only else _JSON).encode(value)


def sha256(value: str | bytes) -> str:
    """Return the SHA-256 of bytes, or of a text's UTF-8, in hexadecimal."""
    return hashlib.sha256(value.encode(*_UTF8) if isinstance(value, str) else value).hexdigest()


def seal(row: Mapping[str, Any], parts: Mapping[str, list[Row]] | None = None) -> str:
    """Return the hash of all that a row says, and of the rows that are part of it.

    What is None is left out, so that a column that a later version adds changes no seal.
    """
    whole: Row = _told(row)
    if parts is not None:
        whole["parts"] = {name: [_told(part) for part in rows] for name, rows in parts.items() if rows}
    return sha256(canonical(whole, ascii_only=True))


def _told(row: Mapping[str, Any]) -> Row:
    return {
        name: sha256(value) if isinstance(value, bytes) else value
        for name, value in row.items()
        if value is not None
    }


def keys(result: Result) -> list[str]:
    """Return what decisions name each finding by: its rule and place in this content, whatever the rubric."""
    seen: Counter[tuple[str, int, int]] = Counter()
    found = []
    for finding in result.findings:
        place = (finding.rule, finding.start, finding.end)
        seen[place] += 1
        found.append(sha256(f"{result.source.sha256}/{place}/{seen[place]}")[:_KEY])
    return found


def pack(result: Result) -> Packed:
    """Return the rows of a result."""
    plain = result.to_dict()
    text, source = plain.pop("text"), plain.pop("source")
    encoded = text.encode(*_UTF8)
    report = {
        "sha256": result.source.sha256,
        "text_sha256": sha256(encoded),
        "format": clean(result.source.format),
        "text": zlib.compress(encoded),
    }
    plain["content"] = [report["sha256"], report["text_sha256"]]
    body = canonical(plain)
    digest = sha256(body)
    about = _judged_by(result.analyzer)
    card = result.scorecard
    scoring = {
        "digest": digest,
        "overall": float(card.overall) if card else None,
        "grade": card.grade if card else None,
        "low": float(card.interval[0]) if card else None,
        "high": float(card.interval[1]) if card else None,
        "certainty": float(certainty(result)),
        "abstained": result.abstained.code if result.abstained else None,
        "body": zlib.compress(body.encode(*_UTF8)),
    }
    ruler = {
        "fingerprint": sha256(canonical(about)),
        "rubric": about["rubric"],
        "profile": about["profile"],
        "version": about["version"],
        "about": clean(canonical(about)),
    }
    return Packed(report, ruler, scoring, _parts(result), _submission(source, digest))


def unpack(body: bytes, text: bytes, source: str) -> Result:
    """Return the result of its rows."""
    plain = json.loads(zlib.decompress(body).decode(*_UTF8))
    del plain["content"]
    return Result.from_dict({**plain, "text": inflate(text), "source": json.loads(source)})


def inflate(text: bytes) -> str:
    """Return the text of a report's row."""
    return zlib.decompress(text).decode(*_UTF8)


def pack_copy(pair: Pair) -> Row:
    """Return the row of two reports that share wording, in a batch."""
    passages = canonical([[list(each.a), list(each.b)] for each in pair.passages])
    row = {"a": clean(pair.a), "b": clean(pair.b), "overlap": float(pair.overlap), "passages": passages}
    return {**row, "digest": sha256(canonical(row))}


def clean(text: str) -> str:
    """Return a text as every database can hold it: no zero character, no half of a pair."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def _cleaned(text: str | None) -> str | None:
    return None if text is None else clean(text)


def _judged_by(about: Mapping[str, Any]) -> Row:
    """Return what of the analyzer decides a score, and nothing that differs from report to report."""
    settings = about.get("settings") or {}
    return {
        "version": str(about.get("version", "")),
        "rubric": str(about.get("rubric", "")),
        "profile": str((about.get("profile") or {}).get("id", "")),
        "models": about.get("models", {}),
        "placeholders": str(about.get("placeholders", "")),
        "backend": str(about.get("backend", "")),
        # Where the files lie decides nothing; fitted prices name themselves in the rubric.
        "settings": {name: value for name, value in settings.items() if name not in ("path", "prices")},
    }


def _submission(source: Mapping[str, Any], digest: str) -> Row:
    row = {
        "path": clean(source["path"] or ""),
        **{name: _cleaned(source[name]) for name in ("unit", "unit_type", "region", "author")},
        "year": source["year"],
        "source": canonical(source, ascii_only=True),
    }
    return {**row, "digest": sha256(canonical([row, digest]))}


def _parts(result: Result) -> dict[str, list[Row]]:
    card = result.scorecard
    parts: dict[str, list[Row]] = {
        "dimensions": [
            {
                "dimension": str(each.id),
                "score": float(each.score),
                "max": each.max,
                "weight": float(each.weight),
            }
            for each in sorted(card.dimensions if card else (), key=lambda each: str(each.id))
        ],
        "findings": [
            {
                "number": number,
                "key": key,
                "rule": clean(each.rule),
                "severity": str(each.severity),
                "dimension": str(each.dimension),
                "start": each.start,
                "stop": each.end,
                "confidence": float(each.confidence),
                "deduction": float(each.deduction),
            }
            for number, (key, each) in enumerate(zip(keys(result), result.findings, strict=True))
        ],
        "gates": [
            {"gate": each.id, "cap": float(each.cap), "released_by": each.release and clean(each.release.by)}
            for each in sorted(card.vetoes if card else (), key=lambda each: each.id)
        ],
        "problems": [],
        "promises": [],
    }
    for number, each in enumerate(result.analysis.problems):
        slots = each.remedy.slots
        parts["problems"].append(
            {
                "number": number,
                "start": each.start,
                "stop": each.end,
                "title": clean(each.title),
                "cause": str(each.cause.status),
                "cause_kind": each.cause.kind and str(each.cause.kind),
                "remedy": str(each.remedy.status),
                "confidence": float(each.confidence),
                "owners": len(slots.owner),
                "deadlines": len(slots.deadline),
                "metrics": len(slots.metric),
                "mechanisms": len(slots.mechanism),
            }
        )
        parts["promises"].extend(
            {"problem": number, "number": count, "start": start, "stop": end}
            for count, (start, end) in enumerate(each.remedy.spans)
        )
    return parts
