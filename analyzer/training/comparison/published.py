"""``models/comparison.json``: what was measured, as cards and notebooks read it, and the table of it."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from rich.table import Table

from analyzer.training.comparison.measuring import Entry, differences, figures_of
from analyzer.training.comparison.questions import QUESTIONS, Question
from analyzer.training.comparison.registry import CONTESTANTS, descriptions
from analyzer.training.crossval import FOLDS

COMPARISON = Path("models/comparison.json")
HANLP = Path("models/hanlp/figures.json")
SHIPPED = "shipped"
_DIGITS = 4
_Json = dict[str, Any]


def published(entries: Iterable[Entry], corpus: str, old: _Json | None, hanlp: Path = HANLP) -> _Json:
    """Return the content of ``comparison.json``.

    Parameters
    ----------
    entries : iterable of Entry
    corpus : str
        Its fingerprint.
    old : dict, optional
        What was published before; contestants not among the entries are kept if the corpus is the same.
    hanlp : Path
        Figures of the HanLP tagger, which is trained elsewhere.
    """
    kept = old["questions"] if old and old["corpus"] == corpus else {}
    measured = {(entry.question, entry.contestant): entry for entry in entries}
    return {
        "corpus": corpus,
        "method": f"{FOLDS}-fold cross-validation by author, what comes before a question given from the "
        "annotation; 95 % bootstrap intervals over authors; processor time of one fold, one thread",
        "packages": _packages(),
        "figures": descriptions()["figures"],
        "questions": {
            question.name: _question(question, measured, kept.get(question.name, {}))
            for question in QUESTIONS
        },
        "hanlp": _hanlp(hanlp),
    }


def _question(question: Question, measured: Mapping[tuple[str, str], Entry], kept: _Json) -> _Json:
    named = {each.name: each for each in CONTESTANTS if question.name in each.questions}
    shipped = measured.get((question.name, SHIPPED))
    before = kept.get("contestants", {})
    found = {}
    for name in reversed(named):  # plain ones first
        entry = measured.get((question.name, name))
        if entry is not None:
            found[name] = {**descriptions()["contestants"][name], **_entry(question, entry, shipped)}
        elif name in before:
            found[name] = before[name]
    return {**descriptions()["questions"][question.name], "contestants": found}


def _entry(question: Question, entry: Entry, shipped: Entry | None) -> _Json:
    if entry.why_not:
        return {"why_not": entry.why_not}
    values, intervals = figures_of(question, entry)
    compared = shipped is not None and not shipped.why_not and entry is not shipped
    less = differences(question, entry, shipped) if compared and shipped else {}
    return {
        "figures": {
            name: {
                "value": None if value is None else round(value, _DIGITS),
                "interval": _rounded(intervals.get(name)),
                "less_shipped": _rounded(less.get(name)),
            }
            for name, value in values.items()
        },
        "units": entry.units,
        "train_seconds": round(entry.train_seconds, 2),
        "microseconds_per_unit": round(entry.microseconds, 1),
    }


def _rounded(interval: tuple[float, float] | None) -> list[float] | None:
    return [round(end, _DIGITS) for end in interval] if interval else None


def _packages() -> dict[str, str]:
    """Return the versions of Python and of what the contestants are made with."""
    versions = {"python": platform.python_version()}
    for name in sorted({"numpy", *(name for each in CONTESTANTS for name in each.packages)}):
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            versions[name] = "not installed"
    return versions


def _hanlp(path: Path) -> _Json:
    if not path.exists():
        return {"why_not": f"no {path.as_posix()}"}
    content: _Json = json.loads(path.read_text(encoding="utf-8"))
    return content


def read(path: Path) -> _Json | None:
    """Return what was published, None where nothing was."""
    if not path.exists():
        return None
    content: _Json = json.loads(path.read_text(encoding="utf-8"))
    return content


def table(content: _Json) -> Table:
    """Return the comparison for the terminal."""
    shown = Table("question", "contestant", "figure", box=None)
    for title in ("value", "95 %", "less shipped, 95 %", "train s", "µs/unit"):
        shown.add_column(title, justify="right")
    for name, question in content["questions"].items():
        for contestant, entry in question["contestants"].items():
            if "why_not" in entry:
                shown.add_row(name, contestant, entry["why_not"])
            for figure, found in entry.get("figures", {}).items():
                shown.add_row(
                    name,
                    contestant,
                    figure,
                    "-" if found["value"] is None else f"{found['value']:.3f}",
                    _pair(found["interval"]),
                    _pair(found["less_shipped"], "+"),
                    f"{entry['train_seconds']:.1f}",
                    f"{entry['microseconds_per_unit']:.0f}",
                )
    return shown


def _pair(interval: list[float] | None, sign: str = "") -> str:
    return f"{interval[0]:{sign}.3f} … {interval[1]:{sign}.3f}" if interval else "-"
