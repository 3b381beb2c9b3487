"""The reports of tests/comparing/data as results; see the note in pairs.json."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import analyzer as package
from analyzer.result import Result

from ..conftest import ROOT

DATA = Path(__file__).parent / "data"
CORPORA = ROOT / "corpora"


@cache
def specification() -> dict[str, Any]:
    return json.loads((DATA / "pairs.json").read_text("utf-8"))


@cache
def _analyzer():
    return package.load()


def path_of(name: str) -> Path:
    """A report of the corpus (with a folder in its name), or one of the data."""
    return (CORPORA if "/" in name else DATA) / f"{name}.txt"


@cache
def result_of(name: str) -> Result:
    return _analyzer().analyze_file(path_of(name))


@cache
def result_of_text(text: str) -> Result:
    return _analyzer().analyze_text(text)


@cache
def two_drafts() -> tuple[Result, Result]:
    """A report before and after three edits, one of which leaves a blank."""
    spec = specification()["drafts"][0]
    before = path_of(spec["last"]).read_text("utf-8")
    after = before
    for old, new in spec["edits"]:
        after = after.replace(old, new)
    return result_of_text(before), result_of_text(after)
