"""What self-contained pages are made of: templates and styles of this package, allowed by their hash."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import Final

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template

from analyzer.rendering.markup import clean

_PACKAGE: Final = "analyzer.rendering"


@cache
def asset(name: str) -> str:
    """Return a file of this package."""
    return resources.files(_PACKAGE).joinpath(name).read_text("utf-8")


def template(name: str) -> Template:
    """Return a template of this package; text that it is given is escaped, and fit for HTML."""
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(asset),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: clean(value) if type(value) is str else value,
    )


def content_hash(content: str) -> str:
    """Return what a content security policy calls a style or script of this content."""
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
