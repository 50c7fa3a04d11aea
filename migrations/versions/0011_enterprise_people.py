"""The authority of enterprise people, found by the digest of their number; town numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def closed(name: str, *values: str, nullable: bool = False) -> sa.Column:
    """A column of one of the closed sets; its constraint is named after the set."""
    column, _, enum = name.partition(":")
    kind = sa.Enum(
        *values, name=enum or column, native_enum=False, create_constraint=True, length=20
    )
    return sa.Column(column, kind, nullable=nullable)


def upgrade() -> None:
    _people()
    _enterprises()


def _people() -> None:
    # No account was ever given a number before this; if one was, it must not be lost silently.
    op.execute(
        "DO $$ BEGIN IF EXISTS (SELECT 1 FROM accounts WHERE mobile IS NOT NULL) THEN"
        " RAISE EXCEPTION 'accounts.mobile holds numbers in clear: take them over first';"
        " END IF; END $$"
    )
    op.drop_constraint(op.f("ck_accounts_can_be_named"), "accounts")
    op.drop_constraint(op.f("uq_accounts_mobile"), "accounts")
    op.alter_column("accounts", "mobile", type_=sa.Text())
    op.add_column("accounts", sa.Column("mobile_index", sa.String(length=64), nullable=True))
    op.create_unique_constraint(op.f("uq_accounts_mobile_index"), "accounts", ["mobile_index"])
    op.create_index(op.f("ix_accounts_enterprise_id"), "accounts", ["enterprise_id"])
    op.add_column("accounts", closed("standing", "owner", "clerk", nullable=True))
    op.add_column("accounts", closed("authorised_scope:scope", "filing", "all", nullable=True))
    op.add_column("accounts", sa.Column("authorised_until", sa.Date(), nullable=True))
    op.execute(
        "UPDATE accounts SET standing = 'owner', authorised_scope = 'all' WHERE role = 'enterprise'"
    )
    op.create_check_constraint(
        op.f("ck_accounts_can_be_named"),
        "accounts",
        "NOT active OR username IS NOT NULL OR mobile_index IS NOT NULL",
    )
    op.create_check_constraint(
        op.f("ck_accounts_standing_is_named"),
        "accounts",
        "(role = 'enterprise') = (standing IS NOT NULL)",
    )


def _enterprises() -> None:
    op.add_column("enterprises", sa.Column("town_number", sa.String(length=60), nullable=True))
    op.add_column("enterprises", sa.Column("legal_rep", sa.Text(), nullable=True))
    op.add_column("enterprises", sa.Column("merged_into_id", sa.Integer(), nullable=True))
    op.create_unique_constraint(op.f("uq_enterprises_town_number"), "enterprises", ["town_number"])
    op.create_foreign_key(
        op.f("fk_enterprises_merged_into_id"),
        "enterprises",
        "enterprises",
        ["merged_into_id"],
        ["id"],
    )
    op.create_check_constraint(
        op.f("ck_enterprises_is_numbered"),
        "enterprises",
        "credit_code IS NOT NULL OR town_number IS NOT NULL",
    )
    op.create_check_constraint(
        op.f("ck_enterprises_merged_into_another"), "enterprises", "merged_into_id <> id"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_enterprises_merged_into_another"), "enterprises")
    op.drop_constraint(op.f("ck_enterprises_is_numbered"), "enterprises")
    for column in ("merged_into_id", "legal_rep", "town_number"):
        op.drop_column("enterprises", column)
    op.drop_constraint(op.f("ck_accounts_standing_is_named"), "accounts")
    op.drop_constraint(op.f("ck_accounts_can_be_named"), "accounts")
    op.drop_index(op.f("ix_accounts_enterprise_id"), "accounts")
    for column in ("authorised_until", "authorised_scope", "standing", "mobile_index"):
        op.drop_column("accounts", column)
    op.execute("UPDATE accounts SET mobile = NULL")
    op.alter_column("accounts", "mobile", type_=sa.String(length=20))
    op.create_unique_constraint(op.f("uq_accounts_mobile"), "accounts", ["mobile"])
    op.execute("UPDATE accounts SET username = 'account-' || id WHERE username IS NULL")
    op.create_check_constraint(
        op.f("ck_accounts_can_be_named"), "accounts", "username IS NOT NULL OR mobile IS NOT NULL"
    )
