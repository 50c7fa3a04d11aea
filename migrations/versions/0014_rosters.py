"""Rosters (员工名册): people, engagements, versions, lists that wait, reveals."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def closed(name: str, *values: str) -> sa.Enum:
    """A closed set, stored by its values."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def document_kind() -> sa.Enum:
    return closed(
        "documentkind",
        "resident_id",
        "residence_permit",
        "hk_macau_pass",
        "taiwan_pass",
        "passport",
        "foreign_permit",
    )


def role() -> sa.Enum:
    return closed(
        "role",
        "enterprise",
        "staff",
        "liaison",
        "office",
        "issuer",
        "command",
        "auditor",
        "admin",
        "system",
    )


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", document_kind(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("number_index", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("number_index", "kind", name=op.f("uq_people_number_index_kind")),
    )
    op.create_table(
        "roster_versions",
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by"], ["accounts.id"], name=op.f("fk_roster_versions_made_by")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_roster_versions_place_id")
        ),
        sa.PrimaryKeyConstraint("place_id", "seq", name=op.f("pk_roster_versions")),
    )
    op.create_table(
        "engagements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mobile", sa.Text(), nullable=True),
        sa.Column("mobile_index", sa.String(length=64), nullable=True),
        sa.Column(
            "employer_kind",
            closed("employerkind", "own", "agency", "subcontractor"),
            nullable=False,
        ),
        sa.Column("employer", sa.String(length=80), nullable=False),
        sa.Column("post", sa.String(length=40), nullable=False),
        sa.Column("origin", sa.String(length=80), nullable=False),
        sa.Column("lodging", closed("lodging", "dorm", "rented", "own_home"), nullable=False),
        sa.Column("returns_on", sa.Date(), nullable=True),
        sa.Column("from_seq", sa.Integer(), nullable=False),
        sa.Column("until_seq", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(mobile IS NULL) = (mobile_index IS NULL)", name=op.f("ck_engagements_mobile_is_found")
        ),
        sa.CheckConstraint(
            "employer_kind <> 'own' OR employer = ''", name=op.f("ck_engagements_own_is_unnamed")
        ),
        sa.CheckConstraint("until_seq > from_seq", name=op.f("ck_engagements_ends_later")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_engagements_person_id")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_engagements_place_id")),
        sa.ForeignKeyConstraint(
            ["place_id", "from_seq"],
            ["roster_versions.place_id", "roster_versions.seq"],
            name=op.f("fk_engagements_place_id_from_seq"),
        ),
        sa.ForeignKeyConstraint(
            ["place_id", "until_seq"],
            ["roster_versions.place_id", "roster_versions.seq"],
            name=op.f("fk_engagements_place_id_until_seq"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engagements")),
        sa.UniqueConstraint(
            "place_id", "line", "from_seq", name=op.f("uq_engagements_place_id_line_from_seq")
        ),
    )
    op.create_index(op.f("ix_engagements_person_id"), "engagements", ["person_id"])
    op.create_index(op.f("ix_engagements_mobile_index"), "engagements", ["mobile_index"])
    op.create_index(
        "ix_engagements_once",
        "engagements",
        ["place_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("until_seq IS NULL"),
    )
    op.create_table(
        "roster_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_seq", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(taken_at IS NULL) = (taken_seq IS NULL)",
            name=op.f("ck_roster_imports_taken_has_version"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["accounts.id"], name=op.f("fk_roster_imports_made_by")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_roster_imports_place_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_imports")),
    )
    op.create_index(op.f("ix_roster_imports_made_at"), "roster_imports", ["made_at"])
    op.create_index(op.f("ix_roster_imports_place_id"), "roster_imports", ["place_id"])
    op.create_table(
        "roster_reveals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role", role(), nullable=False),
        sa.Column("reason", closed("personreason", "check", "contact", "urgent"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_roster_reveals_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_roster_reveals_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_roster_reveals_place_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_reveals")),
    )
    op.create_index(op.f("ix_roster_reveals_person_id"), "roster_reveals", ["person_id"])
    op.create_index(op.f("ix_roster_reveals_place_id"), "roster_reveals", ["place_id"])
    for table in ("roster_versions", "roster_reveals"):
        op.execute(
            f"CREATE TRIGGER {table}_are_immutable BEFORE UPDATE OR DELETE OR TRUNCATE"
            f" ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    op.drop_table("roster_reveals")
    op.drop_table("roster_imports")
    op.drop_table("engagements")
    op.drop_table("roster_versions")
    op.drop_table("people")
