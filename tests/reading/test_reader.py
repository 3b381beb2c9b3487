"""The face of reading: what a file is by name and by content, and what is said of it."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from analyzer.errors import ShupingError
from analyzer.reading import SUFFIXES, Limits, read, read_bytes

from .making import REPORT, paragraph, word


def test_suffixes() -> None:
    assert set(SUFFIXES) == {".docx", ".doc", ".wps", ".pdf", ".txt", ".md"}


def test_a_file_with_its_hash_and_path(tmp_path: Path) -> None:
    path = tmp_path / "报告 （终稿）.TXT"
    path.write_bytes("述职报告".encode("gb18030"))
    document = read(path)
    assert (document.path, document.format, document.text) == (path, "txt", "述职报告")
    assert document.sha256 == hashlib.sha256("述职报告".encode("gb18030")).hexdigest()


@pytest.mark.parametrize("name", ["报告.docx", "../../报告.docx", "C:\\文档\\报告.docx", "/etc/报告.docx"])
def test_of_an_uploads_name_only_the_last_part_counts(name: str) -> None:
    document = read_bytes(word(paragraph("述职报告")), name)
    assert document.path == Path("报告.docx")


def test_a_wrong_name_says_what_was_found() -> None:
    with pytest.raises(ShupingError) as failure:
        read_bytes(word(paragraph("述职报告")), "报告.doc")
    assert failure.value.message == "扩展名是 .doc，内容却是 Word 文档（.docx）"


def test_an_unknown_suffix_says_what_the_content_looks_like(tmp_path: Path) -> None:
    path = tmp_path / "报告"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(ShupingError, match="没有扩展名，内容看起来是PDF") as failure:
        read(path)
    assert failure.value.code == "unknown-format"


def test_a_file_beyond_the_limit_is_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "大.docx"
    with path.open("wb") as file:
        file.truncate(80 * 1024 * 1024)
    with pytest.raises(ShupingError, match=r"80 MB，上限 50 MB"):
        read(path)
    with pytest.raises(ShupingError) as failure:
        read_bytes(b"x" * 101, "a.pdf", Limits(file_bytes=100))
    assert failure.value.code == "too-large"


def test_text_is_read_without_loading_other_formats(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text("\n".join(REPORT), "utf-8")
    code = (
        "import sys; from pathlib import Path; from analyzer.reading import read\n"
        f"read(Path({str(path)!r}))\n"
        "print(sorted({'lxml', 'docx', 'pypdfium2', 'olefile', 'wps2md'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
