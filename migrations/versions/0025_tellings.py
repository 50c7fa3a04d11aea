"""What staff tell of their health: links, posters, registrations, check-ins."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def _to(table: str, column: str, target: str, *, null: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey(f"{target}.id", name=op.f(f"fk_{table}_{column}"))
    return sa.Column(column, sa.Integer(), key, nullable=null)


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def upgrade() -> None:
    op.create_table(
        "staff_links",
        sa.Column("id", sa.Integer(), nullable=False),
        _to("staff_links", "place_id", "places"),
        sa.Column("line", sa.Integer(), nullable=False),
        _to("staff_links", "made_by", "accounts"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_links")),
    )
    op.create_index("ix_staff_links_line", "staff_links", ["place_id", "line"])
    op.create_table(
        "posters",
        sa.Column("id", sa.Integer(), nullable=False),
        _to("posters", "place_id", "places"),
        _to("posters", "made_by", "accounts"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.Column("laid_out_at", sa.DateTime(timezone=True)),
        sa.Column("pdf", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posters")),
    )
    op.create_index(
        "ix_posters_one",
        "posters",
        ["place_id"],
        unique=True,
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_table(
        "registrations",
        sa.Column("id", sa.Integer(), nullable=False),
        _to("registrations", "place_id", "places"),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "told_by", _one_of("toldby", "self", "enterprise", "poster", "office"), nullable=False
        ),
        _to("registrations", "account_id", "accounts", null=True),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
        _to("registrations", "confirmed_by", "accounts", null=True),
        sa.CheckConstraint(
            "told_by <> 'enterprise' OR account_id IS NOT NULL",
            name=op.f("ck_registrations_clerk_named"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrations")),
    )
    op.create_index("ix_registrations_line", "registrations", ["place_id", "line", "told_at"])
    op.create_table(
        "poster_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        _to("poster_entries", "place_id", "places"),
        _to("poster_entries", "poster_id", "posters"),
        sa.Column("once", sa.String(length=40), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("number_index", sa.String(length=64), nullable=False),
        sa.Column(
            "fitness", _one_of("fitness", "may_work", "ask", "observe", "stop"), nullable=False
        ),
        sa.Column(
            "state", _one_of("entrystate", "waiting", "confirmed", "dismissed"), nullable=False
        ),
        sa.Column("line", sa.Integer()),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        _to("poster_entries", "settled_by", "accounts", null=True),
        sa.CheckConstraint(
            "(state = 'confirmed') = (line IS NOT NULL)",
            name=op.f("ck_poster_entries_confirmed_is_someone"),
        ),
        sa.CheckConstraint(
            "(state = 'waiting') = (settled_at IS NULL)",
            name=op.f("ck_poster_entries_settled_has_time"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poster_entries")),
        sa.UniqueConstraint("once", name=op.f("uq_poster_entries_once")),
    )
    op.create_index(
        "ix_poster_entries_waiting",
        "poster_entries",
        ["place_id", "id"],
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "check_ins",
        sa.Column("day", sa.Date(), nullable=False),
        _to("check_ins", "place_id", "places"),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("half", _one_of("half", "morning", "afternoon"), nullable=False),
        sa.Column("seq", sa.SmallInteger(), nullable=False),
        sa.Column("unwell", sa.Boolean(), nullable=False),
        sa.Column("temperature", sa.SmallInteger()),
        sa.Column("details", sa.Text()),
        sa.Column("absence", _one_of("absence", "rest", "leave", "sick", "observed", "not_back")),
        sa.Column(
            "told_by", _one_of("toldby", "self", "enterprise", "poster", "office"), nullable=False
        ),
        _to("check_ins", "account_id", "accounts", null=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "temperature IS NULL OR NOT unwell", name=op.f("ck_check_ins_only_well_is_plain")
        ),
        sa.CheckConstraint(
            "unwell = (details IS NOT NULL)", name=op.f("ck_check_ins_unwell_has_details")
        ),
        sa.PrimaryKeyConstraint(
            "day", "place_id", "line", "half", "seq", name=op.f("pk_check_ins")
        ),
    )
    op.create_index(
        "ix_check_ins_unwell",
        "check_ins",
        ["place_id", "line", "day"],
        postgresql_where=sa.text("unwell"),
    )
    op.create_table(
        "check_in_counts",
        sa.Column("day", sa.Date(), nullable=False),
        _to("check_in_counts", "place_id", "places"),
        sa.Column("half", _one_of("half", "morning", "afternoon"), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("unwell", sa.Integer(), nullable=False),
        sa.Column("absent", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "place_id", "half", name=op.f("pk_check_in_counts")),
    )
    op.create_table(
        "day_reports",
        sa.Column("day", sa.Date(), nullable=False),
        _to("day_reports", "place_id", "places"),
        _to("day_reports", "made_by", "accounts"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("unwell", sa.Integer(), nullable=False),
        sa.Column("absent", sa.Integer(), nullable=False),
        sa.Column("nobody_worked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("day", "place_id", name=op.f("pk_day_reports")),
    )
    op.create_table(
        "return_calls",
        sa.Column("id", sa.Integer(), nullable=False),
        _to("return_calls", "place_id", "places"),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _to("return_calls", "called_by", "accounts"),
        sa.Column("reached", sa.String(length=20), nullable=False),
        sa.Column("returns_on", sa.Date()),
        sa.Column("worries", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_calls")),
    )
    op.create_index("ix_return_calls_line", "return_calls", ["place_id", "line", "id"])
    op.create_index("ix_return_calls_caller", "return_calls", ["called_by", "at"])
    op.create_table(
        "return_claims",
        _to("return_claims", "place_id", "places"),
        sa.Column("line", sa.Integer(), nullable=False),
        _to("return_claims", "account_id", "accounts"),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("place_id", "line", name=op.f("pk_return_claims")),
    )
    op.create_index(
        "ix_engagements_returning",
        "engagements",
        ["returns_on", "place_id", "line"],
        postgresql_where=sa.text("until_seq IS NULL AND returns_on IS NOT NULL"),
    )
    op.create_index(
        "ix_check_ins_not_back",
        "check_ins",
        ["day", "place_id", "line"],
        postgresql_where=sa.text("absence = 'not_back'"),
    )


def downgrade() -> None:
    op.drop_index("ix_engagements_returning", "engagements")
    op.drop_table("return_claims")
    op.drop_table("return_calls")
    op.drop_table("day_reports")
    op.drop_table("check_in_counts")
    op.drop_table("check_ins")
    op.drop_table("poster_entries")
    op.drop_table("registrations")
    op.drop_table("posters")
    op.drop_table("staff_links")
