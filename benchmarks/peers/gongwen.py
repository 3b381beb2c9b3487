"""gongwen-skill: the format of official papers."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def start() -> Callable[[Sequence[str]], object]:
    """Return what ``gongwen check --doc-type report`` does, for files."""
    from engine.core.document.parser import parse_docx
    from engine.core.rules.engine import RuleEngine

    return lambda paths: [len(RuleEngine().check(parse_docx(path), "report")) for path in paths]
