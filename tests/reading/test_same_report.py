"""One report in every format reads as the same paragraphs."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from analyzer.reading import Document, read, read_bytes

from . import making
from .making import REPORT, abstract_list, convert, item, list_use, needs_libreoffice, paragraph, run, word

_ROOT = Path(__file__).parents[2]
_OUTSIDE = _ROOT.parent / "shared"
_REPORTS = [
    _ROOT / "corpora" / "w6" / "w6-05.txt",
    _ROOT / "corpora" / "w1" / "w1-01.txt",
    _OUTSIDE / "corpus" / "seed" / "seed.txt",
]


def _paragraphs(document: Document) -> list[str]:
    return [document.text[p.start : p.end] for p in document.paragraphs]


@pytest.fixture(params=_REPORTS, ids=lambda path: path.stem)
def report(request: pytest.FixtureRequest) -> list[str]:
    path: Path = request.param
    if not path.is_file():
        pytest.skip("this report is not here")
    return _lines_of(path)


def _lines_of(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()]


def _typed(lines: list[str]) -> bytes:
    file = docx.Document()
    for line in lines:
        file.add_paragraph(line)
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_text_in_every_encoding(report: list[str], encoding: str) -> None:
    assert _paragraphs(read_bytes("\r\n".join(report).encode(encoding), "a.txt")) == report


def test_word(report: list[str]) -> None:
    assert _paragraphs(read_bytes(_typed(report), "a.docx")) == report


def test_binary_word(report: list[str]) -> None:
    content = making.ole(making.binary_word([("\r".join(report) + "\r", False)]))
    assert _paragraphs(read_bytes(content, "a.wps")) == report


def test_pdf_made_by_hand(report: list[str]) -> None:
    kept = [line for line in report if line.isascii() is False]
    found = _paragraphs(read_bytes(making.set_in_type(kept), "a.pdf"))
    assert "".join("".join(found).split()) == "".join("".join(kept).split())
    assert len(found) == len(kept)


@needs_libreoffice
def test_made_by_libreoffice(tmp_path: Path) -> None:
    seed = _REPORTS[-1]
    report = _lines_of(seed) if seed.is_file() else list(REPORT)
    source = tmp_path / "报告.docx"
    source.write_bytes(_typed(report))
    assert _paragraphs(read(convert(source, "doc:MS Word 97"))) == report
    assert _paragraphs(read(convert(source, "pdf"))) == report


_LISTS = abstract_list(
    7, ("chineseCounting", "%1、", "nothing"), ("chineseCounting", "（%2）", "tab"), ("decimal", "%3.", "tab")
) + list_use(1, 7)


@needs_libreoffice
def test_what_word_generates_and_hides_is_the_same_in_binary_files(tmp_path: Path) -> None:
    who = 'w:author="a" w:date="2024-01-01T00:00:00Z"'
    deleted = f'<w:del w:id="1" {who}><w:r><w:delText>删</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2" {who}>{run("加")}</w:ins>'
    changed = f"<w:p>{run('前')}{deleted}{inserted}{run('藏', '<w:vanish/>')}{run('后')}</w:p>"
    body = item("履职情况", 0) + item("学习", 1) + item("组织", 1) + item("细目", 2) + item("问题", 0)
    source = tmp_path / "a.docx"
    source.write_bytes(word(body + item("又", 1) + changed + paragraph("末"), numbering=_LISTS))
    expected = ["一、履职情况", "（一）学习", "（二）组织", "1.细目", "二、问题", "（一）又", "前加后", "末"]
    binary = read(convert(source, "doc:MS Word 97"))
    assert _paragraphs(read(source)) == _paragraphs(binary) == expected
    assert [p.generated for p in binary.paragraphs] == [2, 3, 3, 2, 2, 3, 0, 0]


def test_the_report_of_these_tests_is_read_alike_everywhere() -> None:
    text = "\n".join(REPORT)
    files = {
        "a.txt": text.encode("gb18030"),
        "a.md": text.encode("utf-16"),
        "a.docx": _typed(list(REPORT)),
        "a.pdf": making.set_in_type(REPORT),
        "a.doc": making.ole(making.binary_word([(text.replace("\n", "\r") + "\r", False)])),
    }
    for name, data in files.items():
        assert _paragraphs(read_bytes(data, name)) == list(REPORT), name
