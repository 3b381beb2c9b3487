"""Kinds of stand-in: what was never filled in, and who has to see to it."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache, lru_cache, partial

from analyzer.language.folding import fold
from analyzer.lexicons import pattern, table
from analyzer.result import Policy, Span
from analyzer.rules.base import Report
from analyzer.rules.confidence import is_sure

_pattern = partial(pattern, "blanks.toml")

_AROUND = 4
_MARK = re.compile(r"[Xx×*〇○△□_）】…]")
_MOST_KEPT = 4096  # stand-ins whose kind is remembered: several rules ask, and many are alike


class Blank(StrEnum):
    """What a stand-in stands for."""

    DATA = "data"
    ENTITY = "entity"
    INSTRUCTION = "instruction"
    SENSITIVE = "sensitive"


@cache
def _marked_unit() -> re.Pattern[str]:
    return re.compile(rf"{_MARK.pattern}[\s.\d]*(?:{table('blanks.toml')['unit']})")


def kind(text: str, span: Span) -> Blank:
    """Return what a stand-in stands for.

    Parameters
    ----------
    text : str
        The report as read.
    span : Span
        The stand-in, offsets into `text`.
    """
    before = text[max(0, span.start - _AROUND) : span.start]
    return _kind(before, text[span.start : span.end], text[span.end : span.end + _AROUND])


@lru_cache(_MOST_KEPT)
def _kind(before: str, inside: str, after: str) -> Blank:
    inside, after = fold(inside), fold(after)
    tail = inside[-1] + after if inside[-1] == "案" else after
    if not _pattern("sensitive_not").search(tail) and (
        _pattern("sensitive_inside").search(inside)
        or _pattern("sensitive_after").search(after)
        or (_pattern("sensitive_before").search(before) and "案" in after)
    ):
        return Blank.SENSITIVE
    if _pattern("instruction").search(inside):
        return Blank.INSTRUCTION
    if before.endswith("百分之") or _counts(inside, after):
        return Blank.DATA
    return Blank.ENTITY


def _counts(inside: str, after: str) -> bool:
    """Whether a unit follows the marks, within the stand-in or right after it."""
    if not _MARK.search(inside):
        return _pattern("unit").search(inside) is not None
    return _marked_unit().search(inside + after) is not None


def raised(report: Report, rule: str) -> list[tuple[Span, Blank]]:
    """Return the stand-ins that are a fault under the report's policy, with their kinds.

    A published copy masks on purpose, so there only a template's own words are left to complain of;
    what touches a case goes to a human under either policy and is left out here.
    """
    kinds = [(span, kind(report.document.text, span)) for span in report.analysis.placeholders]
    faults = (
        (Blank.INSTRUCTION,)
        if report.policy is Policy.DESENSITIZED
        else (Blank.DATA, Blank.ENTITY, Blank.INSTRUCTION)
    )
    return [
        (span, blank) for span, blank in kinds if blank in faults and is_sure(report, rule, span.confidence)
    ]
