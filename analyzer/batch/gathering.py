"""What is made of all results of a batch: table, copies, two years, names left behind, workbook, store."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from analyzer.batch import outputs
from analyzer.batch.aside import Aside, aside
from analyzer.batch.frames import write_parquet
from analyzer.batch.intake import Intake, Known, missing_units
from analyzer.comparing.compare import compare
from analyzer.comparing.units import pair_years
from analyzer.comparing.years import YearRow, year_row
from analyzer.duplicates.finding import find
from analyzer.duplicates.foreign import foreign_units
from analyzer.duplicates.pairs import Pair
from analyzer.errors import ShupingError
from analyzer.masking import Masker
from analyzer.rendering.comparing_html import comparison_page
from analyzer.rendering.duplicates import page_names, pairs_json, render_pair
from analyzer.rendering.json import escaped
from analyzer.rendering.workbook import Book, Failure, Foreign, Missing, Repeat, write_workbook
from analyzer.result import Result, Source, source_from_dict

if TYPE_CHECKING:
    from analyzer.store.store import Saved

View = TypeVar("View")

TABLE: Final = "results.parquet"
WORKBOOK: Final = "workbook.xlsx"
COPIES: Final = "duplicates.json"
COPY_PAGES: Final = "duplicates"
YEAR_PAGES: Final = "years"
FOREIGN: Final = "foreign_units.json"

WORTH_BESIDE: Final = 100  # results, below which starting processes takes longer than they save
_BESIDE: Final = 2  # processes that help: one for whole files, one for the rows of the workbook
_PART: Final = 25  # results that are handed over at once


@dataclass(frozen=True, slots=True)
class Kept:
    """The results of a batch where they are kept, in order of path, and after them those of its archive.

    Parameters
    ----------
    packed : callable
        Returns a result by its number, as compressed JSON.
    own : int
        How many are of the batch.
    lines : Path
        A file that holds those, a line of JSON each.
    signatures : sequence of bytes
        What copies are found by.
    pages : mapping of str to str
        The page of each report, by path.
    failures : sequence of (str, ShupingError)
        By path.
    """

    packed: Callable[[int], bytes]
    own: int
    lines: Path
    signatures: Sequence[bytes]
    pages: Mapping[str, str]
    failures: Sequence[tuple[str, ShupingError]]

    def result(self, number: int) -> Result:
        """Return a result by its number."""
        return _result(self.packed(number))

    def text(self, number: int) -> str:
        """Return the text of a result, which takes a fraction of the time of the whole."""
        text: str = _told(self.packed(number))["text"]
        return text

    def source(self, number: int) -> Source:
        """Return where a result came from, likewise."""
        return source_from_dict(_told(self.packed(number))["source"])

    def results(self) -> Iterator[Result]:
        """Yield the results of the batch."""
        return map(self.result, range(self.own))

    def viewed(self, beside: Aside, view: Callable[[Result], View]) -> Iterator[View]:
        """Yield what a picklable function makes of each result of the batch, in order."""
        starts = range(0, self.own, _PART)
        parts = ([*map(self.packed, range(at, min(at + _PART, self.own)))] for at in starts)
        return chain.from_iterable(beside.map(partial(_viewed, view), parts))


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the results show together.

    Parameters
    ----------
    copies, years, foreign : int
        Pairs that share wording, pairs of years, reports that name another unit as their own.
    missing : tuple of Known
        Expected units of which nothing came in.
    saved : Saved or None
        What the store has taken.
    """

    copies: int
    years: int
    foreign: int
    missing: tuple[Known, ...]
    saved: Saved | None


@dataclass(frozen=True, slots=True)
class Gathering:
    """How that is made.

    Parameters
    ----------
    intake : Intake
    masker : Masker or None
        Of a batch whose names are masked.
    store : str or None
        Address of the store that takes the results.
    batch : str
        What the batch is called there.
    alone : bool
        Whether it is to do without processes beside this one.
    """

    intake: Intake
    masker: Masker | None
    store: str | None
    batch: str
    alone: bool = False

    def gather(self, kept: Kept, output: Path) -> Gathered:
        """Write what is made of all results into the output folder, and put them into the store.

        Raises
        ------
        ShupingError
            Code ``output``, or one of the store's.
        """
        helpers = 0 if self.alone or kept.own < WORTH_BESIDE else _BESIDE
        with aside(helpers) as beside:
            with outputs.placed(output / TABLE) as part:
                table = beside.start(_write_table, kept.lines, part)
                sources = [*map(kept.source, range(len(kept.signatures)))]
                units = frozenset(source.unit for source in sources if source.unit)
                strangers = beside.start(_foreign, kept.lines, units)
                pairs = self._copies(kept, sources)
                copy_pages = self._write_copies(pairs, kept, sources, output)
                years = self._years(kept, sources, output)
                table.result()
            foreign = strangers.result()
            told = escaped(json.dumps([*map(asdict, foreign)], ensure_ascii=False, indent=1))
            outputs.write_document(output / FOREIGN, told)
            missing = missing_units(map(self._unknown, self.intake.missing), sources[: kept.own])
            book = Book(
                partial(kept.viewed, beside),
                kept.pages,
                [Failure(path, each.code, each.message, each.hint) for path, each in kept.failures],
                [Repeat(*map(self._named, each)) for each in self.intake.repeats],
                [Missing(each.unit, each.unit_type, each.region, each.author, each.year) for each in missing],
                [*map(self._named, self.intake.unmatched)],
                pairs,
                copy_pages,
                years,
                foreign=foreign,
            )
            with outputs.placed(output / WORKBOOK) as part:
                write_workbook(part, book)
        saved = self._saved(kept, sources, pairs)
        return Gathered(len(pairs), len(years), len({each.path for each in foreign}), missing, saved)

    def _saved(self, kept: Kept, sources: Sequence[Source], pairs: Sequence[Pair]) -> Saved | None:
        """Put the results, and the copies among them, into the store."""
        if self.store is None:
            return None
        from analyzer.store.store import Store

        store = Store.open(self.store)
        saved = store.save(kept.results(), self.batch)
        paths = {source.path for source in sources[: kept.own]}
        within = [pair for pair in pairs if pair.a in paths and pair.b in paths]
        if not within:
            return saved
        last = store.save_copies(within, self.batch)
        return replace(saved, entries=last.entries, head=last.head)

    def _named(self, path: str) -> str:
        return self.masker.path(path) if self.masker else path

    def _unknown(self, known: Known) -> Known:
        """Return an expected unit as the results, which may be masked, name it."""

        def said(field: str) -> str | None:
            name: str | None = getattr(known, field)
            return self.masker.field(field, name) if self.masker and name else name

        return replace(known, unit=said("unit"), region=said("region"), author=said("author"))

    def _copies(self, kept: Kept, sources: Sequence[Source]) -> list[Pair]:
        names = [source.path or "" for source in sources]
        archived = len(names) - kept.own
        return list(find(kept.signatures, kept.text, names, archived=archived))

    def _write_copies(
        self, pairs: Sequence[Pair], kept: Kept, sources: Sequence[Source], output: Path
    ) -> dict[tuple[str, str], str]:
        """Write the pairs and a page for each; return the pages."""
        outputs.write_document(output / COPIES, pairs_json(pairs))
        number = {source.path: at for at, source in enumerate(sources)}
        pages = {names: f"{COPY_PAGES}/{page}" for names, page in page_names(pairs).items()}
        for pair in pairs:
            texts = [kept.text(number[path]) for path in (pair.a, pair.b)]
            forms = [Path(path).suffix.lower().lstrip(".") for path in (pair.a, pair.b)]
            outputs.write_document(output / pages[pair.a, pair.b], render_pair(pair, *texts, *forms))
        outputs.clear(output / COPY_PAGES, map(output.joinpath, pages.values()))
        return pages

    def _years(self, kept: Kept, sources: Sequence[Source], output: Path) -> list[YearRow]:
        """Compare the years of each unit, each on a page; return the rows, which say where it is."""
        rows, pages = [], []
        found = [(last, this) for last, this in pair_years(sources) if this < kept.own]
        for number, (last, this) in enumerate(found, 1):
            comparison = compare(kept.result(last), kept.result(this))  # of two years, so no drafts
            pages.append(f"{YEAR_PAGES}/years-{number:03}.html")
            outputs.write_document(output / pages[-1], comparison_page(comparison))
            rows.append(year_row(comparison))
        outputs.clear(output / YEAR_PAGES, map(output.joinpath, pages))
        return rows


def _told(packed: bytes) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(zlib.decompress(packed))
    return told


def _result(packed: bytes) -> Result:
    return Result.from_dict(_told(packed))


def _viewed(view: Callable[[Result], View], part: Iterable[bytes]) -> list[View]:
    return [view(_result(packed)) for packed in part]


def _each_told(lines: Path) -> Iterator[dict[str, Any]]:
    with lines.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _write_table(lines: Path, path: Path) -> None:
    write_parquet(path, map(Result.from_dict, _each_told(lines)))


def _foreign(lines: Path, units: frozenset[str]) -> list[Foreign]:
    """Return where a report names another unit as its own."""
    found = []
    for told in _each_told(lines):
        source, text = source_from_dict(told["source"]), told["text"]
        if source.unit:
            found += [
                Foreign(source.path or "", source.unit, text[start:end], start, end)
                for start, end in foreign_units(text, source.unit, units)
            ]
    return found
