"""The one ciphertext in a table that refuses every change may be written anew with another key.

Revision ID: 0027
Revises: 0026
"""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

TRIGGER = "enterprise_changes_are_immutable"
REFUSES = "ON enterprise_changes FOR EACH STATEMENT EXECUTE FUNCTION"
KEPT = "enterprise_id, kind, at, by, account_id, place_id, other_id, was, became, why, verified"


def upgrade() -> None:
    op.execute(
        """
        CREATE FUNCTION refuse_unless_rotating() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF current_setting('fugong.rotating', true) IS DISTINCT FROM 'on' THEN
                RAISE EXCEPTION '% keeps what it holds', TG_TABLE_NAME;
            END IF;
            RETURN NULL;
        END $$
        """
    )
    op.execute(f"DROP TRIGGER {TRIGGER} ON enterprise_changes")
    op.execute(
        f"CREATE TRIGGER {TRIGGER} BEFORE UPDATE OF id, {KEPT} OR DELETE OR TRUNCATE"
        f" {REFUSES} refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER enterprise_changes_are_sealed BEFORE UPDATE OF verified_number"
        f" {REFUSES} refuse_unless_rotating()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER enterprise_changes_are_sealed ON enterprise_changes")
    op.execute(f"DROP TRIGGER {TRIGGER} ON enterprise_changes")
    op.execute(
        f"CREATE TRIGGER {TRIGGER} BEFORE UPDATE OR DELETE OR TRUNCATE {REFUSES} refuse_change()"
    )
    op.execute("DROP FUNCTION refuse_unless_rotating()")
