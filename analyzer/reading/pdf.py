"""PDF with a text layer: characters and where they stand, by pdfium; ``pdf_tables`` makes paragraphs of them.

pdfium runs in this process and cannot be stopped, so what could keep it busy is bounded beforehand (file
size, and what ``pdf_guard`` looks at) and around it (number of pages, and the time, looked at between pages).
pdfium is not safe for threads: one file is read at a time.
"""

from __future__ import annotations

import ctypes
import math
import re
import threading
import time
from collections import Counter
from typing import Any

import pypdfium2.raw as raw

from analyzer.errors import ShupingError, error
from analyzer.reading import pdf_guard, pdf_tables, pdfium
from analyzer.reading.assembly import assemble
from analyzer.reading.document import Paragraph
from analyzer.reading.limits import Limits
from analyzer.reading.pdf_columns import columns
from analyzer.reading.pdf_grid import grids
from analyzer.reading.pdf_layout import Glyph, Page
from analyzer.reading.pdf_rulings import Purse, rulings

_PDFIUM = threading.Lock()
# How far from the end the end mark may stand, junk after it included.
_END_REACH = 4096
_QUARTER = math.pi / 2
# Characters without a meaning outside their font, or that pdfium itself puts in.
_MEANINGLESS = re.compile("[\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufffd\ufffe\uffff]")
_MAX_MEANINGLESS_SHARE = 0.3


def read(data: bytes, limits: Limits) -> tuple[str, tuple[Paragraph, ...]]:
    """Read a PDF.

    Parameters
    ----------
    data : bytes
        The file.
    limits : Limits

    Returns
    -------
    text : str
    paragraphs : tuple of Paragraph
        ``place`` names the page and the line on it where the paragraph starts.

    Raises
    ------
    ShupingError
        ``damaged``, ``encrypted``, ``hostile``, ``too-large``, ``timeout`` or ``no-text-layer``.
    """
    # pdfium mends a file that was cut off and silently leaves out what is missing.
    if b"%%EOF" not in data[-_END_REACH:]:
        raise error("damaged", detail="PDF 的结尾缺失，可能传输中断")
    pdf_guard.check(data, limits)
    try:
        with _PDFIUM, pdfium.PdfDocument(data) as document:
            if len(document) > limits.pages:
                raise error("too-large", found=f"{len(document)} 页", limit=f"{limits.pages} 页")
            pages = _pages(document, limits)
    except pdfium.PdfiumError as problem:
        raise _failure(problem) from None
    glyphs = [glyph.text for page in pages for glyph in page.glyphs if not glyph.text.isspace()]
    if not glyphs:
        raise error("no-text-layer", pages=len(pages))
    meaningless = sum(1 for glyph in glyphs if _MEANINGLESS.match(glyph))
    if meaningless > _MAX_MEANINGLESS_SHARE * len(glyphs):
        raise error("damaged", detail="PDF 的字体没有文字对照表，复制出来也是乱码")
    return assemble(pdf_tables.lines([part for page in pages for part in columns(page)]))


def _failure(problem: Exception) -> ShupingError:
    if getattr(problem, "err_code", None) == raw.FPDF_ERR_PASSWORD:
        return error("encrypted")
    return error("damaged", detail="PDF 结构不完整，可能传输中断")


def _pages(document: Any, limits: Limits) -> list[Page]:
    deadline = time.monotonic() + limits.pdf_seconds
    purse = Purse(limits.pdf_lines)
    pages = []
    for number in range(len(document)):
        if time.monotonic() > deadline:
            raise error("timeout", seconds=f"{limits.pdf_seconds:g}")
        page = document[number]
        text = page.get_textpage()
        pages.append(_page(number + 1, page, text, purse, deadline, limits))
        text.close()
        page.close()
    return pages


def _page(number: int, page: Any, text: Any, purse: Purse, deadline: float, limits: Limits) -> Page:
    found = []
    for index in range(text.count_chars()):
        if index % 10_000 == 0 and time.monotonic() > deadline:
            raise error("timeout", seconds=f"{limits.pdf_seconds:g}")
        # pdfium adds spaces and line breaks by its own lights; the layout decides on those.
        if raw.FPDFText_IsGenerated(text, index) != 1:
            found.append((round(raw.FPDFText_GetCharAngle(text, index) / _QUARTER, 1) % 4, index))
    if not found:
        return Page(number, 0.0, 0.0, [])
    # A page may be written sideways; what runs across its main direction is a stamp or a watermark.
    turns = Counter(turn for turn, _ in found).most_common(1)[0][0]
    direction = _Direction(turns)
    left, bottom, right, top = page.get_cropbox()
    edges = [direction.up(x, y) for x in (left, right) for y in (bottom, top)]
    glyphs = [_glyph(text, index, direction) for turn, index in found if turn == turns]
    drawn = rulings(page, lambda x, y: (direction.across(x, y), direction.up(x, y)), purse)
    return Page(
        number, min(edges), max(edges), _joined_surrogates(glyphs), None if drawn is None else grids(drawn)
    )


class _Direction:
    """Turns coordinates of a page so that its text runs to the right; pdfium counts quarters clockwise."""

    def __init__(self, turns: float) -> None:
        self._sine, self._cosine = math.sin(turns * _QUARTER), math.cos(turns * _QUARTER)

    def across(self, x: float, y: float) -> float:
        return x * self._cosine - y * self._sine

    def up(self, x: float, y: float) -> float:
        return x * self._sine + y * self._cosine


def _glyph(text: Any, index: int, direction: _Direction) -> Glyph:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text, index, box)
    ends = direction.across(box.left, box.bottom), direction.across(box.right, box.top)
    height = abs(direction.up(box.right, box.top) - direction.up(box.left, box.bottom))
    character = chr(raw.FPDFText_GetUnicode(text, index))
    return Glyph(character, min(ends), max(ends), direction.up(x.value, y.value), height)


def _joined_surrogates(glyphs: list[Glyph]) -> list[Glyph]:
    """Join the halves of characters beyond the first plane."""
    joined: list[Glyph] = []
    for glyph in glyphs:
        if "\udc00" <= glyph.text <= "\udfff" and joined and "\ud800" <= joined[-1].text <= "\udbff":
            whole = (joined[-1].text + glyph.text).encode("utf-16", "surrogatepass").decode("utf-16")
            joined[-1] = joined[-1].with_text(whole)
        else:
            joined.append(glyph)
    return [
        glyph if not "\ud800" <= glyph.text <= "\udfff" else glyph.with_text("\ufffd") for glyph in joined
    ]
