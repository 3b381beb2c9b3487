"""Text in figures: what the fonts of the install can draw, how wide it is, where its lines break."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import pylopdf_fonts_zh_cn as fonts
from matplotlib.ft2font import FT2Font

_EM: Final = 100  # points at which a character is measured
_GETA: Final = "〓"  # what printers put where a type is missing
# What stays in one line: opening marks, then a range, a number and what it counts, a Latin word or any
# character, then closing marks.
_WORD = r"[+−-]?[A-Za-z0-9]+(?:[.,:/+\-–−~][A-Za-z0-9]+)*%?"
_PIECE = re.compile(
    rf"[（《“‘〔]*(?:{_WORD}(?: 至 {_WORD})?(?: [份分年个处字种项位组])?|\S|\s)[，。、；：？！）》”’〕…%]*"
)


@cache
def _font() -> FT2Font:
    font = FT2Font(str(fonts.sans_path()))
    font.set_size(_EM, 72)
    return font


@cache
def _advance(letter: str) -> float:
    return float(_font().load_char(ord(letter)).linearHoriAdvance) / 65536 / _EM


@cache
def _drawable(letter: str) -> bool:
    return letter.isprintable() and _font().get_char_index(ord(letter)) != 0


def drawable(text: str) -> str:
    """Return a text with what the font cannot draw replaced, one for one, and blanks as spaces."""
    return "".join(letter if _drawable(letter) else " " if letter.isspace() else _GETA for letter in text)


def width(text: str, size: float) -> float:
    """Return how wide a line of text is, in the unit of ``size`` (points or inches)."""
    return size * sum(map(_advance, text))


def wrap(text: str, size: float, most: float, lines: int | None = None) -> list[str]:
    """Break a text into lines.

    Parameters
    ----------
    text : str
        Drawable; see `drawable`.
    size : float
        Of the letters.
    most : float
        How wide a line may be, in the unit of ``size``.
    lines : int, optional
        How many at most; what is cut off then is shown by an ellipsis.

    Returns
    -------
    list of str
        No line begins with a closing mark or ends with an opening one, unless it would hold nothing else.
    """
    done, line = [], ""
    for piece in _pieces(text, size, most):
        if line and width((line + piece).rstrip(), size) > most:
            done.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    done.append(line.rstrip())
    if lines is None or len(done) <= lines:
        return done
    last = done[lines - 1]
    while last and width(last + "…", size) > most:
        last = last[:-1]
    return [*done[: lines - 1], last + "…"]


def balanced(text: str, size: float, most: float) -> list[str]:
    """Break a text into as few lines as it needs, where it pauses, or else into lines of about one length."""
    lines = wrap(text, size, most)
    for pause in "；：，":
        parts = _joined(re.split(f"(?<={pause})", text), size, most)
        if len(parts) == len(lines) and 3 * min(map(len, parts)) > max(map(len, parts)):
            return parts
    while len(narrower := wrap(text, size, most := most * 0.96)) == len(lines) > 1:
        lines = narrower
    return lines


def _joined(parts: list[str], size: float, most: float) -> list[str]:
    """Put parts on lines; none at all where one does not fit."""
    lines = [""]
    for part in parts:
        if width(part, size) > most:
            return []
        if width(lines[-1] + part, size) > most:
            lines.append("")
        lines[-1] += part
    return lines


def _pieces(text: str, size: float, most: float) -> list[str]:
    """Return what a line may break between; a word wider than a line falls into its letters."""
    found = _PIECE.findall(text)
    return [part for piece in found for part in ([piece] if width(piece, size) <= most else list(piece))]
