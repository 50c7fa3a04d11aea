"""Deletes what staff told, when its time is over; what was deleted is counted by table.

``health_reveals`` stay: who looked at a person's details, when and why, is no health of anybody,
and without it nobody could be asked later. The rules of risk stay: they are public.
"""

from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    SQLColumnExpression,
    and_,
    delete,
    exists,
    func,
    not_,
    or_,
    select,
    tuple_,
)

from workflow.core.alerts import EntryState
from workflow.core.days import day_of
from workflow.store.checkins import CheckInCount, CheckInRow, DayReport
from workflow.store.db import Model, db
from workflow.store.notifications import Notification
from workflow.store.registrations import PosterEntry, RegistrationRow, ReturnCall
from workflow.store.returncalls import ReturnClaim
from workflow.store.stafflinks import Poster, StaffLink
from workflow.store.standings import Alert, HealthStanding, Release

Instant = SQLColumnExpression[datetime] | SQLColumnExpression[datetime | None]
Window = tuple[datetime, datetime]  # from an instant on, and before another one


def forget(window: Window, *, followed: bool, judged_anew: bool) -> dict[str, int]:
    """Deletes everything told in a time; rows by table. ``followed``: by another campaign, in
    which links that are known and posters that hang go on being used. ``judged_anew``: the caller
    has everybody judged anew, so that whoever told something since keeps a standing until then.
    """
    since, before = window
    first, end = day_of(since), day_of(before)
    late = _known_late(window)
    news = select(func.concat("alert/", Alert.id)).where(late)
    sent = or_(_in(Notification.at, window), Notification.key.in_(news))
    # In the order in which one table refers to another.
    what: tuple[tuple[type[Model], ColumnElement[bool]], ...] = (
        (Notification, and_(Notification.place_id.is_not(None), sent)),
        (Alert, or_(_in(Alert.raised_at, window), late)),
        (PosterEntry, _in(PosterEntry.told_at, window)),
        (RegistrationRow, _in(RegistrationRow.told_at, window)),
        (Release, _in(Release.at, window)),
        (ReturnCall, _in(ReturnCall.at, window)),
        (ReturnClaim, _in(ReturnClaim.until, window)),
        (CheckInRow, _on(CheckInRow.day, first, end)),
        (CheckInCount, _on(CheckInCount.day, first, end)),
        (DayReport, _on(DayReport.day, first, end)),
        (HealthStanding, _untold() if judged_anew else or_(_untold(), _stale(first, end, window))),
        *_over(before, followed).items(),
    )
    return {table.__tablename__: _gone(table, which) for table, which in what}


def forget_entries(before: datetime) -> int:
    """Deletes what came through posters before an instant and is nobody's, with its call-backs."""
    states = EntryState.WAITING, EntryState.DISMISSED
    which = PosterEntry.state.in_(states) & (PosterEntry.told_at < before)
    entries = list(db.session.scalars(select(PosterEntry.id).where(which).with_for_update()))
    alerts = list(db.session.scalars(select(Alert.id).where(Alert.entry_id.in_(entries))))
    keys = [f"alert/{one}" for one in alerts]
    _gone(Notification, Notification.place_id.is_not(None) & Notification.key.in_(keys))
    _gone(Alert, Alert.id.in_(alerts))
    return _gone(PosterEntry, PosterEntry.id.in_(entries))


def _gone(table: type[Model], which: ColumnElement[bool]) -> int:
    done = db.session.execute(
        delete(table).where(which), execution_options={"synchronize_session": False}
    )
    return int(done.rowcount)  # type: ignore[attr-defined]


def _in(column: Instant, window: Window) -> ColumnElement[bool]:
    since, before = window
    return (column >= since) & (column < before)


def _on(column: SQLColumnExpression[date], first: date, end: date) -> ColumnElement[bool]:
    return (column >= first) & (column < end)


def _known_late(window: Window) -> ColumnElement[bool]:
    """Alerts by what was told in the time, raised when it became known: through a poster that may
    be after it.
    """
    return exists().where(
        RegistrationRow.place_id == Alert.place_id,
        RegistrationRow.line == Alert.line,
        RegistrationRow.known_at == Alert.raised_at,
        _in(RegistrationRow.told_at, window),
    )


def _stale(first: date, end: date, window: Window) -> ColumnElement[bool]:
    """Standings made in the time, or resting on what was told in it."""
    return or_(_on(HealthStanding.judged_on, first, end), _in(HealthStanding.registered_at, window))


def _untold() -> ColumnElement[bool]:
    """Standings of people of whom nothing that was told is left."""
    mine = tuple_(HealthStanding.place_id, HealthStanding.line)
    registered = select(RegistrationRow.place_id, RegistrationRow.line)
    checked_in = select(CheckInRow.place_id, CheckInRow.line)
    return and_(mine.not_in(registered), mine.not_in(checked_in))


def _over(before: datetime, followed: bool) -> dict[type[Model], ColumnElement[bool]]:
    """Links and posters that nobody can use any more; in a following campaign some still are."""
    told = exists().where(PosterEntry.poster_id == Poster.id)
    ended = or_(StaffLink.revoked_at.is_not(None), StaffLink.expires_at < before)
    links = StaffLink.made_at < before
    posters = and_(Poster.made_at < before, not_(told))
    if followed:
        links, posters = and_(links, ended), and_(posters, Poster.revoked_at.is_not(None))
    return {StaffLink: links, Poster: posters}
