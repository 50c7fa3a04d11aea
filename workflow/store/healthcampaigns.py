"""When health is asked for at all: a campaign with its legal basis and dates (健康登记的开关)."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    DateTime,
    ForeignKey,
    ScalarSelect,
    Text,
    cast,
    func,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflow.core.days import TOWN
from workflow.core.refusals import NotFound
from workflow.store.db import Model, db
from workflow.store.towns import Stop


class HealthCampaign(Model):
    """The time in which staff are asked for their health, and why that is lawful.

    ``kept_days`` after ``ends_on`` everything told is deleted; ``destroyed_at`` and ``destroyed``
    (rows by table) are the record of it. At most one is on at a time.
    """

    __tablename__ = "health_campaigns"
    __table_args__ = (
        CheckConstraint("starts_on <= ends_on", name="days_in_order"),
        CheckConstraint("kept_days BETWEEN 30 AND 90", name="kept_shortly"),
        CheckConstraint("basis <> ''", name="has_a_basis"),
        CheckConstraint("(destroyed_at IS NULL) = (destroyed IS NULL)", name="destruction_told"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    stop_id: Mapped[int] = mapped_column(ForeignKey("stops.id"))
    basis: Mapped[str] = mapped_column(Text)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    kept_days: Mapped[int]
    opened_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    opened_at: Mapped[datetime]
    destroyed_at: Mapped[datetime | None]
    destroyed: Mapped[dict[str, Any] | None] = mapped_column(JSONB)

    stop: Mapped[Stop] = relationship(lazy="joined", innerjoin=True)

    @property
    def deleted_on(self) -> date:
        """The day by which everything told is gone."""
        return self.ends_on + timedelta(days=self.kept_days)

    @property
    def rows_destroyed(self) -> int:
        """How many rows were deleted, of all tables."""
        return sum((self.destroyed or {}).values())


def on(day: date) -> HealthCampaign | None:
    """The campaign of a day; None: nobody may be asked for their health."""
    query = select(HealthCampaign).where(
        HealthCampaign.starts_on <= day, HealthCampaign.ends_on >= day
    )
    return db.session.scalar(query.order_by(HealthCampaign.id.desc()).limit(1))


def first_day(day: date) -> ScalarSelect[date]:
    """The day on which the campaign of a day began, inside another statement; NULL: there is none.

    What was judged before it was judged by rules of another campaign.
    """
    query = select(HealthCampaign.starts_on).where(
        HealthCampaign.starts_on <= day, HealthCampaign.ends_on >= day
    )
    return query.order_by(HealthCampaign.id.desc()).limit(1).scalar_subquery()


def begun(day: date) -> ColumnElement[datetime]:
    """The instant at which the campaign of a day began, inside another statement."""
    midnight = cast(first_day(day), DateTime(timezone=False))
    return func.timezone(TOWN.key, midnight, type_=DateTime(timezone=True))


def needed(day: date) -> HealthCampaign:
    """The campaign of a day. Raises ``NotFound``: without one the staff's door does not exist."""
    found = on(day)
    if found is None:
        raise NotFound(day)
    return found


def in_days(starts_on: date, ends_on: date, *, lock: bool = False) -> list[HealthCampaign]:
    """The campaigns of any of these days. ``lock``: nobody else begins one until the commit."""
    if lock:
        db.session.execute(text("LOCK TABLE health_campaigns IN SHARE ROW EXCLUSIVE MODE"))
    query = select(HealthCampaign).where(
        HealthCampaign.starts_on <= ends_on, HealthCampaign.ends_on >= starts_on
    )
    return list(db.session.scalars(query.order_by(HealthCampaign.id)))


def ended_before(day: date) -> list[HealthCampaign]:
    """Campaigns of which everything must be gone by that day, and is not."""
    query = select(HealthCampaign).where(HealthCampaign.destroyed_at.is_(None))
    return [one for one in db.session.scalars(query) if one.deleted_on <= day]


def neighbours(
    campaign: HealthCampaign,
) -> tuple[HealthCampaign | None, HealthCampaign | None]:
    """The campaign before one and the one after it, by their days."""
    table = HealthCampaign
    earlier = select(table).where(table.ends_on < campaign.starts_on)
    later = select(table).where(table.starts_on > campaign.ends_on)
    return (
        db.session.scalar(earlier.order_by(table.ends_on.desc()).limit(1)),
        db.session.scalar(later.order_by(table.starts_on).limit(1)),
    )


def every() -> list[HealthCampaign]:
    """All campaigns, the last one first."""
    return list(db.session.scalars(select(HealthCampaign).order_by(HealthCampaign.id.desc())))


def get(campaign_id: int) -> HealthCampaign:
    """One campaign. Raises ``NotFound``."""
    found = db.session.get(HealthCampaign, campaign_id)
    if found is None:
        raise NotFound(campaign_id)
    return found


def under_way(day: date) -> HealthCampaign | None:
    """The campaign of a day, or else the next one."""
    query = select(HealthCampaign).where(HealthCampaign.ends_on >= day)
    return db.session.scalar(query.order_by(HealthCampaign.starts_on).limit(1))


def soon(day: date) -> HealthCampaign:
    """The campaign of a day, or else the next one. Raises ``NotFound``."""
    found = under_way(day)
    if found is None:
        raise NotFound(day)
    return found
