"""What people are told of cases, as lists: grouped by kind and case, in pages."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select

from workflow.core.roles import Actor
from workflow.core.telling import News
from workflow.store.cases import Case
from workflow.store.db import db
from workflow.store.notifications import UNREAD, Notification, shown_to
from workflow.store.towns import Enterprise, Place


@dataclass(frozen=True, slots=True)
class Line:
    """News of one kind on one case, or of the staff of one place. ``times``: how often;
    ``cases``: how many cases or places have it.
    """

    news: News
    case_id: int | None
    place_id: int | None
    last_id: int
    at: datetime
    times: int
    cases: int
    enterprise: str
    place: str


def count_unread(actor: Actor) -> int:
    """How much somebody has not read: each kind on each case or place counts once."""
    about = Notification.case_id, Notification.place_id
    pairs = select(*about, Notification.news).where(shown_to(actor), *UNREAD)
    return db.session.scalar(select(func.count()).select_from(pairs.distinct().subquery())) or 0


def unread(actor: Actor, each: int) -> list[Line]:
    """What somebody has not read, by kind: of each the latest cases."""
    told = _told(actor, *UNREAD).subquery()
    ranked = select(
        told,
        func.row_number().over(partition_by=told.c.news, order_by=told.c.last_id.desc()).label("n"),
        func.count().over(partition_by=told.c.news).label("cases"),
    ).subquery()
    return _lines(select(ranked).where(ranked.c.n <= each).order_by(ranked.c.last_id.desc()))


def page(
    actor: Actor, most: int, *, news: News | None = None, before: int | None = None
) -> list[Line]:
    """The unread of one kind, or all that was read or settled: the latest before a row."""
    which = (*UNREAD, Notification.news == news) if news else (~(UNREAD[0] & UNREAD[1]),)
    told = _told(actor, *which).subquery()
    query = select(told, literal(0).label("cases")).order_by(told.c.last_id.desc()).limit(most)
    return _lines(query if before is None else query.where(told.c.last_id < before))


def claimed(ids: Collection[int]) -> list[Line]:
    """What these rows say, for a mail."""
    told = _grouped(Notification.id.in_(ids)).subquery()
    cases_of = func.count().over(partition_by=told.c.news).label("cases")
    return _lines(select(told, cases_of).order_by(told.c.last_id.desc()))


def _told(actor: Actor, *which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return _grouped(shown_to(actor), *which)


def _grouped(*which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Notification.news,
            Notification.case_id,
            Notification.place_id,
            func.max(Notification.id).label("last_id"),
            func.max(Notification.at).label("at"),
            func.count().label("times"),
        )
        .where(*which)
        .group_by(Notification.news, Notification.case_id, Notification.place_id)
    )


def _lines(query: Select[*tuple[Any, ...]]) -> list[Line]:
    rows = db.session.execute(query).all()
    names = _names({row.case_id for row in rows if row.case_id})
    places = _place_names({row.place_id for row in rows if row.place_id})
    return [
        Line(
            row.news,
            row.case_id,
            row.place_id,
            row.last_id,
            row.at,
            row.times,
            row.cases,
            *(names[row.case_id] if row.case_id else places[row.place_id]),
        )
        for row in rows
    ]


def _place_names(place_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    if not place_ids:
        return {}
    query = select(Place.id, Enterprise.name, Place.name).where(Place.id.in_(place_ids))
    rows = db.session.execute(query.join(Enterprise, Enterprise.id == Place.enterprise_id))
    return {place_id: (enterprise, place) for place_id, enterprise, place in rows}


def _names(case_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    rows = db.session.execute(
        select(Case.id, Enterprise.name, Place.name)
        .join(Enterprise, Enterprise.id == Case.enterprise_id)
        .join(Place, Place.id == Case.place_id)
        .where(Case.id.in_(set(case_ids)))
    )
    return {case_id: (enterprise, place) for case_id, enterprise, place in rows}
