"""述评: judge the writing of duty reports.

>>> import analyzer
>>> result = analyzer.analyze("一年来，……")  # doctest: +SKIP
>>> result.scorecard.overall  # doctest: +SKIP
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the package opens at once; what is heavy comes with the first report
    from analyzer.pipeline import Analyzer
    from analyzer.result import Result

__all__ = ["analyze", "load"]


@cache
def load() -> Analyzer:
    """Return the analyzer with default settings."""
    from analyzer.pipeline import Analyzer

    return Analyzer()


def analyze(source: str | Path) -> Result:
    """Return what is known of a report.

    Parameters
    ----------
    source : str or Path
        The text itself, or a file.

    Raises
    ------
    ShupingError
        Where the file cannot be read.
    """
    return load().analyze_file(source) if isinstance(source, Path) else load().analyze_text(source)
