"""The decision: states, days and levels of a case; documents of every kind."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

STATES = (
    "draft",
    "submitted",
    "returned",
    "accepted",
    "inspecting",
    "rectifying",
    "referred",
    "awaiting_release",
    "approved",
    "issued",
    "not_accepted",
    "refused",
    "withdrawn",
    "superseded",
    "voided",
)
OLD_STATES = ("draft", "submitted", "approved", "issued")
CLOSED = "'not_accepted', 'refused', 'superseded', 'voided', 'withdrawn'"
CHECKS = {
    "numbered": "(state = 'draft') = (filing_number IS NULL)",
    "accepted_first": "accepted_at IS NOT NULL OR state IN"
    " ('draft', 'submitted', 'returned', 'not_accepted', 'withdrawn')",
    "approved_has_time": "(state IN ('awaiting_release', 'approved', 'issued', 'superseded',"
    " 'voided')) = (approved_at IS NOT NULL)",
    "issued_has_time": "state NOT IN ('issued', 'superseded') OR issued_at IS NOT NULL",
    "issued_last": "issued_at IS NULL OR state IN ('issued', 'superseded', 'voided')",
    "closed_once": f"(state IN ({CLOSED})) = (closed_at IS NOT NULL)",
}
OLD_CHECKS = {
    "accepted": "(state = 'draft') = (filing_number IS NULL)",
    "approved_has_time": "(state IN ('approved', 'issued')) = (approved_at IS NOT NULL)",
    "issued_has_time": "(state = 'issued') = (issued_at IS NOT NULL)",
}
KEPT = (
    "case_id", "kind", "agency", "year", "number", "token", "typed_code", "issued_on", "content",
    "created_at",
)  # fmt: skip


def upgrade() -> None:
    _columns()
    op.alter_column("cases", "acceptance_number", new_column_name="filing_number")
    _rename_number("acceptance_number", "filing_number")
    op.alter_column("town", "agency_accepted", new_column_name="agency_filed")
    op.execute("UPDATE cases SET accepted_at = submitted_at WHERE state IN ('approved', 'issued')")
    op.execute("UPDATE documents SET released_at = created_at")
    _check_cases(STATES, OLD_CHECKS, CHECKS)
    op.create_check_constraint(
        op.f("ck_documents_released_first"),
        "documents",
        "sha256 IS NULL OR released_at IS NOT NULL",
    )
    _words_that_stay(KEPT)
    op.create_index(
        "ix_documents_untimed", "documents", ["id"], postgresql_where=sa.text("level = 'B-B'")
    )


def downgrade() -> None:
    _words_that_stay(tuple(one for one in KEPT if one != "kind"))
    op.drop_index("ix_documents_untimed", "documents")
    op.drop_constraint(op.f("ck_documents_released_first"), "documents", type_="check")
    _check_cases(OLD_STATES, CHECKS, OLD_CHECKS)
    op.alter_column("town", "agency_filed", new_column_name="agency_accepted")
    op.alter_column("cases", "filing_number", new_column_name="acceptance_number")
    _rename_number("filing_number", "acceptance_number")
    _no_columns()


def _check_cases(states: tuple[str, ...], before: dict[str, str], after: dict[str, str]) -> None:
    for name in (f"ck_cases_{one}" for one in ("state", *before)):
        op.drop_constraint(op.f(name), "cases", type_="check")
    listed = ", ".join(f"'{one}'" for one in states)
    op.create_check_constraint(op.f("ck_cases_state"), "cases", f"state IN ({listed})")
    for name, condition in after.items():
        op.create_check_constraint(op.f(f"ck_cases_{name}"), "cases", condition)


def _rename_number(before: str, after: str) -> None:
    op.execute(f"ALTER TABLE cases RENAME CONSTRAINT uq_cases_{before} TO uq_cases_{after}")


def _words_that_stay(columns: tuple[str, ...]) -> None:
    new, old = (", ".join(f"{which}.{one}" for one in columns) for which in ("NEW", "OLD"))
    op.execute(
        f"""
        CREATE OR REPLACE FUNCTION document_keeps_its_words() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' OR ({new}) IS DISTINCT FROM ({old}) THEN
                RAISE EXCEPTION 'the words of a document cannot be changed';
            END IF;
            RETURN NEW;
        END $$
        """
    )


def _columns() -> None:
    op.add_column("cases", sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("cases", sa.Column("level", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("cases", sa.Column("due_on", sa.Date(), nullable=True))
    op.add_column("cases", sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("cases", sa.Column("replaces_id", sa.Integer(), nullable=True))
    op.drop_constraint(op.f("uq_cases_place_id_stop_id_filing"), "cases", type_="unique")
    op.drop_index(op.f("ix_cases_queue"), table_name="cases")
    op.create_index("ix_cases_queue", "cases", ["state", "due_on", "id"], unique=False)
    op.create_index("ix_cases_field", "cases", ["field_id", "state", "due_on", "id"], unique=False)
    op.create_index(
        "uq_cases_in_force",
        "cases",
        ["place_id", "stop_id"],
        unique=True,
        postgresql_where=sa.text("state = 'issued'"),
    )
    op.create_index(
        "uq_cases_open",
        "cases",
        ["place_id", "stop_id"],
        unique=True,
        postgresql_where=sa.text(f"state NOT IN ('issued', {CLOSED})"),
    )
    op.create_foreign_key(op.f("fk_cases_replaces_id"), "cases", "cases", ["replaces_id"], ["id"])
    op.add_column(
        "documents",
        sa.Column(
            "kind",
            sa.Enum(
                "acceptance",
                "correction",
                "inspection",
                "notice",
                "refusal",
                "non_acceptance",
                name="letterkind",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
            server_default="notice",
        ),
    )
    op.add_column("documents", sa.Column("released_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("documents", sa.Column("released_by", sa.Integer(), nullable=True))
    op.add_column("documents", sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("documents", sa.Column("superseded_by_id", sa.Integer(), nullable=True))
    op.drop_constraint(op.f("uq_documents_case_id"), "documents", type_="unique")
    op.drop_index(
        op.f("ix_documents_waiting"), table_name="documents", postgresql_where="(sha256 IS NULL)"
    )
    op.create_index(
        "ix_documents_waiting",
        "documents",
        ["released_at"],
        unique=False,
        postgresql_where=sa.text(
            "sha256 IS NULL AND released_at IS NOT NULL AND voided_at IS NULL"
        ),
    )
    op.create_index("ix_documents_case", "documents", ["case_id", "id"], unique=False)
    op.create_index(
        "uq_documents_notice",
        "documents",
        ["case_id"],
        unique=True,
        postgresql_where=sa.text("kind = 'notice' AND voided_at IS NULL"),
    )
    op.create_foreign_key(
        op.f("fk_documents_superseded_by_id"),
        "documents",
        "documents",
        ["superseded_by_id"],
        ["id"],
    )
    op.create_foreign_key(
        op.f("fk_documents_released_by"), "documents", "accounts", ["released_by"], ["id"]
    )
    op.add_column("town", sa.Column("hearing", sa.Text(), nullable=False, server_default=""))
    op.add_column("town", sa.Column("remedies", sa.Text(), nullable=False, server_default=""))


def _no_columns() -> None:
    op.drop_column("town", "remedies")
    op.drop_column("town", "hearing")
    op.drop_constraint(op.f("fk_documents_released_by"), "documents", type_="foreignkey")
    op.drop_constraint(op.f("fk_documents_superseded_by_id"), "documents", type_="foreignkey")
    op.drop_index(
        "uq_documents_notice",
        table_name="documents",
        postgresql_where=sa.text("kind = 'notice' AND voided_at IS NULL"),
    )
    op.drop_index("ix_documents_case", table_name="documents")
    op.drop_index(
        "ix_documents_waiting",
        table_name="documents",
        postgresql_where=sa.text(
            "sha256 IS NULL AND released_at IS NOT NULL AND voided_at IS NULL"
        ),
    )
    op.create_index(
        op.f("ix_documents_waiting"),
        "documents",
        ["created_at"],
        unique=False,
        postgresql_where="(sha256 IS NULL)",
    )
    op.create_unique_constraint(
        op.f("uq_documents_case_id"), "documents", ["case_id"], postgresql_nulls_not_distinct=False
    )
    op.drop_column("documents", "superseded_by_id")
    op.drop_column("documents", "voided_at")
    op.drop_column("documents", "released_by")
    op.drop_column("documents", "released_at")
    op.drop_column("documents", "kind")
    op.drop_constraint(op.f("fk_cases_replaces_id"), "cases", type_="foreignkey")
    op.drop_index(
        "uq_cases_open",
        table_name="cases",
        postgresql_where=sa.text(f"state NOT IN ('issued', {CLOSED})"),
    )
    op.drop_index(
        "uq_cases_in_force", table_name="cases", postgresql_where=sa.text("state = 'issued'")
    )
    op.drop_index("ix_cases_field", table_name="cases")
    op.drop_index("ix_cases_queue", table_name="cases")
    op.create_index(
        op.f("ix_cases_queue"), "cases", ["field_id", "state", "submitted_at", "id"], unique=False
    )
    op.create_unique_constraint(
        op.f("uq_cases_place_id_stop_id_filing"),
        "cases",
        ["place_id", "stop_id", "filing"],
        postgresql_nulls_not_distinct=False,
    )
    op.drop_column("cases", "replaces_id")
    op.drop_column("cases", "closed_at")
    op.drop_column("cases", "due_on")
    op.drop_column("cases", "level")
    op.drop_column("cases", "accepted_at")
