"""From characters on a page to paragraphs: visual lines first, then what belongs together.

A PDF knows no paragraphs.  They show in the layout: an indented first line, a last line that ends before the
right margin, a wider gap, another size of type.
Lengths are in points or in ems, the width of a Han character.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median, quantiles

from analyzer.lexicons import patterns
from analyzer.reading.assembly import UNBROKEN, Line

_PAGE_NUMBER = patterns("pages.toml")["marginal"]
# How an item or a heading starts.
_ITEM = re.compile(
    r"[（(〔]?[一二三四五六七八九十百]+[）)〕、.．]|[（(]?\d{1,2}[）)、．]|\d{1,2}\.(?!\d)|[①-⑳]"
    r"|第[一二三四五六七八九十]+[、，章节条部]|[一二三四五六七八九十]+是"
)
_TERMINAL = frozenset("。！？!?；;：:…”’』」》）)〕")
_WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef“”‘’…—·]")
_DIGITS = re.compile(r"\d+")

# Two characters stand on one line if their baselines differ by less than this share of their height.
_SAME_LINE = 0.4
# Gaps inside a line, in ems, that stand for a space or for the next column of a table.
_GAP_LATIN, _GAP_MIXED, _GAP_COLUMN = 0.2, 0.45, 2.5
# Where page numbers and running heads stand, as shares of the page's height.
_TOP, _BOTTOM = 0.9, 0.12
# An indent, the play in where a full line ends, a line far from the margin, width of a Latin letter: in ems.
_INDENT, _PLAY, _FAR, _LATIN = 1.2, 1.2, 8.0, 0.55
_WIDER_GAP = 1.45
_OTHER_SIZE = 0.12
_LARGER_TYPE = 1.15
# So many paragraphs must be indented, or set off, for the document to be said to do it.
_PARTING_SHARE = 0.04
# Of the lines before an indented one so many must be the end of something.
_ENDED_SHARE = 0.6
_MARGIN_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character with its extent in points, the text running to the right."""

    text: str
    left: float
    right: float
    baseline: float
    height: float

    def with_text(self, text: str) -> Glyph:
        """Return the same glyph for other text."""
        return replace(self, text=text)


@dataclass(frozen=True, slots=True)
class Page:
    """The characters of a page, in any order, with its lower and upper edge in points."""

    number: int
    bottom: float
    top: float
    glyphs: Sequence[Glyph]


@dataclass(frozen=True, slots=True)
class _Row:
    """One visual line; ``number`` counts from 1 on its page."""

    page: int
    number: int
    text: str
    left: float
    right: float
    baseline: float
    em: float
    zone: str


def lines(pages: Sequence[Page]) -> Iterator[Line]:
    """Yield the paragraphs of a document.

    Parameters
    ----------
    pages : sequence of Page

    Yields
    ------
    Line
        A paragraph, page numbers and running heads left out; ``place`` is that of its first line.
    """
    rows = _body([_rows(page) for page in pages])
    if not rows:
        return
    layout = _Layout(rows)
    text, place = rows[0].text, rows[0]
    for before, row in pairwise(rows):
        if layout.parts(before, row):
            yield _line(text, place)
            text, place = row.text, row
        else:
            text = _join(text, row.text)
    yield _line(text, place)


def _line(text: str, row: _Row) -> Line:
    return Line(text, f"page {row.page} line {row.number}")


def _rows(page: Page) -> list[_Row]:
    groups: list[list[Glyph]] = []
    for glyph in sorted(page.glyphs, key=lambda glyph: -glyph.baseline):
        last = groups[-1][0] if groups else None
        if last is not None and last.baseline - glyph.baseline < _SAME_LINE * max(last.height, glyph.height):
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
    trimmed = (_trimmed(sorted(group, key=lambda glyph: glyph.left)) for group in groups)
    return [_row(page, number, group) for number, group in enumerate(filter(None, trimmed), start=1)]


def _trimmed(glyphs: list[Glyph]) -> list[Glyph]:
    """Drop spaces at both ends."""
    inked = [index for index, glyph in enumerate(glyphs) if not glyph.text.isspace()]
    return glyphs[inked[0] : inked[-1] + 1] if inked else []


def _row(page: Page, number: int, glyphs: list[Glyph]) -> _Row:
    wide = [glyph.right - glyph.left for glyph in glyphs if _WIDE.match(glyph.text)]
    em = (median(wide) if wide else max(glyph.height for glyph in glyphs)) or 1.0
    text = glyphs[0].text
    for before, glyph in pairwise(glyphs):
        text += _gap(before, glyph, em) + (" " if glyph.text in "\r\n\t\xa0" else glyph.text)
    baseline = glyphs[0].baseline
    share = (baseline - page.bottom) / max(page.top - page.bottom, 1.0)
    zone = "top" if share > _TOP else "bottom" if share < _BOTTOM else ""
    return _Row(page.number, number, text, glyphs[0].left, glyphs[-1].right, baseline, em, zone)


def _gap(before: Glyph, after: Glyph, em: float) -> str:
    """Return what an empty stretch between two characters stands for."""
    gap = (after.left - before.right) / em
    if gap > _GAP_COLUMN:
        return "\t"
    if before.text.isspace() or after.text.isspace():
        return ""
    latin = not _WIDE.match(before.text) and not _WIDE.match(after.text)
    return " " if gap > (_GAP_LATIN if latin else _GAP_MIXED) else ""


def _body(pages: list[list[_Row]]) -> list[_Row]:
    """Return the rows of all pages in order, without page numbers and running heads."""
    edges = Counter(
        (row.zone, _pattern(row.text)) for rows in pages for row in {*rows[:2], *rows[-2:]} if row.zone
    )
    often = max(2, len(pages) / 2)
    kept = []
    for rows in pages:
        first, last = 0, len(rows)
        while first < last and _is_furniture(rows[first], edges, often):
            first += 1
        while last > first and _is_furniture(rows[last - 1], edges, often):
            last -= 1
        kept += rows[first:last]
    return kept


def _is_furniture(row: _Row, edges: Counter[tuple[str, str]], often: float) -> bool:
    if not row.zone:
        return False
    return _PAGE_NUMBER.fullmatch(row.text) is not None or edges[row.zone, _pattern(row.text)] >= often


def _pattern(text: str) -> str:
    return _DIGITS.sub("#", "".join(text.split()))


class _Layout:
    """The measures of a document, by which two rows are told to belong together or not."""

    def __init__(self, rows: Sequence[_Row]) -> None:
        self._em = median(row.em for row in rows)
        # The left margin is the leftmost place where a good many rows start, not one that sticks out.
        starts = Counter(round(row.left / self._em) for row in rows)
        usual = [start for start, count in starts.items() if count >= _MARGIN_SHARE * len(rows)]
        self._left = self._em * min(usual or starts)
        self._right = _decile([row.right for row in rows], 9)
        steps = [above.baseline - row.baseline for above, row in pairwise(rows) if above.page == row.page]
        self._step = _decile(steps, 3) if steps else 0.0
        self._indents = self._marks_by_indents(rows)
        self._spaces = sum(map(self._is_wide, steps)) >= _PARTING_SHARE * len(rows)

    def _marks_by_indents(self, rows: Sequence[_Row]) -> bool:
        """Tell whether first lines are indented; where the lines after them are, indents say nothing."""
        before = [above for above, row in pairwise(rows) if self._is_indented(row)]
        ended = sum(1 for above in before if above.text[-1] in _TERMINAL or self._lack(above) > _FAR)
        return len(before) >= _PARTING_SHARE * len(rows) and ended >= _ENDED_SHARE * len(before)

    def _lack(self, row: _Row) -> float:
        """Return how far from the right margin a row ends, in ems."""
        return (self._right - row.right) / self._em

    def _is_wide(self, step: float) -> bool:
        return step > _WIDER_GAP * self._step

    def _is_indented(self, row: _Row) -> bool:
        return row.left > self._left + _INDENT * self._em

    def parts(self, before: _Row, row: _Row) -> bool:
        """Tell whether a new paragraph starts with ``row``."""
        if abs(before.em - row.em) > _OTHER_SIZE * self._em:
            return True
        ends = before.text[-1] in _TERMINAL
        starts = _ITEM.match(row.text) is not None
        if self._is_title(before) and self._is_title(row):
            return ends or starts or row.text[0] in "（("
        same_page = before.page == row.page
        if same_page and self._is_wide(before.baseline - row.baseline):
            return True
        indented = self._indents and self._is_indented(row)
        lack = self._lack(before)
        if lack > _width(UNBROKEN.match(row.text)) + _PLAY:
            # There was room for more, so the line was ended on purpose; where indents mark the paragraphs,
            # only a line that also reads like an end is taken at its word.
            return lack > _FAR or ends or starts or indented or not self._indents
        # A full line goes on, unless the next one is indented, or, where this document sets nothing off,
        # unless it ends a sentence and the next one looks like an item.
        shows = self._indents or (self._spaces and same_page)
        return indented or (ends and starts and not shows)

    def _is_title(self, row: _Row) -> bool:
        """Tell whether the row is centred in larger type."""
        off = abs((row.left - self._left) - (self._right - row.right))
        return row.em > _LARGER_TYPE * self._em and off < 2 * row.em


def _width(unit: re.Match[str] | None) -> float:
    """Return the width in ems of what would have had to fit on the line before."""
    return sum(_LATIN if sign.isascii() else 1.0 for sign in unit[0]) if unit else 0.0


def _decile(values: list[float], number: int) -> float:
    return quantiles(values, n=10, method="inclusive")[number - 1] if len(values) > 1 else values[0]


def _join(text: str, more: str) -> str:
    """Join two rows of a paragraph; only Latin words need a space between them."""
    latin = text[-1].isascii() and text[-1].isalpha() and more[0].isascii() and more[0].isalpha()
    return f"{text} {more}" if latin else text + more
