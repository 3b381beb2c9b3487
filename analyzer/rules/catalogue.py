"""All rules, and the judging of a report by them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from analyzer.rules.base import Family, Hit, Report, Rule
from analyzer.rules.confidence import is_sure


@dataclass(frozen=True, slots=True)
class Judgement:
    """A hit and the rule that raised it."""

    rule: Rule
    hit: Hit


@cache
def catalogue() -> tuple[Rule, ...]:
    """Return every rule, in order of id: one file a rule in the folder of its family."""
    rules = []
    for family in Family:
        package = import_module(f"analyzer.rules.{family}")
        for module in iter_modules(package.__path__):
            declared = getattr(import_module(f"{package.__name__}.{module.name}"), "RULE", None)
            if declared is not None:
                rules.append(declared)
    return tuple(sorted(rules, key=lambda entry: entry.id))


def rule(identifier: str) -> Rule:
    """Return the rule of an id; raises KeyError where there is none."""
    return _by_id()[identifier]


def rule_title(identifier: str) -> str:
    """Return the title of a rule; of one of the user's own, its id."""
    entry = _by_id().get(identifier)
    return entry.title if entry else identifier


@cache
def _by_id() -> dict[str, Rule]:
    return {entry.id: entry for entry in catalogue()}


def judge(report: Report, rules: Iterable[Rule]) -> list[Judgement]:
    """Judge a report.

    Parameters
    ----------
    report : Report
    rules : iterable of Rule
        Which rules to ask; a rule that raises an exception is a defect, and it is let through.

    Returns
    -------
    list of Judgement
        In order of place, then of rule; doubtful hits (``thresholds.toml``) left out, and of several hits
        of one rule that say the same of one place only the surest kept.  Several problems in one sentence
        are several hits.
    """
    kept: dict[tuple[int, int, str, str], Judgement] = {}
    for entry in rules:
        for hit in entry.check(report):
            key = (hit.start, hit.end, entry.id, hit.message)
            if is_sure(report, entry.id, hit.confidence) and (
                key not in kept or hit.confidence > kept[key].hit.confidence
            ):
                kept[key] = Judgement(entry, hit)
    return [kept[key] for key in sorted(kept)]
