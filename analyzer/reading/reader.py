"""The face of reading: takes a file, checks that it is what its name says, gives it to its format's module.

Modules of formats are imported when such a file is met, so that a .txt costs nothing for the others.
"""

from __future__ import annotations

import hashlib
import stat
import struct
from pathlib import Path, PurePath

from analyzer.errors import ShupingError, error
from analyzer.reading.document import Document, Note, Paragraph
from analyzer.reading.limits import Limits, check_size
from analyzer.reading.notes import find_notes
from analyzer.reading.signature import Kind, sniff

SUFFIXES = (".docx", ".doc", ".wps", ".pdf", ".txt", ".md")

_TEXT = (".txt", ".md")
_DEFAULT = Limits()
_HEAD = 1024
_EXPECTED: dict[str, tuple[Kind, ...]] = {
    ".txt": (Kind.OTHER,),
    ".md": (Kind.OTHER,),
    ".pdf": (Kind.PDF,),
    # A .docx with a password is an OLE file that holds the encrypted package.
    ".docx": (Kind.ZIP, Kind.OLE),
    ".doc": (Kind.OLE, Kind.RTF, Kind.WORD_XML),
    ".wps": (Kind.OLE, Kind.RTF, Kind.WORD_XML),
}
# What parsing code meets in a file whose bytes contradict each other.
_PARSING_FAILURES = (
    ArithmeticError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RecursionError,
    struct.error,
    ValueError,
)


def read(path: Path, limits: Limits = _DEFAULT) -> Document:
    """Read a report.

    Parameters
    ----------
    path : Path
        A file with one of ``SUFFIXES``, in any case.
    limits : Limits
        Bounds on size and time.

    Returns
    -------
    Document

    Raises
    ------
    ShupingError
        ``not-found``, ``not-readable``, and what ``read_bytes`` raises; always with the path.
    """
    path = Path(path)
    return _document(load(path, limits), path, limits)


def load(path: Path, limits: Limits = _DEFAULT) -> bytes:
    """Return the bytes of a report's file, for `read_bytes`.

    Raises
    ------
    ShupingError
        ``not-found``, ``not-readable``, ``unknown-format`` or ``too-large``; always with the path.
    """
    try:
        return _load(path, limits)
    except ShupingError as failure:
        raise failure.at(path) from None


def read_bytes(data: bytes, name: str, limits: Limits = _DEFAULT) -> Document:
    """Read a report that was sent, such as an upload.

    Parameters
    ----------
    data : bytes
        The whole file.
    name : str
        Its name, of which only the last part is used; never opened.
    limits : Limits
        Bounds on size and time.

    Returns
    -------
    Document
        With ``path`` the bare name.

    Raises
    ------
    ShupingError
        ``unknown-format``, ``wrong-name``, ``empty``, ``too-large``, ``encoding``, ``binary``, ``damaged``,
        ``encrypted``, ``hostile``, ``no-text-layer``, ``missing-converter`` or ``timeout``.
    """
    return _document(data, Path(PurePath(name.replace("\\", "/")).name), limits)


def read_text(text: str, limits: Limits = _DEFAULT) -> Document:
    """Take text as it is, such as from a form; offsets are into ``text`` itself.

    Raises
    ------
    ShupingError
        ``empty``, ``too-large`` or ``encoding``.
    """
    from analyzer.reading import text as plain

    data = text.encode("utf-8", "surrogatepass")
    check_size(len(data), limits.text_bytes)
    whole, paragraphs = plain.split_typed(text, limits)
    notes = find_notes(whole, paragraphs)
    return Document(whole, paragraphs, None, "txt", hashlib.sha256(data).hexdigest(), notes)


def _load(path: Path, limits: Limits) -> bytes:
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise error("not-readable", detail="这是文件夹，不是文件")
        # Opening a pipe or a device could wait for ever.
        if not stat.S_ISREG(found.st_mode):
            raise error("not-readable", detail="不是普通文件")
        suffix = path.suffix.lower()
        limit = limits.text_bytes if suffix in _TEXT else limits.file_bytes
        with path.open("rb") as file:
            if suffix not in SUFFIXES:
                raise _unknown(suffix, file.read(_HEAD))
            check_size(found.st_size, limit)
            return file.read(limit + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise error("not-found") from None
    except PermissionError:
        raise error("not-readable", detail="没有读取权限") from None
    except (OSError, ValueError) as problem:
        # ValueError: a name that holds a NUL.
        reason = (
            problem.strerror if isinstance(problem, OSError) and problem.strerror else "文件名或路径不合规"
        )
        raise error("not-readable", detail=reason) from None


def _document(data: bytes, path: Path, limits: Limits) -> Document:
    suffix = path.suffix.lower()
    try:
        if suffix not in SUFFIXES:
            raise _unknown(suffix, data[:_HEAD])
        check_size(len(data), limits.text_bytes if suffix in _TEXT else limits.file_bytes)
        if not data:
            raise error("empty")
        text, paragraphs, notes = _parse(data, suffix, limits)
    except ShupingError as failure:
        raise failure.at(path) from None
    except _PARSING_FAILURES as problem:
        raise error("damaged", path, detail=f"内部结构前后矛盾（{type(problem).__name__}）") from problem
    return Document(text, paragraphs, path, suffix[1:], hashlib.sha256(data).hexdigest(), notes)


def _parse(data: bytes, suffix: str, limits: Limits) -> tuple[str, tuple[Paragraph, ...], tuple[Note, ...]]:
    kind = sniff(data)
    if kind not in _EXPECTED[suffix]:
        raise _misnamed(data, suffix, kind)
    if suffix in _TEXT:
        from analyzer.reading import text

        whole, paragraphs = text.read(data, limits, markdown=suffix == ".md")
        return whole, paragraphs, find_notes(whole, paragraphs)
    if suffix == ".pdf":
        from analyzer.reading import pdf

        return *pdf.read(data, limits), ()
    if suffix == ".docx" and kind is Kind.ZIP:
        from analyzer.reading import docx

        return docx.read(data, limits)
    from analyzer.reading import doc

    if suffix == ".docx":
        raise doc.why_not_docx(data)
    return *doc.read(data, suffix, kind, limits), ()


def _unknown(suffix: str, head: bytes) -> ShupingError:
    kind = sniff(head)
    content = f"，内容看起来是{kind}" if kind is not Kind.OTHER else ""
    return error("unknown-format", detail=(f"扩展名 {suffix}" if suffix else "没有扩展名") + content)


def _misnamed(data: bytes, suffix: str, kind: Kind) -> ShupingError:
    """Return the error for content that is not what the suffix says."""
    if kind is not Kind.OTHER:
        found = _zip_kind(data) if kind is Kind.ZIP else str(kind)
        return error("wrong-name", suffix=suffix, found=found)
    from analyzer.reading.encoding import decode

    try:
        decode(data)
    except ShupingError:
        return error("damaged", detail=f"开头不是 {suffix} 文件应有的内容")
    return error("wrong-name", suffix=suffix, found="纯文本")


def _zip_kind(data: bytes) -> str:
    from analyzer.reading.package import kind_of_zip

    return kind_of_zip(data)
