"""Notes to this program inside plain text: ``<!-- shuping: … -->``, which Markdown does not show.

A note that stands before a line or begins it is about that line, any other about the sentence it follows.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import Final

from analyzer.reading.document import Document, Note, Paragraph

CALL: Final = re.compile(r"\s*+shuping\s*+[:：]\s*+(.*)", re.IGNORECASE | re.DOTALL)
_LONGEST = 600
_COMMENT = re.compile(rf"<!--(.{{1,{_LONGEST}}}?)-->", re.DOTALL)
_SENTENCE_END = re.compile(r"[。！？；!?;][”’」』）)》】]*")


def without_notes(text: str) -> str:
    """Return a text whose notes are blanked out, its length kept."""
    if "<!--" not in text:
        return text
    return _COMMENT.sub(lambda match: " " * len(match[0]) if CALL.fullmatch(match[1]) else match[0], text)


def taken_out(document: Document) -> tuple[str, tuple[Note, ...]]:
    """Return a plain text without its notes, and those, about their stretches of what is left."""
    text = document.text
    hidden = [note.hidden for note in document.notes if note.hidden is not None]
    ends = [0, *(end for _, end in hidden)]
    starts = [*(start for start, _ in hidden), len(text)]

    def left(offset: int) -> int:
        return offset - sum(max(0, min(end, offset) - start) for start, end in hidden)

    notes = (
        replace(each, start=left(each.start), end=left(each.end), hidden=None) for each in document.notes
    )
    return "".join(text[end:start] for end, start in zip(ends, starts, strict=True)), tuple(notes)


def find_notes(text: str, paragraphs: tuple[Paragraph, ...]) -> tuple[Note, ...]:
    """Return the notes of a text in order; other comments are left alone."""
    if "<!--" not in text:
        return ()
    found = [(match, call) for match in _COMMENT.finditer(text) if (call := CALL.fullmatch(match[1]))]
    bare = without_notes(text)
    starts = [paragraph.start for paragraph in paragraphs]
    notes = []
    for match, call in found:
        # The paragraph that the comment stands in.
        at = max(0, bisect_right(starts, match.start()) - 1)
        line = text.count("\n", 0, match.start()) + 1
        start, end = _target(bare, match.start(), match.end(), paragraphs[at:])
        notes.append(Note(start, end, " ".join(call[1].split()), f"第 {line} 行的注释", match.span()))
    return tuple(notes)


def _target(bare: str, low: int, high: int, paragraphs: tuple[Paragraph, ...]) -> tuple[int, int]:
    """Return what the note at ``[low, high)`` is about; `paragraphs` begin with its own."""
    own = paragraphs[0]
    before = bare[own.start : low]
    if not before.strip():
        for paragraph in paragraphs:
            if bare[max(paragraph.start, high) : paragraph.end].strip():
                return low, paragraph.end
        return low, high
    done = [own.start, *(own.start + match.end() for match in _SENTENCE_END.finditer(before.rstrip()))]
    start = next(place for place in reversed(done) if bare[place:low].strip())
    rest = _SENTENCE_END.search(bare, high, own.end)
    return start, low if _closes(before) else rest.end() if rest else own.end


def _closes(before: str) -> bool:
    """Whether what stands before a note ends with a whole sentence."""
    text = before.rstrip()
    return any(match.end() == len(text) for match in _SENTENCE_END.finditer(text))
