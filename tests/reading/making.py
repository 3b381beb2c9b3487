"""Makes the files that the tests of reading read: Word, PDF, OLE, each as small as it can be."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def convert(file: Path, form: str) -> Path:
    """Have LibreOffice make another file of a file, beside it."""
    profile = (file.parent / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", form]
    subprocess.run([*command, "--outdir", file.parent, file], check=True, capture_output=True, timeout=120)
    return file.with_suffix("." + form.partition(":")[0])


REPORT = (
    "云溪县水务局党组书记2023年度抓基层党建工作述职报告",
    "一年来，本人认真履行第一责任人职责，现将有关情况报告如下：",
    "一、履职情况",
    "（一）抓理论武装。组织集中学习12次，讲党课4次，党员干部的“四个意识”进一步增强。",
    "（二）抓组织建设。对6个支部逐一过筛，整顿后进支部1个，新发展党员3名，按期转正2名。",
    "二、存在的主要问题",
    "一是学用结合不紧。主要原因是本人满足于学过，没有把学习成果拿到水库除险加固的工地上检验。",
    "二是联系群众不够。全年到村组只有X次，有的诉求拖了两个多月才答复，群众有意见。",
    "三、下一步打算",
    "每月至少到一个村开一次院坝会，诉求当场登记，三十日内办结，办不了的由本人上门说明。",
)

W_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{W_NAMESPACE}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def relationships(*kinds_and_targets: tuple[str, str]) -> str:
    """Return a part of relationships."""
    items = "".join(
        f'<Relationship Id="r{number}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(kinds_and_targets)
    )
    return f'<Relationships xmlns="{_PACKAGE_RELATION}">{items}</Relationships>'


def word_parts(body: str, *, numbering: str = "", styles: str = "") -> dict[str, str]:
    """Return the parts of a .docx, its body given as XML."""
    return {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": relationships(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relationships(
            ("numbering", "numbering.xml"), ("styles", "styles.xml")
        ),
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/numbering.xml": f"<w:numbering {_NAMESPACES}>{numbering}</w:numbering>",
        "word/styles.xml": f"<w:styles {_NAMESPACES}>{styles}</w:styles>",
    }


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def word(body: str, *, numbering: str = "", styles: str = "") -> bytes:
    """Return a .docx, its body given as XML."""
    return zipped(word_parts(body, numbering=numbering, styles=styles))


def run(text: str, properties: str = "") -> str:
    """Return a ``w:r``."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str, properties: str = "") -> str:
    """Return a ``w:p`` with one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def item(text: str, depth: int, identity: int = 1) -> str:
    """Return a ``w:p`` in an automatic list."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{identity}"/></w:numPr>')


def abstract_list(identity: int, *levels: tuple[str, str, str], start: int = 1) -> str:
    """Return an abstract list, its levels given by format, template and what follows the number."""
    inner = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{template}"/></w:lvl>'
        for depth, (form, template, suffix) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{identity}">{inner}</w:abstractNum>'


def list_use(identity: int, abstract: int, overrides: str = "") -> str:
    """Return the ``w:num`` by which paragraphs refer to a list."""
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'


def pdf_of(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Return a PDF of these objects, numbered from 1, of which the first is the catalogue."""
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
        + b"trailer\n<</Size %d/Root 1 0 R%s>>\n" % (len(objects) + 1, trailer)
        + b"startxref\n%d\n%%%%EOF\n" % len(out)
    )


def stream(content: bytes, dictionary: bytes = b"") -> bytes:
    """Return a PDF stream."""
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (dictionary, len(content), content)


def pdf(
    pages: Sequence[Sequence[tuple[float, float, float, str]]],
    *,
    matrix: str = "1 0 0 1",
    drawn: Sequence[str] = (),
    form: str = "",
) -> bytes:
    """Return a PDF on A4 with a Song typeface that is not embedded.

    Each page is a list of rows: x and y in points from the lower left, size, text.  ``drawn`` are the
    operators that draw on each page, ``form`` those of a drawing that they may call ``/X1``.
    """
    kids = b" ".join(b"%d 0 R" % (5 + 2 * index) for index in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>",
    ]
    named = b"/XObject<</X1 %d 0 R>>" % (5 + 2 * len(pages)) if form else b""
    for index, rows in enumerate(pages):
        content = "".join(
            f"BT /F1 {size} Tf {matrix} {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n"
            for x, y, size, text in rows
        )
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>%s>>>>" % (6 + 2 * index, named)
        )
        objects.append(stream((content + "".join(drawn[index : index + 1])).encode()))
    if form:
        objects.append(stream(form.encode(), b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]"))
    return pdf_of(objects)


def set_in_type(paragraphs: Sequence[str], *, size: float = 12, indent: int = 2, width: int = 30) -> bytes:
    """Return a PDF with the paragraphs broken into lines as programs do, page numbers at the foot."""
    lines = []
    for text in paragraphs:
        first = text[: width - indent]
        rest = text[width - indent :]
        lines.append((90 + indent * size, first))
        lines += [(90, rest[at : at + width]) for at in range(0, len(rest), width)]
    pages: list[list[tuple[float, float, float, str]]] = []
    for start in range(0, len(lines), 12):
        rows = [(x, 760 - 20 * row, size, text) for row, (x, text) in enumerate(lines[start : start + 12])]
        pages.append([*rows, (280.0, 40.0, 9.0, f"- {len(pages) + 1} -")])
    return pdf(pages)


_SECTOR = 512
# Smaller streams would need a second kind of sectors.
_SMALLEST = 4096
_END, _FREE, _TABLE = 0xFFFF_FFFE, 0xFFFF_FFFF, 0xFFFF_FFFD


def ole(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file with these streams at its top; small ones are filled up with NULs."""
    bodies = [content.ljust(_SMALLEST, b"\0") for content in streams.values()]
    counts = [-(-len(body) // _SECTOR) for body in bodies]
    directory_sectors = -(-(len(bodies) + 1) // 4)
    chain = [_TABLE, *range(2, directory_sectors + 1), _END]
    starts = []
    for count in counts:
        starts.append(len(chain))
        chain += [*range(len(chain) + 1, len(chain) + count), _END]
    assert len(chain) <= _SECTOR // 4, "too long for one sector of the table"
    entries = [_entry("Root Entry", 5, 1, _END, 0)]
    for number, (name, start, body) in enumerate(zip(streams, starts, bodies, strict=True), start=1):
        following = number + 1 if number < len(bodies) else _FREE
        entries.append(_entry(name, 2, following, start, len(body)))
    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    sizes = (0, 1, 1, 0, _SMALLEST, _END, 0, _END, 0, 0)
    head = struct.pack("<8s16s5H6x10I", magic, b"", 0x3E, 3, 0xFFFE, 9, 6, *sizes)
    return (
        head.ljust(_SECTOR, b"\xff")
        + struct.pack(f"<{len(chain)}I", *chain).ljust(_SECTOR, b"\xff")
        + b"".join(entries).ljust(directory_sectors * _SECTOR, b"\0")
        + b"".join(body.ljust(count * _SECTOR, b"\0") for body, count in zip(bodies, counts, strict=True))
    )


def _entry(name: str, kind: int, link: int, start: int, size: int) -> bytes:
    letters = name.encode("utf-16-le") + b"\0\0"
    # The root's only child is the first stream; each stream is the right neighbour of the one before.
    left, right, child = (_FREE, _FREE, link) if kind == 5 else (_FREE, link, _FREE)
    return struct.pack(
        "<64sHBBIII16sIQQIQ", letters, len(letters), kind, 1, left, right, child, b"", 0, 0, 0, start, size
    )


def binary_word(
    pieces: Sequence[tuple[str, bool]], *, flags: int = 0x0200, version: int = 0xC1
) -> dict[str, bytes]:
    """Return the streams of a binary Word file.

    ``pieces`` are stretches of the text, with whether one byte a character is enough.  They are laid down
    in reverse order, as saving bit by bit does.
    """
    length = sum(len(text) for text, _ in pieces)
    main = bytearray(1536)
    struct.pack_into("<HH", main, 0, 0xA5EC, version)
    struct.pack_into("<H", main, 0x0A, flags)
    struct.pack_into("<I", main, 0x4C, length)
    places = {}
    for number in reversed(range(len(pieces))):
        text, single = pieces[number]
        places[number] = len(main) * 2 | 0x4000_0000 if single else len(main)
        main += text.encode("cp1252" if single else "utf-16-le")
    bounds = [0]
    for text, _ in pieces:
        bounds.append(bounds[-1] + len(text))
    plan = struct.pack(f"<{len(bounds)}I", *bounds)
    plan += b"".join(struct.pack("<HIH", 0, places[number], 0) for number in range(len(pieces)))
    table = struct.pack("<BI", 2, len(plan)) + plan
    struct.pack_into("<II", main, 0x9A + 8 * 33, 0, len(table))
    return {"WordDocument": bytes(main), "1Table": table}
