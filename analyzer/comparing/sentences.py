"""The sentences of a report as a comparison needs them: where they stand, what is wording of its own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from analyzer.language.layout import lay_out
from analyzer.language.repair import repair
from analyzer.lexicons import any_of, either, lines, table
from analyzer.reading.notes import without_notes
from analyzer.reading.telling import told_text
from analyzer.result import Result, Section, SectionType

_NOISE = re.compile(r"[\W_]+")
# What no report has of its own: names, salutations, thanks.
_FRAME = (SectionType.TITLE, SectionType.CLOSING)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence.

    Parameters
    ----------
    start, end : int
        Its stretch of the text as read.
    body : int
        Where it begins after its number.
    section : SectionType
    paragraph : int
    words : str
        The sentence without its number and without stray line breaks.
    key : str
        Its letters and figures; two sentences with the same key are the same word for word.
    own : bool
        Whether it has wording of its own, beyond headings and set phrases.
    """

    start: int
    end: int
    body: int
    section: SectionType
    paragraph: int
    words: str
    key: str
    own: bool


def read_sentences(result: Result) -> tuple[Sentence, ...]:
    """Return the sentences of a report in order."""
    text = without_notes(result.text)
    in_tables = told_text(text)
    repaired = repair(in_tables.text if in_tables else text)
    back = in_tables.back(text) if in_tables else None
    layout = lay_out(repaired.text)

    def source(start: int, end: int) -> tuple[int, int]:
        low, high = repaired.source(start, end)
        return (back.start(low), back.end(high)) if back else (low, high)

    sections = result.analysis.sections
    headings = {letters(section.heading or "") for section in sections}
    least = table("comparing.toml")["wording"]["own"]
    found = []
    for number, (start, end) in enumerate(layout.sentences.tolist()):
        opened = start + layout.sentence_ordinals[number].length
        words = repaired.text[opened:end].lstrip("，、：,. ")
        span = source(start, end)
        body = source(end - len(words), end)[0] if words else span[1]
        section = _section(sections, span[0])
        key = letters(words)
        own = (
            section not in _FRAME
            and not any(key and heading.endswith(key) for heading in headings)
            and len(letters(without_set_phrases(words))) >= least
            and not leads_over(words)
        )
        found.append(Sentence(*span, body, section, int(layout.paragraph[number]), words, key, own))
    return tuple(found)


def _section(sections: tuple[Section, ...], position: int) -> SectionType:
    index = bisect_right(sections, position, key=lambda section: section.start) - 1
    return sections[max(index, 0)].type if sections else SectionType.DUTIES


def letters(text: str) -> str:
    """Return the letters and figures of a text: all that two sentences are compared by, word for word."""
    return _NOISE.sub("", text)


def leads_over(words: str) -> bool:
    """Whether a sentence only announces what follows it."""
    return bool(either("comparing.toml", "leading").search(words))


def without_set_phrases(text: str) -> str:
    """Return a text with official and stock phrases left out."""
    return _set_phrases().sub("，", text)


@cache
def _set_phrases() -> re.Pattern[str]:
    return any_of({*lines("set-phrases.txt"), *lines("stock-phrases.txt")})


def inside(sentences: tuple[Sentence, ...], start: int, end: int) -> Iterator[int]:
    """Yield the numbers of the sentences that a stretch of the text touches."""
    first = max(bisect_right(sentences, start, key=lambda sentence: sentence.start) - 1, 0)
    for number in range(first, len(sentences)):
        if sentences[number].start >= end:
            return
        if sentences[number].end > start:
            yield number
