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
franker and more vivid than most real submissions, so figures on real pages will be lower.

**Figures** (cross-validated by author; `python -m analyzer.training.gate` reproduces them)

{figures}
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
    figures = json.loads(measured.read_text("utf-8"))["figures"] if measured.exists() else {}
    for name, entry in entries.items():
        if isinstance(entry, dict):
            card = _CARD.format(
                name=name,
                version=version,
                data=data,
                **{**entry, "figures": _table(entry["figures"], figures)},
            )
            (folder / f"{name}.md").write_text(card, encoding="utf-8")


def _table(names: list[str], figures: dict[str, Any]) -> str:
    rows = [f"| {name} | {_shown(figures[name])} |" for name in names if name in figures]
    if not rows:
        return "Not among the gate's figures."
    return "\n".join(["| figure | value (95 % interval) |", "|---|---|", *rows])


def _shown(figure: dict[str, Any]) -> str:
    low, high = figure["interval"]
    return f"{figure['value']:.3f} ({low:.3f}–{high:.3f})"
