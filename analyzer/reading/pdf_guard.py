"""Looks through a PDF before pdfium does, for what would keep it busy without end, and for what is broken.

pdfium runs in this process and cannot be stopped.  Two tricks are known to hold it: streams that unpack to a
thousand times their size, and drawings that draw other drawings many times over, level upon level.
Nor does it say where a stream is broken, but takes the page for shorter than it is.
Only plain and Flate streams are seen here, which is what programs write today.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

from analyzer.errors import error
from analyzer.reading.limits import Limits, megabytes

_OBJECT = re.compile(rb"(\d{1,9})\s+\d{1,5}\s+obj\b")
_STREAM = re.compile(rb"stream\r?\n")
_REFERENCE = re.compile(rb"(\d{1,9})\s+\d{1,5}\s+R\b")
_DRAW = re.compile(rb"\bDo\b")
# Flate as the first filter: what stands in the file is a zlib stream.
_FLATE = re.compile(rb"/F(?:ilter)?[\s\[]{0,9}/Fl(?:ateDecode)?\b")
_FIRST = re.compile(rb"/First\s+(\d{1,9})")
# All streams together may unpack to so many times what one may.
_TOTAL_FACTOR = 8
# How many objects the resources of a drawing are followed through.
_RESOURCES = 200


@dataclass(frozen=True, slots=True)
class _Object:
    """One object: the objects it refers to, whether it is a drawing, how often it draws others."""

    references: frozenset[int]
    is_form: bool
    draws: int


def check(data: bytes, limits: Limits) -> None:
    """Refuse a file that pdfium might not come back from, or would read in part.

    Parameters
    ----------
    data : bytes
        The file.
    limits : Limits
        ``stream_bytes`` and ``pdf_drawings`` count.

    Raises
    ------
    ShupingError
        Code ``hostile`` or ``damaged``.
    """
    objects = _objects(data, limits, sealed=b"/Encrypt" in data)
    forms = _Forms(objects)
    # A page may draw the costliest of drawings with each of its calls.
    calls = max((item.draws for item in objects.values() if not item.is_form), default=0)
    if max(calls, 1) * forms.costliest() > limits.pdf_drawings:
        raise error("hostile", detail="PDF 的图形层层嵌套，数量异常")


def _objects(data: bytes, limits: Limits, *, sealed: bool) -> dict[int, _Object]:
    found: dict[int, _Object] = {}
    budget = _TOTAL_FACTOR * limits.stream_bytes
    position = 0
    while (head := _OBJECT.search(data, position)) is not None:
        end = data.find(b"endobj", head.end())
        end = len(data) if end < 0 else end
        start = _STREAM.search(data, head.end(), end)
        if start is None:
            found[int(head[1])] = _Object(_references(data[head.end() : end]), is_form=False, draws=0)
            position = end
            continue
        dictionary = data[head.end() : start.start()]
        stop = data.find(b"endstream", start.end())
        stop = len(data) if stop < 0 else stop
        stream = b"" if b"/Image" in dictionary else data[start.end() : stop]
        content = _content(stream, dictionary, limits, sealed=sealed)
        budget -= len(content)
        if budget < 0:
            raise error("hostile", detail="PDF 的数据流展开后过大")
        if b"/ObjStm" in dictionary:
            found |= _packed(content, dictionary)
        is_form = b"/Form" in dictionary
        found[int(head[1])] = _Object(_references(dictionary), is_form, len(_DRAW.findall(content)))
        position = stop
    return found


def _content(stream: bytes, dictionary: bytes, limits: Limits, *, sealed: bool) -> bytes:
    """Return what a stream unpacks to, as far as that can be told; of a sealed file it cannot."""
    if b"/FlateDecode" not in dictionary and b"/Fl" not in dictionary:
        return stream
    packed = zlib.decompressobj()
    try:
        content = packed.decompress(stream, limits.stream_bytes + 1)
        is_whole = packed.eof or not stream or _lacks_checksum(packed)
    except zlib.error:
        content, is_whole = b"", False
    if len(content) > limits.stream_bytes:
        raise error("hostile", detail=f"PDF 中有展开后超过 {megabytes(limits.stream_bytes)} 的数据流")
    if not is_whole and not sealed and _FLATE.search(dictionary):
        raise error("damaged", detail="PDF 中有一段数据残缺或被改动，页面上会少字、错字")
    return content


def _lacks_checksum(packed: zlib._Decompress) -> bool:
    """Return whether all that was packed came out, and only the sum behind it is missing."""
    try:
        packed.decompress(bytes(4))
    except zlib.error:
        return True
    return packed.eof


def _packed(content: bytes, dictionary: bytes) -> dict[int, _Object]:
    """Return the objects inside an object stream, which are never streams themselves."""
    first = _FIRST.search(dictionary)
    if first is None:
        return {}
    body = int(first[1])
    numbers = [int(number) for number in content[:body].split() if number.isdigit() and len(number) < 10]
    starts = [body + offset for offset in numbers[1::2]]
    ends = [*starts[1:], len(content)]
    return {
        number: _Object(_references(content[start:end]), is_form=False, draws=0)
        for number, start, end in zip(numbers[::2], starts, ends, strict=False)
    }


def _references(text: bytes) -> frozenset[int]:
    return frozenset(int(number) for number in _REFERENCE.findall(text))


class _Forms:
    """The drawings of a file and what each costs with all that it draws."""

    def __init__(self, objects: dict[int, _Object]) -> None:
        self._objects = objects
        self._costs: dict[int, int] = {}
        self._numbers = [number for number, item in objects.items() if item.is_form]
        self._children = {number: self._find_children(number) for number in self._numbers}

    def costliest(self) -> int:
        """Return the cost of the costliest drawing, 1 where there is none."""
        for number in self._numbers:
            self._measure(number)
        return max(self._costs.values(), default=1)

    def _measure(self, root: int) -> None:
        """Set the cost of a drawing, those it draws first; one that draws itself is drawn once by pdfium."""
        stack = [(root, False)]
        open_: set[int] = set()
        while stack:
            number, is_done = stack.pop()
            if is_done:
                open_.discard(number)
                inner = (self._costs.get(child, 1) for child in self._children[number])
                self._costs[number] = 1 + self._objects[number].draws * max(inner, default=1)
            elif number not in self._costs and number not in open_:
                open_.add(number)
                stack.append((number, True))
                stack += [(child, False) for child in self._children[number]]

    def _find_children(self, number: int) -> frozenset[int]:
        """Return the drawings that one can draw: those it refers to, also by way of its resources."""
        seen = {number}
        forms = set()
        pending = list(self._objects[number].references)
        while pending and len(seen) < _RESOURCES:
            other = pending.pop()
            item = self._objects.get(other)
            if other in seen or item is None:
                continue
            seen.add(other)
            if item.is_form:
                forms.add(other)
            else:
                pending += item.references
        return frozenset(forms)
