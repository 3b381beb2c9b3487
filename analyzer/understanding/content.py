"""What a report holds of its own: figures, times, names and documents, against phrases that fit any report.

Everything is a rate: per 100 characters for what can be checked, per 1000 for stock phrases, so that length
neither helps nor hurts.  The rules that judge facts and phrases use these counts.

Source: DOMAIN §2.A and §2.G (boilerplate), §3 D5; norms measured on corpora/.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, partial

from analyzer.language.laid_out import AnyDoc
from analyzer.language.layout import Layout
from analyzer.language.memory import stretches
from analyzer.language.repair import Repaired
from analyzer.lexicons import any_of, classes, lines, table
from analyzer.result import Content, Section, SectionContent, Span
from analyzer.understanding.checkable import apart, letters_in, places

Stretch = tuple[int, int]
_DIGITS = 2


@cache
def _times_in_words() -> re.Pattern[str]:
    """Return what finds times that give no figure.

    Each form begins with a character, no class: ``re`` finds them by it, ten times as fast.
    """
    forms = [form for form in table("checkable.toml")["date"] if form[0] != "\\"]
    return re.compile("|".join(first for form in forms for first in _spelled(form)))


def _spelled(form: str) -> list[str]:
    """Return a pattern with the class of characters that it may begin with spelled out."""
    firsts, _, rest = form[1:].partition("]")
    return [first + rest for first in firsts] if form[0] == "[" else [form]


def _name_places(text: str) -> list[Stretch]:
    """Return where the kinds of names stand that have a name before them."""
    kinds, pattern = classes("names.toml", "kinds")
    characters = table("names.toml")["characters"]
    before = {"person": characters["surname"], "branch": characters["number"]}
    found = []
    for match in pattern.finditer(text):
        start, end = match.span()
        kind = kinds[match.group()]
        if kind == "place":
            own = text[max(0, start - 2) : start]
            named = (
                len(own) == 2
                and all("一" <= char <= "鿿" and char not in characters["never"] for char in own)
                and text[end : end + 1] not in tuple(characters["after"])
            )
        else:
            named = start > 0 and text[start - 1] in before[kind]
        if named:
            found.append((start, end))
    return found


@cache
def _stock() -> re.Pattern[str]:
    return any_of(lines("stock-phrases.txt"))


def content(
    doc: AnyDoc,
    text: str,
    sections: Sequence[Section],
    blanks: Iterable[Span],
    figures: Sequence[Stretch],
) -> Content:
    """Return what a report holds of its own.

    Parameters
    ----------
    doc : AnyDoc
        With ``doc._.layout`` and ``doc._.repaired``.
    text : str
        The text as read, which the offsets of `sections` and `blanks` are into.
    sections : sequence of Section
    blanks : iterable of Span
        Stand-ins: a figure in one of them is none.
    figures : sequence of (int, int)
        Where the repaired text gives figures.
    """
    repaired: Repaired = doc._.repaired
    documents = places("named", repaired.text)
    dates = stretches("times", repaired.text, partial(_places, _times_in_words()))
    taken = sorted((span.start, span.end) for span in blanks)
    counted = {
        "figures": apart(_in_source(repaired, figures), taken),
        # 月底 after a figure belongs to it (3月底).
        "dates": _in_source(repaired, apart(dates, [(start, end + 1) for start, end in figures])),
        "names": _in_source(repaired, stretches("names", repaired.text, _name_places)),
        "documents": _in_source(repaired, documents),
    }
    by_type = _by_type(text, sections, counted)
    size = max(1, sum(part.letters for part in by_type))
    held = sum(part.figures + part.dates + part.names + part.documents for part in by_type)
    phrases = _empty_phrases(doc._.layout, repaired, sorted([*figures, *dates, *documents]))
    norms = table("norms.toml")
    return Content(
        round(100 * held / size, _DIGITS),
        (norms["specificity"]["low"], norms["specificity"]["high"]),
        round(1000 * len(phrases) / size, _DIGITS),
        norms["density"]["most"],
        phrases,
        by_type,
    )


def _places(pattern: re.Pattern[str], text: str) -> list[Stretch]:
    return [match.span() for match in pattern.finditer(text)]


def _in_source(repaired: Repaired, places: Iterable[Stretch]) -> list[Stretch]:
    return [repaired.source(*place) for place in places]


def _by_type(
    text: str, sections: Sequence[Section], counted: dict[str, list[Stretch]]
) -> tuple[SectionContent, ...]:
    sizes: Counter[str] = Counter()
    seen = letters_in(text)
    for section in sections:
        sizes[section.type] += seen.between(section.start, section.end)
    counts = {name: _count(sections, places) for name, places in counted.items()}
    return tuple(
        SectionContent(kind, sizes[kind], **{name: counts[name][kind] for name in counts})
        for kind in dict.fromkeys(section.type for section in sections)
    )


def _count(sections: Sequence[Section], places: Iterable[Stretch]) -> Counter[str]:
    """Return how many places begin in each type of section."""
    starts = [section.start for section in sections]
    found: Counter[str] = Counter()
    for start, _ in places:
        at = bisect_right(starts, start) - 1
        if at >= 0:
            found[sections[at].type] += 1
    return found


def _empty_phrases(layout: Layout, repaired: Repaired, held: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Return the stock phrases of sentences that hold nothing to check, as source spans."""
    starts = layout.sentences[:, 0].tolist()
    ends = layout.sentences[:, 1].tolist()
    places = [start for start, _ in held]
    phrases = []
    for phrase in stretches("stock phrases", repaired.text, partial(_places, _stock())):
        at = bisect_right(starts, phrase[0]) - 1
        if at < 0 or phrase[1] > ends[at]:
            continue
        first = bisect_left(places, starts[at])
        if first == len(places) or places[first] >= ends[at]:
            phrases.append(repaired.source(*phrase))
    return tuple(phrases)
