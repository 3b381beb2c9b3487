"""The results to compare: of reports, or of files that hold results already."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from analyzer.config import settings_by_folder
from analyzer.errors import error
from analyzer.pipeline import Analyzer
from analyzer.result import Result

_RESULT = ".json"


def read_results(last: Path, this: Path) -> tuple[Result, Result]:
    """Return the results of two files; each report is scored by the settings that stand above it.

    Raises
    ------
    ShupingError
        Where a file cannot be read.
    """
    of_folder, analyzer = settings_by_folder(), cache(Analyzer)

    def result(path: Path) -> Result:
        if path.suffix.lower() == _RESULT:
            return read_result(path)
        return analyzer(of_folder(path.parent)).analyze_file(path)

    return result(last), result(this)


def read_result(path: Path) -> Result:
    """Return the result that ``shuping score --format json`` wrote.

    Raises
    ------
    ShupingError
        Code ``result-file`` where the file holds something else, ``not-found`` or ``not-readable``.
    """
    try:
        return Result.from_dict(json.loads(path.read_text("utf-8-sig")))
    except FileNotFoundError as reason:
        raise error("not-found", path) from reason
    except OSError as reason:
        raise error("not-readable", path, detail=reason.strerror or str(reason)) from reason
    except (json.JSONDecodeError, UnicodeDecodeError) as reason:
        raise error("result-file", path, detail="不是 JSON，或不完整") from reason
    except (ValueError, AttributeError) as reason:
        raise error("result-file", path, detail="缺少应有的内容") from reason
