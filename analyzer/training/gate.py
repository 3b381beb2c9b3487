"""The gate: no change may make the analyzer worse on reports it has not seen.

``python -m analyzer.training.gate`` cross-validates by author and holds every figure against the bounds
pinned in ``models/baseline.json``; it exits with 1 where one is broken.  With ``--update`` it tightens the
bounds to what was measured, less some slack, and writes ``models/figures.json``.  Bounds are loosened only
where the corpus itself has changed, as its pinned SHA-256 tells.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from analyzer.training.corpus import AUTHORS, CORPORA
from analyzer.training.crossval import FOLDS, HeldOut, cross_validate
from analyzer.training.evaluation import Figures, Tally, combine, figures_of, shown
from analyzer.training.intervals import Interval, bootstrap
from analyzer.training.reliability import Bin, calibration_errors, reliability
from analyzer.training.train import VERSION

BASELINE = Path("models/baseline.json")
FIGURES = Path("models/figures.json")
_DIGITS = 4
_OF_NEGATIVES = "declined_negatives"
_UNPINNED = ("reports", "overall_mean_difference", "overall_standardised_difference")
# Figures that are better lower, by the start of their names, with the slack of their bounds.
_CEILINGS = {
    "overall_mae": 0.25,  # points of 100
    "clean_report_": 0.1,  # findings
    "calibration_error_": 0.01,
    "declined_reports": 0.01,
    "reports_without_result": 0.0,
    "noise_loss_": 0.01,
}
_FLOOR_SLACK = 0.01
# The figures that no noise may spoil, and those that a noise has taken the ground from: places of sections
# without their headings, stand-ins where all are filled in.
_ANALYSIS = (
    "section_macro_f1",
    "reports_with_all_starts_exact",
    "placeholder_f1",
    "problem_item_f1",
    "missing_root_cause_f1",
    "cause_macro_f1_on_matched",
    "remedy_macro_f1_on_matched",
    "two_skins_mention_f1",
    "two_skins_stance_macro_f1",
    "siloed_qwk",
    "vague_f1",
)
_TAKEN_AWAY = {
    "wrapped": (),
    "without_headings": ("reports_with_all_starts_exact",),
    "partly_headed": ("reports_with_all_starts_exact",),
    "filled": ("placeholder_f1",),
}


# The authors that the corpus began with; those added since were chosen for what is hardest.
_FIRST = tuple(f"w{number}" for number in range(1, 15))
# Authors who were asked to be hard in one way throughout, as no office is: learned from, measured apart.
_HARD = ("w25", "w26", "w44", "w45")


@dataclass(frozen=True, slots=True)
class Measured:
    """What cross-validation measured."""

    figures: Figures
    intervals: dict[str, Interval]
    by_author: dict[str, Figures]
    by_origin: dict[str, Figures]
    by_noise: dict[str, tuple[Figures, Figures]]
    reliability: dict[str, list[Bin]]


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is pinned: the corpus it was measured on, and how far each figure may fall or rise."""

    corpus: str
    floors: dict[str, float]
    ceilings: dict[str, float]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One figure and its bound; without a bound where none is pinned yet."""

    name: str
    value: float | None
    bound: float | None
    ok: bool


def fingerprint(root: Path) -> str:
    """Return the SHA-256 of all that models and figures are made from, names and contents."""
    folders = [root / name for name in (*AUTHORS, "negatives")]
    paths = [*root.glob("*.txt"), *(path for folder in folders for path in folder.glob("*"))]
    digest = hashlib.sha256()
    for path in sorted(path.relative_to(root) for path in paths):
        digest.update(path.as_posix().encode() + b"\0")
        digest.update(hashlib.sha256((root / path).read_bytes()).digest())
    return digest.hexdigest()


def measure(held: HeldOut) -> Measured:
    """Return every figure of cross-validated results; `_HARD` authors count by themselves, and in ``all``."""
    every, kinds = held.by_author(), held.by_kind()
    authors = {author: counts for author, counts in every.items() if author not in _HARD}
    together = combine([*authors.values(), *kinds.values()])
    noise = {name: (figures_of(a), figures_of(b)) for name, (a, b) in held.by_noise().items()}
    origins = {
        "first": figures_of(combine(authors[author] for author in authors if author in _FIRST)),
        "added": figures_of(combine(authors[author] for author in authors if author not in _FIRST)),
        "hard": figures_of(combine(every[author] for author in every if author in _HARD)),
        "all": figures_of(combine(every.values())),
    }
    intervals = bootstrap(list(authors.values()), _all_figures)
    intervals |= {
        name: interval
        for name, interval in bootstrap(list(kinds.values()), figures_of).items()
        if name == _OF_NEGATIVES
    }
    return Measured(
        {
            **_all_figures(together),
            # Pinned by themselves: harder authors that are added must not hide that these are read worse.
            **{
                f"{name}_{figure}": origins[name][figure]
                for name in ("first", "hard")
                for figure in _ANALYSIS
            },
            **{f"noise_loss_{name}": _loss(name, *noise[name]) for name in noise},
        },
        intervals,
        {author: figures_of(counts) for author, counts in every.items()},
        origins,
        noise,
        reliability(together),
    )


def _all_figures(counts: Tally) -> Figures:
    return {**figures_of(counts), **calibration_errors(counts)}


def _loss(noise: str, clean: Figures, spoiled: Figures) -> float:
    """Return the most that any figure of the analysis lost, but for those the noise takes the ground from."""
    losses = [0.0]
    for name in _ANALYSIS:
        before, after = clean[name], spoiled[name]
        if name not in _TAKEN_AWAY[noise] and before is not None and after is not None:
            losses.append(before - after)
    return max(losses)


def compare(measured: Figures, baseline: Baseline) -> list[Verdict]:
    """Return a verdict on each figure.

    A figure without a bound fails, as does a bound whose figure is gone: both need ``--update``.
    """
    verdicts = []
    for name in [*measured, *sorted((baseline.floors | baseline.ceilings).keys() - measured.keys())]:
        value = measured.get(name)
        floor, ceiling = baseline.floors.get(name), baseline.ceilings.get(name)
        if name in _UNPINNED:
            ok = True
        elif value is None or floor is ceiling is None:
            ok = value is floor is ceiling is None
        else:
            ok = (floor is None or value >= floor) and (ceiling is None or value <= ceiling)
        verdicts.append(Verdict(name, value, ceiling if floor is None else floor, ok))
    return verdicts


def tightened(measured: Figures, corpus: str, old: Baseline | None) -> Baseline:
    """Return a baseline for what was measured.

    Parameters
    ----------
    measured : dict
    corpus : str
        Its fingerprint.
    old : Baseline or None
        No bound becomes looser than here, if it is of the same corpus.
    """
    kept = old if old is not None and old.corpus == corpus else Baseline(corpus, {}, {})
    floors, ceilings = {}, {}
    for name, value in measured.items():
        if value is None or name in _UNPINNED:
            continue
        slack = next((slack for start, slack in _CEILINGS.items() if name.startswith(start)), None)
        if slack is None:
            floor = round(value - _FLOOR_SLACK, _DIGITS)
            floors[name] = max(floor, kept.floors.get(name, floor))
        else:
            ceiling = round(value + slack, _DIGITS)
            ceilings[name] = min(ceiling, kept.ceilings.get(name, ceiling))
    return Baseline(corpus, floors, ceilings)


def run(
    root: Path,
    baseline_path: Path,
    figures_path: Path,
    measured_by: Callable[[Path], Measured],
    console: Console,
    *,
    update: bool,
) -> int:
    """Run the gate and return its exit status: 0 held, 1 broken, 2 not comparable.

    Parameters
    ----------
    root : Path
        The corpus.
    baseline_path, figures_path : Path
        Written with `update` only.
    measured_by : callable
        Takes `root`.
    console : rich.console.Console
    update : bool
    """
    corpus, old = fingerprint(root), _read(baseline_path)
    comparable = old is not None and old.corpus == corpus
    if not comparable and not update:
        why = "there is no baseline yet" if old is None else "the corpus is not the one that was pinned"
        console.print(f"Nothing to compare with: {why}. Run with --update.")
        return 2
    measured = measured_by(root)
    new = tightened(measured.figures, corpus, old)
    verdicts = compare(measured.figures, new if update else old or new)
    console.print(_table(verdicts, measured))
    broken = [verdict.name for verdict in verdicts if not verdict.ok]
    if broken:
        console.print(f"Worse than pinned: {', '.join(broken)}")
        return 1
    if update:
        _write(baseline_path, asdict(new))
        _write(figures_path, _published(measured, corpus))
    return 0


def _read(path: Path) -> Baseline | None:
    return Baseline(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


def _write(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _published(measured: Measured, corpus: str) -> dict[str, Any]:
    """Return what model cards, README and notebooks quote."""
    return {
        "models": VERSION,
        "corpus": corpus,
        "method": f"{FOLDS}-fold cross-validation by author; 95 % bootstrap intervals over authors",
        "figures": {
            name: {"value": _rounded(value), "interval": _rounded_pair(measured.intervals.get(name))}
            for name, value in measured.figures.items()
        },
        "by_author": {
            author: {name: _rounded(value) for name, value in figures.items()}
            for author, figures in measured.by_author.items()
        },
        "by_origin": {
            origin: {name: _rounded(value) for name, value in figures.items()}
            for origin, figures in measured.by_origin.items()
        },
        "by_noise": {
            noise: {
                name: {"clean": _rounded(clean[name]), "spoiled": _rounded(spoiled[name])}
                for name in _ANALYSIS
            }
            for noise, (clean, spoiled) in measured.by_noise.items()
        },
        "reliability": {
            question: [
                {
                    "size": each.size,
                    "confidence": _rounded(each.confidence),
                    "accuracy": _rounded(each.accuracy),
                }
                for each in filled
            ]
            for question, filled in measured.reliability.items()
        },
    }


def _rounded(value: float | None) -> float | None:
    return value if value is None or isinstance(value, int) else round(value, _DIGITS)


def _rounded_pair(interval: Interval | None) -> list[float] | None:
    return [round(end, _DIGITS) for end in interval] if interval else None


def _table(verdicts: list[Verdict], measured: Measured) -> Table:
    table = Table("figure", box=None)
    for title in ("value", "95 %", "bound", "", *measured.by_origin):
        table.add_column(title, justify="right")
    for verdict in verdicts:
        interval = measured.intervals.get(verdict.name)
        table.add_row(
            verdict.name,
            shown(verdict.value),
            f"{interval[0]:.3f}–{interval[1]:.3f}" if interval else "-",
            shown(verdict.bound),
            "ok" if verdict.ok else "[red]WORSE[/red]",
            *(shown(figures.get(verdict.name)) for figures in measured.by_origin.values()),
        )
    return table


def main() -> int:
    """Run the gate on the corpus of the tree."""
    parser = argparse.ArgumentParser(prog="python -m analyzer.training.gate", description=__doc__)
    parser.add_argument("--update", action="store_true", help="tighten the bounds and write the figures")
    console = Console()
    return run(
        CORPORA,
        BASELINE,
        FIGURES,
        lambda root: measure(cross_validate(root, progress=lambda done: console.log(f"fold {done}"))),
        console,
        update=parser.parse_args().update,
    )


if __name__ == "__main__":
    sys.exit(main())
