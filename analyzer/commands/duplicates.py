"""``shuping duplicates``: which of many reports share wording, among themselves and with earlier years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from analyzer.errors import ShupingError, error, printable

if TYPE_CHECKING:
    from analyzer.duplicates.pairs import Pair

FORMS: Final = ("text", "json", "html")
_DONE, _UNREADABLE = 0, 3
_PATH: Final = click.Path(path_type=Path)
_ALONE: Final = 24  # below this many reports, starting processes takes longer than they save


def register(main: click.Group, bounded: type[click.Option]) -> None:
    """Add the command to the program's; `bounded` is its kind of option whose bounds are told in the help."""

    @main.command(
        short_help="找出相同文字较多的报告。",
        help="找出相同文字较多的报告；PATH 是文件或文件夹，合在一起两两比对。\n\n"
        "\b\n官方提法、套语、引文不计；换了年份、数字、会议、单位、人名的按相同看待。\n"
        "只显示哪些文字相同、各在哪里，是否抄袭请人工判断。\n\n"
        "退出码：0 完成；2 用法有误；3 有文件未能读取（其余照常）。",
    )
    @click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=_PATH)
    @click.option(
        "--format",
        "form",
        type=click.Choice(FORMS),
        default=FORMS[0],
        metavar="FORM",
        help="text（默认，一张表）、json 或 html（每对一页，左右对照）。",
    )
    @click.option(
        "--threshold",
        cls=bounded,
        type=click.FloatRange(0, 1),
        metavar="R",
        help="\b\n重合到多少才列出，0 到 1（默认 0.5：\n各写各的报告，语料里没有一对超过 0.1）。",
    )
    @click.option(
        "--archive",
        type=_PATH,
        multiple=True,
        metavar="DIR",
        help="往年的报告：与这一批比对，彼此之间不比；可写多次。",
    )
    @click.option("--output", type=_PATH, metavar="PATH", help="写到文件；html 写到文件夹。")
    @click.help_option("-h", "--help", help="显示说明并退出。")
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
        whole = _run(paths, archive, form, threshold, output)
        return _DONE if whole else _UNREADABLE


def _run(
    given: Sequence[Path], archive: Sequence[Path], form: str, threshold: float | None, output: Path | None
) -> bool:
    """Compare and deliver; return whether all could be read."""
    from analyzer.duplicates.finding import find

    failed = 0
    files: list[Path] = []
    signatures: list[bytes] = []
    for group in (given, archive):
        fresh = len(files)
        for path, read in _read([*_found(group)]):
            if isinstance(read, ShupingError):
                failed += 1
                click.echo(str(read), err=True)
            elif path not in files[:fresh]:
                files.append(path)
                signatures.append(read)
        if group is given:
            batch = len(files)
    if len(files) < 2 and not failed:
        raise click.UsageError("至少要有两份报告才能比对。")
    pairs = find(
        signatures,
        lambda number: _text(files[number]),
        [str(path) for path in files],
        threshold=threshold,
        archived=len(files) - batch,
    )
    _deliver(list(pairs), len(files), form, output)
    return not failed


def _found(paths: Iterable[Path]) -> Iterator[Path | ShupingError]:
    from analyzer.batch.submissions import find

    for each in find(paths):
        if isinstance(each, ShupingError):
            yield each
        elif each.path is not None:
            yield each.path


def _read(found: Sequence[Path | ShupingError]) -> Iterator[tuple[Path, bytes | ShupingError]]:
    """Yield the signature of each report, or why there is none, in order."""
    from joblib import Parallel, delayed

    jobs = 1 if len(found) <= _ALONE else -1
    made = Parallel(n_jobs=jobs, return_as="generator")(delayed(_signed)(each) for each in found)
    for each, read in zip(found, made, strict=True):
        yield (each if isinstance(each, Path) else Path(), read)


def _signed(found: Path | ShupingError) -> bytes | ShupingError:
    from analyzer.duplicates.finding import signature

    if isinstance(found, ShupingError):
        return found
    try:
        return signature(_text(found))
    except ShupingError as failure:
        return failure
    except Exception as defect:  # a defect that one report brings to light must not cost the others
        return error("internal", found, detail=type(defect).__name__)


def _text(path: Path) -> str:
    from analyzer.reading import read

    return read(path).text


def _deliver(pairs: Sequence[Pair], reports: int, form: str, output: Path | None) -> None:
    from analyzer.batch.outputs import write_document
    from analyzer.rendering.duplicates import page_names, pairs_json, pairs_text, render_pair, share

    if form == "html" and output is not None:
        names = page_names(pairs)
        for pair in pairs:
            page = output / names[pair.a, pair.b]
            texts = [_text(Path(name)) for name in (pair.a, pair.b)]
            forms = [Path(name).suffix.lower().lstrip(".") for name in (pair.a, pair.b)]
            write_document(page, render_pair(pair, texts[0], texts[1], forms[0], forms[1]))
        for pair in sorted(pairs, key=lambda pair: names[pair.a, pair.b]):
            words = f"{output / names[pair.a, pair.b]}：{share(pair.overlap)}，{pair.a} 与 {pair.b}"
            click.echo(printable(words))
        if not pairs:
            click.echo(pairs_text(pairs, reports))
        return
    made = (
        pairs_json(pairs) if form == "json" else pairs_text(pairs, reports, None if output is None else 100)
    )
    if output is None:
        click.echo(made, nl=False)
    else:
        write_document(output, made)
        click.echo(printable(str(output)))
