"""A baseline: how many findings of each rule each file has, so that a run can ask for what is new only."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from analyzer.batch.outputs import written
from analyzer.errors import error
from analyzer.result import NOT_A_REPORT, Compared, Result, Severity

View = TypeVar("View")
Counts = Mapping[str, int]

_SCHEMA: Final = "shuping.baseline/1"
_PIPED: Final = "-"
_LARGEST: Final = 64 << 20


@dataclass(frozen=True, slots=True)
class Baseline:
    """What was known before: counts by rule of each file, files by their path from the baseline's folder."""

    path: Path
    files: Mapping[str, Counts]

    def compare(self, result: Result) -> Compared:
        """Return what of a result goes beyond the baseline."""
        known = self.files.get(name_in(self.path, result.source.path), {})
        found = count(result)
        beyond = {rule: number - known.get(rule, 0) for rule, number in found.items()}
        return Compared(
            {rule: more for rule, more in sorted(beyond.items()) if more > 0},
            sum(min(number, known.get(rule, 0)) for rule, number in found.items()),
            sum(max(0, number - found.get(rule, 0)) for rule, number in known.items()),
        )


@dataclass(frozen=True, slots=True)
class Counted(Generic[View]):
    """A view of a result with the counts of its findings.

    Parameters
    ----------
    path : str or None
        Of the report.
    counts : mapping of str to int
        Findings by rule.
    failing : mapping of str to int
        How many beyond the baseline, by rule; hints fail no run.
    mended : int
        How many fewer than in the baseline.
    view : View
    is_report : bool
        Whether it was not taken for something else.
    """

    path: str | None
    counts: Counts
    failing: Counts
    mended: int
    view: View
    is_report: bool = True


def count(result: Result) -> Counts:
    """Return how many findings each rule has in a result."""
    return Counter(finding.rule for finding in result.findings)


def counted(result: Result, view: Callable[[Result], View], baseline: Baseline | None) -> Counted[View]:
    """Return a view of a result, compared with a baseline if there is one, with its counts."""
    if baseline is not None:
        result = replace(result, baseline=baseline.compare(result))
    hints = {finding.rule for finding in result.findings if finding.severity is Severity.INFO}
    compared = result.baseline or Compared({}, 0, 0)
    failing = {rule: more for rule, more in compared.beyond.items() if rule not in hints}
    is_report = result.abstained is None or result.abstained.code != NOT_A_REPORT
    return Counted(result.source.path, count(result), failing, compared.mended, view(result), is_report)


def name_in(baseline: Path, report: str | None) -> str:
    """Return what a report is called in a baseline: its path from there, the same on every system."""
    if report is None:
        return _PIPED
    try:
        return Path(os.path.relpath(report, baseline.parent)).as_posix()
    except ValueError:  # another drive
        return Path(os.path.abspath(report)).as_posix()  # noqa: PTH100 - unlike resolve, keeps links


def read_baseline(path: Path) -> Baseline:
    """Return the baseline of a file.

    Raises
    ------
    ShupingError
        Code ``baseline`` where it cannot be read or is none.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise error("baseline", path, detail="文件过大")
        given: Any = json.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        raise error("baseline", path, detail="没有这个文件") from None
    except (OSError, ValueError, RecursionError) as reason:
        raise error("baseline", path, detail=str(reason)) from reason
    if not isinstance(given, dict) or given.get("schema") != _SCHEMA:
        raise error("baseline", path, detail=f"不是 {_SCHEMA} 格式")
    files = given.get("files")
    if not isinstance(files, dict) or not all(_is_counts(counts) for counts in files.values()):
        raise error("baseline", path, detail="files 里应是每个文件、每条规则的处数")
    return Baseline(path, files)


def _is_counts(counts: object) -> bool:
    return isinstance(counts, dict) and all(
        isinstance(number, int) and not isinstance(number, bool) and number >= 0 for number in counts.values()
    )


def write_baseline(path: Path, results: Iterable[Counted[Any]]) -> None:
    """Write the counts of some results as the new baseline.

    Raises
    ------
    ShupingError
        Code ``output`` where it cannot be written.
    """
    files = {name_in(path, each.path): dict(sorted(each.counts.items())) for each in results}
    whole = {"schema": _SCHEMA, "files": dict(sorted(files.items()))}
    with written(path) as file:
        file.write(json.dumps(whole, ensure_ascii=False, indent=1) + "\n")
