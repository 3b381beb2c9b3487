"""What a tagger over characters reads at once, and the labelled stretches that it finds."""

from __future__ import annotations

from typing import NamedTuple

from analyzer.language.layout import Layout, Ordinal

_SIZE = 90  # characters that a window may reach; a single sentence may be longer
_LONGEST = 400  # a sentence beyond is cut, so that no text makes a batch that memory does not hold
_LONGEST_HEADING = 40
# Which number or stand-in it is never matters; one representative each, like the linear models' encoder.
_CLASSES = str.maketrans({**dict.fromkeys("123456789", "0"), **dict.fromkeys("x×＊*〇○△□_", "X")})


class Stretch(NamedTuple):
    """A labelled stretch of a text: a word with its tag, or an entity."""

    start: int
    end: int
    label: str


class Window(NamedTuple):
    """A stretch of a text, and what is read before it: nothing, or a heading and a line break."""

    start: int
    end: int
    lead: str


def sentences(layout: Layout) -> list[Window]:
    """Return the sentences of a text, the overlong ones in pieces."""
    return [piece for start, end in layout.sentences.tolist() for piece in _pieces(start, end, "")]


def windows(text: str, layout: Layout) -> list[Window]:
    """Return a few sentences of a paragraph at a time, led by the heading of their chapter."""
    found: list[Window] = []
    lead, paragraph = "", -1
    for number, (start, end) in enumerate(layout.sentences.tolist()):
        opens = int(layout.paragraph[number]) != paragraph
        paragraph = int(layout.paragraph[number])
        if not opens and end - found[-1].start <= _SIZE:
            found[-1] = found[-1]._replace(end=end)
        else:
            found += _pieces(start, end, lead)
        if (
            opens
            and layout.sentence_ordinals[number].kind is Ordinal.CHAPTER
            and end - start <= _LONGEST_HEADING
        ):
            lead = text[start:end] + "\n"
    return found


def _pieces(start: int, end: int, lead: str) -> list[Window]:
    return [Window(at, min(at + _LONGEST, end), lead) for at in range(start, end, _LONGEST)]


def characters(text: str) -> list[str]:
    """Return the symbols that a tagger sees, one a character."""
    return list(text.translate(_CLASSES))
