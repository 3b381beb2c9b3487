"""The tables of a store.

Rows are only ever added.  Each row of a table with ``seq`` is sealed by that entry of the trail; the rows of
`PARTS` are sealed with the result that they belong to.  Numbers are given out by us, not by the database,
so that SQLite and PostgreSQL hold the same rows after the same work.  What is long comes last, because SQLite
walks through it to what follows.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Double, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

_HASH: Final = 64  # hexadecimal digits of a SHA-256


class Base(DeclarativeBase):
    """What all tables share."""

    type_annotation_map = {str: Text, float: Double, bytes: LargeBinary}  # noqa: RUF012 - as SQLAlchemy reads it


class Entry(Base):
    """An entry of the trail: what was done, chained to the entry before."""

    __tablename__ = "trail"
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str]
    who: Mapped[str]
    what: Mapped[str]
    told: Mapped[str]
    prev: Mapped[str] = mapped_column(String(_HASH))
    hash: Mapped[str] = mapped_column(String(_HASH), unique=True)


class Batch(Base):
    """A run that results came from."""

    __tablename__ = "batches"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(unique=True)
    seq: Mapped[int] = mapped_column(ForeignKey("trail.seq"))


class Report(Base):
    """A file by its content, and the text that was read from it (zlib, UTF-8)."""

    __tablename__ = "reports"
    __table_args__ = (UniqueConstraint("sha256", "text_sha256"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sha256: Mapped[str] = mapped_column(String(_HASH))
    text_sha256: Mapped[str] = mapped_column(String(_HASH))
    format: Mapped[str]
    seq: Mapped[int] = mapped_column(ForeignKey("trail.seq"))
    text: Mapped[bytes]


class Ruler(Base):
    """What reports were judged by: rubric, versions and settings together; `about` is all of it as JSON."""

    __tablename__ = "rubrics"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    fingerprint: Mapped[str] = mapped_column(String(_HASH), unique=True)
    rubric: Mapped[str]
    profile: Mapped[str]
    version: Mapped[str]
    about: Mapped[str]
    seq: Mapped[int] = mapped_column(ForeignKey("trail.seq"))


class Scoring(Base):
    """The result of one report under one ruler; `body` is the rest of it (zlib, JSON).

    ``certainty`` is how sure the reading is, as `analyzer.rendering.risk` has it.
    """

    __tablename__ = "results"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), index=True)
    rubric_id: Mapped[int] = mapped_column(ForeignKey("rubrics.id"), index=True)
    digest: Mapped[str] = mapped_column(String(_HASH), unique=True)
    overall: Mapped[float | None]
    grade: Mapped[str | None]
    low: Mapped[float | None]
    high: Mapped[float | None]
    certainty: Mapped[float]
    abstained: Mapped[str | None]
    seq: Mapped[int] = mapped_column(ForeignKey("trail.seq"))
    body: Mapped[bytes]


class DimensionRow(Base):
    """A dimension of a scorecard."""

    __tablename__ = "dimensions"
    result_id: Mapped[int] = mapped_column(ForeignKey("results.id"), primary_key=True)
    dimension: Mapped[str] = mapped_column(primary_key=True)
    score: Mapped[float]
    max: Mapped[int]
    weight: Mapped[float]


class FindingRow(Base):
    """A finding; `key` is what decisions name it by."""

    __tablename__ = "findings"
    result_id: Mapped[int] = mapped_column(ForeignKey("results.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    rule: Mapped[str] = mapped_column(index=True)
    severity: Mapped[str]
    dimension: Mapped[str]
    start: Mapped[int]
    stop: Mapped[int]
    confidence: Mapped[float]
    deduction: Mapped[float]


class GateRow(Base):
    """A gate that applies, and who had lifted it when the report was scored."""

    __tablename__ = "gates"
    result_id: Mapped[int] = mapped_column(ForeignKey("results.id"), primary_key=True)
    gate: Mapped[str] = mapped_column(primary_key=True)
    cap: Mapped[float]
    released_by: Mapped[str | None]


class ProblemRow(Base):
    """A problem that the writer admits; the last four count where measures say who, when, how much, how."""

    __tablename__ = "problems"
    result_id: Mapped[int] = mapped_column(ForeignKey("results.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    start: Mapped[int]
    stop: Mapped[int]
    title: Mapped[str]
    cause: Mapped[str]
    cause_kind: Mapped[str | None]
    remedy: Mapped[str]
    confidence: Mapped[float]
    owners: Mapped[int]
    deadlines: Mapped[int]
    metrics: Mapped[int]
    mechanisms: Mapped[int]


class PromiseRow(Base):
    """A stretch of the plans that answers a problem."""

    __tablename__ = "promises"
    result_id: Mapped[int] = mapped_column(ForeignKey("results.id"), primary_key=True)
    problem: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    start: Mapped[int]
    stop: Mapped[int]


class Submission(Base):
    """A file in a batch: whose it is, and what came of it; `source` is the result's source as JSON."""

    __tablename__ = "submissions"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.id"), index=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), index=True)
    result_id: Mapped[int] = mapped_column(ForeignKey("results.id"))
    path: Mapped[str]
    unit: Mapped[str | None] = mapped_column(index=True)
    unit_type: Mapped[str | None]
    region: Mapped[str | None]
    author: Mapped[str | None]
    year: Mapped[int | None]
    source: Mapped[str]
    digest: Mapped[str] = mapped_column(String(_HASH), unique=True)
    seq: Mapped[int] = mapped_column(ForeignKey("trail.seq"))


class Copy(Base):
    """Two reports of a batch that share wording; `a` and `b` are their paths in it."""

    __tablename__ = "copies"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.id"), index=True)
    a: Mapped[str]
    b: Mapped[str]
    overlap: Mapped[float]
    passages: Mapped[str]
    digest: Mapped[str] = mapped_column(String(_HASH), unique=True)
    seq: Mapped[int] = mapped_column(ForeignKey("trail.seq"))


class Decision(Base):
    """What a reviewer decided of a report; `result_id` is the scoring that was looked at."""

    __tablename__ = "decisions"
    seq: Mapped[int] = mapped_column(ForeignKey("trail.seq"), primary_key=True, autoincrement=False)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), index=True)
    result_id: Mapped[int] = mapped_column(ForeignKey("results.id"))
    kind: Mapped[str]
    target: Mapped[str]
    value: Mapped[float | None]
    by: Mapped[str]
    reason: Mapped[str]


# Tables whose rows an entry of the trail lists with their seals, in the order in which rows can be put in.
SEALED: Final[tuple[type[Base], ...]] = (Batch, Report, Ruler, Scoring, Submission, Copy)
# What is sealed together with its result.
PARTS: Final[tuple[type[Base], ...]] = (DimensionRow, FindingRow, GateRow, ProblemRow, PromiseRow)
