"""The command ``python -m analyzer.training.comparison``."""

from __future__ import annotations

import argparse
import json
import sys
from functools import partial
from pathlib import Path

from joblib.externals.loky.process_executor import TerminatedWorkerError
from rich.console import Console

from analyzer.training.cards import write_comparisons
from analyzer.training.comparison.measuring import Entry, laid_out, run
from analyzer.training.comparison.published import COMPARISON, published, read, table
from analyzer.training.comparison.questions import QUESTIONS
from analyzer.training.comparison.registry import CONTESTANTS
from analyzer.training.corpus import CORPORA
from analyzer.training.gate import fingerprint

_ATTEMPTS = 3


def main(arguments: list[str] | None = None, root: Path = CORPORA, path: Path = COMPARISON) -> int:
    """Compare and return the exit status: 1 where a contestant failed."""
    parser = argparse.ArgumentParser(prog="python -m analyzer.training.comparison", description=__doc__)
    names = [each.name for each in (*QUESTIONS, *CONTESTANTS)]
    parser.add_argument("--only", nargs="+", choices=names, metavar="NAME", help=f"of {', '.join(names)}")
    parser.add_argument("--write", action="store_true", help=f"write {COMPARISON} and model cards")
    options = parser.parse_args(arguments)
    wanted = set(options.only or [])
    questions = wanted & {each.name for each in QUESTIONS}
    contestants = wanted & {each.name for each in CONTESTANTS}
    if contestants:
        contestants.add("shipped")  # what all others are held against
    chosen = [
        (contestant, question)
        for contestant in CONTESTANTS
        for question in QUESTIONS
        if question.name in contestant.questions
        and (not questions or question.name in questions)
        and (not contestants or contestant.name in contestants)
    ]
    console = Console()
    entries: list[Entry] = []
    for _ in range(_ATTEMPTS):
        done = {(entry.contestant, entry.question) for entry in entries}
        left = [pair for pair in chosen if (pair[0].name, pair[1].name) not in done]
        try:
            for entry in run(left, partial(laid_out, root)):
                entries.append(entry)
                console.log(
                    f"{len(entries)}/{len(chosen)} {entry.question} {entry.contestant} {entry.why_not}"
                )
        except TerminatedWorkerError:  # ended from outside, as for want of memory: the rest is asked again
            console.log("a process was ended; once more for the rest")
    content = published(entries, fingerprint(root), read(path))
    console.print(table(content))
    if options.write:
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        write_comparisons(path.parent)
    failed = [entry for entry in entries if entry.why_not.startswith("failed")]
    return int(bool(failed) or len(entries) < len(chosen))


if __name__ == "__main__":
    sys.exit(main())
