"""What the tables of a store do not say: measures of each report's text, and what became of it a year later.

A unit's reports are read together, each once, in as many processes as there are processors.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, TypeAlias

import numpy as np

from analyzer.comparing.comparison import Outcome, Return, Wording
from analyzer.comparing.problems import problem_fates
from analyzer.comparing.promises import promise_fates
from analyzer.comparing.reading import Pair
from analyzer.comparing.sentences import Sentence, letters, read_sentences
from analyzer.comparing.wording import match_sentences
from analyzer.result import Result, SectionType, Stance
from analyzer.store.packing import inflate
from analyzer.understanding import checkable

Row: TypeAlias = dict[str, Any]

_RUN: Final = 12  # letters of a run that is looked for twice
_ALONE: Final = 50  # units from which on processes pay
_GROUP: Final = 8  # units that a process is given at a time
# What of a result no question here asks for, and what is read faster without.
_NOT_READ: Final = {
    "source": {"path": None, "format": "", "sha256": ""},
    "findings": (),
    "suppressed": (),
    "unused_suppressions": (),
    "advice": None,
    "baseline": None,
}


@dataclass(frozen=True, slots=True)
class Body:
    """A report as the store keeps it: its row in the frames, year, result and text, packed."""

    report: int
    year: int
    body: bytes
    text: bytes


@dataclass(frozen=True, slots=True)
class Told:
    """What the bodies of some units say: rows of reports, of problems' texts, of pairs, of promises."""

    measures: list[Row]
    problems: list[Row]
    pairs: list[Row]
    promises: list[Row]


def tell(units: Iterable[Sequence[Body]]) -> Told:
    """Return what the bodies say, unit by unit; each unit's are in order of years."""
    given = list(units)
    groups = [given[start : start + _GROUP] for start in range(0, len(given), _GROUP)]
    if len(given) < _ALONE or (os.cpu_count() or 1) < 2:
        told = [_tell(group) for group in groups]
    else:
        from joblib import Parallel, delayed

        told = Parallel(n_jobs=-1)(delayed(_tell)(group) for group in groups)
    return _together(told)


def _together(told: Iterable[Told]) -> Told:
    whole = Told([], [], [], [])
    for each in told:
        whole.measures.extend(each.measures)
        whole.problems.extend(each.problems)
        whole.pairs.extend(each.pairs)
        whole.promises.extend(each.promises)
    return whole


def _tell(units: Iterable[Sequence[Body]]) -> Told:
    told = Told([], [], [], [])
    for bodies in units:
        read = [(body, _read(body)) for body in bodies]
        sentences: dict[int, tuple[Sentence, ...]] = {}
        for body, result in read:
            told.measures.append({"report": body.report, **_measures(result)})
            told.problems.extend(
                {"report": body.report, "number": number, "text": result.text[each.start : each.end]}
                for number, each in enumerate(result.analysis.problems)
            )
        for (before, last), (now, this) in pairwise(read):
            if now.year - before.year != 1:
                continue
            for body, result in ((before, last), (now, this)):
                if body.report not in sentences:
                    sentences[body.report] = read_sentences(result)
            whose = {
                "report": now.report,
                "last_report": before.report,
                "year": now.year,
                "last_year": before.year,
            }
            read_last, read_this = sentences[before.report], sentences[now.report]
            matches = match_sentences(read_last, read_this, last.text, this.text)
            pair, promises = _compare(Pair(last, this, read_last, read_this, matches))
            told.pairs.append({**whose, **pair})
            told.promises.extend({**whose, **promise} for promise in promises)
    return told


def _read(body: Body) -> Result:
    return Result.from_dict({**json.loads(inflate(body.body)), **_NOT_READ, "text": inflate(body.text)})


def _measures(result: Result) -> Row:
    analysis = result.analysis
    duties = [each for each in analysis.personal if each.section is SectionType.DUTIES]
    own, others = sum(each.own for each in duties), sum(each.collective for each in duties)
    stances = Counter(each.stance for each in analysis.two_skins)
    return {
        "length": checkable.letters(result.text),
        "density": analysis.content.density if analysis.content else np.nan,
        "specificity": analysis.content.specificity if analysis.content else np.nan,
        "repetition": repetition(result.text),
        "personal": own / (own + others) if own + others else np.nan,
        "admitted": stances[Stance.ADMITTED],
        "resolved": stances[Stance.RESOLVED],
        "siloed": analysis.siloed and str(analysis.siloed),
    }


def repetition(text: str) -> float:
    """Return the share of a text's runs of letters that have stood in it before, 0 to 1."""
    words = letters(text)
    runs = len(words) - _RUN + 1
    if runs <= 0:
        return 0.0
    return 1 - len({words[start : start + _RUN] for start in range(runs)}) / runs


def _compare(pair: Pair) -> tuple[Row, list[Row]]:
    """Return what a year has made of a report, and of each promise in it."""
    own = [number for number, each in enumerate(pair.read_this) if each.own]
    kept = sum(
        number in pair.of_this and pair.of_this[number].wording in (Wording.SAME, Wording.SWAPPED)
        for number in own
    )
    fates = promise_fates(pair)
    outcomes = Counter(fate.outcome for fate in fates)
    checked = Counter(fate.outcome for fate in fates if fate.checkable)
    row = {
        "sameness": kept / len(own) if own else np.nan,
        "problems_last": len(pair.last.analysis.problems),
        "problems_back": sum(fate.fate is Return.VERBATIM for fate in problem_fates(pair)),
        "promises": len(fates),
        **{str(outcome): outcomes[outcome] for outcome in Outcome},
        "checkable": checked.total(),
        "checkable_shown": checked[Outcome.SHOWN],
        "checkable_unclear": checked[Outcome.UNCLEAR],
    }
    promises = [
        {"outcome": str(fate.outcome), "checkable": fate.checkable, "confidence": fate.confidence}
        for fate in fates
    ]
    return row, promises
