"""Ciphertexts in tables that refuse every change may be written anew with another key.

Revision ID: 0027
Revises: 0026
"""

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
