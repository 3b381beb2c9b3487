"""Results as comments of Word: the writer's own file with each finding at its words.

Text, styles and layout of the file stay as they are; only runs are cut where a comment begins or ends inside
one.  A report that is no .docx becomes a plain one of its lines.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

import docx
from docx.document import Document as Word
from docx.oxml import OxmlElement
from lxml import etree

from analyzer.errors import error
from analyzer.reading import read_bytes
from analyzer.reading.document import Note
from analyzer.reading.docx import characters, paragraph_elements, styles_of, together
from analyzer.reading.word_styles import Styles, W
from analyzer.rendering import labels, summary
from analyzer.rendering.docx_card import add_scorecard, drop_scorecard
from analyzer.rendering.docx_comments import OURS, add_comment, drop_comments
from analyzer.rendering.markup import clean
from analyzer.result import Finding, Result, losses
from analyzer.rules.catalogue import rule_title

_WRITERS: Final = ("写稿人", "写")
# What Word takes as a date of the archive's parts; a real one would make two runs differ.
_DATE: Final = (1980, 1, 1, 0, 0, 0)
# A mark of a comment may stand beside a run in these, and beside what else holds runs.
_HOLDERS: Final = frozenset(
    W + name
    for name in ("p", "hyperlink", "ins", "moveTo", "smartTag", "sdtContent", "fldSimple", "customXml")
)
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_ONE_CHARACTER: Final = frozenset(W + name for name in ("tab", "ptab", "br", "cr", "noBreakHyphen", "sym"))

_Characters = list[tuple[str, etree._Element]]


@dataclass(frozen=True, slots=True)
class _Place:
    """A line of the text and the characters of the file behind it.

    ``start`` is where its first character stands in the text; of the characters of `paragraphs` it is number
    ``first``, from 0.
    """

    start: int
    end: int
    first: int
    paragraphs: tuple[etree._Element, ...]


def render_docx(result: Result, *, scorecard: bool = False) -> bytes:
    """Return the report with its findings as comments.

    Parameters
    ----------
    result : Result
    scorecard : bool
        Whether a page with the scorecard comes behind the report.

    Raises
    ------
    ShupingError
        Code ``changed`` where the file is no longer the one that was analysed.
    """
    path = result.source.path
    if result.source.format != "docx" or path is None:
        return annotate(_plain(clean(result.text)), result, scorecard=scorecard)
    try:
        data = Path(path).read_bytes()
    except OSError as reason:
        raise error("not-readable", Path(path), detail=reason.strerror or "") from reason
    if sha256(data).hexdigest() != result.source.sha256:
        raise error("changed", Path(path))
    return annotate(data, result, scorecard=scorecard)


def annotate(data: bytes, result: Result, let_be: Iterable[Note] = (), *, scorecard: bool = False) -> bytes:
    """Return a .docx with a result's findings as comments, in place of what an earlier run has left in it.

    Parameters
    ----------
    data : bytes
        A .docx whose text is ``result.text``, blank lines aside.
    result : Result
    let_be : iterable of Note
        Made outside the file, of findings that the writer lets stand; they become comments that do the same.
    scorecard : bool
        Whether a page with the scorecard comes behind the report.
    """
    document = docx.Document(io.BytesIO(data))
    drop_comments(document)
    drop_scorecard(document)
    styles = styles_of(data)
    places = list(_places(data, document, styles, clean(result.text)))
    notes = [
        (finding.start, finding.end, _words(finding), f"规则名：{finding.rule}", OURS)
        for finding in summary.by_place(result.findings)
    ]
    notes += [(note.start, note.end, f"shuping: {note.words}", "", _WRITERS) for note in let_be]
    _cut(places, styles, {offset for start, end, *_ in notes for offset in (start, end)})
    held = {id(place): _characters(place, styles) for place in places}
    whole = [(places[0].start, places[0].end, _overall(result), "", OURS)]
    for start, end, words, small, author in whole + notes:
        ends = _ends(places, held, start, end)
        if ends is not None:
            add_comment(document, *ends, words, small, author)
    if scorecard:
        add_scorecard(document, result)
    return _saved(document)


def _words(finding: Finding) -> str:
    points = f"，失 {summary.number(finding.deduction)} 分" if finding.deduction else ""
    sign, name = labels.SEVERITY_SIGN[finding.severity], labels.SEVERITY[finding.severity]
    head = f"{sign} {name}：{rule_title(finding.rule)}{points}"
    advice = f"改法：{finding.suggestion}" if finding.suggestion else ""
    return "\n".join(filter(None, (head, finding.message, advice)))


def _overall(result: Result) -> str:
    card = result.scorecard
    if card is None:
        lines = [result.abstained.message if result.abstained else labels.NOTHING_JUDGED]
    else:
        lines = [f"述评：{summary.number(card.overall)} 分，{card.grade}（{labels.GRADE[card.grade]}）。"]
        lost = losses(result.findings)
        lines += [
            f"{labels.DIMENSION[row.id]}：{summary.number(row.score)}/{row.max}"
            f"，失 {summary.number(lost[row.id])} 分"
            for row in card.dimensions
        ]
        lines += [veto.message for veto in card.vetoes]
    if result.advice:
        lines.append(result.advice.text)
    return "\n".join([*lines, f"共 {len(result.findings)} 条意见，见各处批注。", labels.LIMITS])


def _plain(text: str) -> bytes:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    return _saved(document)


def _places(data: bytes, document: Word, styles: Styles, text: str) -> Iterator[_Place]:
    """Yield the lines of the file with their places in the text, which may have blank lines between them."""
    groups = {
        place: group for group in together(paragraph_elements(document.element.body)) for place, _ in group
    }
    read = read_bytes(data, "report.docx")
    at = 0
    taken: dict[str, int] = {}
    for paragraph in read.paragraphs:
        line = read.text[paragraph.start : paragraph.end]
        own = line[paragraph.generated :]
        at = text.index(line, at)
        paragraphs = tuple(element for _, element in groups[paragraph.place])
        whole = "".join(character for character, _ in _all_characters(paragraphs, styles))
        first = whole.index(own, taken.get(paragraph.place, 0))
        taken[paragraph.place] = first + len(own)
        yield _Place(at + paragraph.generated, at + len(line), first, paragraphs)
        at += len(line)


def _all_characters(paragraphs: Iterable[etree._Element], styles: Styles) -> _Characters:
    return [each for paragraph in paragraphs for each in characters(paragraph, styles)]


def _characters(place: _Place, styles: Styles) -> _Characters:
    found = _all_characters(place.paragraphs, styles)
    return found[place.first : place.first + place.end - place.start]


def _cut(places: Sequence[_Place], styles: Styles, offsets: set[int]) -> None:
    """Cut runs so that each offset of the text is between two runs; a run may hold several lines."""
    for place in places:
        inside = sorted(offset for offset in offsets if place.start <= offset <= place.end)
        held = _all_characters(place.paragraphs, styles) if inside else []
        # From the end, so that what is cut off does not move what comes before.
        for offset in reversed(inside):
            at = place.first + offset - place.start
            if 0 < at < len(held) and held[at - 1][1] is held[at][1] and held[at][1].tag == f"{W}r":
                _cut_run(held[at][1], sum(1 for _, other in held[:at] if other is held[at][1]))


def _cut_run(run: etree._Element, length: int) -> None:
    """Move what comes after so many characters of a run into a new run after it."""
    rest = OxmlElement("w:r")
    properties = run.find(f"{W}rPr")
    if properties is not None:
        rest.append(deepcopy(properties))
    for element in [each for each in run if each.tag != f"{W}rPr"]:
        if length <= 0:
            rest.append(element)
        elif element.tag == f"{W}t":
            text = element.text or ""
            if length < len(text):
                tail = OxmlElement("w:t")
                element.text, tail.text = text[:length], text[length:]
                for part in (element, tail):
                    part.set(_SPACE, "preserve")
                rest.append(tail)
            length -= len(text)
        elif element.tag in _ONE_CHARACTER:
            length -= 1
    run.addnext(rest)


def _ends(
    places: Sequence[_Place], held: dict[int, _Characters], start: int, end: int
) -> tuple[etree._Element, etree._Element] | None:
    """Return the first and last run of a stretch; where it leaves its cell or box, of what comes before."""
    touched = [place for place in places if place.start < end and start < place.end]
    if not touched:  # inside a number that Word generates
        touched = [place for place in places if start < place.end][:1]
        start, end = (touched[0].start, touched[0].start + 1) if touched else (start, end)
    if not touched:
        return None
    first = touched[0]
    home = first.paragraphs[0].getparent()
    last = [place for place in touched if place.paragraphs[-1].getparent() is home][-1]
    low = held[id(first)][max(0, start - first.start)][1]
    high = held[id(last)][min(end, last.end) - last.start - 1][1]
    return _markable(low), _markable(high)


def _markable(run: etree._Element) -> etree._Element:
    """Return the run, or what holds it, beside which a mark of a comment may stand."""
    while (parent := run.getparent()) is not None and parent.tag not in _HOLDERS:
        run = parent
    return run


def _saved(document: Word) -> bytes:
    """Return the file, its parts without the time of writing."""
    out = io.BytesIO()
    document.save(out)
    again = io.BytesIO()
    with zipfile.ZipFile(out) as parts, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as dated:
        for part in parts.infolist():
            entry = zipfile.ZipInfo(part.filename, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            dated.writestr(entry, parts.read(part))
    return again.getvalue()
