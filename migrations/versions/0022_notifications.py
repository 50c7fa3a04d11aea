"""What people are told of cases, in the site and by mail."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

NEWS = (
    *("to_accept", "to_inspect", "to_advise", "to_decide", "to_release", "to_correct"),
    *("to_rectify", "sent_back", "handed_over", "message", "approaching", "overdue", "remind"),
    *("filer_late", "escalated", "not_accepted", "refused", "issued", "voided", "superseded"),
    "withdrawn",
)
UNREAD = "read_at IS NULL AND settled_at IS NULL"


def upgrade() -> None:
    op.drop_constraint(op.f("uq_accounts_email"), "accounts", type_="unique")
    op.add_column("accounts", sa.Column("email_refused_at", sa.DateTime(timezone=True)))
    op.create_table(
        "notifications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "news",
            sa.Enum(*NEWS, name="news", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True)),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        sa.Column("mailed_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_notifications_account_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_notifications_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications")),
        sa.UniqueConstraint("account_id", "key", name=op.f("uq_notifications_account_id_key")),
    )
    for name, columns, where in (
        ("unread", ["account_id", "id"], UNREAD),
        ("case", ["case_id"], UNREAD),
        ("account", ["account_id", "id"], None),
        ("unmailed", ["at"], f"mailed_at IS NULL AND {UNREAD}"),
        ("at", ["at"], None),
    ):
        only = {"postgresql_where": sa.text(where)} if where else {}
        op.create_index(f"ix_notifications_{name}", "notifications", columns, **only)


def downgrade() -> None:
    op.drop_table("notifications")
    op.drop_column("accounts", "email_refused_at")
    op.create_unique_constraint(op.f("uq_accounts_email"), "accounts", ["email"])
