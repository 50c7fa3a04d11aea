"""Accounts, and the liaison of each field."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "enterprise",
                "staff",
                "liaison",
                "office",
                "issuer",
                "command",
                "auditor",
                "admin",
                "system",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("username", sa.String(length=64), nullable=True),
        sa.Column("mobile", sa.String(length=20), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=True),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=True),
        sa.Column("failed_sign_ins", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(role = 'enterprise') = (enterprise_id IS NOT NULL)",
            name=op.f("ck_accounts_enterprise_is_named"),
        ),
        sa.CheckConstraint("role <> 'system'", name=op.f("ck_accounts_no_account_is_the_service")),
        sa.CheckConstraint(
            "username IS NOT NULL OR mobile IS NOT NULL", name=op.f("ck_accounts_can_be_named")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprises.id"], name=op.f("fk_accounts_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("email", name=op.f("uq_accounts_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_accounts_fs_uniquifier")),
        sa.UniqueConstraint("mobile", name=op.f("uq_accounts_mobile")),
        sa.UniqueConstraint("username", name=op.f("uq_accounts_username")),
    )
    op.create_foreign_key(
        op.f("fk_fields_liaison_id"), "fields", "accounts", ["liaison_id"], ["id"]
    )


def downgrade() -> None:
    op.drop_constraint(op.f("fk_fields_liaison_id"), "fields")
    op.drop_table("accounts")
