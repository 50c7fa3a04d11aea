"""Villages, what fields cover, who stands in, absences, handovers, recorded filings (代录)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "villages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_villages")),
        sa.UniqueConstraint("code", name=op.f("uq_villages_code")),
        sa.UniqueConstraint("name", name=op.f("uq_villages_name")),
    )
    for column, length in (("villages", 40), ("classes", 20)):
        kind = postgresql.ARRAY(sa.String(length=length))
        op.add_column("fields", sa.Column(column, kind, nullable=False, server_default="{}"))
        op.alter_column("fields", column, server_default=None)
    op.add_column("fields", sa.Column("stand_in_id", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_fields_stand_in_id"), "fields", ["stand_in_id"], unique=False)
    op.create_foreign_key(
        op.f("fk_fields_stand_in_id"), "fields", "accounts", ["stand_in_id"], ["id"]
    )
    # A town in use is divided as its places lie; the office is shown what overlaps.
    op.execute("INSERT INTO villages (name) SELECT DISTINCT village FROM places ORDER BY village")
    op.execute(
        "UPDATE fields SET villages = (SELECT coalesce(array_agg(DISTINCT village), '{}')"
        " FROM places WHERE places.field_id = fields.id)"
    )
    op.create_table(
        "absences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("noted_by", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("back_on", sa.Date(), nullable=True),
        sa.Column("back_noted_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_absences_days_in_order")),
        sa.CheckConstraint(
            "(back_on IS NULL) = (back_noted_by IS NULL)",
            name=op.f("ck_absences_back_noted"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_absences_account_id")
        ),
        sa.ForeignKeyConstraint(["noted_by"], ["accounts.id"], name=op.f("fk_absences_noted_by")),
        sa.ForeignKeyConstraint(
            ["back_noted_by"], ["accounts.id"], name=op.f("fk_absences_back_noted_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    op.create_index(op.f("ix_absences_account_id"), "absences", ["account_id"], unique=False)
    op.create_index("ix_absences_days", "absences", ["last_day", "first_day"], unique=False)
    op.create_table(
        "handovers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("from_field", sa.Integer(), nullable=False),
        sa.Column("to_field", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("from_field <> to_field", name=op.f("ck_handovers_changes_hands")),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_handovers_place_id")),
        sa.ForeignKeyConstraint(
            ["from_field"], ["fields.id"], name=op.f("fk_handovers_from_field")
        ),
        sa.ForeignKeyConstraint(["to_field"], ["fields.id"], name=op.f("fk_handovers_to_field")),
        sa.ForeignKeyConstraint(["by"], ["accounts.id"], name=op.f("fk_handovers_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
    )
    op.create_index("ix_handovers_place", "handovers", ["place_id", "id"], unique=False)
    op.execute(
        "CREATE TRIGGER handovers_are_immutable BEFORE UPDATE OR DELETE OR TRUNCATE"
        " ON handovers FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    op.add_column("cases", sa.Column("recorded_by", sa.Integer(), nullable=True))
    op.create_foreign_key(
        op.f("fk_cases_recorded_by"), "cases", "accounts", ["recorded_by"], ["id"]
    )
    op.create_index(
        "ix_cases_recorded",
        "cases",
        ["recorded_by", "id"],
        unique=False,
        postgresql_where=sa.text("recorded_by IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_cases_recorded", "cases")
    op.drop_constraint(op.f("fk_cases_recorded_by"), "cases")
    op.drop_column("cases", "recorded_by")
    op.drop_table("handovers")
    op.drop_table("absences")
    op.drop_constraint(op.f("fk_fields_stand_in_id"), "fields")
    for column in ("stand_in_id", "villages", "classes"):
        op.drop_column("fields", column)
    op.drop_table("villages")
