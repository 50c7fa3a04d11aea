"""The office enters days that are worked, or not, against the announced arrangement or before it.

Clocks that run follow the calendar: what is entered moves what is due at once.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from workflow.core.refusals import Reason, Refusal, Refused
from workflow.core.roles import Actor, office_only
from workflow.store import turns
from workflow.store.calendar import CalendarDay, CalendarYear, calendar
from workflow.store.db import transaction


def enter_days(
    first: date, last: date, working: bool, note: str, actor: Actor, at: datetime
) -> None:
    """Says of each day, both ends included, whether it is worked; the later word counts."""
    with transaction() as session:
        office_only(actor)
        if last < first:
            raise Refused(Refusal(Reason.DAYS_REVERSED))
        told = {"working": working, "note": note, "entered_by": actor.account_id, "entered_at": at}
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        new = insert(CalendarDay).values([{"day": day, **told} for day in days])
        session.execute(new.on_conflict_do_update(index_elements=[CalendarDay.day], set_=told))
        turns.reckon_anew(calendar())


def remove_day(day: date, actor: Actor) -> None:
    """Forgets what was entered of a day. Done again, it does nothing."""
    with transaction() as session:
        office_only(actor)
        session.execute(delete(CalendarDay).where(CalendarDay.day == day))
        turns.reckon_anew(calendar())


def complete_year(year: int, actor: Actor, at: datetime) -> None:
    """Says that every holiday and make-up day of a year is entered: nothing warns of it then."""
    with transaction() as session:
        office_only(actor)
        row = {"year": year, "entered_by": actor.account_id, "entered_at": at}
        session.execute(insert(CalendarYear).values(row).on_conflict_do_nothing())


def reopen_year(year: int, actor: Actor) -> None:
    """Takes that back. Done again, it does nothing."""
    with transaction() as session:
        office_only(actor)
        session.execute(delete(CalendarYear).where(CalendarYear.year == year))
