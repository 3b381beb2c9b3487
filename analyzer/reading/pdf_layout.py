"""From characters on a page to paragraphs: visual lines first, then what belongs together.

A PDF knows no paragraphs.  They show in the layout: an indented first line, a last line that ends before the
right margin, a wider gap, another size of type.
Lengths are in points or in ems, the width of a Han character.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median, quantiles
from typing import TypeAlias

from analyzer.reading.assembly import UNBROKEN, Line
from analyzer.reading.pdf_grid import Grid

# How an item or a heading starts.
_ITEM = re.compile(
    r"[（(〔]?[一二三四五六七八九十百]+[）)〕、.．]|[（(]?\d{1,2}[）)、．]|\d{1,2}\.(?!\d)|[①-⑳]"
    r"|第[一二三四五六七八九十]+[、，章节条部]|[一二三四五六七八九十]+是"
)
_TERMINAL = frozenset("。！？!?；;：:…”’』」》）)〕")
_WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef“”‘’…—·]")
# What programs keep on one line: ``UNBROKEN``, figures after a mark, and, where a program takes quotes for
# neither opening nor closing (LibreOffice, browsers), what stands on both sides of them.
_UNIT = re.compile(
    r"[（(〔【《「『“”‘’〝〞\"']*(?:[!-~]+|.)"
    r"(?:[，。、；：！？》」』】〕）)％%…—·][!-~]*"
    r"|[“”‘’〝〞\"'][（(〔【《「『“‘〝]*(?:[!-~]+|[^，。、；：！？》」』】〕）)％%…—·])?)*"
)

# Two characters stand on one line if their baselines differ by less than this share of their height.
_SAME_LINE = 0.5
# How small characters are that are set higher, by how much at least, and what numbers notes.
_SMALL, _RAISED = 0.75, 0.2
_MARK = re.compile(r"[\[〔]?(?:\d{1,3}|[ivx]{1,6}|[①-⑳]|\*{1,3})[\]〕]?")
# Gaps inside a line, in ems, that stand for a space or for the next column of a table.
_GAP_LATIN, _GAP_MIXED, _GAP_COLUMN = 0.2, 0.45, 2.5
# Where page numbers and running heads stand: within shares of the height of a page, of a small one in points.
_TOP, _BOTTOM, _MARGIN = 0.1, 0.12, 62.0
# An indent, the play in where a full line ends, a line far from the margin, width of a Latin letter: in ems.
INDENT, _PLAY, _FAR, _LATIN = 1.2, 1.2, 8.0, 0.55
WIDER_GAP = 1.45
OTHER_SIZE = 0.12
_LARGER_TYPE = 1.15
# So many paragraphs must be indented, or set off, for the document to be said to do it.
_PARTING_SHARE = 0.04
# Of the lines before an indented one so many must be the end of something.
ENDED_SHARE = 0.6
MARGIN_SHARE = 0.15
# What stands in sentences, not in names, dates and titles.
PROSE = frozenset("，。；")


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
    """The characters of a page, in any order, with its lower and upper edge in points, and its grids.

    They are None where more is drawn than is looked at.
    """

    number: int
    bottom: float
    top: float
    glyphs: Sequence[Glyph]
    grids: Sequence[Grid] | None = ()


@dataclass(frozen=True, slots=True)
class TextLine:
    """One visual line; ``number`` counts from 1 on its page.

    ``lead`` is how wide that is which may not be parted from its first character; ``marks`` are the numbers
    of notes that stand in it, which are no part of its text, and ``marked`` is the text with them.
    """

    page: int
    number: int
    text: str
    left: float
    right: float
    baseline: float
    em: float
    zone: str
    lead: float
    marks: tuple[str, ...] = ()
    marked: str = ""

    @property
    def place(self) -> str:
        """Where it stands, for a reader."""
        return f"page {self.page} line {self.number}"


Run: TypeAlias = Sequence[TextLine]


def paragraphs(runs: Sequence[Run], edges: Sequence[float]) -> Iterator[list[Line]]:
    """Yield the paragraphs of each of the runs of lines that a document's tables leave.

    Parameters
    ----------
    runs : sequence of sequences of TextLine
        Page numbers and running heads left out.
    edges : sequence of float
        Where these tables end at the right, in points.

    Yields
    ------
    list of Line
        The paragraphs of a run; ``place`` is that of its first line.
    """
    layout = _Layout(runs, edges) if any(runs) else None
    for run in runs:
        yield [] if layout is None else [Line(text, first.place) for first, text in joined(run, layout.parts)]


def joined(run: Run, parts: Callable[[TextLine, TextLine], bool]) -> Iterator[tuple[TextLine, str]]:
    """Yield the first line and the text of each paragraph, which ``parts`` tells from each other."""
    first, text = None, ""
    for before, line in zip([None, *run], run, strict=False):
        if before is None or first is None:
            first, text = line, line.text
        elif parts(before, line):
            yield first, text
            first, text = line, line.text
        else:
            text = _join(text, line.text)
    if first is not None:
        yield first, text


def visual_lines(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Return characters by the line that they stand on, from the top, blanks at the ends left out."""
    groups: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.baseline):
        last = groups[-1][0] if groups else None
        if last is not None and last.baseline - glyph.baseline < _SAME_LINE * max(last.height, glyph.height):
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
    return [*filter(None, (trimmed(sorted(group, key=lambda glyph: glyph.left)) for group in groups))]


def trimmed(glyphs: list[Glyph]) -> list[Glyph]:
    """Drop spaces at both ends."""
    inked = [index for index, glyph in enumerate(glyphs) if not glyph.text.isspace()]
    return glyphs[inked[0] : inked[-1] + 1] if inked else []


def text_line(page: Page, number: int, glyphs: Sequence[Glyph]) -> TextLine:
    """Return a line of these characters, which stand in order and do not begin or end with a blank."""
    wide = [glyph.right - glyph.left for glyph in glyphs if _WIDE.match(glyph.text)]
    em = (median(wide) if wide else max(glyph.height for glyph in glyphs)) or 1.0
    marked = _worded(glyphs, em)
    glyphs, marks = _without_marks(glyphs)
    text = _worded(glyphs, em) if marks else marked
    baseline = glyphs[0].baseline
    height = max(page.top - page.bottom, 1.0)
    is_top = page.top - baseline < max(_TOP * height, _MARGIN)
    is_bottom = baseline - page.bottom < max(_BOTTOM * height, _MARGIN)
    zone = "top" if is_top else "bottom" if is_bottom else ""
    unit = _UNIT.match(text)
    lead = glyphs[min(unit.end() if unit else 1, len(glyphs)) - 1].right - glyphs[0].left
    return TextLine(
        page.number, number, text, glyphs[0].left, glyphs[-1].right, baseline, em, zone, lead, marks, marked
    )


def _worded(glyphs: Sequence[Glyph], em: float) -> str:
    """Return what characters in order say, with blanks and tabs where room is left between them."""
    text = glyphs[0].text
    for before, glyph in pairwise(glyphs):
        text += _gap(before, glyph, em) + (" " if glyph.text in "\r\n\t\xa0" else glyph.text)
    return text


def _without_marks(glyphs: Sequence[Glyph]) -> tuple[list[Glyph], tuple[str, ...]]:
    """Return the characters of a line without the numbers of notes that are set higher, and those."""
    tall = _SMALL * max(glyph.height for glyph in glyphs)
    level = median(glyph.baseline for glyph in glyphs if glyph.height >= tall)
    kept: list[Glyph] = []
    marks: list[str] = []
    for raised, group in groupby(
        glyphs, key=lambda glyph: glyph.height < tall and glyph.baseline - level > _RAISED * tall
    ):
        run = list(group)
        mark = "".join(glyph.text for glyph in run)
        if raised and kept and _WIDE.match(kept[-1].text) and _MARK.fullmatch(mark):
            marks.append(mark)
            kept[-1] = replace(kept[-1], right=run[-1].right)
        else:
            kept += run
    return kept, tuple(marks)


def _gap(before: Glyph, after: Glyph, em: float) -> str:
    """Return what an empty stretch between two characters stands for."""
    gap = (after.left - before.right) / em
    if gap > _GAP_COLUMN:
        return "\t"
    if before.text.isspace() or after.text.isspace():
        return ""
    latin = not _WIDE.match(before.text) and not _WIDE.match(after.text)
    return " " if gap > (_GAP_LATIN if latin else _GAP_MIXED) else ""


class _Layout:
    """The measures of a document, by which two rows are told to belong together or not."""

    def __init__(self, runs: Sequence[Run], edges: Sequence[float]) -> None:
        rows = [row for run in runs for row in run]
        pairs = [pair for run in runs for pair in pairwise(run)]
        self._em = median(row.em for row in rows)
        # The left margin is the leftmost place where a good many rows start, not one that sticks out.
        starts = Counter(round(row.left / self._em) for row in rows)
        usual = [start for start, count in starts.items() if count >= MARGIN_SHARE * len(rows)]
        self._left = self._em * min(usual or starts)
        self._right = decile([row.right for row in rows], 9)
        if edges and not any(map(self._is_broken, rows)):
            # Where next to all stands in tables, lines that are all short show no margin, the tables do.
            self._right = max(self._right, min(edges))
        steps = [above.baseline - row.baseline for above, row in pairs if above.page == row.page]
        self._step = decile(steps, 3) if steps else 0.0
        self._indents = self._marks_by_indents(rows, pairs)
        self._spaces = sum(map(self._is_wide, steps)) >= _PARTING_SHARE * len(rows)

    def _marks_by_indents(self, rows: Run, pairs: Sequence[tuple[TextLine, TextLine]]) -> bool:
        """Tell whether first lines are indented; where the lines after them are, indents say nothing."""
        before = [above for above, row in pairs if self._is_indented(row)]
        ended = sum(1 for above in before if ends(above) or self._lack(above) > _FAR)
        return len(before) >= _PARTING_SHARE * len(rows) and ended >= ENDED_SHARE * len(before)

    def _lack(self, row: TextLine) -> float:
        """Return how far from the right margin a row ends, in ems."""
        return (self._right - row.right) / self._em

    def _is_broken(self, row: TextLine) -> bool:
        """Tell whether a row breaks off in a sentence, which only the right margin can be the reason of."""
        return self._lack(row) < _PLAY and not ends(row) and not PROSE.isdisjoint(row.text)

    def _is_wide(self, step: float) -> bool:
        return step > WIDER_GAP * self._step

    def _is_indented(self, row: TextLine) -> bool:
        return row.left > self._left + INDENT * self._em

    def parts(self, before: TextLine, row: TextLine) -> bool:
        """Tell whether a new paragraph starts with ``row``."""
        if abs(before.em - row.em) > OTHER_SIZE * self._em:
            return True
        ended, starts = ends(before), starts_item(row)
        if self._is_title(before) and self._is_title(row):
            return ended or starts or row.text[0] in "（("
        same_page = before.page == row.page
        if same_page and self._is_wide(before.baseline - row.baseline):
            return True
        if self._is_far(row) and self._lack(row) < _PLAY:
            return True  # right-aligned, as signatures and dates are
        indented = self._indents and self._is_indented(row)
        lack = self._lack(before)
        if lack > _width(UNBROKEN.match(row.text)) + _PLAY:
            # There was room for more, so the line was ended on purpose; where indents mark the paragraphs,
            # only a line that also reads like an end is taken at its word.
            return lack > _FAR or ended or starts or indented or not self._indents
        # A full line goes on, unless the next one is indented, or, where this document sets nothing off,
        # unless it ends a sentence and the next one looks like an item.
        shows = self._indents or (self._spaces and same_page)
        return indented or (ended and starts and not shows)

    def _is_title(self, row: TextLine) -> bool:
        """Tell whether the row is centred in larger type."""
        off = abs((row.left - self._left) - (self._right - row.right))
        return row.em > _LARGER_TYPE * self._em and off < 2 * row.em

    def _is_far(self, row: TextLine) -> bool:
        """Tell whether a row begins where neither indents nor what hangs reach."""
        return row.left > self._left + _FAR * self._em


def _width(unit: re.Match[str] | None) -> float:
    """Return the width in ems of what would have had to fit on the line before."""
    return sum(_LATIN if sign.isascii() else 1.0 for sign in unit[0]) if unit else 0.0


def ends(line: TextLine) -> bool:
    """Tell whether a line may be the last one of a sentence."""
    return line.text[-1] in _TERMINAL


def starts_item(line: TextLine) -> bool:
    """Tell whether a line starts as items and headings do."""
    return _ITEM.match(line.text) is not None


def decile(values: Sequence[float], number: int) -> float:
    """Return a decile of some values."""
    return quantiles(values, n=10, method="inclusive")[number - 1] if len(values) > 1 else values[0]


def _join(text: str, more: str) -> str:
    """Join two rows of a paragraph; only Latin words need a space between them."""
    latin = text[-1].isascii() and text[-1].isalpha() and more[0].isascii() and more[0].isalpha()
    return f"{text} {more}" if latin else text + more
