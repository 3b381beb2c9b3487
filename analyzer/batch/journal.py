"""What a run has done so far, on disk: written as it comes, read back by those who go on.

A journal is a file to which records are appended, each by one write.  A record that was cut off, by a lost
machine or a full disk, is dropped with all that may stand behind it.  Only places are kept in memory.
"""

from __future__ import annotations

import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from analyzer.errors import error

if TYPE_CHECKING:
    from io import FileIO

KEY_BYTES: Final = 32

_MAGIC: Final = b"shuping.journal/1\n"
_HEAD: Final = struct.Struct(">II")  # length and checksum of what follows


class Journal:
    """Records by key, the last one with a key being the one that counts.

    Use `opened`.
    """

    def __init__(self, path: Path, file: FileIO) -> None:
        self._path = path
        self._file = file
        self._lock = threading.Lock()  # a place in the file is sought, then used
        self._places: dict[bytes, tuple[int, int]] = {}
        self._end = self._load()

    def __contains__(self, key: bytes) -> bool:
        return key in self._places

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, key: bytes) -> bytes:
        """Return what was recorded under a key.

        Raises
        ------
        KeyError
            Where nothing was.
        """
        offset, length = self._places[key]
        with self._lock:
            self._file.seek(offset)
            return self._file.read(length)

    def add(self, key: bytes, content: bytes) -> None:
        """Record something under a key of ``KEY_BYTES`` bytes.

        Raises
        ------
        ShupingError
            Code ``output`` where it cannot be written.
        """
        body = key + content
        record = _HEAD.pack(len(body), zlib.crc32(body)) + body
        with self._lock:
            try:
                self._file.seek(self._end)
                if self._file.write(record) < len(record):
                    raise error("output", self._path, detail="磁盘已满")
            except OSError as reason:
                raise error("output", self._path, detail=reason.strerror or str(reason)) from reason
            self._places[key] = self._end + _HEAD.size + KEY_BYTES, len(content)
            self._end += len(record)

    def clear(self) -> None:
        """Forget all records."""
        self._file.truncate(len(_MAGIC))
        self._places.clear()
        self._end = len(_MAGIC)

    def _load(self) -> int:
        """Find the records that are whole; return where they end, after cutting off what is not."""
        self._file.seek(0)
        if self._file.read(len(_MAGIC)) != _MAGIC:
            self._file.seek(0)
            self._file.truncate()
            self._file.write(_MAGIC)
            return len(_MAGIC)
        end = len(_MAGIC)
        for key, length in self._records():
            self._places[key] = end + _HEAD.size + KEY_BYTES, length
            end += _HEAD.size + KEY_BYTES + length
        self._file.truncate(end)
        return end

    def _records(self) -> Iterator[tuple[bytes, int]]:
        while len(head := self._file.read(_HEAD.size)) == _HEAD.size:
            length, checksum = _HEAD.unpack(head)
            body = self._file.read(length)
            if len(body) < length or length < KEY_BYTES or zlib.crc32(body) != checksum:
                return
            yield body[:KEY_BYTES], length - KEY_BYTES


@contextmanager
def opened(path: Path) -> Iterator[Journal]:
    """Give the journal of a file, a new one where there is none; to one process at a time.

    Raises
    ------
    ShupingError
        Code ``output`` where it cannot be opened, ``batch-output`` where another process has it.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        file = path.open("r+b", buffering=0)  # unbuffered: a record is one write
    except OSError as reason:
        raise error("output", path, detail=reason.strerror or str(reason)) from reason
    with file:
        _lock(path, file)
        yield Journal(path, file)


def _lock(path: Path, file: FileIO) -> None:
    """Take the file for this process; the system gives it back however the process ends."""
    try:
        import fcntl
    except ImportError:  # Windows
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        folder = path.parent.parent
        detail = "另一次运行正在写这个文件夹"
        raise error("batch-output", folder, detail=detail, todo="请等它结束，或换一个输出文件夹。") from None
    except OSError:  # file systems of some networks know no locks
        return
