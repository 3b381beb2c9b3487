"""Annotated reports of the corpus as `Report`, with the analysis that a human wrote."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from analyzer.language import blank
from analyzer.reading.document import Document
from analyzer.result import Policy
from analyzer.rules.base import Report

from ..gold import gold_analysis

ROOT = Path(__file__).parents[2]
CORPORA = ROOT / "corpora"
SEED = ROOT.parent / "shared" / "corpus" / "seed" / "seed.txt"


def gold_paths() -> list[Path]:
    """The texts of the annotated reports."""
    return sorted(path.with_suffix(".txt") for path in CORPORA.glob("w*/*.json"))


@cache
def gold(path: Path, policy: Policy = Policy.STRICT) -> tuple[Report, dict[str, Any]]:
    """A report with its human analysis, and the annotation itself."""
    text = path.read_bytes().decode("utf-8-sig")
    note = json.loads(path.with_suffix(".json").read_text("utf-8"))
    document = Document(text, (), path, "txt", "")
    return Report(document, blank()(text), gold_analysis(text, note), policy), note
