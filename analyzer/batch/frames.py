"""Results as a table, one row a report: for pandas, and as Parquet."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from analyzer.batch.outputs import placed
from analyzer.rendering.risk import certainty
from analyzer.result import Dimension, Result
from analyzer.rules.catalogue import catalogue

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

RULE: Final = "rule."  # before a rule's id in the name of its column
OTHER_RULES: Final = "other_rules"
_BATCH: Final = 1000  # rows that are held at once, and that make a row group


def report_frame(results: Iterable[Result]) -> pd.DataFrame:
    """Return one row a report, in the order given.

    Columns are the same whatever the results: what is known of the report, grade and score, each dimension,
    ``confidence`` (`analyzer.rendering.risk.certainty`), how many findings each rule of the catalogue has
    (``rule.ID``), those of rules of the user's own together, and why there is no score where there is none.
    Unknown is missing, never 0 or an empty text.
    """
    import pandas as pd
    import pyarrow as pa

    kept = {pa.int32(): pd.Int32Dtype(), pa.float64(): pd.Float64Dtype(), pa.string(): pd.StringDtype()}
    frame: pd.DataFrame = _table(map(_row, results)).to_pandas(types_mapper=kept.get)
    return frame


def write_parquet(path: Path, results: Iterable[Result]) -> None:
    """Write the rows of `report_frame` as Parquet, a thousand held at once; the same results, the same bytes.

    Raises
    ------
    ShupingError
        Code ``output`` where it cannot be written; what stood there before is then still there.
    """
    from pyarrow.parquet import ParquetWriter

    rows = map(_row, results)
    with placed(path) as part, ParquetWriter(part, _schema(), compression="zstd") as file:
        while some := list(islice(rows, _BATCH)):
            file.write_table(_table(some))


def _table(rows: Iterable[dict[str, Any]]) -> pa.Table:
    import pyarrow as pa

    return pa.Table.from_pylist(list(rows), schema=_schema())


@cache
def _rules() -> tuple[str, ...]:
    return tuple(rule.id for rule in catalogue())


@cache
def _schema() -> pa.Schema:
    import pyarrow as pa

    text, number, count = pa.string(), pa.float64(), pa.int32()
    return pa.schema(
        [
            ("path", text),
            ("sha256", text),
            ("unit", text),
            ("unit_type", text),
            ("region", text),
            ("author", text),
            ("year", count),
            ("grade", text),
            ("overall", number),
            ("interval_low", number),
            ("interval_high", number),
            *((dimension.value, number) for dimension in Dimension),
            ("confidence", number),
            ("gates", count),
            ("problem_count", count),
            ("finding_count", count),
            *((RULE + rule, count) for rule in _rules()),
            (OTHER_RULES, count),
            ("suppressed", count),
            ("abstained", text),
            ("profile", text),
            ("rubric", text),
        ]
    )


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
