"""What a store holds, as tidy frames: one rubric, one report a unit and year, and what was left out told.

Authors are in none of them: a frame of units answers every question that is asked here, one of persons
would be read as a league table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, TypeAlias

import numpy as np
import pandas as pd
from sqlalchemy import Connection, func, select

from analyzer.comparing.units import unit_key
from analyzer.errors import error
from analyzer.result import CauseStatus, RemedyStatus, Source
from analyzer.store.adjusting import adjust
from analyzer.store.packing import unpack
from analyzer.store.review import Decided, Kind, histories, standing
from analyzer.store.store import Store
from analyzer.store.tables import (
    Copy,
    Decision,
    DimensionRow,
    FindingRow,
    GateRow,
    ProblemRow,
    Report,
    Ruler,
    Scoring,
    Submission,
)
from analyzer.store.trail import head as head_of
from analyzer.trends.bodies import Body, tell
from analyzer.trends.tables import tidy

_Decided: TypeAlias = Mapping[int, Sequence[Decided]]

UNKNOWN: Final = "未注明"  # region or unit type of a report that names none

# The columns of each frame with their types. Missing is <NA> or NaN, never 0 or an empty text.
_WHOSE: Final = {"unit_id": "string", "unit": "string", "unit_type": "string", "region": "string"}
REPORTS: Final = {
    "report": "int64",  # the number of the submission; rows of all frames are joined by it
    "sha256": "string",
    **_WHOSE,  # unit_id tells units apart, also where unit is missing; unit is the unit's last name
    "year": "int64",
    "overall": "float64",  # 0 to 100, missing where no score was given
    "grade": "string",
    "low": "float64",  # where four of five experts' scores would be
    "high": "float64",
    "confidence": "float64",  # how sure the reading is, 0 to 1
    "gates": "int64",  # that cap the score
    "abstained": "string",  # why no score was given
    "author_changed": "boolean",  # since the unit's report of the year before; missing where unknown
    "adjusted": "bool",  # the score is the one after review
    # Measures of the text.
    "length": "float64",  # characters that are not blank
    "density": "float64",  # stock phrases for 1000 characters
    "sameness": "float64",  # share of own sentences that stood in last year's report
    "repetition": "float64",  # share of the text that has stood in it before
    "specificity": "float64",  # figures, times, names, documents for 100 characters
    "closure": "float64",  # share of problems with an explicit cause and a specific measure
    "personal": "float64",  # share of the writer's own deeds in the duties
    "problems": "int64",
    "findings": "int64",
    "admitted": "int64",  # places that admit the 两张皮 pattern
    "resolved": "int64",  # places that say it was mended
    "siloed": "string",  # none, partial, full; missing where nothing is said of it
}
DIMENSIONS: Final = {
    "report": "int64",
    "dimension": "string",
    "score": "float64",
    "max": "int64",
    "weight": "float64",
}
FINDINGS: Final = {  # one row a report and rule that it has findings of
    "report": "int64",
    "rule": "string",
    "dimension": "string",
    "severity": "string",
    "count": "int64",
    "deduction": "float64",
}
PROBLEMS: Final = {
    "report": "int64",
    **_WHOSE,
    "year": "int64",
    "number": "int64",
    "title": "string",
    "text": "string",
    "cause": "string",
    "cause_kind": "string",
    "remedy": "string",
    "confidence": "float64",
    "owners": "int64",
    "deadlines": "int64",
    "metrics": "int64",
    "mechanisms": "int64",
    "closed": "bool",  # explicit cause and specific measure
}
PAIRS: Final = {  # one row a report whose unit has one of the year before
    "report": "int64",
    "last_report": "int64",
    **_WHOSE,
    "year": "int64",
    "last_year": "int64",
    "author_changed": "boolean",
    "overall": "float64",
    "last_overall": "float64",
    "sameness": "float64",
    "problems_last": "int64",
    "problems_back": "int64",  # came back word for word
    "promises": "int64",  # measures that last year's report promised
    "shown": "int64",  # a result is told
    "unmet": "int64",
    "again": "int64",  # promised once more
    "silent": "int64",
    "unclear": "int64",
    "checkable": "int64",
    "checkable_shown": "int64",
    "checkable_unclear": "int64",
}
PROMISES: Final = {  # one row a promise of last year's report
    "report": "int64",  # that is looked into
    **_WHOSE,
    "year": "int64",
    "last_year": "int64",
    "outcome": "string",  # shown, unmet, again, silent, unclear
    "checkable": "bool",
    "confidence": "float64",
}
COPIES: Final = {
    "a": "int64",  # report
    "b": "int64",
    "unit_a": "string",  # unit_id
    "unit_b": "string",
    "name_a": "string",
    "name_b": "string",
    "region_a": "string",
    "region_b": "string",
    "year_a": "int64",
    "year_b": "int64",
    "overlap": "float64",
    "own": "bool",  # two years of one unit
}
DECISIONS: Final = {  # those that stand; who decided is left out
    "report": "int64",
    "kind": "string",
    "target": "string",
    "rule": "string",  # of a finding that was confirmed or rejected
    "value": "float64",
}
RULERS: Final = {
    "rubric": "string",
    "profile": "string",
    "version": "string",
    "fingerprint": "string",
    "reports": "int64",
    "first_year": "Int64",
    "last_year": "Int64",
    "taken": "bool",
}
# told: the reason, in Chinese; counted: whether these reports are in the frames all the same.
LEFT_OUT: Final = {"reason": "string", "told": "string", "reports": "int64", "counted": "bool"}


@dataclass(frozen=True)
class Frames:
    """A store's reports under one ruler (rubric, models and settings together).

    Parameters
    ----------
    reports, dimensions, findings, problems, pairs, promises, copies, decisions : DataFrame
        With the columns of `REPORTS`, `DIMENSIONS` and so on.
    rulers : DataFrame
        All that the store's results were judged by; one is taken.
    left_out : DataFrame
        How many submissions are in no frame, or not in all comparisons, and why.
    rubric, fingerprint : str
        What the scores of these frames were judged by.
    head : str
        The hash that the store's trail ended with when it was read.
    """

    reports: pd.DataFrame
    dimensions: pd.DataFrame
    findings: pd.DataFrame
    problems: pd.DataFrame
    pairs: pd.DataFrame
    promises: pd.DataFrame
    copies: pd.DataFrame
    decisions: pd.DataFrame
    rulers: pd.DataFrame
    left_out: pd.DataFrame
    rubric: str
    fingerprint: str
    head: str


_TOLD: Final = {
    "rubric": "没有按这一口径评过；请先运行 shuping store rescore，各年才能放在一起比",
    "no-year": "没有写明年度",
    "years": "不在所选的年度内",
    "repeated": "同一份报告重复提交，只计一次",
    "superseded": "同一单位同一年提交过几份，以最后提交的为准",
    "no-unit": "没有写明单位：计入总体，不作年度之间的比较",
    "abstained": "没有给出得分：计入份数，不计入分数",
}
_KEPT: Final = ("no-unit", "abstained")


def read(
    store: Store, *, years: tuple[int, int] | None = None, rubric: str | None = None, adjusted: bool = False
) -> Frames:
    """Return a store's frames.

    Parameters
    ----------
    store : Store
    years : (int, int), optional
        The first and the last year; all by default.
    rubric : str, optional
        A rubric's name or the beginning of a ruler's fingerprint; by default the newest ruler of the profile
        that most reports were judged by.
    adjusted : bool
        Scores and dimensions as reviewers' decisions leave them.

    Raises
    ------
    ShupingError
        Code ``trends`` where the store has no report, none with a year, or no such rubric.
    """
    decided = histories(store)
    with store.database.reading() as connection:
        ruler, rulers = _rulers(connection, rubric)
        reports, left_out = _counted(_submitted(connection, ruler), years)
        open_gates = _parts(ruler, GateRow, GateRow.result_id).where(GateRow.released_by.is_(None))
        gates = _table(connection, open_gates)
        scores = _table(connection, _parts(ruler, DimensionRow, *DimensionRow.__table__.columns))
        found = _table(connection, _found(ruler))
        admitted = _table(connection, _parts(ruler, ProblemRow, *ProblemRow.__table__.columns))
        copied = _table(connection, select(Copy.batch_id, Copy.a, Copy.b, Copy.overlap).order_by(Copy.id))
        reviewed = _reviewed(connection, reports, decided) if adjusted else {}
        told = tell(_bodies(connection, ruler, reports))
        decisions = _decisions(connection, reports, decided)
        head = head_of(connection)[1]
    reports["gates"] = reports["result"].map(gates["result_id"].value_counts()).fillna(0)
    numbers = reports[["report", "result"]].rename(columns={"result": "result_id"})

    def whose(part: pd.DataFrame) -> pd.DataFrame:
        return numbers.merge(part, on="result_id", how="inner", sort=False)

    dimensions, findings, problems = whose(scores), whose(found), whose(admitted)
    reports["findings"] = reports["report"].map(findings.groupby("report")["count"].sum()).fillna(0)
    reports["adjusted"] = False
    _adjust(reports, dimensions, reviewed)
    problems["closed"] = (problems["cause"] == CauseStatus.EXPLICIT) & (
        problems["remedy"] == RemedyStatus.SPECIFIC
    )
    closed = problems.groupby("report")["closed"]
    reports["problems"] = reports["report"].map(closed.size()).fillna(0)
    reports["closure"] = reports["report"].map(closed.mean())
    reports = reports.merge(pd.DataFrame(told.measures), on="report", how="left")
    known = reports.set_index("report")
    pairs = _pairs(pd.DataFrame(told.pairs), known)
    of_pair = pairs.set_index("report") if len(pairs) else pairs
    for name in ("sameness", "author_changed"):
        reports[name] = reports["report"].map(of_pair[name]) if len(pairs) else np.nan
    texts = pd.DataFrame(told.problems, columns=["report", "number", "text"])
    return Frames(
        tidy(REPORTS, reports),
        tidy(DIMENSIONS, dimensions),
        tidy(FINDINGS, findings),
        tidy(
            PROBLEMS,
            problems.merge(texts, on=["report", "number"]).join(known[[*_WHOSE, "year"]], on="report"),
        ),
        tidy(PAIRS, pairs),
        tidy(
            PROMISES,
            pd.DataFrame(told.promises, columns=list({*PROMISES} - {*_WHOSE})).join(
                known[[*_WHOSE]], on="report"
            ),
        ),
        tidy(COPIES, _copies(copied, reports)),
        tidy(DECISIONS, decisions),
        tidy(RULERS, rulers),
        tidy(LEFT_OUT, left_out),
        ruler.rubric,
        ruler.fingerprint,
        head,
    )


def _table(connection: Connection, query: Any) -> pd.DataFrame:
    done = connection.execute(query)
    names = list(done.keys())
    return pd.DataFrame(done.all(), columns=names)


def _rulers(connection: Connection, asked: str | None) -> tuple[Any, pd.DataFrame]:
    """Return the ruler to take, and all that there are."""
    query = (
        select(
            Ruler.id,
            Ruler.rubric,
            Ruler.profile,
            Ruler.version,
            Ruler.fingerprint,
            func.count(Submission.id.distinct()).label("reports"),
            func.min(Submission.year).label("first_year"),
            func.max(Submission.year).label("last_year"),
        )
        .join(Scoring, Scoring.rubric_id == Ruler.id)
        .join(Submission, Submission.report_id == Scoring.report_id)
        .group_by(Ruler.id, Ruler.rubric, Ruler.profile, Ruler.version, Ruler.fingerprint)
        .order_by(Ruler.id)
    )
    known = connection.execute(query).all()
    if not known:
        raise error("trends", detail="结果库里还没有报告")
    if asked is None:
        counts: dict[str, int] = defaultdict(int)
        for each in known:
            counts[each.profile] = max(counts[each.profile], each.reports)
        profile = max(counts, key=lambda name: (counts[name], name))
        fit = [each for each in known if each.profile == profile]
    else:
        fit = [each for each in known if each.rubric == asked]
        fit = fit or [each for each in known if each.fingerprint.startswith(asked.lower())]
        if not fit:
            names = "、".join(dict.fromkeys(each.rubric for each in known))
            raise error("trends", detail=f"结果库里没有按 {asked} 评过的报告，有的是：{names}")
    taken = fit[-1]
    rows = [{**each._mapping, "taken": each.id == taken.id} for each in known]
    return taken, pd.DataFrame(rows)


def _submitted(connection: Connection, ruler: Any) -> pd.DataFrame:
    """Return every submission, with its content's last scoring under a ruler."""
    last = (
        select(Scoring.report_id, func.max(Scoring.id).label("result"))
        .where(Scoring.rubric_id == ruler.id)
        .group_by(Scoring.report_id)
        .subquery()
    )
    query = (
        select(
            Submission.id.label("report"),
            Submission.report_id.label("content"),
            Submission.batch_id.label("batch"),
            Submission.path,
            Report.sha256,
            Submission.unit,
            Submission.unit_type,
            Submission.region,
            Submission.author,
            Submission.year,
            Scoring.id.label("result"),
            Scoring.overall,
            Scoring.grade,
            Scoring.low,
            Scoring.high,
            Scoring.certainty.label("confidence"),
            Scoring.abstained,
        )
        .join(Report, Report.id == Submission.report_id)
        .outerjoin(last, last.c.report_id == Submission.report_id)
        .outerjoin(Scoring, Scoring.id == last.c.result)
        .order_by(Submission.id)
    )
    return _table(connection, query)


def _counted(submitted: pd.DataFrame, years: tuple[int, int] | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the submissions that count, one a unit and year, and how many do not, and why."""
    out: dict[str, int] = {}

    def without(reason: str, frame: pd.DataFrame, where: pd.Series) -> pd.DataFrame:
        out[reason] = int(where.sum())
        return frame.loc[~where]

    reports = without("rubric", submitted, submitted["result"].isna())
    reports = without("no-year", reports, reports["year"].isna())
    if years is not None:
        reports = without("years", reports, ~reports["year"].between(*years))
    if not len(reports):
        why = f"{years[0]}—{years[1]} 年没有报告" if years and out["years"] else "报告都没有写明年度"
        raise error("trends", detail=why)
    reports = reports.assign(unit_id=_unit_ids(reports))
    reports = without("repeated", reports, reports.duplicated(["unit_id", "year", "content"], keep="last"))
    reports = without("superseded", reports, reports.duplicated(["unit_id", "year"], keep="last"))
    out["no-unit"] = int(reports["unit_id"].str.startswith(_NAMELESS).sum())
    out["abstained"] = int(reports["overall"].isna().sum())
    last = reports.groupby("unit_id")[["unit", "unit_type", "region"]].last()  # that is not missing
    known = {name: reports["unit_id"].map(last[name]) for name in last}
    reports["unit"] = known["unit"]  # a unit may have changed how it calls itself: it is shown by one name
    for name in ("unit_type", "region"):
        reports[name] = reports[name].fillna(known[name]).fillna(UNKNOWN)
    left_out = pd.DataFrame(
        {"reason": reason, "told": _TOLD[reason], "reports": count, "counted": reason in _KEPT}
        for reason, count in out.items()
    )
    return reports.sort_values(["unit_id", "year"], kind="stable").reset_index(drop=True), left_out


_NAMELESS: Final = "#"


def _unit_ids(reports: pd.DataFrame) -> list[str]:
    """Return what tells each report's unit from others: its name's core, its region where names are alike.

    Units of a name that many bear are told apart by their authors, of whom only an ordinal is left.
    """

    @cache
    def key(unit: str | None, author: str | None) -> tuple[str, ...]:
        return unit_key(Source(None, "", "", unit=unit, author=author))

    def said(value: Any) -> str | None:
        return value if isinstance(value, str) else None

    rows = list(reports[["unit", "author", "region", "content"]].itertuples(index=False))
    told = [key(said(unit), said(author)) for unit, author, _, _ in rows]
    authors: dict[str, list[str]] = defaultdict(list)
    for name, author in sorted({each for each in told if len(each) > 1}):
        authors[name].append(author)
    names = [
        f"{each[0]}#{authors[each[0]].index(each[1]) + 1}" if each[1:] else "".join(each) for each in told
    ]
    keys = [(name, said(region), content) for name, (_, _, region, content) in zip(names, rows, strict=True)]
    regions: dict[str, set[str]] = defaultdict(set)
    for name, region, _ in keys:
        if region:
            regions[name].add(region)
    return [
        f"{_NAMELESS}{content}" if not name else f"{name}@{region or ''}" if len(regions[name]) > 1 else name
        for name, region, content in keys
    ]


def _parts(ruler: Any, part: Any, *columns: Any) -> Any:
    """Return the query for columns of what is part of results under a ruler, in order of results."""
    return (
        select(*columns)
        .join(Scoring, Scoring.id == part.result_id)
        .where(Scoring.rubric_id == ruler.id)
        .order_by(part.result_id)
    )


def _found(ruler: Any) -> Any:
    columns = (FindingRow.result_id, FindingRow.rule, FindingRow.dimension, FindingRow.severity)
    counted = (func.count().label("count"), func.sum(FindingRow.deduction).label("deduction"))
    return _parts(ruler, FindingRow, *columns, *counted).group_by(*columns).order_by(*columns[1:])


def _bodies(connection: Connection, ruler: Any, reports: pd.DataFrame) -> Iterator[Sequence[Body]]:
    """Yield the bodies of each unit's reports, in order of years."""
    query = (
        select(Scoring.id, Scoring.body, Report.text)
        .join(Report, Report.id == Scoring.report_id)
        .where(Scoring.rubric_id == ruler.id)
        .order_by(Scoring.id)
    )
    wanted = set(reports["result"])
    kept = {number: (body, text) for number, body, text in connection.execute(query) if number in wanted}
    for _, rows in reports.groupby("unit_id", sort=True):
        yield [
            Body(int(report), int(year), *kept[result])
            for report, year, result in rows[["report", "year", "result"]].itertuples(index=False)
        ]


def _pairs(pairs: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    if not len(pairs):
        return pairs
    pairs = pairs.join(known[[*_WHOSE, "overall", "author"]], on="report")
    last = known[["overall", "author"]].add_prefix("last_")
    pairs = pairs.join(last, on="last_report")
    both = pairs["author"].notna() & pairs["last_author"].notna()
    changed = (pairs["author"] != pairs["last_author"]).astype("boolean")
    return pairs.assign(author_changed=changed.where(both, pd.NA))


def _copies(copied: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs both of which count, whose they are said."""
    whose = reports[["batch", "path", "report", "unit_id", "unit", "region", "year"]]
    renamed = {"report": "", "unit_id": "unit_", "unit": "name_", "region": "region_", "year": "year_"}
    for side in ("a", "b"):
        names = {"batch": "batch_id", "path": side, **{name: f"{of}{side}" for name, of in renamed.items()}}
        names["report"] = f"report_{side}"
        copied = copied.merge(whose.rename(columns=names), on=["batch_id", side])
    copied = copied.drop(columns=["a", "b"]).rename(columns={"report_a": "a", "report_b": "b"})
    copied["own"] = copied["unit_a"] == copied["unit_b"]
    return copied.sort_values(["a", "b"], kind="stable")


def _reviewed(connection: Connection, reports: pd.DataFrame, decided: _Decided) -> dict[int, Any]:
    """Return the scores that decisions leave, by the number of the result."""
    rows = reports[reports["content"].isin(list(decided))]
    scores = {}
    for content, number in rows[["content", "result"]].drop_duplicates().itertuples(index=False):
        query = (
            select(Scoring.body, Report.text, Submission.source)
            .join(Report, Report.id == Scoring.report_id)
            .join(Submission, Submission.report_id == Report.id)
            .where(Scoring.id == int(number))
            .limit(1)
        )
        body, text, source = connection.execute(query).one()
        scores[int(number)] = adjust(unpack(body, text, source), standing(decided[int(content)]))
    return scores


def _adjust(reports: pd.DataFrame, dimensions: pd.DataFrame, reviewed: Mapping[int, Any]) -> None:
    """Put the scores that decisions leave in the place of the machine's."""
    for number, score in reviewed.items():
        if score is None:
            continue
        row = reports["result"] == number
        # Experts would differ about the new score as much.
        shift = score.overall - reports.loc[row, "overall"]
        for bound in ("low", "high"):
            reports.loc[row, bound] = (reports.loc[row, bound] + shift).clip(0, 100)
        reports.loc[row, ["overall", "grade", "gates"]] = score.overall, score.grade, len(score.gates)
        reports.loc[row, "adjusted"] = True
        for dimension, value in score.dimensions.items():
            cell = (dimensions["result_id"] == number) & (dimensions["dimension"] == str(dimension))
            dimensions.loc[cell, "score"] = value


def _decisions(connection: Connection, reports: pd.DataFrame, decided: _Decided) -> pd.DataFrame:
    """Return the decisions that stand, on the reports that count."""
    rows = pd.DataFrame(
        [
            {"content": content, "kind": str(each.kind), "target": each.target, "value": each.value}
            for content, some in decided.items()
            for each in some
            if each.stands and each.kind is not Kind.WITHDRAW
        ],
        columns=["content", "kind", "target", "value"],
    )
    query = select(FindingRow.key, FindingRow.rule).where(FindingRow.key.in_(select(Decision.target)))
    rules = {row.key: row.rule for row in connection.execute(query.distinct())}
    rows["rule"] = rows["target"].map(rules)
    return rows.merge(reports[["report", "content"]], on="content").sort_values(["report", "kind", "target"])
