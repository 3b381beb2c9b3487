"""What a process that scores one report does, step by step: JSON of step, seconds, of it for patterns."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

REPORT = Path("corpora/w6/w6-05.txt")

_steps: list[tuple[str, float, float, int]] = []
_compiled: list[float] = []


@contextmanager
def _step(name: str) -> Iterator[None]:
    begun, before = time.process_time(), len(_compiled)
    yield
    patterns = _compiled[before:]
    _steps.append((name, time.process_time() - begun, sum(patterns), len(patterns)))


def _timed(function: Callable[..., Any]) -> Callable[..., Any]:
    def timed(*given: Any) -> Any:
        begun = time.process_time()
        made = function(*given)
        _compiled.append(time.process_time() - begun)
        return made

    return timed


def main() -> None:
    """Do what ``shuping score`` does."""
    compiler: Any = re._compiler  # type: ignore[attr-defined]
    compiler.compile = _timed(compiler.compile)
    _steps.append(("Python itself", time.process_time(), 0.0, 0))
    with _step("the command line"):
        import analyzer.cli  # noqa: F401
    with _step("numpy"):
        import numpy  # noqa: F401
    with _step("modules of the analysis"):
        from analyzer.batch.engine import analyzer_for
        from analyzer.config import Settings
        from analyzer.pipeline import Analyzer  # noqa: F401
    with _step("models"):
        from analyzer.understanding.models import load_models

        load_models()
    with _step("rules and rubric"):
        made = analyzer_for(Settings())
    with _step("the first report"):
        result = made.analyze_file(REPORT)
    with _step("the same report again"):
        made.analyze_file(REPORT)
    with _step("the score card"):
        from rich.console import Console

        from analyzer.rendering.terminal import render_terminal

        with Path("/dev/null").open("w") as nowhere:
            render_terminal(result, Console(file=nowhere, emoji=False))
    print(json.dumps(_steps))


if __name__ == "__main__":
    main()
