"""Rebuild ``models/hanlp``: cross-validate, train, measure, write the card.

``python -m analyzer.training.hanlp_spans`` needs the extra ``shuping[hanlp]`` and some quarter of an hour.
With ``--measure`` the shipped components stay as they are and only figures and card are made anew.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

from analyzer.training import hanlp_measure
from analyzer.training.corpus import CORPORA, corpus
from analyzer.training.crossval import cross_validate as cross_validate_linear
from analyzer.training.hanlp_crossval import cross_validate
from analyzer.training.hanlp_fit import SPANS, WORDS, train

FOLDER = Path("models/hanlp")
_DIGITS = 4


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    parser.add_argument("--output", type=Path, default=FOLDER)
    parser.add_argument("--measure", action="store_true", help="train only for cross-validation")
    given = parser.parse_args(arguments)
    reports = corpus(given.corpora)
    if not given.measure:
        for recipe in (WORDS, SPANS):
            _say(f"train {recipe.name}")
            train(recipe, reports, given.output / recipe.name)
    found = cross_validate(given.corpora, _say)
    held = cross_validate_linear(given.corpora, progress=_say)
    measured = {
        "spans": hanlp_measure.of_spans(reports, found),
        "words": hanlp_measure.of_words(reports, found),
        "causes": hanlp_measure.of_causes(held, found),
        "backends": hanlp_measure.of_backends(reports),
    }
    write(given.output, measured)
    return 0


def write(folder: Path, measured: dict[str, Any]) -> None:
    """Write figures and model card."""
    measured = json.loads(json.dumps(measured), parse_float=lambda text: round(float(text), _DIGITS))
    (folder / "figures.json").write_text(
        json.dumps(measured, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    (folder / "README.md").write_text(card(measured), encoding="utf-8")


def card(measured: dict[str, Any]) -> str:
    """Return the model card for some figures."""
    words = tomllib.loads(files(__package__).joinpath("hanlp_card.toml").read_text("utf-8"))
    spans = "\n".join(
        f"| {label} | {each['marked']} | {each['exact_f1']:.3f} | {each['overlap_precision']:.3f} "
        f"| {each['overlap_recall']:.3f} | {each['overlap_f1']:.3f} | {each['character_f1']:.3f} |"
        for label, each in measured["spans"].items()
    )
    causes = "\n".join(f"| {name} | {value:.3f} |" for name, value in measured["causes"].items())
    backends = measured["backends"]
    differing = "、".join(backends["differing_figures"]) or "none"
    return str(words["card"]).format(
        spans=spans,
        causes=causes,
        differing=differing,
        **measured["words"],
        **{name: backends[name] for name in ("reports", "same_results", "machine")},
        jieba_seconds=backends["seconds_per_report"]["jieba"],
        hanlp_seconds=backends["seconds_per_report"]["hanlp"],
    )


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
