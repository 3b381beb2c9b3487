"""The words that name a problem, for whoever reads of it elsewhere."""

from __future__ import annotations

from functools import partial
from typing import Final

from analyzer.lexicons import pattern, table
from analyzer.understanding.problems import ItemRun
from analyzer.understanding.structure import Context

_FILE: Final = "titles.toml"
_MARKS: Final = "，。；：！？"
_pattern = partial(pattern, _FILE)


def title(context: Context, item: ItemRun) -> str:
    """Return the words that name a problem: its first clause that is no label, turn or reason told first."""
    limits = table(_FILE)
    named = [clause for clause in range(item.first, item.last + 1) if _name(context, clause, clause)]
    if not named:
        return context.clause_text(item.first, item.last).strip(f"{_MARKS}、 \n")[: limits["longest"]]
    own = [clause for clause in named if not _leads_in(context, clause)]
    first = last = (own or named)[0]
    if (bracketed := _pattern("bracketed").match(_name(context, first, last))) is not None:
        return bracketed[1]
    words = _name(context, first, last)
    if len(words) < limits["enough"] and last < item.last and context.clause_text(last, last)[-1] == "，":
        words = _name(context, first, last + 1)
    return words[: limits["longest"]].rstrip(_MARKS)


def _leads_in(context: Context, clause: int) -> bool:
    """Whether a clause only leads in to the name."""
    words = _name(context, clause, clause)
    if context.clause_text(clause, clause).rstrip().endswith("：") and _pattern("labels").fullmatch(words):
        return True
    return _pattern("passed").fullmatch(words) is not None


def _name(context: Context, first: int, last: int) -> str:
    """Return the words of some clauses without number, lead-in and the marks around them."""
    words = context.clause_text(first, last)[context.layout.ordinals[first].length :].strip(f"{_MARKS}、 \n")
    opening = _pattern("opening").match(words)
    return words[opening.end() :].lstrip("，：、 ") if opening else words
