"""Comments of Word: ours are put in, and taken out again by a later run; those of people stay."""

from __future__ import annotations

from typing import Final

from docx.document import Document as Word
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.shared import Pt
from lxml import etree

from analyzer.reading.word_notes import ANCHORS, STANDS
from analyzer.reading.word_styles import W
from analyzer.rendering.markup import clean

OURS: Final = ("述评", "评")  # author and initials
_SMALL: Final = Pt(7)
# What Word keeps of comments in other parts: who answers whom and what is done, by the last paragraph of
# each, and lasting numbers of them.
_BESIDE: Final = ("commentsExtended", "commentsIds", "commentsExtensible")
_PARAGRAPH, _PARENT, _LASTING = "paraId", "paraIdParent", "durableId"


def add_comment(
    document: Word,
    first: etree._Element,
    last: etree._Element,
    words: str,
    small: str = "",
    author: tuple[str, str] = OURS,
) -> None:
    """Comment on what stands from one element of a paragraph to another.

    `small` is a last line in small type, for what few read: the rule that a note must name.
    """
    comment = document.comments.add_comment(clean(words), *author)
    if small:
        comment.add_paragraph().add_run(clean(small)).font.size = _SMALL
    del comment._comment_elm.attrib[f"{W}date"]  # two runs give the same file
    number = str(comment.comment_id)
    reference = OxmlElement("w:r")
    reference.append(OxmlElement("w:commentReference", attrs={f"{W}id": number}))
    first.addprevious(OxmlElement("w:commentRangeStart", attrs={f"{W}id": number}))
    last.addnext(reference)
    last.addnext(OxmlElement("w:commentRangeEnd", attrs={f"{W}id": number}))


def drop_comments(document: Word) -> None:
    """Take our comments away; what people have answered to them stays."""
    elements = [comment._comment_elm for comment in document.comments]
    ours = [
        each
        for each in elements
        # Some programs drop initials.
        if each.get(f"{W}author") == OURS[0] and each.get(f"{W}initials", "") in (OURS[1], "")
    ]
    numbers = {each.get(f"{W}id") for each in ours}
    gone = {value for each in ours for line in each.iter(f"{W}p") if (value := _named(line, _PARAGRAPH))}
    for each in ours:
        _remove(each)
    marks = [each for each in document.element.body.iter(*ANCHORS) if each.get(f"{W}id") in numbers]
    for mark in marks:
        run = mark.getparent()
        _remove(mark)
        if mark.tag == STANDS and run.tag == f"{W}r" and all(each.tag == f"{W}rPr" for each in run):
            _remove(run)
    if gone:
        _forget(document, gone)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _forget(document: Word, gone: set[str]) -> None:
    """Take comments, known by their paragraphs, out of the parts beside that of comments."""
    related = document.part.rels.values()
    parts: dict[str, Part] = {
        relation.reltype.rpartition("/")[2]: relation.target_part
        for relation in related
        if not relation.is_external
    }
    names = set(gone)
    for part in (parts[kind] for kind in _BESIDE if kind in parts):
        try:
            root = parse_xml(part.blob)
        except etree.XMLSyntaxError:  # nothing that Word would miss
            continue
        for entry in list(root):
            known = {_named(entry, _PARAGRAPH), _named(entry, _LASTING)} - {""}
            if known & names:
                names |= known
                root.remove(entry)
            elif _named(entry, _PARENT) in names:
                _unname(entry, _PARENT)
        part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _named(element: etree._Element, name: str) -> str:
    """Return an attribute whose namespace differs by version of Word; empty where it is missing."""
    return next((str(value) for key, value in element.attrib.items() if _local(key) == name), "")


def _unname(element: etree._Element, name: str) -> None:
    for key in [key for key in element.attrib if _local(key) == name]:
        del element.attrib[key]


def _local(key: str | bytes) -> str:
    return str(key).rpartition("}")[2]
