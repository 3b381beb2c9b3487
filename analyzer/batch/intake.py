"""What was handed in, and what is known of each report before it is read."""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from analyzer.batch.archives import ARCHIVES, REFUSED, Bounds, Unpacker, decoded, is_archive, unlike
from analyzer.batch.manifest import Row, read_manifest
from analyzer.batch.naming import FIELDS, reader, without_suffix
from analyzer.batch.submissions import Submission, walk
from analyzer.errors import ShupingError, error
from analyzer.reading import SUFFIXES
from analyzer.result import Conflict, Origin, Result, Source
from analyzer.understanding.identity import core, same_unit, tails

ABSENT: Final = "manifest-file"  # code of what the manifest names and nobody handed in


@dataclass(frozen=True, slots=True)
class Known:
    """What manifest and name say of a report; `origins` says who says each, `conflicts` where they differ."""

    unit: str | None = None
    unit_type: str | None = None
    region: str | None = None
    author: str | None = None
    year: int | None = None
    origins: Mapping[str, Origin] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A report that was handed in.

    Parameters
    ----------
    name : str
        Its path inside the input, ``/`` between folders, archives being folders (``甲县.zip/乙局/a.docx``).
    submission : Submission
        Where it can be read now.
    known : Known
    """

    name: str
    submission: Submission
    known: Known = field(default_factory=Known)


@dataclass(frozen=True, slots=True)
class Intake:
    """All that was handed in.

    Parameters
    ----------
    entries : tuple of Entry
        In order of name, each file's content once.
    failures : tuple of (str, ShupingError)
        What could not be taken in, by name.
    repeats : tuple of (str, str)
        Files with the same bytes as an earlier one: the name, and the name of the one that is read.
    missing : tuple of Known
        Units that the manifest expects and of which no file is known before it is read; what `settled` and
        `missing_units` look at for those that name themselves.
    unmatched : tuple of str
        Names of entries that the pattern does not match; they are read all the same.
    """

    entries: tuple[Entry, ...]
    failures: tuple[tuple[str, ShupingError], ...] = ()
    repeats: tuple[tuple[str, str], ...] = ()
    missing: tuple[Known, ...] = ()
    unmatched: tuple[str, ...] = ()


def collect(
    given: Path,
    scratch: Path,
    manifest: Path | None = None,
    pattern: str | None = None,
    bounds: Bounds | None = None,
) -> Intake:
    """Take in what was handed in.

    Parameters
    ----------
    given : Path
        A folder, an archive or one file.
    scratch : Path
        A folder of its own for what archives hold, to be kept as long as the entries are read.
    manifest : Path, optional
        Says which file is of which unit, and which units are expected.
    pattern : str, optional
        What names of files say; see `naming.reader`.
    bounds : Bounds, optional
        How much may be taken out of archives.

    Raises
    ------
    ShupingError
        ``manifest`` or ``pattern`` where these are wrong, ``not-found`` or ``empty-folder`` where there is
        nothing to take in.
    """
    read_name = reader(pattern) if pattern is not None else None
    rows = read_manifest(manifest) if manifest is not None else ()
    found, failures = _handed_in(given, scratch, bounds)
    of_file, absent = _files_of(rows, found, manifest)
    expected = Expected(_said(row.said, Origin.MANIFEST) for row in (*absent, *_without_file(rows)))
    knowns, unmatched = {}, []
    for name in found:
        by_name = read_name(name) if read_name else {}
        if by_name is None:
            unmatched.append(name)
        by_hand = _said(of_file[name].said if name in of_file else {}, Origin.MANIFEST)
        knowns[name] = _placed(_merged(by_hand, _said(by_name or {}, Origin.PATTERN)), expected)
    kept, repeats = _once(found, of_file)
    return Intake(
        tuple(Entry(name, Submission(found[name]), knowns[name]) for name in kept),
        tuple(sorted([*failures, *_not_there(absent)], key=lambda failure: failure[0])),
        repeats,
        expected.without(knowns.values()),
        tuple(name for name in unmatched if name not in dict(repeats)),
    )


def settled(result: Result, entry: Entry, expected: Expected | None = None) -> Result:
    """Return a result under its name in the input, with all that is known of whose it is.

    Parameters
    ----------
    result : Result
        As the pipeline gives it, with what the report says of itself.
    entry : Entry
    expected : Expected, optional
        ``Expected(intake.missing)``: a report that names its unit is given the row of that unit.
    """
    source = result.source
    said = {"unit": source.unit, "author": source.author, "year": source.year}
    known = _placed(_merged(entry.known, _said(said, Origin.REPORT)), expected)
    return replace(
        result,
        source=replace(
            source,
            path=entry.name,
            **{field: getattr(known, field) for field in FIELDS},
            origins=dict(known.origins),
            conflicts=known.conflicts,
        ),
    )


def missing_units(expected: Iterable[Known], sources: Iterable[Source]) -> tuple[Known, ...]:
    """Return the units that are expected and of which nothing came in.

    Parameters
    ----------
    expected : iterable of Known
        ``intake.missing``, named as the sources are.
    sources : iterable of Source
        Of the settled results: a report may say itself that it is of an expected unit.
    """
    return Expected(expected).without(
        Known(source.unit, source.unit_type, source.region, source.author, source.year) for source in sources
    )


class Expected:
    """The units that a manifest expects without saying in which file.

    Parameters
    ----------
    units : iterable of Known
        Those without a unit are left out, and so are those said twice.
    """

    def __init__(self, units: Iterable[Known] = ()) -> None:
        self.units: list[Known] = []
        self._by_core: dict[str, list[Known]] = defaultdict(list)
        self._by_tail: dict[str, list[Known]] = defaultdict(list)
        for unit in units:
            if unit.unit is None:
                continue
            name = core(unit.unit)
            if any(_may_be(other, unit) for other in self._by_core.get(name, ())):
                continue
            self.units.append(unit)
            self._by_core[name].append(unit)
            for tail in tails(name):
                self._by_tail[tail].append(unit)

    def units_like(self, known: Known) -> list[Known]:
        """Return the units that this may well be: of the same name, else of more or less of it."""
        name = core(known.unit or "")
        same = self._by_core.get(name)
        if same is None:
            shorter = (unit for tail in tails(name) for unit in self._by_core.get(tail, ()))
            same = [*self._by_tail.get(name, ()), *shorter]
        return [unit for unit in same if _may_be(unit, known)]

    def row_of(self, known: Known) -> Known | None:
        """Return the unit that this is; None where there is none, or more than one."""
        like = self.units_like(known)
        if len(like) > 1 and known.region is not None:  # 水利局 of 甲县 is 甲县水利局
            like = [unit for unit in like if known.region in (unit.unit or "")]
        return like[0] if len(like) == 1 else None

    def without(self, knowns: Iterable[Known]) -> tuple[Known, ...]:
        """Return the units that are none of these, in the order of the manifest."""
        there = {id(row) for known in knowns if known.unit and (row := self.row_of(known))}
        return tuple(unit for unit in self.units if id(unit) not in there)


def _may_be(expected: Known, known: Known) -> bool:
    """Tell whether year and region, where both say them, are no obstacle."""
    return all(
        not value or not other or not _differ(field, value, other)
        for field in ("year", "region")
        for value, other in ((getattr(expected, field), getattr(known, field)),)
    )


# --- who says what ----------------------------------------------------------------------------------------


def _said(fields: Mapping[str, str | int | None], origin: Origin) -> Known:
    filled = {field: fields[field] for field in FIELDS if fields.get(field) is not None}
    return Known(**filled, origins=dict.fromkeys(filled, origin))  # type: ignore[arg-type]


def _merged(first: Known, second: Known) -> Known:
    """Return what both say; where they differ, the first is believed and the difference kept."""
    values: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    conflicts = [*first.conflicts, *second.conflicts]
    for name in FIELDS:
        value, other = getattr(first, name), getattr(second, name)
        if value is None and other is None:
            continue
        taken = second if value is None else first
        values[name], origins[name] = getattr(taken, name), taken.origins[name]
        if value is not None and other is not None and _differ(name, value, other):
            conflicts.append(Conflict(name, "", origins[name], str(other), second.origins[name]))
    told = (
        replace(each, taken=str(values[each.field]), taken_from=origins[each.field]) for each in conflicts
    )
    return Known(**values, origins=origins, conflicts=tuple(told))


def _placed(known: Known, expected: Expected | None) -> Known:
    """Return what is known with the row of its unit, if the unit is not known from a row already."""
    if expected is None or known.unit is None or known.origins["unit"] is Origin.MANIFEST:
        return known
    row = expected.row_of(known)
    return known if row is None else _merged(row, known)


def _differ(field: str, one: str | int, other: str | int) -> bool:
    """Tell whether two say different things, not the same in different words."""
    if isinstance(one, int) or isinstance(other, int):
        return one != other
    if field == "unit":
        return not same_unit(one, other)
    one, other = _plain(one), _plain(other)
    return one != other and (field != "region" or (one not in other and other not in one))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


# --- the files --------------------------------------------------------------------------------------------


def _handed_in(
    given: Path, scratch: Path, bounds: Bounds | None
) -> tuple[dict[str, Path], list[tuple[str, ShupingError]]]:
    """Return the reports by name, in order of name, and what could not be had."""
    found: list[tuple[str, Path]] = []
    failures: list[tuple[str, ShupingError]] = []
    for name, each in _opened(given, scratch, bounds):
        if isinstance(each, ShupingError):
            failures.append((name, each))
        else:
            found.append((name, each))
    if not found and not failures:
        raise error("empty-folder", given)
    found.sort(key=lambda pair: pair[0])
    names = unlike(name for name, _ in found)
    return dict(zip(names, (path for _, path in found), strict=True)), failures


def _opened(given: Path, scratch: Path, bounds: Bounds | None) -> Iterator[tuple[str, Path | ShupingError]]:
    if given.is_dir():
        unpacker = Unpacker(scratch, bounds)
        for each in walk(given, (*SUFFIXES, *ARCHIVES, *REFUSED)):
            if isinstance(each, ShupingError):
                if each.code == "empty-folder":
                    raise each
                yield _name_in(given, each.path or given), each
            elif is_archive(each.name):
                yield from unpacker.unpack(each, _name_in(given, each))
            else:
                yield _name_in(given, each), each
    elif not given.exists():
        raise error("not-found", given)
    elif is_archive(given.name):
        yield from Unpacker(scratch, bounds).unpack(given)
    else:
        yield given.name, given


def _name_in(folder: Path, path: Path) -> str:
    """Return a file's path inside the input; names on disk may be in GBK too."""
    name = path.relative_to(folder).as_posix()
    if any("\ud800" <= char <= "\udfff" for char in name):
        return decoded([os.fsencode(name)])[0]
    return name


def _once(found: Mapping[str, Path], first: Container[str]) -> tuple[list[str], tuple[tuple[str, str], ...]]:
    """Return the names of which each file's content is read once, and those that repeat one of them.

    Of files with the same bytes that is read which stands in the manifest, else the first by name.
    """
    by_size: dict[int, list[str]] = defaultdict(list)
    for name, path in found.items():
        by_size[_size(path)].append(name)
    by_content: dict[str, str] = {}
    repeated: dict[str, str] = {}
    for size, names in by_size.items():
        if size == 0 or len(names) == 1:
            continue
        for name in sorted(names, key=lambda name: (name not in first, name)):
            if (digest := _digest(found[name])) is not None:
                kept = by_content.setdefault(digest, name)
                if kept != name:
                    repeated[name] = kept
    return [name for name in found if name not in repeated], tuple(sorted(repeated.items()))


def _size(path: Path) -> int:
    """Return the size of a file, 0 for what is none: reading says what is wrong with it."""
    try:
        found = path.stat()
    except OSError:
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) else 0


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


# --- the manifest's rows ----------------------------------------------------------------------------------


def _files_of(
    rows: Iterable[Row], names: Iterable[str], manifest: Path | None
) -> tuple[dict[str, Row], list[Row]]:
    """Return the row of each file that has one, and the rows whose file is not there.

    A row may leave out folders where one file only has the name, and the suffix.
    """
    by_end: dict[str, list[str]] = defaultdict(list)
    for name in names:
        parts = _key(name).split("/")
        for k in range(len(parts)):
            end = "/".join(parts[k:])
            by_end[end].append(name)
            by_end[without_suffix(end)].append(name)
    exact = {_key(name): name for name in names}
    of_file: dict[str, Row] = {}
    absent = []
    for row in rows:
        if row.file is None:
            continue
        key = _key(row.file)
        named = [exact[key]] if key in exact else by_end.get(key, [])
        if len(named) > 1:
            detail = f"第 {row.number} 行的“{row.file}”有 {len(named)} 份，请写明在哪个文件夹"
            raise error("manifest", manifest, detail=detail)
        if not named:
            absent.append(row)
        elif named[0] in of_file:
            other = of_file[named[0]].number
            raise error("manifest", manifest, detail=f"第 {other} 行和第 {row.number} 行写的是同一个文件")
        else:
            of_file[named[0]] = row
    return of_file, absent


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _without_file(rows: Iterable[Row]) -> Iterator[Row]:
    return (row for row in rows if row.file is None)


def _not_there(rows: Iterable[Row]) -> Iterator[tuple[str, ShupingError]]:
    for row in rows:
        yield row.file or "", error(ABSENT, row=row.number)
