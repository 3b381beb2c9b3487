"""A comparison as JSON, and the schema that it keeps to."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

from analyzer.comparing.comparison import Comparison
from analyzer.rendering.json import escaped


def comparison_json(comparison: Comparison) -> str:
    """Return a comparison as an indented JSON object, without a final line break."""
    return escaped(json.dumps(comparison.to_dict(), ensure_ascii=False, allow_nan=False, indent=2))


def comparison_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a comparison."""
    text = resources.files(__package__).joinpath("comparison.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
