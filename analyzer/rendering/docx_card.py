"""The scorecard as a last page of the writer's own Word file.

It stands in a bookmark, by which ``reading.docx`` leaves it out and a later run finds it.  All of its look is
set here, at its paragraphs: no style of the file is used, changed or added.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from docx.document import Document as Word
from docx.oxml import OxmlElement
from lxml import etree

from analyzer.reading.docx import SCORECARD, scorecard_blocks
from analyzer.reading.word_styles import W
from analyzer.rendering import labels, summary
from analyzer.rendering.markup import clean
from analyzer.rendering.places import shorten
from analyzer.result import Result, Scorecard, losses

TITLE: Final = "评分卡"
_FIRST: Final = "先做什么"
_NOT_READ: Final = "这一页由述评附上，不属于报告，再次评阅时不读；交稿前请删去。"
_HEADS: Final = ("方面", "得分", "失分", "主要失在")
_WIDTHS: Final = (22, 13, 13, 52)  # percent of the lines' width
# Half points, as Word counts: title, score, and all else.
_LARGE: Final = 36
_MIDDLE: Final = 28
_SMALL: Final = 21
# Longer notices and reasons would not leave the page in one piece.
_LONGEST: Final = 100
_MOST_NOTICES: Final = 4
_FIFTIETHS: Final = 50  # w:w counts a width in so many parts of a percent


def add_scorecard(document: Word, result: Result) -> None:
    """Put the scorecard of a result on a page of its own behind all else."""
    blocks = list(_blocks(result))
    body = document.element.body
    number = str(1 + max((_number(each) for each in body.iter(f"{W}bookmarkStart")), default=0))
    blocks[0].insert(1, _made("bookmarkStart", id=number, name=SCORECARD))
    blocks[-1].append(_made("bookmarkEnd", id=number))
    section = body.find(f"{W}sectPr")
    for block in blocks:
        if section is None:
            body.append(block)
        else:
            section.addprevious(block)


def _number(mark: etree._Element) -> int:
    said = mark.get(f"{W}id", "")
    return int(said) if said.isdecimal() else 0


def drop_scorecard(document: Word) -> None:
    """Take away the scorecard that an earlier run has left."""
    body = document.element.body
    for block in scorecard_blocks(body):
        body.remove(block)


def _blocks(result: Result) -> Iterable[etree._Element]:
    yield _paragraph(TITLE, size=_LARGE, bold=True, starts_page=True)
    card = result.scorecard
    if card is not None:
        yield _paragraph(_score(card), size=_MIDDLE, bold=True)
        yield _paragraph(f"{summary.distance(card.overall)}；{summary.interval(card)}。")
    yield _paragraph(summary.verdict(result))
    if profile := summary.profile(result):
        yield _paragraph(profile)
    if card is not None:
        for gate in card.vetoes:
            yield _paragraph(summary.veto(gate))
        yield _table(result, card)
    if result.advice is not None and result.advice.first:
        yield _paragraph(_FIRST, size=_MIDDLE, bold=True)
        for number, step in enumerate(result.advice.first, start=1):
            yield _paragraph(f"{number}. {step}。")
    for notice in summary.notices(result)[:_MOST_NOTICES]:
        yield _paragraph(shorten(notice, _LONGEST))
    yield _paragraph(f"{labels.LIMITS}{_NOT_READ}")


def _score(card: Scorecard) -> str:
    return f"{summary.number(card.overall)} 分，{card.grade}（{labels.GRADE[card.grade]}）"


def _table(result: Result, card: Scorecard) -> etree._Element:
    table = _made("tbl")
    properties = _under(table, "tblPr")
    _under(properties, "tblW", w=str(100 * _FIFTIETHS), type="pct")
    borders = _under(properties, "tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _under(borders, side, val="single", sz="4", space="0", color="808080")
    grid = _under(table, "tblGrid")
    for width in _WIDTHS:
        _under(grid, "gridCol", w=str(90 * width))
    lost = losses(result.findings)
    rows = [
        (
            labels.DIMENSION[row.id],
            f"{summary.number(row.score)}/{row.max}",
            summary.number(lost[row.id]) if lost[row.id] else "0",
            shorten(row.why.removeprefix(f"{_HEADS[-1]}："), _LONGEST),
        )
        for row in card.dimensions
    ]
    for number, words in enumerate((_HEADS, *rows)):
        line = _under(table, "tr")
        _under(_under(line, "trPr"), "cantSplit")
        for width, cell in zip(_WIDTHS, words, strict=True):
            held = _under(line, "tc")
            _under(_under(held, "tcPr"), "tcW", w=str(width * _FIFTIETHS), type="pct")
            held.append(_paragraph(cell, bold=number == 0, space=20))
    return table


def _paragraph(
    words: str, *, size: int = _SMALL, bold: bool = False, space: int = 80, starts_page: bool = False
) -> etree._Element:
    """Return a paragraph that looks the same whatever the file's own styles are."""
    paragraph = _made("p")
    properties = _under(paragraph, "pPr")
    if starts_page:
        _under(properties, "pageBreakBefore")
    numbering = _under(properties, "numPr")
    _under(numbering, "ilvl", val="0")
    _under(numbering, "numId", val="0")
    _under(properties, "snapToGrid", val="0")
    _under(properties, "spacing", before=str(space), after=str(space), line="264", lineRule="auto")
    _under(properties, "ind", left="0", right="0", firstLineChars="0", firstLine="0")
    _under(properties, "jc", val="left")
    run = _under(paragraph, "r")
    look = _under(run, "rPr")
    for name in ("b", "bCs"):
        _under(look, name, val="1" if bold else "0")
    _under(look, "color", val="000000")
    for name in ("sz", "szCs"):
        _under(look, name, val=str(size))
    _under(run, "t").text = clean(words)
    return paragraph


def _made(name: str, /, **values: str) -> etree._Element:
    return OxmlElement(f"w:{name}", attrs={f"{W}{key}": value for key, value in values.items()})


def _under(parent: etree._Element, name: str, /, **values: str) -> etree._Element:
    child = _made(name, **values)
    parent.append(child)
    return child
