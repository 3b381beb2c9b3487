"""``shuping compare``: two years of one unit, or two drafts of one report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from analyzer.commands.options import DONE, HELP, PATH, form_option
from analyzer.errors import printable

if TYPE_CHECKING:
    from analyzer.comparing.comparison import Comparison

FORMS: Final = ("text", "json", "html")
KINDS: Final = ("years", "drafts")


def register(main: click.Group) -> None:
    """Add the command to the program's."""

    @main.command(
        short_help="对照同一单位的两年报告，或同一份报告的两稿。",
        help="对照同一单位的两份报告：LAST 是去年的（或前稿），THIS 是今年的（或后稿）。\n\n"
        "\b\n两年：哪些话没有变，去年的问题是否又提，去年的承诺今年哪里见到。\n"
        "两稿：改了哪些意见，填了哪些空白，各方面多了几分。\n\n"
        "也可以给 shuping score --format json 写出的 .json，不再重新分析。\n\n"
        "\b\n退出码：0 完成；2 用法有误；3 有文件未能分析。",
    )
    @click.argument("last", metavar="LAST", type=PATH)
    @click.argument("this", metavar="THIS", type=PATH)
    @form_option(FORMS, "text（默认）、json 或 html。")
    @click.option("--output", type=PATH, metavar="PATH", help="写到文件。")
    @click.option(
        "--as",
        "kind",
        type=click.Choice(KINDS),
        metavar="KIND",
        help="\b\nyears（两年）或 drafts（两稿）；不写则看报告的年度，\n没有写明年度的看相同文字的多少。",
    )
    @HELP
    def compare(last: Path, this: Path, form: str, output: Path | None, kind: str | None) -> int:
        """Lay two reports side by side."""
        _run(last, this, form, output, kind)
        return DONE


def _run(last: Path, this: Path, form: str, output: Path | None, kind: str | None) -> None:
    """Compare two files, and put the comparison where it belongs."""
    from analyzer.batch.outputs import write_document
    from analyzer.comparing.compare import compare
    from analyzer.comparing.comparison import Kind
    from analyzer.comparing.inputs import read_results

    comparison = compare(*read_results(last, this), Kind(kind) if kind else None)
    if form == "text" and output is None:
        from rich.console import Console

        from analyzer.rendering.comparing_terminal import render_comparison

        render_comparison(comparison, Console())
        return
    document = _document(comparison, form)
    if output is None:
        click.echo(document.rstrip("\n"))
        return
    write_document(output, document)
    click.echo(printable(str(output)))


def _document(comparison: Comparison, form: str) -> str:
    if form == "json":
        from analyzer.rendering.comparing_json import comparison_json

        return comparison_json(comparison)
    if form == "html":
        from analyzer.rendering.comparing_html import comparison_page

        return comparison_page(comparison)
    from analyzer.rendering.comparing_terminal import comparison_text

    return comparison_text(comparison)
