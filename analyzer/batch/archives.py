"""Takes archives apart: what is in them goes into a scratch folder under names of our own.

An archive's word is taken for nothing: neither for where a file belongs (paths are only names here), nor for
how large it is (unpacking stops at the bounds).  A member that cannot be had costs the others nothing.
"""

from __future__ import annotations

import gzip
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import IO, Any, Final

from analyzer.batch.submissions import is_handed_in, is_hidden
from analyzer.errors import ShupingError, error
from analyzer.reading import SUFFIXES
from analyzer.reading.encoding import decode
from analyzer.reading.limits import Limits, check_size, megabytes

ARCHIVES: Final = (".zip", ".tar", ".tar.gz", ".tgz")
# Others that units send; Python cannot open the first two, and nobody needs the rest.
REFUSED: Final = (".rar", ".7z", ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".gz", ".bz2", ".xz", ".zst")

_WANTED: Final = (*SUFFIXES, *ARCHIVES, *REFUSED)
_FILES: Final = Limits()
_MEGABYTE: Final = 1024 * 1024
_HARMLESS: Final = 64 * _MEGABYTE  # an archive may unpack to this, however small it is
_LONGEST_HEADER: Final = 64 * 1024
_HEADERS: Final = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)
_NO_FILE: Final = "压缩包里是链接或设备，不是文件"
_ENCRYPTED: Final = 1
_UTF8: Final = 1 << 11
_UNICODE_PATH: Final = 0x7075  # Info-ZIP's extra field
_LONGEST_NAME: Final = 1000
_FAILURES: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    tarfile.TarError,
    zlib.error,
    gzip.BadGzipFile,
    struct.error,
    ArithmeticError,
    EOFError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)
_MAGIC: Final = ((b"Rar!", ".rar"), (b"7z\xbc\xaf", ".7z"))


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much may be taken out of archives; the defaults are some times what a province hands in.

    Parameters
    ----------
    members : int
        Members of all archives together.
    total_bytes : int
        What they unpack to together.
    ratio : int
        How far a large member may shrink by compression.
    depth : int
        How deep archives may lie in archives; 1 means not at all.
    """

    members: int = 200_000
    total_bytes: int = 20 * 1024 * _MEGABYTE
    ratio: int = 200
    depth: int = 3


Found = Path | ShupingError


class Unpacker:
    """Takes archives apart into one scratch folder, all under the same bounds.

    Parameters
    ----------
    scratch : Path
        A folder, made if need be; what is in it already stays.
    bounds : Bounds
    """

    def __init__(self, scratch: Path, bounds: Bounds | None = None) -> None:
        self._scratch, self._bounds = _fresh(scratch), bounds or Bounds()
        self._members = self._files = self._bytes = 0
        self._ceiling = self._bounds.total_bytes  # of bytes, as long as the archive at hand is unpacked

    def unpack(self, archive: Path, name: str = "", depth: int = 1) -> Iterator[tuple[str, Found]]:
        """Yield the reports of an archive, those of archives in it among them.

        Parameters
        ----------
        archive : Path
            Of a name that ends as one of ``ARCHIVES`` or ``REFUSED``.
        name : str
            What it is called; stands before the names of its members, as a folder would.
        depth : int
            How deep it lies itself.

        Yields
        ------
        (str, Path) or (str, ShupingError)
            The name of a member and where it is now, or why it cannot be had.
        """
        for inner, found in self._members_of(archive, depth):
            whole = "/".join(filter(None, (name, inner))) or archive.name
            if isinstance(found, Path) and found.name.endswith(ARCHIVES):
                yield from self.unpack(found, whole, depth + 1)
                found.unlink()
            else:
                yield whole, found

    def _members_of(self, archive: Path, depth: int) -> list[tuple[str, Found]]:
        """Return an archive's members; its own failure stands among them without a name."""
        found: list[tuple[str, Found]] = []
        try:
            if depth > self._bounds.depth:
                raise error("archive", detail=f"压缩包一层套一层，超过 {self._bounds.depth} 层")
            with _failing_as_damaged(), archive.open("rb") as file:
                _refuse(archive.name, file)
                size = archive.stat().st_size
                most = max(_HARMLESS, size * self._bounds.ratio)
                self._ceiling = min(self._bounds.total_bytes, self._bytes + most)
                if archive.name.lower().endswith(".zip"):
                    self._zip(file, found)
                else:
                    self._tar(file, most, found)
        except ShupingError as failure:
            found.append(("", failure))
        return found

    def _zip(self, file: IO[bytes], found: list[tuple[str, Found]]) -> None:
        with zipfile.ZipFile(file) as archive:
            entries = [entry for entry in archive.infolist() if not entry.orig_filename.endswith(("/", "\\"))]
            self._count(len(entries))
            for entry, name in zip(entries, unlike(_names_of_zip(entries)), strict=True):
                if _is_wanted(name):
                    found.append((name, self._taken(name, self._member_of_zip, archive, entry)))

    def _member_of_zip(self, name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Path:
        _check_path(name)
        if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
            raise error("hostile", detail=_NO_FILE)
        if entry.flag_bits & _ENCRYPTED:
            raise error("encrypted")
        with archive.open(entry) as member:
            return self._write(member, name, entry.compress_size * self._bounds.ratio)

    def _tar(self, file: IO[bytes], most: int, found: list[tuple[str, Found]]) -> None:
        is_packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        stream: Any = _Bounded(gzip.GzipFile(fileobj=file), most) if is_packed else file
        raws: list[bytes] = []
        taken: list[Found] = []
        try:
            with tarfile.open(
                fileobj=stream, mode="r|", tarinfo=_TarInfo, encoding="utf-8", errors="surrogateescape"
            ) as archive:
                for member in archive:
                    self._count(1)
                    raw = member.name.encode("utf-8", "surrogateescape")
                    if not member.isdir() and _is_wanted(_posix(raw.decode("ascii", "replace"))):
                        raws.append(raw)
                        name = raw.decode("ascii", "replace")
                        taken.append(self._taken(name, self._member_of_tar, archive, member))
        finally:  # where it breaks off, what came before is there
            names = zip(unlike(decoded(raws)), taken, strict=True)
            found += [(name, _checked(name, each)) for name, each in names if _is_wanted(name)]

    def _member_of_tar(self, name: str, archive: tarfile.TarFile, member: tarfile.TarInfo) -> Path:
        content = archive.extractfile(member) if member.isreg() else None
        if content is None:
            raise error("hostile", detail=_NO_FILE)
        return self._write(content, name, member.size)

    def _taken(self, name: str, take: Callable[..., Path], *where: Any) -> Found:
        """Return a member's file, or why it cannot be had."""
        try:
            with _failing_as_damaged():
                if not name.lower().endswith(ARCHIVES) and name.lower().endswith(REFUSED):
                    raise _refused(name)
                return take(name, *where)
        except ShupingError as failure:
            if self._bytes > self._ceiling:
                raise
            return failure

    def _write(self, content: IO[bytes], name: str, most: int) -> Path:
        """Write a member under a number, unpacked no further than the bounds allow."""
        suffix = next(each for each in (*ARCHIVES, *SUFFIXES) if name.lower().endswith(each))
        limit = self._bounds.total_bytes if suffix in ARCHIVES else _FILES.file_bytes
        self._files += 1
        target = self._scratch / f"{self._files:06d}{suffix}"
        size = 0
        try:
            with target.open("xb") as file:
                while chunk := content.read(_MEGABYTE):
                    size += len(chunk)
                    self._bytes += len(chunk)
                    if self._bytes > self._bounds.total_bytes:
                        raise error("unpacked", limit=megabytes(self._bounds.total_bytes))
                    check_size(size, limit)
                    if size > max(_MEGABYTE, most) or self._bytes > self._ceiling:
                        raise error("hostile", detail=f"压缩比异常，或展开后过大（已达 {megabytes(size)}）")
                    file.write(chunk)
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        return target

    def _count(self, more: int) -> None:
        self._members += more
        if self._members > self._bounds.members:
            raise error("hostile", detail=f"压缩包里的文件超过 {self._bounds.members} 个")


def _fresh(scratch: Path) -> Path:
    """Return a new folder inside; the same in every run that begins with an empty one."""
    scratch.mkdir(parents=True, exist_ok=True)
    for number in count(1):
        with suppress(FileExistsError):
            folder = scratch / f"archives-{number}"
            folder.mkdir()
            break
    return folder


class _Bounded:
    """A stream that fails where it gives more than it may."""

    def __init__(self, stream: gzip.GzipFile, limit: int) -> None:
        self._stream, self._left = stream, limit

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise error("hostile", detail="压缩比异常")
        return data


class _TarInfo(tarfile.TarInfo):
    """A member whose name must not be longer than a name is; `tarfile` would read any length into memory."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type in _HEADERS and self.size > _LONGEST_HEADER:
            raise error("hostile", detail="压缩包的结构异常")
        made: tarfile.TarInfo = super()._proc_member(archive)  # type: ignore[misc]
        return made


@contextmanager
def _failing_as_damaged() -> Iterator[None]:
    try:
        yield
    except ShupingError:
        raise
    except NotImplementedError:
        raise error("archive", detail="用了少见的压缩方式") from None
    except PermissionError:
        raise error("not-readable", detail="没有读取权限") from None
    except _FAILURES as problem:
        if isinstance(problem, OSError) and problem.errno is not None:
            raise error("not-readable", detail=problem.strerror or type(problem).__name__) from problem
        raise error("archive", detail="已损坏或不完整，解不开") from problem


def is_archive(name: str) -> bool:
    """Tell whether a file of this name is to be taken apart."""
    return name.lower().endswith((*ARCHIVES, *REFUSED))


def _is_wanted(name: str) -> bool:
    *folders, last = name.split("/")
    left_out = any(is_hidden(folder) for folder in folders if folder not in (".", ".."))
    return not left_out and is_handed_in(last, _WANTED)


def _refuse(name: str, file: IO[bytes]) -> None:
    """Raise for what cannot be opened, whatever it is called."""
    head = file.read(8)
    file.seek(0)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            raise _refused(kind)
    if not name.lower().endswith(ARCHIVES):
        raise _refused(name)


def _refused(name: str) -> ShupingError:
    return error("archive", detail=f"读不了 .{name.lower().rpartition('.')[2]} 压缩包")


def _check_path(name: str) -> None:
    """Raise for a path that leads out of the archive: it is only a name here, but nobody honest writes it."""
    parts = name.split("/")
    if (
        name.startswith("/")
        or ".." in parts
        or (len(parts[0]) > 1 and parts[0][1] == ":" and parts[0][0].isascii())
        or any(ord(char) < 0x20 or char == "\x7f" for char in name)
    ):
        raise error("hostile", detail="压缩包里的路径指向包外")
    if len(name) > _LONGEST_NAME:
        raise error("hostile", detail="压缩包里的路径过长")


def _checked(name: str, found: Found) -> Found:
    if isinstance(found, Path):
        try:
            _check_path(name)
        except ShupingError as failure:
            found.unlink()
            return failure
    return found


def _names_of_zip(entries: Sequence[zipfile.ZipInfo]) -> list[str]:
    """Return the members' names, in whatever encoding they are written.

    Programs in China write them in GBK and say nothing of it; `zipfile` then takes them for cp437, of which
    the bytes can be had back.  All of an archive are judged together: one name is too little to tell by.
    """
    names = [entry.orig_filename for entry in entries]
    unsaid = [k for k, entry in enumerate(entries) if not entry.flag_bits & _UTF8]
    raws = [names[k].encode("cp437", "replace") for k in unsaid]
    for k, raw, name in zip(unsaid, raws, decoded(raws), strict=True):
        names[k] = _unicode_path(entries[k].extra, raw) or name
    return [_posix(name) for name in names]


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """Return the name in Info-ZIP's extra field, if it was made for the name that stands beside it."""
    while len(extra) >= 4:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        body, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and body[:1] == b"\x01":
            if int.from_bytes(body[1:5], "little") != zlib.crc32(raw):
                return None
            with suppress(UnicodeDecodeError):
                return body[5:].decode("utf-8")
    return None


def decoded(raws: Sequence[bytes]) -> list[str]:
    """Return names decoded by the one encoding that fits them all, else each as well as may be."""
    if all(raw.isascii() for raw in raws):
        return [_posix(raw.decode("ascii")) for raw in raws]
    try:
        names = decode(b"\n".join(raws)).split("\n")
        if len(names) == len(raws):
            return [_posix(name) for name in names]
    except ShupingError:
        pass
    return [_posix(_one_decoded(raw)) for raw in raws]


def _one_decoded(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030", "cp950"):
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return raw.decode("gb18030", "replace")


def _posix(name: str) -> str:
    """Return a path with ``/`` between its parts, as archives made on Windows may not have it."""
    name = name.replace("\\", "/")
    while name.startswith("./"):
        name = name[2:]
    return name


def unlike(names: Iterable[str]) -> list[str]:
    """Return the names with a number added to each that an earlier member has."""
    taken: set[str] = set()
    made = []
    for name in names:
        stem, dot, suffix = name.rpartition(".")
        unlike, k = name, 1
        while unlike in taken:
            k += 1
            unlike = f"{stem}~{k}{dot}{suffix}"
        taken.add(unlike)
        made.append(unlike)
    return made
