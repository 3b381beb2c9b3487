"""Annotated reports of the corpus as `Report`, with the analysis that a human wrote."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from analyzer.language import blank
from analyzer.reading.document import Document
from analyzer.result import (
    Analysis,
    Cause,
    CauseKind,
    CauseStatus,
    Policy,
    Problem,
    Remedy,
    RemedyStatus,
    Section,
    SectionType,
    Siloed,
    Span,
    Stance,
    TwoSkins,
)
from analyzer.rules.base import Report

ROOT = Path(__file__).parents[2]
CORPORA = ROOT / "corpora"
SEED = ROOT.parent / "shared" / "corpus" / "seed" / "seed.txt"
_END = re.compile(r"[。！？；!?;]+[”’」』）)》\]】\"']*")


def gold_paths() -> list[Path]:
    """The texts of the annotated reports."""
    return sorted(path.with_suffix(".txt") for path in CORPORA.glob("w*/*.json"))


@cache
def gold(path: Path, policy: Policy = Policy.STRICT) -> tuple[Report, dict[str, Any]]:
    """A report with its human analysis, and the annotation itself."""
    text = path.read_bytes().decode("utf-8-sig")
    note = json.loads(path.with_suffix(".json").read_text("utf-8"))
    document = Document(text, (), path, "txt", "")
    return Report(document, blank()(text), _analysis(text, note), policy), note


def _sentences(text: str) -> list[tuple[int, int]]:
    found, position = [], 0
    for line in text.splitlines(keepends=True):
        body = line.rstrip("\r\n")
        ends = [match.end() for match in _END.finditer(body)]
        for start, end in zip([0, *ends], [*ends, len(body)], strict=True):
            piece = body[start:end]
            if piece.strip():
                lead = len(piece) - len(piece.lstrip())
                found.append((position + start + lead, position + start + len(piece.rstrip())))
        position += len(line)
    return found


def _analysis(text: str, note: dict[str, Any]) -> Analysis:
    spans = _sentences(text)

    def quoted(sentence: int, quote: str, nth: int = 1) -> tuple[int, int]:
        at = spans[sentence - 1][0] - 1
        for _ in range(nth):
            at = text.find(quote, at + 1)
        return (at, at + len(quote)) if at >= 0 else spans[sentence - 1]

    def stretch(entry: dict[str, Any]) -> tuple[int, int]:
        return spans[entry["first"] - 1][0], spans[entry["last"] - 1][1]

    problems = []
    for entry in note["problems"]:
        cause = Cause(CauseStatus.NONE, None, None, None, 1.0)
        if entry["cause"] != "none":
            where = quoted(entry["cause_sents"][0], entry["cause_quote"])
            cause = Cause(CauseStatus(entry["cause"]), CauseKind(entry["cause_kind"]), *where, 1.0)
        measures = () if entry["remedy"] == "none" else tuple(spans[n - 1] for n in entry["remedy_sents"])
        problems.append(
            Problem(
                *stretch(entry),
                entry["title"],
                cause,
                Remedy(RemedyStatus(entry["remedy"]), measures, 1.0),
                1.0,
            )
        )
    return Analysis(
        tuple(Section(SectionType(entry["type"]), *stretch(entry), None, 1.0) for entry in note["sections"]),
        tuple(problems),
        tuple(TwoSkins(*quoted(e["sent"], e["quote"]), Stance(e["stance"]), 1.0) for e in note["two_skins"]),
        Siloed(note["siloed"]) if note["siloed"] else None,
        tuple(Span(*quoted(e["sent"], e["quote"], e.get("nth", 1)), 1.0) for e in note["placeholders"]),
        tuple(Span(*spans[n - 1], 1.0) for n in note["vague"]),
    )
