"""What self-contained pages are made of: templates and styles of this package, allowed by their hash."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import Any, Final

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from analyzer.rendering.markup import clean

_PACKAGE: Final = "analyzer.rendering"


@cache
def asset(name: str, package: str = _PACKAGE) -> str:
    """Return a file of a package, this one where none is named."""
    return resources.files(package).joinpath(name).read_text("utf-8")


def page(name: str, /, package: str = _PACKAGE, **values: Any) -> str:
    """Return the page that a template of a package makes of some values; it may extend those of this package.

    Text is escaped, and the page cleaned as a whole: value by value, that took as long as all the rest.
    """
    return clean(_environment(package).get_template(name).render(values))


@cache
def _environment(package: str) -> Environment:
    return Environment(
        loader=ChoiceLoader([PackageLoader(each, "") for each in dict.fromkeys((package, _PACKAGE))]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def content_hash(content: str) -> str:
    """Return what a content security policy calls a style or script of this content."""
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
