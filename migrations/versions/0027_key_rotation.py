"""Ciphertexts in kept tables may be written anew; a poster's form put right is kept as well.

Tables that refuse every change allow another key for their ciphertexts. A form that came through a
poster was kept once whatever it said: now once for each thing it said.

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

# By table: the column of ciphertexts, and all others, which still refuse every change.
KEPT = {
    "enterprise_changes": (
        "verified_number",
        "id, enterprise_id, kind, at, by, account_id, place_id, other_id, was, became, why,"
        " verified",
    ),
    "health_reveals": ("words", "id, place_id, line, entry_id, account_id, role, reason, at"),
}
REFUSING = "FOR EACH STATEMENT EXECUTE FUNCTION"


def upgrade() -> None:
    said = sa.Column("said", sa.String(length=64), server_default="", nullable=False)
    op.add_column("poster_entries", said)
    op.alter_column("poster_entries", "said", server_default=None)
    op.drop_constraint(op.f("uq_poster_entries_once"), "poster_entries", type_="unique")
    op.create_unique_constraint(
        op.f("uq_poster_entries_once_said"), "poster_entries", ["once", "said"]
    )
    op.execute(
        """
        CREATE FUNCTION refuse_unless_rotating() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF current_setting('fugong.rotating', true) IS DISTINCT FROM 'on' THEN
                RAISE EXCEPTION '% is never changed', TG_TABLE_NAME;
            END IF;
            RETURN NULL;
        END $$
        """
    )
    for table, (sealed, others) in KEPT.items():
        op.execute(f"DROP TRIGGER {table}_are_immutable ON {table}")
        op.execute(
            f"CREATE TRIGGER {table}_are_immutable BEFORE UPDATE OF {others} OR DELETE OR TRUNCATE"
            f" ON {table} {REFUSING} refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_are_sealed BEFORE UPDATE OF {sealed}"
            f" ON {table} {REFUSING} refuse_unless_rotating()"
        )


def downgrade() -> None:
    for table in KEPT:
        op.execute(f"DROP TRIGGER {table}_are_sealed ON {table}")
        op.execute(f"DROP TRIGGER {table}_are_immutable ON {table}")
        op.execute(
            f"CREATE TRIGGER {table}_are_immutable BEFORE UPDATE OR DELETE OR TRUNCATE"
            f" ON {table} {REFUSING} refuse_change()"
        )
    op.execute("DROP FUNCTION refuse_unless_rotating()")
    op.drop_constraint(op.f("uq_poster_entries_once_said"), "poster_entries", type_="unique")
    op.execute(  # what was put right is no less told: it gets a name of its own
        "UPDATE poster_entries e SET once = md5(once || said) WHERE EXISTS"
        " (SELECT FROM poster_entries o WHERE o.once = e.once AND o.id < e.id)"
    )
    op.create_unique_constraint(op.f("uq_poster_entries_once"), "poster_entries", ["once"])
    op.drop_column("poster_entries", "said")
