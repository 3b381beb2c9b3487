"""Reports, their results under each ruler, and the trail that nobody can rewrite."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from analyzer.store.guards import append_only

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "trail",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("told", sa.Text, nullable=False),
        sa.Column("prev", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
    )
    op.create_table(
        "batches",
        _id(),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        _to("seq", "trail.seq"),
    )
    op.create_table(
        "reports",
        _id(),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("text_sha256", sa.String(64), nullable=False),
        sa.Column("format", sa.Text, nullable=False),
        _to("seq", "trail.seq"),
        sa.Column("text", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("sha256", "text_sha256"),
    )
    op.create_table(
        "rubrics",
        _id(),
        sa.Column("fingerprint", sa.String(64), nullable=False, unique=True),
        sa.Column("rubric", sa.Text, nullable=False),
        sa.Column("profile", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        _to("seq", "trail.seq"),
    )
    op.create_table(
        "results",
        _id(),
        _to("report_id", "reports.id", index=True),
        _to("rubric_id", "rubrics.id", index=True),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("overall", sa.Double),
        sa.Column("grade", sa.Text),
        sa.Column("low", sa.Double),
        sa.Column("high", sa.Double),
        sa.Column("certainty", sa.Double, nullable=False),
        sa.Column("abstained", sa.Text),
        _to("seq", "trail.seq"),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    _parts()
    op.create_table(
        "submissions",
        _id(),
        _to("batch_id", "batches.id", index=True),
        _to("report_id", "reports.id", index=True),
        _to("result_id", "results.id"),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, index=True),
        sa.Column("unit_type", sa.Text),
        sa.Column("region", sa.Text),
        sa.Column("author", sa.Text),
        sa.Column("year", sa.Integer),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        _to("seq", "trail.seq"),
    )
    append_only("trail")


def _parts() -> None:
    """Create what belongs to a result."""
    op.create_table(
        "dimensions",
        _of_result(),
        sa.Column("dimension", sa.Text, primary_key=True),
        sa.Column("score", sa.Double, nullable=False),
        sa.Column("max", sa.Integer, nullable=False),
        sa.Column("weight", sa.Double, nullable=False),
    )
    op.create_table(
        "findings",
        _of_result(),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("rule", sa.Text, nullable=False, index=True),
        sa.Column("severity", sa.Text, nullable=False),
        sa.Column("dimension", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("stop", sa.Integer, nullable=False),
        sa.Column("confidence", sa.Double, nullable=False),
        sa.Column("deduction", sa.Double, nullable=False),
    )
    op.create_table(
        "gates",
        _of_result(),
        sa.Column("gate", sa.Text, primary_key=True),
        sa.Column("cap", sa.Double, nullable=False),
        sa.Column("released_by", sa.Text),
    )
    op.create_table(
        "problems",
        _of_result(),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("stop", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("cause", sa.Text, nullable=False),
        sa.Column("cause_kind", sa.Text),
        sa.Column("remedy", sa.Text, nullable=False),
        sa.Column("confidence", sa.Double, nullable=False),
        *(
            sa.Column(name, sa.Integer, nullable=False)
            for name in ("owners", "deadlines", "metrics", "mechanisms")
        ),
    )
    op.create_table(
        "promises",
        _of_result(),
        sa.Column("problem", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("stop", sa.Integer, nullable=False),
    )


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=False)


def _to(name: str, other: str, *, index: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, sa.ForeignKey(other), nullable=False, index=index)


def _of_result() -> sa.Column[int]:
    return sa.Column("result_id", sa.Integer, sa.ForeignKey("results.id"), primary_key=True)
