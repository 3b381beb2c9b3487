"""``shuping duplicates``: which of many reports share wording, among themselves and with earlier years."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from analyzer.commands.options import DONE, HELP, PATH, UNREADABLE, Option, form_option
from analyzer.errors import ShupingError, printable

if TYPE_CHECKING:
    from analyzer.duplicates.pairs import Pair

FORMS: Final = ("text", "json", "html")
_WIDTH: Final = 100  # columns of a table in a file


def register(main: click.Group) -> None:
    """Add the command to the program's."""

    @main.command(
        short_help="找出相同文字较多的报告。",
        help="找出相同文字较多的报告；PATH 是文件、文件夹或压缩包，合在一起两两比对。\n\n"
        "\b\n官方提法、套语、引文不计；换了年份、数字、会议、单位、人名的按相同看待。\n"
        "只显示哪些文字相同、各在哪里，是否抄袭请人工判断。\n\n"
        "退出码：0 完成；2 用法有误；3 有文件未能读取（其余照常）。",
    )
    @click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=PATH)
    @form_option(FORMS, "text（默认，一张表）、json 或 html（每对一页，左右对照）。")
    @click.option(
        "--threshold",
        cls=Option,
        type=click.FloatRange(0, 1),
        metavar="R",
        help="\b\n重合到多少才列出，0 到 1（默认 0.5：\n各写各的报告，语料里没有一对超过 0.1）。",
    )
    @click.option(
        "--archive",
        type=PATH,
        multiple=True,
        metavar="DIR",
        help="往年的报告：与这一批比对，彼此之间不比；可写多次。",
    )
    @click.option("--output", type=PATH, metavar="PATH", help="写到文件；html 写到文件夹。")
    @HELP
    def duplicates(
        paths: tuple[Path, ...],
        form: str,
        threshold: float | None,
        archive: tuple[Path, ...],
        output: Path | None,
    ) -> int:
        """Compare reports with each other."""
        if form == "html" and (output is None or output.is_file()):
            raise click.UsageError("html 请用 --output 指定文件夹。")
        from tempfile import TemporaryDirectory

        with TemporaryDirectory(prefix="shuping-") as scratch:
            whole = _run(paths, archive, form, threshold, output, Path(scratch))
        return DONE if whole else UNREADABLE


@dataclass(frozen=True, slots=True)
class _File:
    """A report: what it is called, archives being folders, and where it can be read now."""

    name: str
    path: Path

    def text(self) -> str:
        """Return its text."""
        from analyzer.reading import read

        return read(self.path).text


@dataclass(frozen=True, slots=True)
class _Report:
    """What is kept of a report: its signature, and the unit that it names as its own."""

    signature: bytes
    unit: str | None


def _run(
    given: Sequence[Path],
    archive: Sequence[Path],
    form: str,
    threshold: float | None,
    output: Path | None,
    scratch: Path,
) -> bool:
    """Compare and deliver; return whether all could be read."""
    from analyzer.duplicates.finding import find

    failed = 0
    files: dict[str, _File] = {}
    reports: list[_Report] = []
    for group in (given, archive):
        for name, found in _handed_in(group, scratch, frozenset(files)):
            if isinstance(found, ShupingError):
                failed += 1
                click.echo(str(found.at(Path(name))), err=True)
            else:
                files[name], report = found
                reports.append(report)
        if group is given:
            batch = len(files)
    if len(files) < 2:
        if failed:
            return False
        raise click.UsageError("至少要有两份报告才能比对。")
    ordered = [*files.values()]
    pairs = find(
        [report.signature for report in reports],
        lambda number: ordered[number].text(),
        [*files],
        threshold=threshold,
        archived=len(files) - batch,
    )
    left = _left(ordered[:batch], [report.unit for report in reports[:batch]])
    _deliver(list(pairs), files, form, output, left)
    return not failed


def _handed_in(
    paths: Iterable[Path], scratch: Path, known: Container[str]
) -> Iterator[tuple[str, tuple[_File, _Report] | ShupingError]]:
    """Yield what is kept of each report behind paths, or why it cannot be read, each name once."""
    from analyzer.batch.engine import engine_for

    files: dict[str, _File] = {}
    for path in paths:
        try:
            for name, found in _collected(path, scratch):
                if isinstance(found, ShupingError):
                    yield name, found
                elif name not in known:
                    files.setdefault(name, found)
        except ShupingError as failure:
            yield str(path), failure
    with closing(engine_for(len(files), bool).each(_signed, files.values())) as outcomes:
        made = dict(outcomes)
    for number, file in enumerate(files.values()):
        done = made[number]
        if done.failure is not None:
            yield file.name, done.failure
        elif done.made is not None:
            yield file.name, (file, done.made)


def _collected(given: Path, scratch: Path) -> Iterator[tuple[str, _File | ShupingError]]:
    """Yield all files behind a path; those of the same bytes too, which a batch reads once."""
    from tempfile import mkdtemp

    from analyzer.batch.archives import is_archive
    from analyzer.batch.intake import collect

    intake = collect(given, Path(mkdtemp(dir=scratch)))
    inside = given.is_dir() or is_archive(given.name)

    def named(name: str) -> str:
        return str(given / name) if inside else str(given)

    paths = {entry.name: entry.submission.path for entry in intake.entries}
    paths |= {repeat: paths[name] for repeat, name in intake.repeats}
    for name, path in sorted(paths.items()):
        if path is not None:
            yield named(name), _File(named(name), path)
    for name, failure in intake.failures:
        yield named(name), failure


def _signed(file: _File) -> _Report:
    from analyzer.duplicates.finding import signature
    from analyzer.understanding.identity import identify

    text = file.text()
    return _Report(signature(text), identify(text, text).unit)


def _left(files: Sequence[_File], units: Sequence[str | None]) -> Iterator[tuple[str, str, str, str]]:
    """Yield where a report names another unit as its own: file, own unit, other name, place."""
    from analyzer.duplicates.foreign import foreign_units
    from analyzer.rendering.places import Places

    others = frozenset(unit for unit in units if unit)
    for file, unit in zip(files, units, strict=True):
        if unit:
            text = file.text()
            places = Places(text, _form(file))
            for start, end in foreign_units(text, unit, others):
                yield file.name, unit, text[start:end], places.name(start, end)


def _form(file: _File) -> str:
    return file.path.suffix.lower().lstrip(".")


def _deliver(
    pairs: Sequence[Pair],
    files: Mapping[str, _File],
    form: str,
    output: Path | None,
    left: Iterable[tuple[str, str, str, str]],
) -> None:
    from analyzer.batch.outputs import write_document
    from analyzer.rendering.duplicates import page_names, pairs_json, pairs_text, render_pair, share

    if form == "html" and output is not None:
        names = page_names(pairs)
        for pair in pairs:
            page = output / names[pair.a, pair.b]
            a, b = files[pair.a], files[pair.b]
            write_document(page, render_pair(pair, a.text(), b.text(), _form(a), _form(b)))
        for pair in sorted(pairs, key=lambda pair: names[pair.a, pair.b]):
            words = f"{output / names[pair.a, pair.b]}：{share(pair.overlap)}，{pair.a} 与 {pair.b}"
            click.echo(printable(words))
        if not pairs:
            click.echo(pairs_text(pairs, len(files)))
        return
    width = None if output is None else _WIDTH
    made = pairs_json(pairs) if form == "json" else pairs_text(pairs, len(files), [*left], width)
    if output is None:
        click.echo(made, nl=False)
    else:
        write_document(output, made)
        click.echo(printable(str(output)))
