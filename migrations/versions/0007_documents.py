"""Number series, documents and every revision handed out."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "series",
        sa.Column("agency", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("agency", "year", name=op.f("pk_series")),
    )
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("typed_code", sa.String(length=12), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("level", sa.String(length=10), nullable=True),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(sha256 IS NULL) = (level IS NULL)", name=op.f("ck_documents_stored_has_level")
        ),
        sa.CheckConstraint(
            "(sha256 IS NULL) = (stored_at IS NULL)", name=op.f("ck_documents_stored_has_time")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_documents_case_id")),
        sa.ForeignKeyConstraint(
            ["sha256"], ["stored_files.sha256"], name=op.f("fk_documents_sha256")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint(
            "agency", "year", "number", name=op.f("uq_documents_agency_year_number")
        ),
        sa.UniqueConstraint("case_id", name=op.f("uq_documents_case_id")),
        sa.UniqueConstraint("sha256", name=op.f("uq_documents_sha256")),
        sa.UniqueConstraint("token", name=op.f("uq_documents_token")),
        sa.UniqueConstraint("typed_code", name=op.f("uq_documents_typed_code")),
    )
    op.create_table(
        "document_revisions",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_document_revisions_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["stored_files.sha256"], name=op.f("fk_document_revisions_sha256")
        ),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_document_revisions")),
    )
    op.create_index(
        op.f("ix_document_revisions_document_id"),
        "document_revisions",
        ["document_id"],
        unique=False,
    )
    op.execute(
        "CREATE TRIGGER document_revisions_are_immutable BEFORE UPDATE OR DELETE OR TRUNCATE"
        " ON document_revisions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        """
        CREATE FUNCTION document_keeps_its_words() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' OR (NEW.case_id, NEW.agency, NEW.year, NEW.number, NEW.token,
                NEW.typed_code, NEW.issued_on, NEW.content, NEW.created_at) IS DISTINCT FROM
                (OLD.case_id, OLD.agency, OLD.year, OLD.number, OLD.token,
                OLD.typed_code, OLD.issued_on, OLD.content, OLD.created_at) THEN
                RAISE EXCEPTION 'the words of a document cannot be changed';
            END IF;
            RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER document_keeps_its_words BEFORE UPDATE OR DELETE ON documents"
        " FOR EACH ROW EXECUTE FUNCTION document_keeps_its_words()"
    )


def downgrade() -> None:
    op.drop_table("document_revisions")
    op.drop_table("documents")
    op.drop_table("series")
    op.execute("DROP FUNCTION document_keeps_its_words")
