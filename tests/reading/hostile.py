"""Damaged, misnamed and hostile files, each with the code of the error that it must give."""

from __future__ import annotations

import io
import os
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from . import making

_SECTOR = 512  # bytes, of a compound file
_ZIP_BOMB = 60 * 1024 * 1024


def build(directory: Path) -> list[tuple[Path, str]]:
    """Write the files into a directory.

    Parameters
    ----------
    directory : Path
        An empty directory.

    Returns
    -------
    list of (Path, str)
        Every path with its error's code; some are no regular files, one does not exist.
    """
    cases = []
    for name, content, code in [*_texts(), *_words(), *_pdfs(), *_binaries()]:
        path = directory / name
        path.write_bytes(content)
        cases.append((path, code))
    return cases + _odd_places(directory)


def _texts() -> Iterator[tuple[str, bytes, str]]:
    report = "\n".join(making.REPORT)
    noise = random.Random(7).randbytes(4096)
    yield "zero.txt", b"", "empty"
    yield "blank.txt", " \r\n\t　\n".encode(), "empty"
    yield "only-mark.txt", b"\xef\xbb\xbf", "empty"
    yield "nul.txt", report.encode() + b"\0\0\0", "binary"
    yield "noise.txt", noise, "binary"
    yield "noise.md", noise, "binary"
    yield "cut-utf8.txt", report.encode()[:-2], "encoding"
    yield "cut-utf16.txt", report.encode("utf-16")[:-1], "encoding"
    yield "latin.txt", "Le congrès a été reporté à l’été".encode("cp1252"), "encoding"
    yield "korean.txt", "올해 당 건설 사업을 다음과 같이 보고합니다".encode("euc_kr"), "encoding"
    yield "half-gb.txt", (report[:40] + "\n").encode() + report[40:].encode("gb18030"), "encoding"
    yield "picture.txt", b"\x89PNG\r\n\x1a\n" + noise, "wrong-name"
    yield "page.txt", f"<!DOCTYPE html><html><body>{report}</body></html>".encode(), "wrong-name"
    yield "word.txt", making.word(making.paragraph("述职报告")), "wrong-name"
    yield "many-lines.txt", b"a\n" * 200_000, "too-large"
    yield "huge.txt", b"a" * (21 * 1024 * 1024), "too-large"
    yield "report.xyz", report.encode(), "unknown-format"
    yield "no-suffix", report.encode(), "unknown-format"


def _words() -> Iterator[tuple[str, bytes, str]]:
    body = "".join(map(making.paragraph, making.REPORT))
    good = making.word(body)
    parts = making.word_parts(body)
    yield "zero.docx", b"", "empty"
    yield "no-text.docx", making.word("<w:p/>"), "empty"
    yield "cut-early.docx", good[:20], "damaged"
    yield "cut-half.docx", good[: len(good) // 2], "damaged"
    yield "cut-late.docx", good[:-5], "damaged"
    yield "noise.docx", random.Random(1).randbytes(3000), "damaged"
    yield "flipped.docx", _with_flipped_bits(good), "damaged"
    yield (
        "no-document.docx",
        making.zipped({n: c for n, c in parts.items() if "document.xml" not in n}),
        "damaged",
    )
    yield "no-body.docx", _with_document(parts, "<a/>"), "damaged"
    yield (
        "half-xml.docx",
        _with_document(parts, parts["word/document.xml"][:-30]),
        "damaged",
    )
    yield "text.docx", "\n".join(making.REPORT).encode(), "wrong-name"
    yield "pdf.docx", making.set_in_type(making.REPORT), "wrong-name"
    yield "binary.docx", making.ole(making.binary_word([("述职报告\r", False)])), "wrong-name"
    yield "workbook.docx", making.zipped({"xl/workbook.xml": "<a/>"}), "wrong-name"
    yield "archive.docx", making.zipped({"报告.txt": "述职报告"}), "wrong-name"
    yield "laughs.docx", _with_document(parts, _laughing(body)), "hostile"
    yield "laughs-styles.docx", making.zipped({**parts, "word/styles.xml": _laughing("")}), "hostile"
    yield (
        "laughs-utf16.docx",
        _with_document(parts, _laughing(body).encode("utf-16")),
        "hostile",
    )
    yield "outside.docx", _with_document(parts, _peeking(body)), "hostile"
    yield "path-up.docx", making.zipped({**parts, "../../etc/evil.xml": "<a/>"}), "hostile"
    yield "path-root.docx", making.zipped({**parts, "/etc/evil.xml": "<a/>"}), "hostile"
    yield "path-drive.docx", making.zipped({**parts, "C:/evil.xml": "<a/>"}), "hostile"
    yield "bomb.docx", making.zipped({**parts, "word/media/image1.bmp": b"\0" * _ZIP_BOMB}), "hostile"
    yield "bomb-lying.docx", _lying_bomb(parts), "damaged"
    yield "many-parts.docx", making.zipped({**parts, **{f"word/{n}.xml": "" for n in range(6000)}}), "hostile"
    yield "same-name.docx", _with_twins(parts), "hostile"
    yield "deep.docx", making.word("<w:sdt>" * 1500 + "</w:sdt>" * 1500), "hostile"
    yield (
        "deep-tables.docx",
        making.word("<w:tbl><w:tr><w:tc>" * 80 + "</w:tc></w:tr></w:tbl>" * 80),
        "hostile",
    )
    yield "many-tags.docx", making.word(_unlike("<w:p/>", 310_000)), "too-large"
    yield "locked-zip.docx", _marked_encrypted(good), "encrypted"
    yield (
        "locked.docx",
        making.ole({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": b"x" * 5000}),
        "encrypted",
    )


def _pdfs() -> Iterator[tuple[str, bytes, str]]:
    good = making.set_in_type(making.REPORT)
    yield "zero.pdf", b"", "empty"
    yield "cut.pdf", good[: len(good) // 2], "damaged"
    yield "only-head.pdf", b"%PDF-1.7\n%%EOF", "damaged"
    yield "noise.pdf", random.Random(2).randbytes(3000), "damaged"
    yield "no-xref.pdf", b"%PDF-1.4\nxref\n0 9\ntrailer<</Root 99 0 R>>\nstartxref\n9\n%%EOF", "damaged"
    yield "text.pdf", "\n".join(making.REPORT).encode(), "wrong-name"
    yield "word.pdf", making.word(making.paragraph("述职报告")), "wrong-name"
    yield "scan.pdf", making.pdf([[], []]), "no-text-layer"
    yield "locked.pdf", _locked_pdf(), "encrypted"
    yield "changed.pdf", _packed_pdf(lambda packed: packed[:-1] + bytes([packed[-1] ^ 4])), "damaged"
    yield "part-of-a-page.pdf", _packed_pdf(lambda packed: packed[: len(packed) // 2]), "damaged"
    yield "bomb.pdf", _pdf_bomb(), "hostile"
    yield "nested.pdf", _nested_drawings(), "hostile"
    yield "many-pages.pdf", making.pdf([[]] * 600), "too-large"


def _binaries() -> Iterator[tuple[str, bytes, str]]:
    streams = making.binary_word([("\r".join(making.REPORT) + "\r", False)])
    good = making.ole(streams)
    yield "zero.doc", b"", "empty"
    yield "cut.doc", good[:700], "damaged"
    yield "cut.wps", good[:2000], "damaged"
    yield "head.doc", good[:8], "damaged"
    yield "noise.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(3).randbytes(4000), "damaged"
    yield "no-pieces.doc", making.ole({**streams, "1Table": b"\xff" * 64}), "damaged"
    yield "no-table.doc", making.ole({"WordDocument": streams["WordDocument"]}), "damaged"
    yield "circle.doc", _going_in_circles(good), "damaged"
    yield "overlaid.doc", making.ole(_laid_upon_itself(200)), "damaged"
    yield "other.wps", making.ole({"Nothing": b"x"}), "damaged"
    yield "locked.doc", making.ole(making.binary_word([("x\r", False)], flags=0x0300)), "encrypted"
    yield "workbook.doc", making.ole({"Workbook": b"x"}), "wrong-name"
    yield "slides.wps", making.ole({"PowerPoint Document": b"x"}), "wrong-name"
    yield "word.doc", making.word(making.paragraph("述职报告")), "wrong-name"
    yield "page.doc", b"<html><body>x</body></html>", "wrong-name"
    yield "text.wps", "\n".join(making.REPORT).encode("gb18030"), "wrong-name"


def _going_in_circles(data: bytes) -> bytes:
    """Return a compound file whose first stream claims two gigabytes and ends where it begins."""
    changed = bytearray(data)
    entry = data.index("WordDocument".encode("utf-16-le"))
    start, size = struct.unpack_from("<II", data, entry + 116)
    last = start + -(-size // _SECTOR) - 1
    struct.pack_into("<I", changed, _SECTOR + 4 * last, start)
    struct.pack_into("<I", changed, entry + 120, 0x7FFF_0000)
    return bytes(changed)


def _laid_upon_itself(times: int) -> dict[str, bytes]:
    """Return the streams of a Word file whose text is so many pieces, all of them the same bytes."""
    words = "述职报告" * 250
    streams = making.binary_word([(words, False)])
    main = bytearray(streams["WordDocument"])
    bounds = [len(words) * number for number in range(times + 1)]
    piece = streams["1Table"][-8:]
    plan = struct.pack(f"<{len(bounds)}I", *bounds) + piece * times
    table = struct.pack("<BI", 2, len(plan)) + plan
    struct.pack_into("<I", main, 0x4C, bounds[-1])
    struct.pack_into("<II", main, 0x9A + 8 * 33, 0, len(table))
    return {"WordDocument": bytes(main), "1Table": table}


def _odd_places(directory: Path) -> list[tuple[Path, str]]:
    folder = directory / "folder.docx"
    folder.mkdir()
    cases = [(folder, "not-readable"), (directory / "missing.docx", "not-found")]
    cases.append((directory / "zero.txt" / "below.txt", "not-found"))
    cases.append((directory / ("长" * 300 + ".txt"), "not-readable"))
    try:
        (directory / "loop-a.docx").symlink_to("loop-b.docx")
        (directory / "loop-b.docx").symlink_to("loop-a.docx")
        (directory / "dangling.docx").symlink_to("nowhere.docx")
    except OSError:
        pass  # Windows lets only some users make links.
    else:
        cases += [(directory / "loop-a.docx", "not-readable"), (directory / "dangling.docx", "not-found")]
    if hasattr(os, "mkfifo"):
        os.mkfifo(directory / "pipe.txt")
        cases.append((directory / "pipe.txt", "not-readable"))
    if hasattr(os, "geteuid") and os.geteuid() != 0:
        closed = directory / "closed.txt"
        closed.write_text("述职报告", "utf-8")
        closed.chmod(0)
        cases.append((closed, "not-readable"))
    return cases


def _with_flipped_bits(data: bytes) -> bytes:
    """Spoil the compressed text of the largest part."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry = archive.getinfo("word/document.xml")
    start = entry.header_offset + 30 + len(entry.filename)
    spoiled = bytearray(data)
    for offset in range(start + 20, start + 40):
        spoiled[offset] ^= 0x55
    return bytes(spoiled)


def _with_document(parts: dict[str, str], content: str | bytes) -> bytes:
    return making.zipped({**parts, "word/document.xml": content})


def _laughing(body: str) -> str:
    entities = '<!ENTITY l0 "哈哈哈哈哈哈哈哈">'
    entities += "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    document = _document(body + making.paragraph("X")).replace("X", "&l9;")
    return f"<?xml version='1.0'?><!DOCTYPE d [{entities}]>{document}"


def _peeking(body: str) -> str:
    document = _document(body + making.paragraph("X")).replace("X", "&x;")
    return f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>{document}'


def _document(body: str) -> str:
    return making.word_parts(body)["word/document.xml"]


def _unlike(tag: str, count: int) -> str:
    """Repeat a tag with enough chance in between that it does not look like a bomb."""
    chance = random.Random(5)
    return "".join(f"{tag}{chance.getrandbits(24):x}" for _ in range(count))


def _lying_bomb(parts: dict[str, str]) -> bytes:
    """Return a package whose directory understates what a part unpacks to."""
    content = making.zipped({**parts, "word/document.xml": " " * _ZIP_BOMB})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo("word/document.xml").file_size
    return content.replace(size.to_bytes(4, "little"), (5000).to_bytes(4, "little"))


def _with_twins(parts: dict[str, str]) -> bytes:
    return making.zipped({**parts, "word/dOcument.xml": parts["word/document.xml"]}).replace(
        b"word/dOcument.xml", b"word/document.xml"
    )


def _marked_encrypted(data: bytes) -> bytes:
    marked = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = marked.find(signature)
        while at >= 0:
            marked[at + offset] |= 1
            at = marked.find(signature, at + 4)
    return bytes(marked)


def _locked_pdf() -> bytes:
    key = b"<" + b"41" * 32 + b">"
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O %s/U %s>>/ID[<61><61>]" % (key, key)
    return making.pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        ],
        lock,
    )


def _packed_pdf(spoil: Callable[[bytes], bytes], content: bytes = b"BT (report) Tj ET " * 40) -> bytes:
    """Return a PDF of one page whose content is packed, and spoiled then."""
    return making.pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
            making.stream(spoil(zlib.compress(content, 9)), b"/Filter/FlateDecode"),
        ]
    )


def _pdf_bomb() -> bytes:
    return _packed_pdf(bytes, b"q Q " * (10 * 1024 * 1024))


def _nested_drawings() -> bytes:
    """Return a PDF whose page draws a form that draws another ten times, twelve levels deep."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
        making.stream(b"/X Do"),
    ]
    for level in range(12):
        inner = b"/Resources<</XObject<</X %d 0 R>>>>" % (6 + level)
        objects.append(making.stream(b"/X Do " * 10, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]" + inner))
    objects.append(making.stream(b"0 0 1 1 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"))
    return making.pdf_of(objects)
