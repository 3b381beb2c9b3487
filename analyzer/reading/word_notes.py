"""Comments of a Word document that speak to this program: ``shuping: …``; all others are left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from analyzer.reading.document import Note, Paragraph
from analyzer.reading.notes import CALL
from analyzer.reading.word_styles import W

STARTS, ENDS, STANDS = f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference"
ANCHORS = frozenset((STARTS, ENDS, STANDS))


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a comment begins, ends or stands: an offset into the characters of the paragraphs of a place."""

    comment: str
    kind: str
    place: str
    offset: int


def calls(comments: etree._Element | None) -> dict[str, tuple[str, str]]:
    """Return the words and the author of each comment to this program, by its identity in the document."""
    found = {}
    for comment in comments.iterchildren(f"{W}comment") if comments is not None else ():
        lines = ("".join(text.text or "" for text in line.iter(f"{W}t")) for line in comment.iter(f"{W}p"))
        if call := CALL.fullmatch(" ".join(lines)):
            author = comment.get(f"{W}author", "").strip() or "未署名"
            found[comment.get(f"{W}id", "")] = (" ".join(call[1].split()), author)
    return found


def notes(
    called: Mapping[str, tuple[str, str]],
    anchors: Iterable[Anchor],
    text: str,
    paragraphs: Sequence[Paragraph],
    raw: Mapping[str, str],
) -> tuple[Note, ...]:
    """Return the comments with the stretch of the text that each is about, in order.

    Parameters
    ----------
    called : dict of str to (str, str)
        From `calls`.
    anchors : iterable of Anchor
    text : str
        Of the whole document.
    paragraphs : sequence of Paragraph
    raw : dict of str to str
        The characters of each place, automatic numbers and the dropping of blank lines not yet done.
    """
    lines: dict[str, list[Paragraph]] = {}
    for paragraph in paragraphs:
        lines.setdefault(paragraph.place, []).append(paragraph)
    at: dict[str, dict[str, Anchor]] = {}
    for anchor in anchors:
        at.setdefault(anchor.comment, {}).setdefault(anchor.kind, anchor)
    found = []
    for comment, (words, author) in called.items():
        marks = at.get(comment, {})
        start, end = (
            _position(marks[kind], lines, raw) if kind in marks else None for kind in (STARTS, ENDS)
        )
        if start is None or end is None or not text[start:end].strip():
            start, end = _paragraph(next(iter(marks.values()), None), lines, raw)
        found.append(Note(start, end, words, f"{author}的批注"))
    return tuple(sorted(found, key=lambda note: (note.start, note.end)))


def _position(anchor: Anchor, lines: Mapping[str, list[Paragraph]], raw: Mapping[str, str]) -> int | None:
    """Return the offset into the text, None where the paragraph has no text."""
    begin = 0
    last = None
    kept = iter(lines.get(anchor.place, ()))
    for line in raw.get(anchor.place, "").split("\n"):
        stop = begin + len(line)
        if line.strip() and (paragraph := next(kept, None)) is not None:
            first = paragraph.start + paragraph.generated
            # A comment on the first word is one on the number before it, too.
            if anchor.offset == 0:
                return paragraph.start
            if anchor.offset <= stop:
                return first + max(0, anchor.offset - begin)
            last = paragraph.end
        begin = stop + 1
    return last


def _paragraph(
    anchor: Anchor | None, lines: Mapping[str, list[Paragraph]], raw: Mapping[str, str]
) -> tuple[int, int]:
    """Return the line that an anchor stands in; nothing at the beginning of the text where it is lost."""
    position = None if anchor is None else _position(anchor, lines, raw)
    for paragraph in lines.get(anchor.place, ()) if anchor is not None else ():
        if position is not None and paragraph.start <= position <= paragraph.end:
            return paragraph.start, paragraph.end
    return 0, 0
