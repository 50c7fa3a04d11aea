"""Whose turn a case is, what departments say of it, messages, and who has looked."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "departments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departments")),
        sa.UniqueConstraint("name", name=op.f("uq_departments_name")),
    )
    op.create_table(
        "case_turns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "accept",
                "inspect",
                "decide",
                "release",
                "correct",
                "rectify",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on >= began_on",
            name=op.f("ck_case_turns_ends_after_it_begins"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_turns_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_turns")),
        sa.UniqueConstraint("case_id", "seq", name=op.f("uq_case_turns_case_id_seq")),
    )
    op.create_index(
        "ix_case_turns_due",
        "case_turns",
        ["due_on"],
        unique=False,
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_index(
        "uq_case_turns_now",
        "case_turns",
        ["case_id"],
        unique=True,
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_table(
        "looks",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_looks_account_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_looks_case_id")),
        sa.PrimaryKeyConstraint("case_id", "account_id", name=op.f("pk_looks")),
    )
    op.create_table(
        "messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
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
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["accounts.id"], name=op.f("fk_messages_author_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_messages_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
    )
    op.create_index("ix_messages_case", "messages", ["case_id", "id"], unique=False)
    op.create_table(
        "opinions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "silence",
            sa.Enum(
                "no_objection",
                "waits",
                name="silence",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "view",
            sa.Enum(
                "agrees",
                "objects",
                name="view",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(view IS NULL) = (answered_at IS NULL)", name=op.f("ck_opinions_answered_has_time")
        ),
        sa.CheckConstraint(
            "(view IS NULL) = (answered_by IS NULL)", name=op.f("ck_opinions_answered_by_someone")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["accounts.id"], name=op.f("fk_opinions_answered_by")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_opinions_case_id")),
        sa.ForeignKeyConstraint(
            ["department_id"], ["departments.id"], name=op.f("fk_opinions_department_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinions")),
        sa.UniqueConstraint(
            "case_id", "department_id", name=op.f("uq_opinions_case_id_department_id")
        ),
    )
    op.create_index(
        "ix_opinions_department", "opinions", ["department_id", "due_on", "id"], unique=False
    )
    op.create_table(
        "turn_escalations",
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "approaching",
                "overdue",
                "office",
                "command",
                name="escalation",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["turn_id"], ["case_turns.id"], name=op.f("fk_turn_escalations_turn_id")
        ),
        sa.PrimaryKeyConstraint("turn_id", "step", name=op.f("pk_turn_escalations")),
    )
    op.add_column("accounts", sa.Column("department_id", sa.Integer(), nullable=True))
    op.create_foreign_key(
        op.f("fk_accounts_department_id"), "accounts", "departments", ["department_id"], ["id"]
    )
    op.create_check_constraint(
        op.f("ck_accounts_department_of_office"),
        "accounts",
        "department_id IS NULL OR role = 'office'",
    )
    for table in ("messages", "turn_escalations"):
        op.execute(
            f"CREATE TRIGGER {table}_are_kept BEFORE UPDATE OR DELETE OR TRUNCATE"
            f" ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_accounts_department_of_office"), "accounts", type_="check")
    op.drop_constraint(op.f("fk_accounts_department_id"), "accounts", type_="foreignkey")
    op.drop_column("accounts", "department_id")
    op.drop_table("turn_escalations")
    op.drop_table("opinions")
    op.drop_table("messages")
    op.drop_table("looks")
    op.drop_table("case_turns")
    op.drop_table("departments")
