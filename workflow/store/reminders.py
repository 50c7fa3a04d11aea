"""Which places lack something of a day."""

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, select

from workflow.core.health import Half
from workflow.core.telling import News
from workflow.store.checkins import CheckInRow, DayReport
from workflow.store.db import db
from workflow.store.notifications import Notification
from workflow.store.rosters import Engagement, RosterVersion


def maybe_missing(day: date, half: Half) -> list[int]:
    """Places where somebody who stands on the roster now has not told for half a day. Some of those
    may be away: whoever asks looks closer.
    """
    # By lines, not by counts: these also hold whoever told and has left the roster since.
    told = exists().where(
        CheckInRow.day == day,
        CheckInRow.place_id == Engagement.place_id,
        CheckInRow.line == Engagement.line,
        CheckInRow.half == half,
    )
    silent = select(Engagement.place_id).where(Engagement.until_seq.is_(None), ~told)
    query = _places().where(RosterVersion.place_id.in_(silent))
    closed = select(DayReport.place_id).where(DayReport.day == day, DayReport.nobody_worked)
    return _found(query, RosterVersion.place_id.not_in(closed))


def without_report(day: date) -> list[int]:
    """Places that have people, and made no report of the day."""
    made = select(DayReport.place_id).where(DayReport.day == day)
    return _found(_places(), RosterVersion.place_id.not_in(made))


def told(news: News, key_ends: str, at: datetime) -> set[int]:
    """Places whose clerks were told of this already. Reads the last day only."""
    query = select(Notification.place_id).where(
        Notification.at >= at - timedelta(days=1),
        Notification.news == news,
        Notification.key.endswith(key_ends, autoescape=True),
    )
    return {one for one in db.session.scalars(query.distinct()) if one is not None}


def _places() -> Select[int]:
    """Places with somebody on their roster."""
    table = RosterVersion
    last = select(table.place_id, func.max(table.seq).label("seq")).group_by(table.place_id)
    latest = last.subquery()
    same = and_(table.place_id == latest.c.place_id, table.seq == latest.c.seq)
    return select(table.place_id).join(latest, same).where(table.total > 0)


def _found(query: Select[int], which: ColumnElement[bool]) -> list[int]:
    return list(db.session.scalars(query.where(which).order_by(RosterVersion.place_id)))
