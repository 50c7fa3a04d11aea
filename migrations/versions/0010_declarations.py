"""What a declaration needs: changes of a draft, and what the town tells of a stop."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

JSONB = postgresql.JSONB(astext_type=sa.Text())
NAMES = postgresql.ARRAY(sa.String(length=40))
NEW = (
    ("submissions", "told", JSONB, "{}"),
    ("stops", "told", JSONB, "{}"),
    ("stops", "opening", JSONB, "{}"),
    ("stops", "local_names", NAMES, "{}"),
    ("stops", "severe_names", NAMES, "{}"),
    ("town", "clinic_phone", sa.String(length=40), ""),
)


def upgrade() -> None:
    op.create_table(
        "answer_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_answer_changes_case_id")),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["accounts.id"], name=op.f("fk_answer_changes_changed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_changes")),
    )
    op.create_index(
        "ix_answer_changes_known", "answer_changes", ["case_id", "key", "version"], unique=False
    )
    op.execute(
        "CREATE TRIGGER answer_changes_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE"
        " ON answer_changes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    # What was there before told nothing of this; from now on each row says so itself.
    for table, column, kind, nothing in NEW:
        op.add_column(table, sa.Column(column, kind, nullable=False, server_default=nothing))
        op.alter_column(table, column, server_default=None)
    op.add_column("submissions", sa.Column("roster_seq", sa.Integer(), nullable=True))
    op.add_column("places", sa.Column("tier", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("places", "tier")
    op.drop_column("submissions", "roster_seq")
    for table, column, _, _ in reversed(NEW):
        op.drop_column(table, column)
    op.drop_table("answer_changes")
