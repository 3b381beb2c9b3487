"""The way of .doc and .wps: the binary Word format is read here, older and other content by LibreOffice."""

from __future__ import annotations

import io

import olefile

from analyzer.errors import ShupingError, error
from analyzer.reading import docx, msdoc, soffice
from analyzer.reading.assembly import assemble
from analyzer.reading.document import Paragraph
from analyzer.reading.limits import Limits
from analyzer.reading.signature import Kind

_WORD = "WordDocument"
_ENCRYPTED = "EncryptedPackage"
_WORKS = "MatOST"
_STREAMS = (_WORD, "0Table", "1Table")
# Streams that tell what else an OLE file is.
_OTHERS = (
    ("Workbook", "Excel 97-2003 工作簿（.xls）"),
    ("Book", "Excel 95 工作簿（.xls）"),
    ("PowerPoint Document", "PowerPoint 97-2003 演示文稿（.ppt）"),
    ("HwpSummaryInformation", "HWP 文档"),
)
_SUFFIXES = {Kind.RTF: ".rtf", Kind.WORD_XML: ".xml"}


def read(data: bytes, suffix: str, kind: Kind, limits: Limits) -> tuple[str, tuple[Paragraph, ...]]:
    """Read a .doc or .wps.

    Parameters
    ----------
    data : bytes
        The file.
    suffix : str
        ``.doc`` or ``.wps``.
    kind : Kind
        What its first bytes show: ``OLE``, ``RTF`` or ``WORD_XML``.
    limits : Limits

    Returns
    -------
    text : str
    paragraphs : tuple of Paragraph
        Places as in ``msdoc``, or in ``docx`` where LibreOffice converted.

    Raises
    ------
    ShupingError
        ``damaged``, ``encrypted``, ``wrong-name``, ``missing-converter``, ``timeout``, ``too-large``,
        ``hostile`` or ``empty``.
    """
    if kind is not Kind.OLE:
        return _converted(data, _SUFFIXES[kind], str(kind), limits)
    streams, names = _open(data)
    if _WORD not in streams:
        if _WORKS in names:
            return _converted(data, ".wps", "Microsoft Works 文档", limits)
        raise _other(names, suffix)
    try:
        return assemble(msdoc.lines(streams))
    except msdoc.OldFormatError:
        return _converted(data, ".doc", "Word 97 以前的文档", limits)


def why_not_docx(data: bytes) -> ShupingError:
    """Return the error for an OLE file that is called .docx."""
    streams, names = _open(data)
    if _WORD in streams:
        return error("wrong-name", suffix=".docx", found="Word 97-2003 文档（.doc）")
    return _other(names, ".docx")


def _other(names: frozenset[str], suffix: str) -> ShupingError:
    if _ENCRYPTED in names:
        return error("encrypted")
    for name, found in _OTHERS:
        if name in names:
            return error("wrong-name", suffix=suffix, found=found)
    return error("damaged", detail="文件里没有 Word 正文")


def _open(data: bytes) -> tuple[dict[str, bytes], frozenset[str]]:
    """Return the streams of a Word file and the names of all streams at the top."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            names = frozenset(entry[0] for entry in file.listdir() if len(entry) == 1)
            held = [name for name in _STREAMS if name in names]
            if any(file.get_size(name) > len(data) for name in held):
                # olefile would go in circles through the sectors, and take memory for all of it.
                raise ValueError("a stream is longer than the file")
            streams = {name: file.openstream(name).read() for name in held}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        # olefile meets contradictions in a file's tables in all these ways.
        raise error("damaged", detail="复合文档结构不完整，可能传输中断") from None
    return streams, names


def _converted(data: bytes, suffix: str, content: str, limits: Limits) -> tuple[str, tuple[Paragraph, ...]]:
    return docx.read(soffice.to_docx(data, suffix, content, limits), limits)[:2]
