"""Forms that came from somebody whose session had run out, kept for an hour."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_forms",
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token", "path", name=op.f("pk_kept_forms")),
    )
    op.create_index(op.f("ix_kept_forms_made_at"), "kept_forms", ["made_at"])
    op.create_index("ix_kept_forms_of_address", "kept_forms", ["address", "made_at"])


def downgrade() -> None:
    op.drop_table("kept_forms")
