"""Plain text and Markdown: the text is the decoded file itself, so that offsets are true."""

from __future__ import annotations

import re

from analyzer.errors import error
from analyzer.reading.document import Paragraph
from analyzer.reading.encoding import check_typed, decode
from analyzer.reading.limits import Limits

# What str.splitlines breaks at.
_BREAKS = "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_BLANK = re.compile(r"[\s\x00-\x1f\x7f]*")
_MARKDOWN_HEADING = re.compile(r" {0,3}(#{1,6})\s")


def read(data: bytes, limits: Limits, *, markdown: bool) -> tuple[str, tuple[Paragraph, ...]]:
    """Decode a file and find its paragraphs.

    Parameters
    ----------
    data : bytes
        The file, not empty.
    limits : Limits
    markdown : bool
        Whether ``#`` declares headings.

    Returns
    -------
    text : str
        The decoded file without byte-order mark, line breaks as read.
    paragraphs : tuple of Paragraph
        One for each line that is not blank.

    Raises
    ------
    ShupingError
        ``encoding``, ``binary``, ``too-large`` or ``empty``.
    """
    return split(decode(data), limits, markdown=markdown)


def split_typed(text: str, limits: Limits) -> tuple[str, tuple[Paragraph, ...]]:
    """Find the paragraphs of a text that somebody typed or pasted; raises ``encoding`` and as ``split``."""
    return split(check_typed(text), limits, markdown=False)


def split(text: str, limits: Limits, *, markdown: bool) -> tuple[str, tuple[Paragraph, ...]]:
    """Find the paragraphs of text that is decoded already; parameters and result as for ``read``."""
    lines = text.splitlines(keepends=True)
    if len(lines) > limits.lines:
        raise error("too-large", found=f"{len(lines)} 行", limit=f"{limits.lines} 行")
    paragraphs = []
    position = 0
    for number, line in enumerate(lines, start=1):
        body = line.rstrip(_BREAKS)
        if body and not _BLANK.fullmatch(body):
            mark = _MARKDOWN_HEADING.match(body) if markdown else None
            level = len(mark[1]) if mark else 0
            paragraphs.append(Paragraph(position, position + len(body), f"line {number}", level))
        position += len(line)
    if not paragraphs:
        raise error("empty")
    return text, tuple(paragraphs)
