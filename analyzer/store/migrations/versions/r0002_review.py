"""Copies found in a batch, and the decisions of reviewers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from analyzer.store.guards import append_only

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "copies",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("batch_id", sa.Integer, sa.ForeignKey("batches.id"), nullable=False, index=True),
        sa.Column("a", sa.Text, nullable=False),
        sa.Column("b", sa.Text, nullable=False),
        sa.Column("overlap", sa.Double, nullable=False),
        sa.Column("passages", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("seq", sa.Integer, sa.ForeignKey("trail.seq"), nullable=False),
    )
    op.create_table(
        "decisions",
        sa.Column("seq", sa.Integer, sa.ForeignKey("trail.seq"), primary_key=True, autoincrement=False),
        sa.Column("report_id", sa.Integer, sa.ForeignKey("reports.id"), nullable=False, index=True),
        sa.Column("result_id", sa.Integer, sa.ForeignKey("results.id"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("value", sa.Double),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    append_only("decisions")
