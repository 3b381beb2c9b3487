"""Word documents (.docx): the text as Word shows it, with tracked changes accepted.

Left out are headers, footers, foot- and endnotes, hidden text, the codes of fields, the scorecard of an
earlier run, and comments but for those to this program (``Note``).  A cell of a table of problems begins with
the head of its column, whose own row is left out for it.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Collection, Iterator

from lxml import etree

from analyzer.errors import ShupingError, error
from analyzer.reading.assembly import Line, assemble, split
from analyzer.reading.document import Note, Paragraph
from analyzer.reading.ledgers import column_heads
from analyzer.reading.limits import Limits
from analyzer.reading.numbering import Counter
from analyzer.reading.package import Package, kind_of_zip
from analyzer.reading.word_lists import WordLists
from analyzer.reading.word_marks import Fields, symbol
from analyzer.reading.word_notes import ANCHORS, Anchor, calls, notes
from analyzer.reading.word_styles import Styles, W, child, value
from analyzer.reading.word_tables import tables

# The bookmark around the scorecard of an earlier run; unlike a content control it outlives LibreOffice.
SCORECARD = "_shuping_scorecard"

_MAIN = "word/document.xml"
# Names that only a Word file has, and those of workbooks and slides.
_OWN = ("word/", "[Content_Types].xml")
_OTHERS = ("xl/", "ppt/")
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATIVE = f"{_COMPATIBILITY}AlternateContent"
_CHOICES = (f"{_COMPATIBILITY}Choice", f"{_COMPATIBILITY}Fallback")
_DROPPED = frozenset(W + name for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "rt"))
_BLOCKS = frozenset(
    W + name for name in ("tbl", "tr", "tc", "sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
)
_MARK, _MARK_END = f"{W}bookmarkStart", f"{W}bookmarkEnd"
_FIXED = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}

_Pieces = list[tuple[str, etree._Element]]
_Walk = Callable[[etree._Element], None]


def read(data: bytes, limits: Limits) -> tuple[str, tuple[Paragraph, ...], tuple[Note, ...]]:
    r"""Read a document.

    Parameters
    ----------
    data : bytes
        The file, which starts as a ZIP does.
    limits : Limits

    Returns
    -------
    text : str
        Lines joined by ``\n``; a line break inside a paragraph gives two lines with the same place.
    paragraphs : tuple of Paragraph
        ``place`` leads to the ``w:p`` by way of ``paragraph_elements``; the lines of one place are, in order,
        the lines that are not blank of its ``characters``, the first with ``generated`` characters before it.
    notes : tuple of Note

    Raises
    ------
    ShupingError
        ``damaged``, ``encrypted``, ``hostile``, ``too-large``, ``wrong-name`` or ``empty``.
    """
    package = Package(data, limits)
    main = package.related("", "officeDocument") or _MAIN
    if main not in package or main.startswith(_OTHERS):
        if main not in package and any(name.startswith(_OWN) for name in package.names()):
            raise error("damaged", detail="缺少正文部件 word/document.xml")
        raise error("wrong-name", suffix=".docx", found=kind_of_zip(data))
    body = child(package.xml(main), "body")
    if body is None:
        raise error("damaged", detail="正文部件里没有正文")
    styles = Styles(_part(package, main, "styles"))
    lists = WordLists(_part(package, main, "numbering"), styles)
    paragraphs = paragraph_elements(body)
    if len(paragraphs) > limits.lines:
        raise error("too-large", found=f"{len(paragraphs)} 段", limit=f"{limits.lines} 段")
    called = calls(_comments(package, main))
    anchors: list[Anchor] = []
    raw: dict[str, str] = {}
    text, found = assemble(_lines(paragraphs, styles, lists, anchors, raw))
    return text, found, notes(called, anchors, text, found, raw) if called else ()


def styles_of(data: bytes) -> Styles:
    """Return the styles of a document that `read` has read."""
    package = Package(data, Limits())
    return Styles(_part(package, package.related("", "officeDocument") or _MAIN, "styles"))


def _part(package: Package, main: str, kind: str) -> etree._Element | None:
    name = package.related(main, kind)
    return None if name is None else package.xml(name)


def _comments(package: Package, main: str) -> etree._Element | None:
    """Return the part of comments; what is wrong with it is no reason to refuse the text."""
    try:
        return _part(package, main, "comments")
    except ShupingError:
        return None


def _lines(
    paragraphs: list[tuple[str, etree._Element]],
    styles: Styles,
    lists: WordLists,
    anchors: list[Anchor],
    raw: dict[str, str],
) -> Iterator[Line]:
    """Yield the lines; adds where comments are anchored, and the characters of each place."""
    counter = Counter(lists.lists)
    walked = {place: _ParagraphText(styles, paragraph) for place, paragraph in paragraphs}
    heads, spoken = column_heads(tables(paragraphs, {place: walk.text for place, walk in walked.items()}))
    for joined in together(paragraphs):
        text = ""
        walks = [walked[place] for place, _ in joined]
        places = (place for (place, _), walk in zip(joined, walks, strict=True) if walk.pieces)
        last_place, last = joined[-1]
        origin = next(places, last_place)
        for walk in walks:
            anchors += (
                Anchor(comment, kind, origin, len(text) + offset) for comment, kind, offset in walk.anchors
            )
            text += walk.text
        raw[origin] = text
        head = next((heads[place] for place, _ in joined if place in heads), "")
        number = head + _number(last, styles, lists, counter)
        if text and not all(place in spoken for place, _ in joined):
            yield from split(text, origin, styles.heading(last), number)


def together(paragraphs: list[tuple[str, etree._Element]]) -> Iterator[list[tuple[str, etree._Element]]]:
    """Yield the paragraphs in groups of one, or of several where the mark between them was deleted.

    The text of a group is one paragraph of the reading; its place is that of the first with text.
    """
    group: list[tuple[str, etree._Element]] = []
    for place, paragraph in paragraphs:
        group.append((place, paragraph))
        if not _mark_is_deleted(paragraph):
            yield group
            group = []
    if group:
        yield group


def _mark_is_deleted(paragraph: etree._Element) -> bool:
    properties = child(paragraph, "pPr", "rPr")
    return child(properties, "del") is not None or child(properties, "moveFrom") is not None


def _number(paragraph: etree._Element, styles: Styles, lists: WordLists, counter: Counter) -> str:
    identity, depth, names = styles.list_of(paragraph)
    if not identity:
        return ""
    return counter.number(identity, lists.depth_of(identity, names) if depth is None else depth)


def paragraph_elements(body: etree._Element) -> list[tuple[str, etree._Element]]:
    """Return every paragraph of the body with its place, in reading order.

    Parameters
    ----------
    body : lxml element
        ``w:body``, also that of python-docx (``document.element.body``).

    Returns
    -------
    list of (str, lxml element)
        Such as ``("body/tbl[1]/tr[2]/tc[3]/p[1]", <w:p>)``: each step counts, from 1, the children of that
        name; ``txbxContent[k]`` is the k-th text box anchored in a paragraph and follows it.
    """
    found: list[tuple[str, etree._Element]] = []
    _collect(body, "body", found, scorecard_blocks(body))
    return found


def _collect(
    parent: etree._Element,
    place: str,
    found: list[tuple[str, etree._Element]],
    left_out: Collection[etree._Element] = (),
) -> None:
    tally: Tally[str] = Tally()
    for element in parent:
        name = str(element.tag).rpartition("}")[2]
        tally[name] += 1
        step = f"{place}/{name}[{tally[name]}]"
        if element in left_out:
            continue
        if element.tag == f"{W}p":
            found.append((step, element))
            boxes: list[etree._Element] = []
            _find_boxes(element, boxes)
            for number, box in enumerate(boxes, start=1):
                _collect(box, f"{step}/txbxContent[{number}]", found)
        elif element.tag == _ALTERNATIVE:
            branch = next(element.iterchildren(*_CHOICES), None)
            if branch is not None:
                _collect(branch, step, found)
        elif element.tag in _BLOCKS and not _is_gone(element):
            _collect(element, step, found)


def _is_gone(element: etree._Element) -> bool:
    """Tell whether a row or cell was deleted, or repeats the cell it is merged with."""
    if element.tag == f"{W}tr":
        return child(element, "trPr", "del") is not None
    if element.tag == f"{W}tc":
        properties = child(element, "tcPr")
        merged = child(properties, "vMerge")
        goes_on = merged is not None and merged.get(f"{W}val", "continue") == "continue"
        return (
            goes_on or value(properties, "hMerge") == "continue" or child(properties, "cellDel") is not None
        )
    return False


def scorecard_blocks(body: etree._Element) -> list[etree._Element]:
    """Return the children of a body that are the scorecard of an earlier run."""
    mark = next((each for each in body.iter(_MARK) if each.get(f"{W}name") == SCORECARD), None)
    if mark is None:
        return []
    number = mark.get(f"{W}id")
    end = next((each for each in body.iter(_MARK_END) if each.get(f"{W}id") == number), None)
    blocks: list[etree._Element] = []
    last = None if end is None else _child_of(body, end)
    block: etree._Element | None = _child_of(body, mark)
    while block is not None and block.tag != f"{W}sectPr":
        blocks.append(block)
        block = None if block is last else block.getnext()
    return blocks


def _child_of(body: etree._Element, element: etree._Element) -> etree._Element:
    """Return the child of a body that an element stands in."""
    while (parent := element.getparent()) is not None and parent is not body:
        element = parent
    return element


def _find_boxes(element: etree._Element, boxes: list[etree._Element]) -> None:
    """Collect the text boxes of a paragraph; of alternatives the first that holds one."""
    for inner in element:
        if inner.tag == f"{W}txbxContent":
            boxes.append(inner)
        elif inner.tag == _ALTERNATIVE:
            before = len(boxes)
            for branch in inner.iterchildren(*_CHOICES):
                if len(boxes) == before:
                    _find_boxes(branch, boxes)
        elif inner.tag not in _DROPPED:
            _find_boxes(inner, boxes)


def characters(paragraph: etree._Element, styles: Styles) -> _Pieces:
    r"""Return the text of a ``w:p`` character by character, each with the run it stands in.

    Parameters
    ----------
    paragraph : lxml element
    styles : Styles
        Of the document, since styles can hide text.

    Returns
    -------
    list of (str, lxml element)
        Single characters, ``\n`` for a line break inside the paragraph; without an automatic number.
    """
    pieces = _ParagraphText(styles, paragraph).pieces
    return [(character, run) for piece, run in pieces for character in piece]


class _ParagraphText:
    """Walks one paragraph, keeping account of fields, whose codes are not shown."""

    def __init__(self, styles: Styles, paragraph: etree._Element) -> None:
        self.pieces: _Pieces = []
        self.anchors: list[tuple[str, str, int]] = []
        self._length = 0
        self._styles = styles
        self._hidden = styles.hides_paragraph(paragraph)
        self._fields = Fields()
        self._walk(paragraph)
        self.text = "".join(piece for piece, _ in self.pieces)

    def _walk(self, parent: etree._Element) -> None:
        for element in parent:
            if element.tag == f"{W}r":
                if not self._styles.hides_run(element, by_paragraph=self._hidden):
                    self._run(element, element)
                else:
                    for mark in element.iterchildren(f"{W}fldChar"):
                        self._fields.mark(mark.get(f"{W}fldCharType"))
            elif element.tag == f"{_MATH}r":
                for text in element.iterchildren(f"{_MATH}t", f"{W}t"):
                    self._add(text.text or "", element)
            elif element.tag in ANCHORS:
                self._anchor(element)
            elif element.tag == _ALTERNATIVE:
                self._alternative(element, self._walk)
            elif element.tag not in _DROPPED:
                self._walk(element)

    def _run(self, parent: etree._Element, run: etree._Element) -> None:
        for element in parent:
            if element.tag == f"{W}t":
                self._add((element.text or "").replace("\r", "").replace("\n", " "), run)
            elif element.tag in _FIXED:
                self._add(_FIXED[element.tag], run)
            elif element.tag == f"{W}sym":
                self._add(_symbol(element), run)
            elif element.tag == f"{W}fldChar":
                self._fields.mark(element.get(f"{W}fldCharType"))
            elif element.tag in ANCHORS:
                self._anchor(element)
            elif element.tag == f"{W}ruby":
                for base in element.iterchildren(f"{W}rubyBase"):
                    self._walk(base)
            elif element.tag == _ALTERNATIVE:
                self._alternative(element, lambda branch: self._run(branch, run))

    def _alternative(self, element: etree._Element, walk: _Walk) -> None:
        """Take the first branch that gives text."""
        before = len(self.pieces)
        for branch in element.iterchildren(*_CHOICES):
            if len(self.pieces) == before:
                walk(branch)

    def _anchor(self, element: etree._Element) -> None:
        self.anchors.append((element.get(f"{W}id", ""), str(element.tag), self._length))

    def _add(self, text: str, run: etree._Element) -> None:
        if text and self._fields.shown:
            self.pieces.append((text, run))
            self._length += len(text)


def _symbol(element: etree._Element) -> str:
    try:
        return symbol(int(element.get(f"{W}char", ""), 16))
    except ValueError:
        return ""
