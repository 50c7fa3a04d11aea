"""Queues: kept filters, batches of releases, previews, settings; lists by enterprise and age."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


LETTERS = ("acceptance", "correction", "inspection", "notice", "refusal", "non_acceptance")
OUTCOMES = ("released", "by_other", "sent_back", "voided", "changed", "failed")


def upgrade() -> None:
    _kept_filters()
    _batches()
    _previews()
    _settings()
    _lists()


def _kept_filters() -> None:
    op.create_table(
        "kept_filters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("asked", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("preset", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_kept_filters_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_filters")),
        sa.UniqueConstraint(
            "account_id", "page", "name", name=op.f("uq_kept_filters_account_id_page_name")
        ),
    )
    op.create_index(
        "uq_kept_filters_preset",
        "kept_filters",
        ["account_id", "page"],
        unique=True,
        postgresql_where=sa.text("preset"),
    )


def _batches() -> None:
    op.create_table(
        "release_batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by"], ["accounts.id"], name=op.f("fk_release_batches_made_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_batches")),
    )
    op.create_index("ix_release_batches_made_by", "release_batches", ["made_by", "id"])
    op.create_table(
        "release_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("outcome", _one_of("outcome", *OUTCOMES), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("released_by", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(outcome IS NULL) = (done_at IS NULL)", name=op.f("ck_release_items_done_has_time")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["release_batches.id"], name=op.f("fk_release_items_batch_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_release_items_case_id")),
        sa.ForeignKeyConstraint(
            ["released_by"], ["accounts.id"], name=op.f("fk_release_items_released_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_items")),
        sa.UniqueConstraint("batch_id", "case_id", name=op.f("uq_release_items_batch_id_case_id")),
    )


def _previews() -> None:
    op.create_table(
        "document_previews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", _one_of("letterkind", *LETTERS), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pdf", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["accounts.id"], name=op.f("fk_document_previews_asked_by")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_document_previews_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_previews")),
        sa.UniqueConstraint(
            "case_id",
            "asked_by",
            "digest",
            name=op.f("uq_document_previews_case_id_asked_by_digest"),
        ),
    )
    op.create_index("ix_document_previews_asked_at", "document_previews", ["asked_at"])


def _settings() -> None:
    op.create_table(
        "town_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing", sa.Text(), nullable=False),
        sa.Column("remedies", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["accounts.id"], name=op.f("fk_town_changes_changed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_town_changes")),
    )
    op.execute(
        "CREATE TRIGGER town_changes_are_immutable BEFORE UPDATE OR DELETE OR TRUNCATE"
        " ON town_changes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def _lists() -> None:
    # The pairs of neighbouring characters of a name: what its index finds words of two by.
    op.execute(
        "CREATE FUNCTION pairs_of(words text) RETURNS text[] IMMUTABLE STRICT PARALLEL SAFE"
        " LANGUAGE sql RETURN ARRAY(SELECT DISTINCT substr(words, i, 2)"
        " FROM generate_series(1, char_length(words) - 1) AS i)"
    )
    op.create_index("ix_cases_field_newest", "cases", ["field_id", "state", "id"])
    op.create_index("ix_cases_newest", "cases", ["state", "id"])

    op.create_index(
        "ix_enterprises_pairs",
        "enterprises",
        [sa.literal_column("pairs_of(name)")],
        postgresql_using="gin",
    )

    op.create_index(
        "ix_opinions_unanswered",
        "opinions",
        ["department_id", "due_on", "id"],
        postgresql_where=sa.text("view IS NULL"),
    )


def _one_of(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=20)


def downgrade() -> None:
    op.drop_index(
        "ix_opinions_unanswered", table_name="opinions", postgresql_where=sa.text("view IS NULL")
    )

    op.drop_index("ix_enterprises_pairs", table_name="enterprises", postgresql_using="gin")

    op.execute("DROP FUNCTION pairs_of")
    op.drop_index("ix_cases_newest", table_name="cases")
    op.drop_index("ix_cases_field_newest", table_name="cases")

    op.drop_table("release_items")
    op.drop_index("ix_document_previews_asked_at", table_name="document_previews")

    op.drop_table("document_previews")
    op.drop_table("town_changes")
    op.drop_index("ix_release_batches_made_by", table_name="release_batches")

    op.drop_table("release_batches")
    op.drop_index(
        "uq_kept_filters_preset", table_name="kept_filters", postgresql_where=sa.text("preset")
    )

    op.drop_table("kept_filters")
