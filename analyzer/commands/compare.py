"""``shuping compare``: two years of one unit, or two drafts of one report."""

from __future__ import annotations

from pathlib import Path

import click

from analyzer.batch.outputs import write_document
from analyzer.comparing.compare import compare
from analyzer.comparing.comparison import Comparison, Kind
from analyzer.comparing.inputs import read_results
from analyzer.errors import printable


def run(last: Path, this: Path, form: str, output: Path | None, kind: str | None) -> None:
    """Compare two files, and put the comparison where it belongs.

    Raises
    ------
    ShupingError
        Where a file cannot be read, or the output cannot be written.
    """
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
