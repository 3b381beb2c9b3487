"""Results as JSON, one object or one line a report, and the schema that they keep to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from importlib import resources
from typing import Any

from analyzer.result import Result

# Half of a surrogate pair cannot be written as UTF-8; as an escape it survives the journey.
_SURROGATE = re.compile("[\ud800-\udfff]")


def render_json(result: Result) -> str:
    """Return one result as an indented JSON object, without a final line break."""
    return _dump(result, indent=2)


def render_jsonl(results: Iterable[Result]) -> Iterator[str]:
    """Yield each result as one line of JSON, its line break included, as soon as it comes."""
    for result in results:
        yield _dump(result, indent=None) + "\n"


def load_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a result."""
    text = resources.files(__package__).joinpath("schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def _dump(result: Result, *, indent: int | None) -> str:
    dumped = json.dumps(result.to_dict(), ensure_ascii=False, allow_nan=False, indent=indent)
    return escaped(dumped)


def escaped(dumped: str) -> str:
    """Return JSON that can be written as UTF-8, whatever the text held."""
    try:
        dumped.encode()  # most can, and it takes a tenth of the time to look for surrogates
    except UnicodeEncodeError:
        return _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", dumped)
    return dumped
