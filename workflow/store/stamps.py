"""Instants of what is told of one person: under the lock of their line, each later than the last.

A request takes its instant when it arrives and may then wait for the line. What was kept meanwhile
must not seem to come after it: a judgement or a release would pass over it unseen.
"""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from workflow.core.days import day_of
from workflow.store.checkins import CheckInRow
from workflow.store.db import db
from workflow.store.registrations import RegistrationRow
from workflow.store.rosterlines import hold_line
from workflow.store.standings import Release

A_DAY = timedelta(days=1)
A_MOMENT = timedelta(microseconds=1)


def hold(place_id: int, line: int, at: datetime) -> datetime:
    """Nobody else tells anything of this person until the commit; the instant of what is kept now:
    ``at``, unless something later is kept already. It is never that of a release, which clears
    what was told up to it.
    """
    hold_line(place_id, line)
    told, released = _last(place_id, line, at)
    at = max(at, told or at)
    return at if released is None or released < at else released + A_MOMENT


def reached(place_id: int, line: int, at: datetime) -> datetime:
    """The instant at which all that is kept of this person is known: ``at``, unless something later
    is kept. Whoever must not miss anything holds the line.
    """
    return max(at, *(one or at for one in _last(place_id, line, at)))


def tellings(place_id: int, line: int) -> int:
    """How many tellings of this person there are, but for check-ins of whoever is well: whoever
    decides of them says how many they have seen.
    """
    told = select(func.count()).select_from(CheckInRow)
    told = told.where(CheckInRow.place_id == place_id, CheckInRow.line == line, CheckInRow.unwell)
    known = select(func.count()).select_from(RegistrationRow)
    known = known.where(RegistrationRow.place_id == place_id, RegistrationRow.line == line)
    both = told.scalar_subquery() + known.scalar_subquery()
    return db.session.scalar(select(both)) or 0


def _last(place_id: int, line: int, at: datetime) -> tuple[datetime | None, datetime | None]:
    """When something was told last, and when somebody was released last."""
    db.session.flush()
    today = day_of(at)
    told = select(func.max(CheckInRow.told_at)).where(
        CheckInRow.day.in_([today - A_DAY, today, today + A_DAY]),
        CheckInRow.place_id == place_id,
        CheckInRow.line == line,
    )
    known = select(func.max(RegistrationRow.known_at)).where(
        RegistrationRow.place_id == place_id, RegistrationRow.line == line
    )
    released = select(func.max(Release.at)).where(
        Release.place_id == place_id, Release.line == line
    )
    latest = func.greatest(told.scalar_subquery(), known.scalar_subquery())
    row = db.session.execute(select(latest, released.scalar_subquery())).one()
    return row[0], row[1]
