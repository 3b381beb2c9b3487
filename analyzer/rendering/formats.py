"""The forms of output by name, each module loaded when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Final, cast

from analyzer.result import Result

_RENDERERS: Final = {
    "text": ("analyzer.rendering.terminal", "render_text"),
    "json": ("analyzer.rendering.json", "render_json"),
    "html": ("analyzer.rendering.html", "render_html"),
}

FORMATS: Final = tuple(_RENDERERS)
SUFFIX: Final = {"text": ".txt", "json": ".json", "html": ".html"}


def renderer(form: str) -> Callable[[Result], str]:
    """Return the function that turns one result into a document of the given form.

    Parameters
    ----------
    form : str
        One of ``FORMATS``.  JSON Lines is a form of many results: see ``render_jsonl``.

    Raises
    ------
    KeyError
        For any other name.
    """
    module, function = _RENDERERS[form]
    return cast("Callable[[Result], str]", getattr(import_module(module), function))
