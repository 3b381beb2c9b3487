"""Cross-validate contestants by author and say how far each is from the shipped model."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from joblib import Parallel, delayed, parallel_config
from threadpoolctl import threadpool_limits

from analyzer.training.agreement import Agreement
from analyzer.training.calibration import folds
from analyzer.training.comparison.contestants import Contestant
from analyzer.training.comparison.questions import QUESTIONS, Question
from analyzer.training.corpus import GoldReport, corpus
from analyzer.training.crossval import FOLDS
from analyzer.training.evaluation import Figures, Tally, combine
from analyzer.training.intervals import Interval, bootstrap

_JOBS = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """What one contestant did on one question.

    Parameters
    ----------
    question, contestant : str
    by_author : dict of str to Tally
        Empty where it could not take part.
    units : int
    train_seconds, microseconds : float
        Of the processor, as others use the machine as well: to train on the first fold, and to answer for a
        unit of it whose report is laid out already.
    why_not : str
        Why it could not take part.
    """

    question: str
    contestant: str
    by_author: dict[str, Tally]
    units: int = 0
    train_seconds: float = 0.0
    microseconds: float = 0.0
    why_not: str = ""


def run(
    chosen: Sequence[tuple[Contestant, Question]], reports: Callable[[], list[GoldReport]]
) -> Iterator[Entry]:
    """Yield the entry of each contestant and question as it is done, two at a time.

    Parameters
    ----------
    chosen : sequence of (Contestant, Question)
    reports : callable
        Returns the annotated reports; called in each process.
    """
    with parallel_config(backend="loky", inner_max_num_threads=1):
        yield from Parallel(n_jobs=_JOBS, return_as="generator_unordered")(
            delayed(compete)(contestant.name, question.name, reports) for contestant, question in chosen
        )


def compete(name: str, asked: str, reports: Callable[[], list[GoldReport]]) -> Entry:
    """Cross-validate one contestant on one question, by name, as functions made at run time do not travel."""
    from analyzer.training.comparison.registry import CONTESTANTS

    contestant = next(each for each in CONTESTANTS if each.name == name)
    question = next(each for each in QUESTIONS if each.name == asked)
    if contestant.missing:
        return Entry(asked, name, {}, why_not=f"not installed: {', '.join(contestant.missing)}")
    try:
        with threadpool_limits(limits=1):
            return _cross_validated(contestant, question, reports())
    except Exception as failure:  # one broken contestant must not cost the others' twelve minutes
        return Entry(asked, name, {}, why_not=f"failed: {failure!r}")


def _cross_validated(contestant: Contestant, question: Question, reports: list[GoldReport]) -> Entry:
    tallies: dict[str, list[Tally]] = defaultdict(list)
    spent = []
    units = 0
    for kept, held in folds(reports, FOLDS):
        start = time.process_time()
        answer = contestant.train(question, kept)
        trained = time.process_time()
        answers = [answer(report) for report in held]
        done = time.process_time()
        size = sum(len(each) for each in answers)
        units += size
        spent.append((trained - start, 1e6 * (done - trained) / max(size, 1)))
        for report, given in zip(held, answers, strict=True):
            tallies[report.author].append(question.tally(report, given))
    by_author = {author: combine(parts) for author, parts in tallies.items()}
    # The first fold's time: later ones may find kept what earlier ones made of the same texts.
    return Entry(question.name, contestant.name, by_author, units, *spent[0])


@cache
def laid_out(root: Path) -> list[GoldReport]:
    """Return the corpus with every report laid out, which all contestants share and none is timed for."""
    reports = corpus(root)
    for report in reports:
        _ = report.context, report.sentence_numbers
    return reports


def figures_of(question: Question, entry: Entry) -> tuple[Figures, dict[str, Interval]]:
    """Return the figures of an entry and their intervals."""
    clusters = list(entry.by_author.values())
    return question.figures(combine(clusters)), bootstrap(clusters, question.figures)


def differences(question: Question, one: Entry, other: Entry) -> dict[str, Interval]:
    """Return intervals of one entry's figures less another's, both drawn with the same authors.

    The same authors are easy or hard for all, so that two contestants whose own intervals overlap may still
    differ for sure.
    """

    def measure(counts: Tally) -> Figures:
        mine, theirs = (question.figures(_part(counts, side)) for side in ("one/", "other/"))
        return {
            name: None if value is None or (base := theirs[name]) is None else value - base
            for name, value in mine.items()
        }

    clusters = []
    for author, counts in one.by_author.items():
        both: Tally = defaultdict(Agreement)
        for side, tally in (("one/", counts), ("other/", other.by_author[author])):
            both.update({f"{side}{name}": pairs for name, pairs in tally.items()})
        clusters.append(both)
    return bootstrap(clusters, measure)


def _part(counts: Tally, side: str) -> Tally:
    part: Tally = defaultdict(Agreement)
    part.update({name.removeprefix(side): pairs for name, pairs in counts.items() if name.startswith(side)})
    return part
