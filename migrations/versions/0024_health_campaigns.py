"""When staff are asked for their health, and by what dated rules they are judged."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def _to(table: str, column: str, target: str, *, null: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey(f"{target}.id", name=op.f(f"fk_{table}_{column}"))
    return sa.Column(column, sa.Integer(), key, nullable=null)


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def upgrade() -> None:
    op.create_table(
        "health_campaigns",
        sa.Column("id", sa.Integer(), nullable=False),
        _to("health_campaigns", "stop_id", "stops"),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("kept_days", sa.Integer(), nullable=False),
        _to("health_campaigns", "opened_by", "accounts"),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("destroyed_at", sa.DateTime(timezone=True)),
        sa.Column("destroyed", postgresql.JSONB()),
        sa.CheckConstraint("basis <> ''", name=op.f("ck_health_campaigns_has_a_basis")),
        sa.CheckConstraint(
            "(destroyed_at IS NULL) = (destroyed IS NULL)",
            name=op.f("ck_health_campaigns_destruction_told"),
        ),
        sa.CheckConstraint(
            "kept_days BETWEEN 30 AND 90", name=op.f("ck_health_campaigns_kept_shortly")
        ),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_health_campaigns_days_in_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_campaigns")),
    )
    op.create_table(
        "risk_homes",
        _to("risk_homes", "campaign_id", "health_campaigns"),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("codes", postgresql.ARRAY(sa.String(length=6)), nullable=False),
        sa.Column("fever", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_risk_homes")),
    )
    op.create_table(
        "area_levels",
        sa.Column("id", sa.Integer(), nullable=False),
        _to("area_levels", "campaign_id", "health_campaigns"),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("codes", postgresql.ARRAY(sa.String(length=6)), nullable=False),
        sa.Column("excepted", postgresql.ARRAY(sa.String(length=6)), nullable=False),
        sa.Column(
            "level",
            _one_of("risklevel", "low", "medium", "high", "severe", "overseas"),
            nullable=False,
        ),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date()),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        _to("area_levels", "noted_by", "accounts", null=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "until IS NULL OR since <= until", name=op.f("ck_area_levels_days_in_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_levels")),
    )
    op.create_index(op.f("ix_area_levels_campaign_id"), "area_levels", ["campaign_id"])
    op.create_table(
        "observation_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        _to("observation_rules", "campaign_id", "health_campaigns"),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("levels", postgresql.ARRAY(sa.String(length=20)), nullable=False),
        sa.Column("origin_name", sa.String(length=80), nullable=False),
        sa.Column("origin_codes", postgresql.ARRAY(sa.String(length=6)), nullable=False),
        sa.Column("origin_excepted", postgresql.ARRAY(sa.String(length=6)), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date()),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("count_from", _one_of("countfrom", "arrival", "next_day"), nullable=False),
        sa.Column("overrides", postgresql.ARRAY(sa.String(length=20)), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        _to("observation_rules", "noted_by", "accounts", null=True),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "until IS NULL OR since <= until", name=op.f("ck_observation_rules_days_in_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation_rules")),
    )
    op.create_index(op.f("ix_observation_rules_campaign_id"), "observation_rules", ["campaign_id"])


def downgrade() -> None:
    op.drop_table("observation_rules")
    op.drop_table("area_levels")
    op.drop_table("risk_homes")
    op.drop_table("health_campaigns")
