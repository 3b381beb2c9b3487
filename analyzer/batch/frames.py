"""Results as a table, one row a report: for pandas, and as Parquet."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from analyzer.rendering.risk import certainty
from analyzer.result import Dimension, Result
from analyzer.rules.catalogue import catalogue

if TYPE_CHECKING:
    import pandas as pd

RULE: Final = "rule."  # before a rule's id in the name of its column
OTHER_RULES: Final = "other_rules"
_BATCH: Final = 1000  # rows that make a row group


def report_frame(results: Iterable[Result]) -> pd.DataFrame:
    """Return one row a report, in the order given; of a result nothing but its row is kept.

    Columns are the same whatever the results: what is known of the report, grade and score, each dimension,
    ``confidence`` (`analyzer.rendering.risk.certainty`), how many findings each rule of the catalogue has
    (``rule.ID``), those of rules of the user's own together, and why there is no score where there is none.
    Unknown is missing, never 0 or an empty text.
    """
    import pandas as pd

    stream = iter(results)
    parts = [pd.DataFrame(columns=list(_types()))]
    while rows := [_row(result) for result in islice(stream, _BATCH)]:
        parts.append(pd.DataFrame.from_records(rows, columns=list(_types())))
    parts = [part.astype(_types()) for part in parts]
    return pd.concat(parts, ignore_index=True)


def write_parquet(path: Path, results: Iterable[Result]) -> None:
    """Write the rows of `report_frame` as Parquet, in place; the same results, the same bytes.

    Raises
    ------
    OSError
        Where it cannot be written.
    """
    import fastparquet

    fastparquet.write(
        str(path),
        report_frame(results),
        row_group_offsets=_BATCH,
        compression="ZSTD",
        object_encoding="utf8",
        write_index=False,
    )


@cache
def _rules() -> tuple[str, ...]:
    return tuple(rule.id for rule in catalogue())


@cache
def _types() -> dict[str, str]:
    """Return the columns with their types, which know what is missing."""
    text, number, count = "string", "Float64", "Int32"
    return {
        **dict.fromkeys(("path", "sha256", "unit", "unit_type", "region", "author"), text),
        "year": count,
        "grade": text,
        **dict.fromkeys(("overall", "interval_low", "interval_high"), number),
        **dict.fromkeys((dimension.value for dimension in Dimension), number),
        "confidence": number,
        **dict.fromkeys(("gates", "problem_count", "finding_count"), count),
        **{RULE + rule: count for rule in _rules()},
        **dict.fromkeys((OTHER_RULES, "suppressed"), count),
        **dict.fromkeys(("abstained", "profile", "rubric"), text),
    }


def _row(result: Result) -> dict[str, Any]:
    source, card = result.source, result.scorecard
    counts = dict.fromkeys((*_rules(), OTHER_RULES), 0)
    for finding in result.findings:
        counts[finding.rule if finding.rule in counts else OTHER_RULES] += 1
    return {
        "path": source.path,
        "sha256": source.sha256,
        "unit": source.unit,
        "unit_type": source.unit_type,
        "region": source.region,
        "author": source.author,
        "year": source.year,
        "grade": card.grade if card else None,
        "overall": card.overall if card else None,
        "interval_low": card.interval[0] if card else None,
        "interval_high": card.interval[1] if card else None,
        **({row.id.value: row.score for row in card.dimensions} if card else {}),
        "confidence": certainty(result),
        "gates": sum(veto.release is None for veto in card.vetoes) if card else None,
        "problem_count": len(result.analysis.problems),
        "finding_count": len(result.findings),
        **{name if name == OTHER_RULES else RULE + name: count for name, count in counts.items()},
        "suppressed": len(result.suppressed),
        "abstained": result.abstained.code if result.abstained else None,
        "profile": (result.analyzer.get("profile") or {}).get("id"),
        "rubric": result.analyzer.get("rubric"),
    }
