"""AutoCorrect as a formatter of plain text."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def start() -> Callable[[Sequence[str]], object]:
    """Return what formats texts."""
    import autocorrect_py

    return lambda texts: [autocorrect_py.format(text) for text in texts]
