"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import re
from enum import StrEnum


class Kind(StrEnum):
    """Kinds of content, worded as a user is told them."""

    ZIP = "压缩包（ZIP）"
    OLE = "Office 97-2003 文件"
    PDF = "PDF"
    RTF = "RTF 文档"
    HTML = "网页（HTML）"
    WORD_XML = "Word 2003 XML 文档"
    IMAGE = "图片"
    ARCHIVE = "压缩包"
    PROGRAM = "程序"
    OTHER = "无法识别的内容"


_PREFIXES: tuple[tuple[bytes, Kind], ...] = (
    (b"PK\x03\x04", Kind.ZIP),
    (b"PK\x05\x06", Kind.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OLE),
    (b"{\\rtf", Kind.RTF),
    (b"\x89PNG\r\n\x1a\n", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"GIF8", Kind.IMAGE),
    (b"II*\x00", Kind.IMAGE),
    (b"MM\x00*", Kind.IMAGE),
    (b"Rar!\x1a\x07", Kind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Kind.ARCHIVE),
    (b"\x1f\x8b\x08", Kind.ARCHIVE),
    (b"\x7fELF", Kind.PROGRAM),
)
_WEB = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html)\b", re.I | re.S)
_MHTML = re.compile(rb"\s*MIME-Version:", re.I)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def sniff(data: bytes) -> Kind:
    """Return the kind of content that the bytes show; ``OTHER`` for plain text too."""
    for prefix, kind in _PREFIXES:
        if data.startswith(prefix):
            return kind
    head = data[:1024].removeprefix(_BYTE_ORDER_MARK)
    # Readers of PDF allow for some bytes before the mark, as mail programs leave them.
    if b"%PDF-" in head:
        return Kind.PDF
    if _WEB.match(head) or _MHTML.match(head):
        return Kind.HTML
    if head.lstrip().startswith(b"<?xml") and b"Word.Document" in head:
        return Kind.WORD_XML
    return Kind.OTHER
