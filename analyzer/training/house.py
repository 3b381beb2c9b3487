"""The shipped prices: fitted to the experts' scores of the corpus, by analyses of unseen authors.

``python -m analyzer.training.house`` cross-validates and prints how the scores stand to the experts' before
and after the fit; with ``--write`` it also writes ``scoring/fitted.toml``.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from rich.console import Console
from rich.table import Table

from analyzer.result import Dimension
from analyzer.rules.places import letters
from analyzer.scoring.ledger import Ledger
from analyzer.scoring.rubric import prior
from analyzer.training.crossval import HeldOut, cross_validate
from analyzer.training.evaluation import shown
from analyzer.training.pricing import Scored, fit_prices
from analyzer.training.study import Study, study

FITTED = Path("analyzer/scoring/fitted.toml")
_SOURCE = """What experts' scores of corpora/ make of start values, points and caps multiplied.
Written by python -m analyzer.training.house --write; not by hand.  Version 2026.11, review 2027-11."""


def anchors() -> list[Scored]:
    """Return the genuine submissions of ``anchors.toml``, each as often as it weighs."""
    raw = tomllib.loads(files(__package__).joinpath("anchors.toml").read_text("utf-8"))
    return [
        Scored(
            each["name"],
            each["name"],
            Ledger(each["amounts"], frozenset(map(Dimension, each["absent"])), tuple(each["gates"])),
            prior(each["profile"]),
            each["score"],
        )
        for each in raw["anchor"]
        for _ in range(each["weight"])
    ]


def scored(held: HeldOut) -> list[Scored]:
    """Return the reports that were scored, with the experts' scores of the corpus."""
    return [
        Scored(
            report.id,
            report.author,
            *held.ledgers[report.id],
            report.gold["scores"]["overall"],
            {each: report.gold["scores"][each] for each in Dimension},
        )
        for report, _ in held.reports
        if report.id in held.ledgers
    ]


def _table(done: Study) -> Table:
    table = Table("figure", box=None)
    for heading in ("before", "after", "95 %"):
        table.add_column(heading, justify="right")
    for line in done.lines:
        interval = f"{shown(line.low)}–{shown(line.high)}"
        table.add_row(line.name, shown(line.before), shown(line.after), interval)
    table.add_row("得分与篇幅的相关", "", shown(done.by_length), "")
    for kind in (*done.kinds, *done.lengths):
        interval = "" if kind.low is None else f"{kind.low:+.1f}…{kind.high:+.1f}"
        table.add_row(f"{kind.name}（{kind.reports}）", f"{kind.before:+.1f}", f"{kind.after:+.1f}", interval)
    return table


def run(held: HeldOut, console: Console, *, write: bool) -> None:
    """Fit, print and, if asked, write."""
    entries = scored(held)
    fit = fit_prices(entries, anchors())
    known = {report.id: report for report, _ in held.reports}
    reports = [known[entry.name] for entry in entries]
    done = study(
        entries,
        fit,
        [report.gold["meta"]["unit_type"] for report in reports],
        [letters(report.text) for report in reports],
    )
    console.print(_table(done))
    if write:
        FITTED.write_text(fit.calibration("").written(_SOURCE), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run on the corpus of the tree."""
    parser = argparse.ArgumentParser(prog="python -m analyzer.training.house", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write fitted.toml")
    console = Console()
    held = cross_validate(progress=lambda done: console.log(f"fold {done}"))
    run(held, console, write=parser.parse_args(arguments).write)


if __name__ == "__main__":
    main()
