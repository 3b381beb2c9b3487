"""The parser of ``re``: private to it, and without types."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

parser = re._parser  # type: ignore[attr-defined]

# What it gives: sequences of operations, each with a value of its own kind.
Op: TypeAlias = Any
Value: TypeAlias = Any
Item: TypeAlias = tuple[Op, Value]
Tree: TypeAlias = Any
