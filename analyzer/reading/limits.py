"""How large a source may be, and how deep; what goes beyond is refused before it costs anything."""

from __future__ import annotations

from dataclasses import dataclass

from analyzer.errors import error

_MEGABYTE = 1024 * 1024
# To analyse more takes minutes and gigabytes: all problems are compared with all measures.
_CHARACTERS = 200_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what is read; the defaults are some hundred times a real report.

    Parameters
    ----------
    file_bytes, text_bytes : int
        Largest file, and largest .txt or .md.
    lines : int
        Lines of a text, paragraphs of a .docx.
    package_bytes, package_entries, package_ratio : int
        Unpacked size of a .docx, number of its parts, and how far a large part may shrink by compression.
    part_bytes, part_tags, part_depth : int
        Size, number of tags and depth of nesting of one XML part that is parsed.
    stream_bytes : int
        Unpacked size of one PDF stream that is no image.
    pdf_drawings : int
        How many drawings a page may come to, each counted as often as others draw it.
    pdf_lines : int
        How much of what a PDF draws is looked at for the borders of tables; further tables are read as lines,
        and so is one of which a part stands there.
    pages : int
        Pages of a PDF.
    pdf_seconds, converter_seconds : float
        Time for a PDF (looked at between pages), and for LibreOffice (which is then killed).
    """

    file_bytes: int = 50 * _MEGABYTE
    text_bytes: int = 20 * _MEGABYTE
    lines: int = 100_000
    package_bytes: int = 300 * _MEGABYTE
    package_entries: int = 5000
    package_ratio: int = 200
    part_bytes: int = 32 * _MEGABYTE
    part_tags: int = 300_000
    part_depth: int = 200
    stream_bytes: int = 32 * _MEGABYTE
    pdf_drawings: int = 1_000_000
    pdf_lines: int = 100_000
    pages: int = 500
    pdf_seconds: float = 8.0
    converter_seconds: float = 30.0


def check_size(found: int, limit: int) -> None:
    """Raise ``too-large`` if so many bytes are too many."""
    if found > limit:
        raise error("too-large", found=megabytes(found), limit=megabytes(limit))


def check_length(text: str) -> None:
    """Raise ``too-large`` if a text is too long to be analysed."""
    if len(text) > _CHARACTERS:
        raise error("too-large", found=f"{len(text):,} 字", limit=f"{_CHARACTERS:,} 字")


def megabytes(size: int) -> str:
    """Write a number of bytes for a reader."""
    return f"{size / _MEGABYTE:.1f}".removesuffix(".0") + " MB" if size >= _MEGABYTE / 10 else f"{size} 字节"
