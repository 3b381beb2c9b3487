"""Quotations that fit into a sentence of ours: whole clauses, their marks in pairs."""

from __future__ import annotations

import re

from analyzer.lexicons import table

_STOP = re.compile(r"[，。；：！？,;:!?\n]")
_PAIRS = {"”": "“", "》": "《", "）": "（", ")": "(", "」": "「", "】": "【"}
_INNER = str.maketrans("“”", "‘’")


def quotation(text: str, start: int, end: int, limit: int) -> tuple[int, int] | None:
    """Return the stretch of ``text[start:end]`` to quote, None where there is none worth it.

    Parameters
    ----------
    text : str
    start, end : int
        What is quoted from; a number at its head is left out.
    limit : int
        The most non-blank characters; the stretch ends with a clause, and with as many as fit.
    """
    advice = table("advice.toml")
    head = re.match(advice["trim"]["head"], text[start:end])
    start += head.end() if head else 0
    best = None
    for stop in [*(match.start() for match in _STOP.finditer(text, start, end)), end]:
        piece = text[start:stop]
        size = len("".join(piece.split()))
        if size > limit:
            break
        if size >= advice["shortest"] and _is_paired(piece):
            best = start, start + len(piece.rstrip())
    return best


def shown(text: str, span: tuple[int, int]) -> str:
    """Return how a stretch looks inside our quotation marks: on one line, its own marks made single."""
    return "".join(text[span[0] : span[1]].split()).translate(_INNER)


def _is_paired(piece: str) -> bool:
    open_marks: list[str] = []
    for char in piece:
        if char in _PAIRS.values():
            open_marks.append(char)
        elif char in _PAIRS and (not open_marks or open_marks.pop() != _PAIRS[char]):
            return False
    return not open_marks
