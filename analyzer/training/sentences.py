"""The sentences that gold annotations count: ANNOTATION.md defines them on the text as read."""

from __future__ import annotations

import re
from itertools import pairwise

_END = re.compile(r"[。！？；!?;]+[”’」』）)》\]】\"']*")


def split(text: str) -> list[tuple[int, int, int]]:
    """Return (start, end, paragraph number from 1) of each sentence, in code points.

    A sentence ends at 。！？； or ``!?;``, with any closing marks that follow, or at a line break.
    """
    found: list[tuple[int, int, int]] = []
    position = paragraph = 0
    for line in text.splitlines(keepends=True):
        body = line.rstrip("\r\n")
        if body.strip():
            paragraph += 1
            edges = [0, *(match.end() for match in _END.finditer(body)), len(body)]
            for start, end in pairwise(edges):
                piece = body[start:end]
                if piece.strip():
                    lead = len(piece) - len(piece.lstrip())
                    found.append((position + start + lead, position + start + len(piece.rstrip()), paragraph))
        position += len(line)
    return found
