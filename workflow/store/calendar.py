"""Which days are worked: what the State Council announced, and what the town entered itself."""

from datetime import date, datetime
from functools import cache

from chinese_calendar import holidays, workdays
from sqlalchemy import CheckConstraint, Date, ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from workflow.core.clocks import Calendar
from workflow.store.db import Model, db

LONGEST_NOTE = 40


class CalendarDay(Model):
    """A day the town entered: it counts, whatever the announced arrangement says of it."""

    __tablename__ = "calendar_days"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    working: Mapped[bool]
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE))
    entered_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    entered_at: Mapped[datetime]


class CalendarYear(Model):
    """A year of which the town says that it has entered every holiday and make-up day."""

    __tablename__ = "calendar_years"
    __table_args__ = (CheckConstraint("year BETWEEN 2000 AND 2999", name="is_a_year"),)

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entered_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    entered_at: Mapped[datetime]


@cache
def announced() -> Calendar:
    """What the installed package knows. A year is in it once it has been announced, not before."""
    years = frozenset(day.year for day in holidays)
    return Calendar(off=frozenset(holidays), on=frozenset(workdays), years=years)


def calendar() -> Calendar:
    """The town's calendar as it is now."""
    days = db.session.execute(select(CalendarDay.day, CalendarDay.working))
    years = db.session.scalars(select(CalendarYear.year))
    return announced().entering(dict(days.all()), years)


def entered(first_year: int, last_year: int) -> list[CalendarDay]:
    """The days the town entered in these years, in order."""
    within = CalendarDay.day.between(date(first_year, 1, 1), date(last_year, 12, 31))
    return list(db.session.scalars(select(CalendarDay).where(within).order_by(CalendarDay.day)))


def completed() -> frozenset[int]:
    """The years the town says it has entered in full."""
    return frozenset(db.session.scalars(select(CalendarYear.year)))
