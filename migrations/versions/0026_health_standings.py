"""Where staff stand, who is alarmed, who looked; news of places besides cases."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

OLD_NEWS = (
    *("to_accept", "to_inspect", "to_advise", "to_decide", "to_release", "to_correct"),
    *("to_rectify", "sent_back", "handed_over", "message", "approaching", "overdue", "remind"),
    *("filer_late", "escalated", "not_accepted", "refused", "issued", "voided", "superseded"),
    "withdrawn",
)
HEALTH_NEWS = ("health_red", "health_call_back", "check_ins_missing", "day_report_missing")

TOWN_NEWS = ("health_control", "health_released")


def _news(values: tuple[str, ...]) -> None:
    op.drop_constraint(op.f("ck_notifications_news"), "notifications", type_="check")
    listed = ", ".join(f"'{one}'" for one in values)
    op.create_check_constraint(
        op.f("ck_notifications_news"), "notifications", f"news IN ({listed})"
    )


def _to(table: str, column: str, target: str, *, null: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey(f"{target}.id", name=op.f(f"fk_{table}_{column}"))
    return sa.Column(column, sa.Integer(), key, nullable=null)


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def upgrade() -> None:
    op.create_table(
        "health_standings",
        _to("health_standings", "place_id", "places"),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column(
            "fitness", _one_of("fitness", "may_work", "ask", "observe", "stop"), nullable=False
        ),
        sa.Column("until", sa.Date()),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("judged_on", sa.Date(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "(fitness = 'observe') = (until IS NOT NULL)",
            name=op.f("ck_health_standings_observed_until"),
        ),
        sa.PrimaryKeyConstraint("place_id", "line", name=op.f("pk_health_standings")),
    )
    op.create_index(
        "ix_health_standings_not_green",
        "health_standings",
        ["place_id", "line"],
        postgresql_where=sa.text("fitness <> 'may_work'"),
    )
    op.create_table(
        "health_releases",
        sa.Column("id", sa.Integer(), nullable=False),
        _to("health_releases", "place_id", "places"),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _to("health_releases", "released_by", "accounts"),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("feelings_only", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_releases")),
    )
    op.create_index("ix_health_releases_line", "health_releases", ["place_id", "line", "at"])
    op.create_table(
        "health_alerts",
        sa.Column("id", sa.Integer(), nullable=False),
        _to("health_alerts", "place_id", "places"),
        sa.Column("line", sa.Integer()),
        _to("health_alerts", "entry_id", "poster_entries", null=True),
        sa.Column("kind", _one_of("alertkind", "red", "call_back"), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True)),
        sa.Column(
            "settlement",
            _one_of("settlement", "released", "to_clinic", "false_alarm", "left", "called_back"),
        ),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        _to("health_alerts", "settled_by", "accounts", null=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column(
            "proposal", _one_of("proposal", "none", "open", "taken", "declined"), nullable=False
        ),
        _to("health_alerts", "proposal_by", "accounts", null=True),
        sa.Column("proposal_at", sa.DateTime(timezone=True)),
        sa.Column("proposal_words", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(line IS NULL) = (kind = 'call_back')", name=op.f("ck_health_alerts_red_is_someone")
        ),
        sa.CheckConstraint(
            "(settlement IS NULL) = (settled_at IS NULL)",
            name=op.f("ck_health_alerts_settled_has_time"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_alerts")),
        sa.UniqueConstraint("place_id", "key", name=op.f("uq_health_alerts_place_id_key")),
    )
    op.create_index(
        "ix_health_alerts_open",
        "health_alerts",
        ["place_id", "id"],
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_table(
        "health_reveals",
        sa.Column("id", sa.Integer(), nullable=False),
        _to("health_reveals", "place_id", "places"),
        sa.Column("line", sa.Integer()),
        sa.Column("entry_id", sa.Integer()),
        _to("health_reveals", "account_id", "accounts"),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(line IS NULL) <> (entry_id IS NULL)", name=op.f("ck_health_reveals_of_line_or_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_reveals")),
    )
    op.create_index(op.f("ix_health_reveals_place_id"), "health_reveals", ["place_id"])
    op.execute(
        "CREATE TRIGGER health_reveals_are_immutable BEFORE UPDATE OR DELETE OR TRUNCATE"
        " ON health_reveals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    op.add_column("departments", sa.Column("capability", _one_of("capability", "clinic", "labour")))
    op.alter_column("notifications", "case_id", existing_type=sa.Integer(), nullable=True)
    op.add_column("notifications", _to("notifications", "place_id", "places", null=True))
    _news(OLD_NEWS + HEALTH_NEWS + TOWN_NEWS)
    op.create_index(
        "ix_notifications_place",
        "notifications",
        ["place_id"],
        postgresql_where=sa.text("read_at IS NULL AND settled_at IS NULL"),
    )
    op.create_check_constraint(
        op.f("ck_notifications_of_case_or_place"),
        "notifications",
        "(case_id IS NULL) <> (place_id IS NULL)",
    )


def downgrade() -> None:
    op.execute("DELETE FROM notifications WHERE case_id IS NULL")
    op.drop_constraint(op.f("ck_notifications_of_case_or_place"), "notifications", type_="check")
    _news(OLD_NEWS)
    op.drop_index("ix_notifications_place", "notifications")
    op.drop_column("notifications", "place_id")
    op.alter_column("notifications", "case_id", existing_type=sa.Integer(), nullable=False)
    op.drop_column("departments", "capability")
    op.drop_table("health_reveals")
    op.drop_table("health_alerts")
    op.drop_table("health_releases")
    op.drop_table("health_standings")
