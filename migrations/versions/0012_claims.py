"""Claims, what became of enterprises, codes to get back in."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
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
    _claims()
    _changes()


def _claims() -> None:
    op.create_table(
        "claims",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.String(length=12), nullable=False),
        closed("state:claimstate", "pending", "confirmed", "refused"),
        closed("kind:claimkind", "new", "join", "handover", "dispute", "place", nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("field_id", sa.Integer(), nullable=True),
        sa.Column("enterprise_name", sa.String(length=120), nullable=False),
        sa.Column("credit_code", sa.String(length=18), nullable=True),
        sa.Column("town_number", sa.String(length=60), nullable=True),
        sa.Column("why_no_code", sa.String(length=200), nullable=True),
        sa.Column("legal_rep", sa.Text(), nullable=True),
        sa.Column("place_name", sa.String(length=120), nullable=False),
        closed("place_class:placeclass", "factory", "site", "road", "shop", "market"),
        sa.Column("village", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mobile", sa.Text(), nullable=False),
        sa.Column("mobile_index", sa.String(length=64), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        closed("relation", "legal_rep", "agent", nullable=True),
        closed("scope", "filing", "all", nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("enterprise_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        closed("verified:means", "visit", "call", nullable=True),
        sa.Column("verified_number", sa.Text(), nullable=True),
        closed(
            "cause",
            "not_reached",
            "not_authorised",
            "does_not_fit",
            "not_needed",
            "disputed",
            nullable=True,
        ),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "(state = 'pending') = (decided_at IS NULL)", name=op.f("ck_claims_decided_has_time")
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL)",
            name=op.f("ck_claims_decided_by_someone"),
        ),
        sa.CheckConstraint(
            "state = 'pending' OR password IS NULL", name=op.f("ck_claims_password_goes")
        ),
        sa.CheckConstraint(
            "(state = 'refused') = (cause IS NOT NULL)", name=op.f("ck_claims_refused_has_cause")
        ),
        sa.CheckConstraint(
            "state <> 'confirmed' OR verified IS NOT NULL",
            name=op.f("ck_claims_confirmed_by_means"),
        ),
        sa.CheckConstraint(
            "(kind = 'place') = (asked_by IS NOT NULL)", name=op.f("ck_claims_place_is_asked_for")
        ),
        sa.CheckConstraint(
            "num_nonnulls(credit_code, town_number, why_no_code, asked_by) = 1",
            name=op.f("ck_claims_one_number"),
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["accounts.id"], name=op.f("fk_claims_asked_by")),
        sa.ForeignKeyConstraint(["decided_by"], ["accounts.id"], name=op.f("fk_claims_decided_by")),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprises.id"], name=op.f("fk_claims_enterprise_id")
        ),
        sa.ForeignKeyConstraint(["field_id"], ["fields.id"], name=op.f("fk_claims_field_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
        sa.UniqueConstraint("receipt", name=op.f("uq_claims_receipt")),
    )
    for column in ("credit_code", "enterprise_id", "mobile_index", "town_number"):
        op.create_index(op.f(f"ix_claims_{column}"), "claims", [column])
    op.create_index(
        "ix_claims_waiting",
        "claims",
        ["field_id", "id"],
        postgresql_where=sa.text("state = 'pending'"),
    )


def _changes() -> None:
    op.create_table(
        "enterprise_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enterprise_id", sa.Integer(), nullable=False),
        closed(
            "kind:changekind",
            "registered",
            "joined",
            "handed_over",
            "ended",
            "extended",
            "place_added",
            "renamed",
            "merged_into",
            "took_over",
            "code_given",
            "recovered",
            "tier_set",
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("was", sa.String(length=120), nullable=False),
        sa.Column("became", sa.String(length=120), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        closed("verified:means", "visit", "call", nullable=True),
        sa.Column("verified_number", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind <> 'renamed' OR (was <> '' AND became <> '')",
            name=op.f("ck_enterprise_changes_rename_named"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_enterprise_changes_account_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["accounts.id"], name=op.f("fk_enterprise_changes_by")),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprises.id"], name=op.f("fk_enterprise_changes_enterprise_id")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["enterprises.id"], name=op.f("fk_enterprise_changes_other_id")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_enterprise_changes_place_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enterprise_changes")),
    )
    op.create_index(
        op.f("ix_enterprise_changes_enterprise_id"), "enterprise_changes", ["enterprise_id"]
    )
    op.execute(
        "CREATE TRIGGER enterprise_changes_are_immutable BEFORE UPDATE OR DELETE OR TRUNCATE"
        " ON enterprise_changes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    op.create_table(
        "recovery_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_recovery_codes_tries_are_counted")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_recovery_codes_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["given_by"], ["accounts.id"], name=op.f("fk_recovery_codes_given_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_codes")),
    )
    op.create_index(op.f("ix_recovery_codes_account_id"), "recovery_codes", ["account_id"])


def downgrade() -> None:
    op.drop_table("recovery_codes")
    op.drop_table("enterprise_changes")
    op.drop_table("claims")
