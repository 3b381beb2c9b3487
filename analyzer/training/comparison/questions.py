"""What contestants are asked: units, what may be seen of them, gold labels, figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from analyzer.result import CauseStatus
from analyzer.training.agreement import Agreement, exact, f1, hits, macro_f1, total_hits
from analyzer.training.comparison.views import (
    cause_texts,
    clause_texts,
    dense_cause_columns,
    item_clauses,
    sentence_texts,
    vague_units,
)
from analyzer.training.corpus import GoldReport
from analyzer.training.evaluation import COARSE, STANDARD, Figures, Tally, pair_up
from analyzer.training.items import gold_items
from analyzer.training.sections import certain
from analyzer.training.vagueness import is_vague
from analyzer.understanding.item_columns import item_columns
from analyzer.understanding.linear import Floats
from analyzer.understanding.problems import candidates
from analyzer.understanding.section_columns import section_columns
from analyzer.understanding.vagueness import vague_columns

Answers = Sequence[str]


@dataclass(frozen=True)
class Question:
    """A question about units of a report.

    Parameters
    ----------
    name : str
    labels : callable
        Gold label of each unit of a report.
    texts : callable
        Words of each unit.
    columns : callable
        Our engineered columns of each unit, shape (n_units, n_columns).
    tally : callable
        Counts of a report and an answer for each of its units.
    figures : callable
        What is read off the counts; the first is the one that ranks contestants.
    sought : str, optional
        The label that a threshold of best F1 decides on; without it the likeliest label is the answer.
    """

    name: str
    labels: Callable[[GoldReport], list[str]]
    texts: Callable[[GoldReport], list[str]]
    columns: Callable[[GoldReport], Floats]
    tally: Callable[[GoldReport, Answers], Tally]
    figures: Callable[[Tally], Figures]
    sought: str | None = None


def _section_tally(report: GoldReport, answers: Answers) -> Tally:
    """Count as `analyzer.training.evaluation` does: over the annotation's sentences."""
    truth: dict[int, str] = {}
    guess: dict[int, str] = {}
    starts_truth: dict[str, int] = {}
    starts_guess: dict[str, int] = {}
    for section in report.gold["sections"]:
        kind = COARSE[section["type"]]
        starts_truth.setdefault(kind, section["first"])
        truth.update(dict.fromkeys(range(section["first"], section["last"] + 1), kind))
    for answer, first, last in zip(answers, *report.sentence_numbers, strict=True):
        kind = COARSE[answer]
        starts_guess.setdefault(kind, int(first))
        guess.update(dict.fromkeys(range(int(first), int(last) + 1), kind))
    counts: Tally = defaultdict(Agreement)
    for number, kind in truth.items():
        counts["sections"][kind, guess.get(number)] += 1
    pairs = [(starts_truth.get(kind), starts_guess.get(kind)) for kind in STANDARD]
    counts["starts"].update(pairs)
    counts["all_starts"][True, all(gold == found for gold, found in pairs)] += 1
    return counts


def _section_figures(counts: Tally) -> Figures:
    return {
        "section_macro_f1": sum(f1(*hits(counts["sections"], kind)) for kind in STANDARD) / len(STANDARD),
        "section_start_f1": f1(*total_hits(counts["starts"])),
        "reports_with_all_starts_exact": exact(counts["all_starts"]) or 0.0,
    }


def _item_labels(report: GoldReport) -> list[str]:
    clauses = item_clauses(report)
    tags = dict.fromkeys(clauses.tolist(), "O")
    for item in gold_items(report):
        inside = [clause for clause in item.clauses.tolist() if clause in tags]
        tags.update(dict.fromkeys(inside, "I"))
        tags.update(dict.fromkeys(inside[:1], "B"))
    return [tags[clause] for clause in clauses.tolist()]


def _item_columns(report: GoldReport) -> Floats:
    likely = certain(report)
    return item_columns(report.context, candidates(likely), likely)


def _item_tally(report: GoldReport, answers: Answers) -> Tally:
    """Count items as `analyzer.training.evaluation` does: found where they share half of their sentences."""
    clauses = item_clauses(report)
    opens = [k for k, tag in enumerate(answers) if tag == "B"]
    guess: list[set[int]] = []
    for start, stop in pairwise([*opens, len(answers)]):
        last = max(k for k in range(start, stop) if answers[k] != "O")
        edges = report.context.layout.clauses[clauses[[start, last]]]
        span = np.array([[edges[0, 0], edges[1, 1]]], dtype=np.int32)
        first_number, last_number = report.raw_numbers(span)
        guess.append(set(range(int(first_number[0]), int(last_number[0]) + 1)))
    gold = [set(range(problem["first"], problem["last"] + 1)) for problem in report.gold["problems"]]
    found = len(pair_up(gold, guess))
    counts: Tally = defaultdict(Agreement)
    counts["items"].update(
        {
            (True, True): found,
            (True, None): len(gold) - found,
            (None, True): len(guess) - found,
        }
    )
    return counts


def _cause_tally(report: GoldReport, answers: Answers) -> Tally:
    counts: Tally = defaultdict(Agreement)
    for gold, answer in zip(CAUSES.labels(report), answers, strict=True):
        counts["cause"][gold, answer] += 1
        counts["no_cause"][gold != CauseStatus.EXPLICIT, answer != CauseStatus.EXPLICIT] += 1
    return counts


def _vague_tally(report: GoldReport, answers: Answers) -> Tally:
    counts: Tally = defaultdict(Agreement)
    counts["vague"].update(
        (gold == "yes", answer == "yes")
        for gold, answer in zip(VAGUENESS.labels(report), answers, strict=True)
    )
    return counts


SECTIONS = Question(
    "sections",
    lambda report: report.sentence_types,
    sentence_texts,
    lambda report: section_columns(report.context),
    _section_tally,
    _section_figures,
)
ITEMS = Question(
    "items",
    _item_labels,
    clause_texts,
    _item_columns,
    _item_tally,
    lambda counts: {"problem_item_f1": f1(*hits(counts["items"], True))},
)
CAUSES = Question(
    "causes",
    lambda report: [report.gold["problems"][item.number]["cause"] for item in gold_items(report)],
    cause_texts,
    dense_cause_columns,
    _cause_tally,
    lambda counts: {
        "cause_macro_f1": macro_f1(counts["cause"], CauseStatus),
        "missing_root_cause_f1": f1(*hits(counts["no_cause"], True)),
    },
)
VAGUENESS = Question(
    "vagueness",
    lambda report: ["yes" if vague else "no" for vague in is_vague(report, vague_units(report))],
    lambda report: sentence_texts(report, vague_units(report)),
    lambda report: vague_columns(report.context, report.sentence_types, vague_units(report)),
    _vague_tally,
    lambda counts: {"vague_f1": f1(*hits(counts["vague"], True))},
    sought="yes",
)
QUESTIONS = (SECTIONS, ITEMS, CAUSES, VAGUENESS)
