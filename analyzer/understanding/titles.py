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
    first = None
    for clause in range(item.first, item.last + 1):
        if name := _name(context, clause, clause):
            first = first or (clause, name)
            if not _leads_in(context, clause, name):
                break
    else:
        if first is None:
            return context.clause_text(item.first, item.last).strip(f"{_MARKS}、 \n")[: limits["longest"]]
        clause, name = first
    if (bracketed := _pattern("bracketed").match(name)) is not None:
        return bracketed[1]
    goes_on = clause < item.last and context.clause_text(clause, clause).endswith("，")
    is_too_little = len(name) < limits["enough"] or (item.in_passing and not _pattern("says_it").match(name))
    if is_too_little and goes_on:
        name = _name(context, clause, clause + 1)
    return name[: limits["longest"]].rstrip(_MARKS)


def _leads_in(context: Context, clause: int, name: str) -> bool:
    """Whether a clause only leads in to a name, given the one that it would make itself."""
    if context.clause_text(clause, clause).rstrip().endswith("：") and _pattern("labels").fullmatch(name):
        return True
    return _pattern("passed").fullmatch(name) is not None


def _name(context: Context, first: int, last: int) -> str:
    """Return the words of some clauses without number, lead-in and the marks around them."""
    whole = context.clause_text(first, last)
    words = whole[context.layout.ordinals[first].length :]
    words = (whole if words.startswith("的") else words).strip(f"{_MARKS}、 \n")  # 还有的 counts nothing
    opening = _pattern("opening").match(words)
    return words[opening.end() :].lstrip("，：、 ") if opening else words
