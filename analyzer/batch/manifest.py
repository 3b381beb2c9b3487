"""Reads the manifest: which file is of which unit, and which units are expected at all."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from analyzer.batch.naming import Said
from analyzer.errors import ShupingError, error
from analyzer.lexicons import table
from analyzer.reading.encoding import decode
from analyzer.reading.limits import Limits, check_size
from analyzer.reading.package import Package

_LARGEST: Final = 20 << 20
_MOST_ROWS: Final = 200_000
_MOST_COLUMNS: Final = 200
_HEAD: Final = 6  # rows among which the names of the columns stand; titles may stand above them
_BRACKETS: Final = re.compile(r"[（(].{0,100}?[）)]|[\s*＊:：]")
_YEAR: Final = re.compile(r"((?:19|20)\d\d)(?:\.0)?年?度?")
_DELIMITERS: Final = ",\t;"

Cell = Any  # what a cell holds: text, a number, a date, None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the manifest.

    Parameters
    ----------
    number : int
        As a spreadsheet counts it.
    file : str or None
        Path inside the input; None where the row only names a unit that is expected.
    said : mapping
        What it says of the report by field; only what is filled in.
    """

    number: int
    file: str | None
    said: Said


def read_manifest(path: Path) -> tuple[Row, ...]:
    """Return the rows of a manifest that say something.

    Raises
    ------
    ShupingError
        Code ``manifest`` where it cannot be read or a cell is wrong; it names row and column.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        check_size(len(data), _LARGEST)
        rows = _sheet(data) if path.suffix.lower() in (".xlsx", ".xlsm") else _separated(data)
        return tuple(_read(rows))
    except ShupingError as failure:
        if failure.code == "manifest":
            raise failure.at(path) from None
        raise error("manifest", path, detail=failure.message) from None
    except FileNotFoundError:
        raise error("manifest", path, detail="没有这个文件") from None
    except OSError as reason:
        raise error("manifest", path, detail=reason.strerror or "打不开") from None


def _read(rows: Iterator[Sequence[Cell]]) -> Iterator[Row]:
    columns = _columns(rows)
    files: dict[str, int] = {}
    for number, cells in columns.rest:
        given = {
            field: _value(cells[k], field, f"第 {number} 行“{columns.names[k]}”")
            for field, k in columns.of.items()
            if k < len(cells)
        }
        said = {field: value for field, value in given.items() if value not in (None, "")}
        if not said:
            continue
        file = said.pop("file", None)
        if file is None and "unit" not in said:
            raise error("manifest", detail=f"第 {number} 行既没有文件，也没有单位")
        if file is not None:
            file = _path(str(file))
            if file in files:
                raise error("manifest", detail=f"第 {files[file]} 行和第 {number} 行写的是同一个文件")
            files[file] = number
        yield Row(number, file, {field: value for field, value in said.items() if value is not None})


@dataclass(frozen=True, slots=True)
class _Columns:
    of: Mapping[str, int]
    names: Sequence[str]
    rest: Iterator[tuple[int, Sequence[Cell]]]


def _columns(rows: Iterator[Sequence[Cell]]) -> _Columns:
    """Find the row that names the columns."""
    numbered = enumerate(rows, start=1)
    for number, cells in numbered:
        names = [" ".join(str(cell or "").split()) for cell in cells]
        fields = [_fields().get(_bare(name)) for name in names]
        if "file" in fields or "unit" in fields:
            of: dict[str, int] = {}
            for k, field in enumerate(fields):
                if field is None:
                    continue
                if field in of:
                    raise error("manifest", detail=f"“{names[of[field]]}”和“{names[k]}”两列说的是同一项")
                of[field] = k
            return _Columns(of, names, numbered)
        if number == _HEAD:
            break
    raise error("manifest", detail=f"前 {_HEAD} 行里没有找到列名；要有“文件”或“单位”一列")


def _value(cell: Cell, field: str, where: str) -> str | int | None:
    if field == "year":
        return _year(cell, where)
    return _text(cell, where)


def _text(cell: Cell, where: str) -> str:
    """Return what a cell says on one line, without what stands around it."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = " ".join(str(cell).strip("\ufeff\u200b").split())
    if text.startswith("="):
        raise error("manifest", detail=f"{where}是公式，没有算好的值；请粘贴为数值")
    if not text.isprintable():
        raise error("manifest", detail=f"{where}里有不能显示的字符")
    return text


def _year(cell: Cell, where: str) -> int | None:
    if isinstance(cell, date):  # a datetime is one
        return cell.year
    text = unicodedata.normalize("NFKC", _text(cell, where))
    if not text:
        return None
    match = _YEAR.fullmatch(text)
    if match is None:
        raise error("manifest", detail=f"{where}写的“{text[:20]}”不是年份，应如 2021")
    return int(match.group(1))


def _path(text: str) -> str:
    path = text.replace("\\", "/")
    return path.removeprefix("./").strip("/")


@cache
def _fields() -> Mapping[str, str]:
    """Return the field of each name that a column may have."""
    columns = table("manifest.toml")["columns"]
    return {_bare(name): field for field, names in columns.items() for name in names}


def _bare(name: str) -> str:
    return _BRACKETS.sub("", unicodedata.normalize("NFKC", name)).casefold()


# --- the two kinds of file --------------------------------------------------------------------------------


def _separated(data: bytes) -> Iterator[Sequence[Cell]]:
    if not data.strip():
        raise error("manifest", detail="文件是空的")
    text = decode(data)
    head = text[:4000].split("\n", _HEAD)[:_HEAD]
    delimiter = max(_DELIMITERS, key=lambda each: max(line.count(each) for line in head))
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from _bounded(rows)
    except csv.Error as reason:
        raise error(
            "manifest", detail=f"第 {rows.line_num} 行的引号没有配对，或有多余的字（{reason}）"
        ) from None


def _sheet(data: bytes) -> Iterator[Sequence[Cell]]:
    """Yield the rows of the first sheet; of a formula the value that the spreadsheet has stored."""
    import openpyxl

    Package(data, Limits())  # refuses what unpacks to too much
    books = [
        openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)
        for values in (True, False)
    ]
    try:
        values, formulas = (
            book.worksheets[0].iter_rows(max_col=_MOST_COLUMNS, values_only=True) for book in books
        )
        yield from _bounded(
            [formula if value is None else value for value, formula in zip_longest(row, other)]
            for row, other in zip_longest(values, formulas, fillvalue=())
        )
    except ShupingError:
        raise
    except Exception as problem:  # openpyxl says nothing of what it raises on a broken sheet
        raise error("manifest", detail=f"表格读不出来（{type(problem).__name__}）") from problem
    finally:
        for book in books:
            book.close()


def _bounded(rows: Iterator[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    for number, row in enumerate(rows):
        if number == _MOST_ROWS:
            raise error("manifest", detail=f"超过 {_MOST_ROWS} 行")
        yield row
