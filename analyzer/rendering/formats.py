"""The forms of output by name, each module loaded when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module
from typing import Any, Final, cast

from analyzer.result import Result

_RENDERERS: Final = {
    "text": ("analyzer.rendering.terminal", "render_text"),
    "json": ("analyzer.rendering.json", "render_json"),
    "html": ("analyzer.rendering.html", "render_html"),
    "sarif": ("analyzer.rendering.sarif", "render_sarif"),
    "xlsx": ("analyzer.rendering.xlsx", "render_xlsx"),
    "docx": ("analyzer.rendering.docx", "render_docx"),
}
# Forms that hold many results in one document: what is kept of each, and what makes one document of that.
_GATHERERS: Final = {
    "sarif": ("analyzer.rendering.sarif", "part_of", "render_parts"),
    "xlsx": ("analyzer.rendering.xlsx", "rows_of", "render_rows"),
}

FORMATS: Final = tuple(_RENDERERS)
GATHERED: Final = tuple(_GATHERERS)
SUFFIX: Final = {
    "text": ".txt",
    "json": ".json",
    "html": ".html",
    "sarif": ".sarif",
    "xlsx": ".xlsx",
    "docx": ".docx",
}
BINARY: Final = ("xlsx", "docx")


def renderer(form: str, *, scorecard: bool = False) -> Callable[[Result], str | bytes]:
    """Return the function that turns one result into a document of the given form.

    Parameters
    ----------
    form : str
        One of ``FORMATS``.  JSON Lines is a form of many results: see ``render_jsonl``.
    scorecard : bool
        Whether a page with the scorecard is wanted, which only ``docx`` has.

    Raises
    ------
    KeyError
        For any other name.
    """
    module, name = _RENDERERS[form]
    function = cast("Callable[..., str | bytes]", getattr(import_module(module), name))
    return partial(function, scorecard=True) if scorecard else function


def gatherer(form: str) -> tuple[Callable[[Result], Any], Callable[[Iterable[Any]], str | bytes]]:
    """Return what to keep of each result, and the function that makes one document of all that is kept.

    Parameters
    ----------
    form : str
        One of ``GATHERED``.

    Raises
    ------
    KeyError
        For any other name.
    """
    module, keep, make = _GATHERERS[form]
    loaded = import_module(module)
    return getattr(loaded, keep), getattr(loaded, make)
