"""What self-contained pages are made of: templates and styles of this package, allowed by their hash."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import Final

from jinja2 import Environment, StrictUndefined, Template

from analyzer.rendering.markup import clean

_PACKAGE: Final = "analyzer.rendering"


@cache
def asset(name: str, package: str = _PACKAGE) -> str:
    """Return a file of a package, this one where none is named."""
    return resources.files(package).joinpath(name).read_text("utf-8")


@cache
def template(name: str, package: str = _PACKAGE) -> Template:
    """Return a template of a package; text that it is given is escaped, and fit for HTML."""
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: clean(value) if type(value) is str else value,
    )
    return environment.from_string(asset(name, package))


def content_hash(content: str) -> str:
    """Return what a content security policy calls a style or script of this content."""
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
