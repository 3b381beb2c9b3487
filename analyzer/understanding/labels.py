"""Entries of a form, whose lines say themselves what they hold: 问题一： 表现： 根源： 整改：."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby, pairwise

import numpy as np

from analyzer.language.layout import Layout
from analyzer.lexicons import pattern
from analyzer.result import SectionType
from analyzer.understanding.linear import Ints

Stretch = tuple[int, int, SectionType]  # first sentence, the one after the last, what they are
_LEAST = 2  # lines of each kind that make a form
_LABEL = 24  # characters within which a label ends
_TITLE = 40  # characters of a line that names the problem of the entry below
_KINDS = (("problem", SectionType.PROBLEMS), ("cause", SectionType.PROBLEMS), ("remedy", SectionType.PLANS))


def find_forms(text: str, layout: Layout, chapter: Ints) -> list[list[Stretch]]:
    """Return the stretches of the entries of each form, in order; none where the text has no form.

    A form ends with its chapter, unless the heading of the next one stands right above an entry.
    """
    found = [
        (sentence, kind)
        for sentence, (start, end) in enumerate(layout.sentences.tolist())
        if (kind := _kind(text, start, end)) is not None
    ]
    if not found:
        return []
    labelled = {sentence for sentence, _ in found}
    chapters = np.flatnonzero(chapter == np.arange(len(chapter))).tolist()
    others = [heading for heading in chapters if heading + 1 not in labelled]
    by_chapter = groupby(found, key=lambda entry: bisect_right(others, entry[0]))
    return [form for _, entries in by_chapter if (form := _form(text, layout, list(entries)))]


def _form(text: str, layout: Layout, found: Sequence[tuple[int, SectionType]]) -> list[Stretch]:
    """Return the stretches of entries, given the sentences that are labelled and what as.

    A line goes on with what stands below it without a label; the last line ends with its paragraph.  What
    stands right above the first line of an entry, and is short or numbered, names its problem.
    """
    measures = [sentence for sentence, kind in found if kind is SectionType.PLANS]
    if len(measures) < _LEAST or len(found) - len(measures) < _LEAST or found[0][1] is SectionType.PLANS:
        return []
    if found[-1][0] - measures[0] < _LEAST:  # a list of problems, then one of measures
        return []
    opens = layout.opens_paragraph.tolist()
    last = next((k for k in range(found[-1][0] + 1, len(opens)) if opens[k]), len(opens))
    stretches: list[Stretch] = []
    for (first, kind), (stop, following) in pairwise([*found, (last, SectionType.PLANS)]):
        above = stop - 1
        ends = kind is SectionType.PLANS and following is SectionType.PROBLEMS and above > first
        if ends and opens[above] and _is_title(text, layout, above):
            stretches += [(first, above, kind), (above, stop, SectionType.PROBLEMS)]
        else:
            stretches.append((first, stop, kind))
    return stretches


def _kind(text: str, start: int, end: int) -> SectionType | None:
    words = text[start : min(end, start + _LABEL)]
    if "：" not in words and ":" not in words:
        return None
    return next(
        (kind for name, kind in _KINDS if pattern("sections.toml", "labels", name).match(text, start, end)),
        None,
    )


def _is_title(text: str, layout: Layout, sentence: int) -> bool:
    start, end = layout.sentences[sentence].tolist()
    if pattern("sections.toml", "annexes", "of_measures").match(text, start, end):
        return False  # who and when, of the measure before it
    return end - start <= _TITLE or bool(layout.sentence_ordinals[sentence].kind)
