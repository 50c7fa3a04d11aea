"""Which places lack something of a day: found by their counts, never by reading every person."""

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, select

from workflow.core.health import Half
from workflow.core.telling import News
from workflow.store.checkins import CheckInCount, DayReport
from workflow.store.db import db
from workflow.store.notifications import Notification
from workflow.store.rosters import RosterVersion


def maybe_missing(day: date, half: Half) -> list[int]:
    """Places where fewer told for half a day than stand on the roster. Some of those may be away:
    whoever asks looks closer.
    """
    mine = and_(
        CheckInCount.day == day,
        CheckInCount.place_id == RosterVersion.place_id,
        CheckInCount.half == half,
    )
    query = _places().outerjoin(CheckInCount, mine)
    query = query.where(func.coalesce(CheckInCount.told, 0) < RosterVersion.total)
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
