"""What to write into a report so that one finding, and no other of its rule, is let stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from analyzer.reading.notes import without_notes
from analyzer.result import Finding

# What stands in a note for its reason until somebody writes one; no reason by itself.
REASON: Final = "（请写明理由）"
_ASKED: Final = frozenset(("请写明理由", "理由", "原因"))
_SENTENCE_END: Final = re.compile(r"[。！？；!?;\r\n]")
_CLAUSE_END: Final = re.compile(r"[，、：,:“”「」\"\s]")
# What would end the note, or the quotation in it.
_UNQUOTABLE: Final = re.compile(r"--|[<>\"“”「」\r\n]")
_TELLING: Final = 6  # characters that say by themselves what is meant
_MOST: Final = 24
# Beyond these no sentence is one, and looking for words would take long.
_MOST_OTHERS: Final = 40
_LONGEST: Final = 1000

_Span = tuple[int, int]


def gives_reason(words: str) -> bool:
    """Whether a reason says anything: it has words, and others than those that ask for it."""
    said = "".join(char for char in words if char.isalnum())
    return bool(said) and said not in _ASKED


def ignoring(text: str, findings: Sequence[Finding]) -> list[str]:
    """Return for each finding what a note says after ``ignore``: its rule, and words of it where needed.

    A note is about a sentence.  Where that holds other findings of the rule, words of this one tell it from
    them; where none do, it is the rule alone, and the note is about all of them.

    Parameters
    ----------
    text : str
        Of the report.
    findings : sequence of Finding
        All of them.
    """
    bare = without_notes(text)
    breaks = [match.end() for match in _SENTENCE_END.finditer(bare)]
    neighbours: dict[tuple[str, int], list[_Span]] = defaultdict(list)
    for finding in findings:
        neighbours[finding.rule, bisect_right(breaks, finding.start)].append((finding.start, finding.end))
    said = []
    for finding in findings:
        number = bisect_right(breaks, finding.start)
        own = finding.start, finding.end
        others = [span for span in neighbours[finding.rule, number][: _MOST_OTHERS + 2] if span != own]
        sentence = breaks[number - 1] if number else 0, breaks[number] if number < len(breaks) else len(bare)
        is_plain = len(others) <= _MOST_OTHERS and sentence[1] - sentence[0] <= _LONGEST
        words = _words(bare, own, others, sentence) if others and is_plain and own[0] < own[1] else ""
        said.append(f"{finding.rule} “{words}”" if words else finding.rule)
    return said


def _words(bare: str, own: _Span, others: Sequence[_Span], sentence: _Span) -> str:
    """Return words of a finding that stand once in its sentence and touch no other finding."""
    whole = bare[slice(*sentence)]
    for start, end in _stretches(bare, own, sentence):
        words = bare[start:end].strip()
        touches = any(low < end and start < high for low, high in others)
        if not touches and whole.count(words) == 1 and not _UNQUOTABLE.search(words):
            return words
    return ""


def _stretches(bare: str, own: _Span, sentence: _Span) -> Iterator[_Span]:
    """Yield stretches around a finding, the most telling first."""
    start, end = own[0], min(own[1], own[0] + _MOST, sentence[1])
    if end - start >= _TELLING:
        yield start, end
    least = max(sentence[0], end - _MOST)
    clauses = [match.end() for match in _CLAUSE_END.finditer(bare, least, start)]
    clause = clauses[-1] if clauses else least
    yield clause, end
    yield from ((low, end) for low in range(start, least - 1, -1))
    yield from ((clause, high) for high in range(end + 1, min(sentence[1], start + _MOST) + 1))
