"""Model cards: what each model answers, how, from what data, how well, and where it fails."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

_CARD = """# {name} ({version})

**Question.** {question}

**Method.** {method}

**Data.** {data}

**Limits.** {limits} The corpus is written and annotated by few hands of one training; its authors are
franker and more vivid than most real submissions, so figures on real pages will be lower.  Two annotators
of one training who work from one guideline agree more than people of an organisation department would: their
agreement (`python -m analyzer.training.annotators`) is a ceiling for a model, not a measure of what is right.

**Figures** (cross-validated by author; `python -m analyzer.training.gate` reproduces them)

{figures}
{sure}"""
_SURE = """
**How often wrong** (of the answers that are at least so sure; findings are raised from 0.5 on, unless
`lexicons/thresholds.toml` says otherwise for a rule)

{rows}
"""
_LEVELS = (0.5, 0.7, 0.9)  # of confidence
_COMPARED = "\n**Compared**"
_COMPARISON = """
**Compared** ({question}; cross-validated by author; figures with 95 % intervals over authors; * surely
worse than what is shipped, as the interval of the difference tells; `make compare` reproduces it{when})

{rows}
"""


def write_cards(folder: Path, version: str, data: str) -> None:
    """Write a card beside each model, with the figures of ``figures.json`` where it is there.

    Parameters
    ----------
    folder : Path
        The folder of the models.
    version : str
    data : str
        One sentence on what the models were trained on.
    """
    entries = tomllib.loads(files(__package__).joinpath("cards.toml").read_text("utf-8"))
    measured = folder / "figures.json"
    known = json.loads(measured.read_text("utf-8")) if measured.exists() else {"figures": {}}
    for name, entry in entries.items():
        if isinstance(entry, dict):
            card = _CARD.format(
                name=name,
                version=version,
                data=data,
                **{
                    **entry,
                    "figures": _table(entry["figures"], known["figures"]),
                    "sure": _sure(known.get("reliability", {}).get(entry.get("sure"), [])),
                },
            )
            (folder / f"{name}.md").write_text(card, encoding="utf-8")
    write_comparisons(folder)


def write_comparisons(folder: Path) -> None:
    """Put what ``comparison.json`` says, losers included, at the end of the cards it speaks of."""
    measured, figures = folder / "comparison.json", folder / "figures.json"
    if not measured.exists():
        return
    comparison = json.loads(measured.read_text("utf-8"))
    questions = comparison["questions"]
    is_older = figures.exists() and json.loads(figures.read_text("utf-8"))["corpus"] != comparison["corpus"]
    when = "; measured when the corpus was smaller, and what is shipped another model" if is_older else ""
    for name, entry in tomllib.loads(files(__package__).joinpath("cards.toml").read_text("utf-8")).items():
        card = folder / f"{name}.md"
        if isinstance(entry, dict) and entry.get("compared") in questions and card.exists():
            own = card.read_text("utf-8").partition(_COMPARED)[0]
            card.write_text(own + _compared(questions[entry["compared"]], when), encoding="utf-8")


def _sure(bins: list[dict[str, float]]) -> str:
    """Return how many answers are at least so sure, and what share of those is wrong."""
    rows = []
    for level in _LEVELS:
        sure = [each for each in bins if each["confidence"] >= level]
        size = sum(each["size"] for each in sure)
        if size:
            wrong = sum(each["size"] * (1 - each["accuracy"]) for each in sure) / size
            rows.append(f"| {level} | {size:.0f} | {wrong:.1%} |")
    if not rows:
        return ""
    return _SURE.format(rows="\n".join(["| sure at least | answers | wrong |", "|---|---|---|", *rows]))


def _compared(question: dict[str, Any], when: str) -> str:
    """Return the contestants of a question as a table, the best first, those that took no part last."""
    contestants = question["contestants"].values()
    took_part = [each for each in contestants if "figures" in each]
    names = list(took_part[0]["figures"]) if took_part else []
    took_part.sort(key=lambda each: -(each["figures"][names[0]]["value"] or 0.0))
    lines = [
        [
            each["en"],
            *(_held_against(each["figures"][name]) for name in names),
            f"{each['train_seconds']:.1f}",
            f"{each['microseconds_per_unit']:.0f}",
        ]
        for each in took_part
    ]
    lines += [
        [each["en"], each["why_not"], *[""] * (len(names) + 1)] for each in contestants if "why_not" in each
    ]
    head = ["contestant", *names, "training, s", f"use, µs per {question['unit']}"]
    rows = "\n".join(f"| {' | '.join(cells)} |" for cells in [head, ["---"] * len(head), *lines])
    return _COMPARISON.format(question=question["en"], rows=rows, when=when)


def _held_against(figure: dict[str, Any]) -> str:
    if figure["value"] is None:
        return "-"
    less = figure["less_shipped"]
    return _shown(figure) + ("*" if less and less[1] < 0 else "")


def _table(names: list[str], figures: dict[str, Any]) -> str:
    rows = [f"| {name} | {_shown(figures[name])} |" for name in names if name in figures]
    if not rows:
        return "Not among the gate's figures."
    return "\n".join(["| figure | value (95 % interval) |", "|---|---|", *rows])


def _shown(figure: dict[str, Any]) -> str:
    low, high = figure["interval"]
    return f"{figure['value']:.3f} ({low:.3f}–{high:.3f})"
