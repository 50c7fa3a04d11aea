"""An index for the sweeper: documents that wait for their file are few among many."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_documents_waiting",
        "documents",
        ["created_at"],
        postgresql_where=sa.text("sha256 IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_documents_waiting", "documents")
