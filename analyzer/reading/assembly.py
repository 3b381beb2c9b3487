"""Joins lines as a reader found them into a text with paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analyzer.errors import error
from analyzer.reading.document import Paragraph

# What a line is not broken inside: a number or foreign word, or a character with the marks around it.
UNBROKEN = re.compile(r"[（(“‘《「]*(?:[!-~]+|.)[，。、；：！？”’》」）)%％]*")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source that is not plain text; see ``Paragraph`` for the meaning of its fields."""

    text: str
    place: str
    heading: int = 0
    generated: int = 0


def split(text: str, place: str, heading: int, number: str) -> Iterator[Line]:
    """Yield the lines of a paragraph, blank ones left out, with its number before the first.

    A paragraph without text yields nothing, not even its number.
    """
    for line in text.split("\n"):
        if line.strip():
            yield Line(number + line, place, heading, len(number))
            number = ""


def assemble(lines: Iterable[Line]) -> tuple[str, tuple[Paragraph, ...]]:
    r"""Join lines by ``\n``, blank ones left out.

    Returns
    -------
    text : str
    paragraphs : tuple of Paragraph
        ``text[p.start:p.end]`` is the line.

    Raises
    ------
    ShupingError
        ``empty`` if no line has text.
    """
    kept = [line for line in lines if line.text.strip()]
    if not kept:
        raise error("empty")
    paragraphs = []
    position = 0
    for line in kept:
        end = position + len(line.text)
        paragraphs.append(Paragraph(position, end, line.place, line.heading, line.generated))
        position = end + 1
    return "\n".join(line.text for line in kept), tuple(paragraphs)
