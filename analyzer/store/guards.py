"""Tables that the database itself keeps from being rewritten; for migrations."""

from __future__ import annotations

from alembic import op


def append_only(table: str) -> None:
    """Let the database refuse to change or delete a row of a table whose key is ``seq``."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'append only'); END"
            )
        # INSERT OR REPLACE deletes without asking the trigger above.
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "  # noqa: S608 - a name of ours
            f"WHEN NEW.seq IN (SELECT seq FROM {table}) BEGIN SELECT RAISE(ABORT, 'append only'); END"
        )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION shuping_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'append only'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION shuping_append_only()"
    )
