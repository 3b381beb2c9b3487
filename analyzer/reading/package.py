"""Opens a .docx as what it is, a ZIP of XML parts, and refuses what no word processor writes.

Sizes are never taken from the file's own word: parts are unpacked up to a bound.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from functools import cache
from pathlib import PurePosixPath

from lxml import etree

from analyzer.errors import error
from analyzer.reading.limits import Limits, check_size, megabytes

_ENCRYPTED_FLAG = 1
# Below this size a high ratio of compression is harmless and not rare.
_RATIO_MATTERS = 1024 * 1024
# A name that makes the file another kind of package, and what that is called.
_KINDS = (
    ("word/", "Word 文档（.docx）"),
    ("xl/", "Excel 工作簿（.xlsx）"),
    ("ppt/", "演示文稿（.pptx）"),
    ("content.xml", "OpenDocument 文档（.odt）"),
)
_FAILURES = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
)
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# ISO strict documents differ from the usual ones in nothing but these names.
_STRICT = (
    (
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        "http://purl.oclc.org/ooxml/officeDocument/",
        "http://schemas.openxmlformats.org/officeDocument/2006/",
    ),
)


def _rename(root: etree._Element) -> None:
    """Give elements, attributes and relationships their usual names; a text that quotes one stays."""
    for element in root.iter(etree.Element):
        element.tag = _usual(str(element.tag))
        for name, value in list(element.attrib.items()):
            del element.attrib[name]
            element.attrib[_usual(str(name))] = _usual(str(value)) if name == "Type" else value


def _usual(name: str) -> str:
    for strict, usual in _STRICT:
        name = name.replace(strict, usual)
    return name


def kind_of_zip(data: bytes) -> str:
    """Return what a ZIP holds, in words for a user."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except _FAILURES:
        return "压缩包（ZIP）"
    return next(
        (kind for start, kind in _KINDS if any(name.startswith(start) for name in names)), "压缩包（ZIP）"
    )


@cache
def _deeper_than(depth: int) -> etree.XPath:
    """Return what tells whether elements stand deeper in each other; a tenth of the time of a walk."""
    return etree.XPath(f"boolean({'/*' * (depth + 1)})")


class Package:
    """The parts of an Office Open XML file.

    Parameters
    ----------
    data : bytes
        The file, which starts as a ZIP does.
    limits : Limits

    Raises
    ------
    ShupingError
        ``damaged``, ``encrypted``, ``hostile`` or ``too-large``.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            entries = self._archive.infolist()
        except _FAILURES:
            raise error("damaged", detail="压缩结构不完整，可能传输中断") from None
        self._entries = {entry.filename: entry for entry in entries}
        self._check(entries)

    def _check(self, entries: list[zipfile.ZipInfo]) -> None:
        limits = self._limits
        if len(entries) > limits.package_entries:
            raise error("hostile", detail=f"内含 {len(entries)} 个部件")
        if len(self._entries) < len(entries):
            raise error("hostile", detail="有同名的部件")
        for entry in entries:
            name = entry.filename
            if name.startswith("/") or "\\" in name or ":" in name or ".." in PurePosixPath(name).parts:
                raise error("hostile", detail="部件名指向文件之外")
            if entry.flag_bits & _ENCRYPTED_FLAG:
                raise error("encrypted")
            if entry.file_size > max(_RATIO_MATTERS, entry.compress_size * limits.package_ratio):
                raise error("hostile", detail=f"压缩比异常，展开后达 {megabytes(entry.file_size)}")
        total = sum(entry.file_size for entry in entries)
        if total > limits.package_bytes:
            raise error("hostile", detail=f"展开后达 {megabytes(total)}")

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def names(self) -> tuple[str, ...]:
        """Return the names of all parts."""
        return tuple(self._entries)

    def xml(self, name: str) -> etree._Element:
        """Parse a part.

        Raises
        ------
        ShupingError
            ``damaged``, ``hostile`` or ``too-large``; KeyError if there is no such part.
        """
        data = self._read(name)
        if data.count(b"<") > self._limits.part_tags:
            raise error("too-large", found=f"{data.count(b'<')} 个标记", limit=f"{self._limits.part_tags} 个")
        # A type declaration is the way to entities; no word processor writes one. UTF-16 has NULs in between.
        if b"<!DOCTYPE" in data.replace(b"\0", b"").upper():
            raise error("hostile", detail="XML 中含有文档类型声明")
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as problem:
            if "depth" in str(problem).lower():
                raise error("hostile", detail="XML 嵌套过深") from None
            raise error("damaged", detail=f"{posixpath.basename(name)} 不是完整的 XML") from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise error("hostile", detail="XML 中含有文档类型声明")
        if _deeper_than(self._limits.part_depth)(root):
            raise error("hostile", detail="XML 嵌套过深")
        if any(strict.encode() in data for strict, _ in _STRICT):
            _rename(root)
        return root

    def _read(self, name: str) -> bytes:
        limit = self._limits.part_bytes
        try:
            with self._archive.open(self._entries[name]) as part:
                data = part.read(limit + 1)
        except _FAILURES:
            raise error("damaged", detail=f"部件 {posixpath.basename(name)} 解不开") from None
        check_size(len(data), limit)
        return data

    def related(self, source: str, kind: str) -> str | None:
        """Return the part to which ``source`` (empty for the package itself) has a relationship.

        Parameters
        ----------
        source : str
            Name of a part.
        kind : str
            Last part of the relationship's type, such as ``numbering``.

        Returns
        -------
        str or None
            None where there is none, where it leads out of the file, or where the part is missing.
        """
        folder, base = posixpath.split(source)
        relationships = posixpath.join(folder, "_rels", f"{base}.rels")
        if relationships not in self:
            return None
        for item in self.xml(relationships).iter(_RELATIONSHIP):
            if item.get("TargetMode") == "External" or not item.get("Type", "").endswith(f"/{kind}"):
                continue
            target = posixpath.normpath(posixpath.join("/", folder, item.get("Target", "")))[1:]
            if target in self:
                return target
        return None
