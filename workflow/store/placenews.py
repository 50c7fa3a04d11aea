"""What people are told of the staff of a place: kept once each, beside the news of cases."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, String, cast, exists, literal, or_, select
from sqlalchemy.dialects.postgresql import insert

from workflow.core.alerts import AlertKind
from workflow.core.days import day_of
from workflow.core.roles import Capability, Role
from workflow.core.telling import Audience, News
from workflow.store.accounts import Account
from workflow.store.db import db
from workflow.store.departments import Department
from workflow.store.duty import duty_of
from workflow.store.notifications import Notification
from workflow.store.standings import Alert
from workflow.store.towns import Place

COLUMNS = ["account_id", "place_id", "news", "key", "at"]


def tell(place: Place, news: News, audience: Audience, key: str, at: datetime) -> None:
    """Tells everyone of an audience; who knows of the event already is not told again."""
    today = day_of(at)
    told = [literal(one) for one in (place.id, news.value, key)]
    people = select(Account.id, *told, literal(at, Notification.at.type)).where(
        _who(place, audience, today), *_in_use(today)
    )
    db.session.flush()
    db.session.execute(insert(Notification).from_select(COLUMNS, people).on_conflict_do_nothing())


def tell_acting(at: datetime) -> int:
    """Tells whoever acts for a field today of red alerts that are open in it, where they were told
    to somebody who is away since, or whose place was in another field; how many were told.
    """
    today = day_of(at)
    waiting = Alert.kind == AlertKind.RED, Alert.settled_at.is_(None), Alert.told_at.is_not(None)
    fields = select(Place.field_id).join(Alert, Alert.place_id == Place.id).where(*waiting)
    told = 0
    for field_id in db.session.scalars(fields.distinct()).all():
        key = "alert/" + cast(Alert.id, String)
        known = exists().where(Notification.account_id == Account.id, Notification.key == key)
        what = literal(News.HEALTH_RED.value), key, literal(at, Notification.at.type)
        people = (
            select(Account.id, Alert.place_id, *what)
            .select_from(Alert)
            .join(Place, Place.id == Alert.place_id)
            .join(Account, _acting(field_id, today))
            .where(Place.field_id == field_id, *waiting, *_in_use(today), ~known)
        )
        new = insert(Notification).from_select(COLUMNS, people).on_conflict_do_nothing()
        told += len(db.session.scalars(new.returning(Notification.id)).all())
    return told


def _in_use(today: date) -> tuple[ColumnElement[bool], ...]:
    in_time = or_(Account.authorised_until.is_(None), Account.authorised_until >= today)
    return Account.active.is_(True), in_time


def _who(place: Place, audience: Audience, today: date) -> ColumnElement[bool]:
    match audience:
        case Audience.ENTERPRISE:
            return Account.enterprise_id == place.enterprise_id
        case Audience.ACTING:
            return _acting(place.field_id, today)
        case Audience.OFFICE:
            return (Account.role == Role.OFFICE) & Account.department_id.is_(None)
        case Audience.CLINIC:
            clinic = select(Department.id).where(Department.capability == Capability.CLINIC)
            return Account.department_id.in_(clinic)
    raise ValueError(audience)


def _acting(field_id: int, today: date) -> ColumnElement[bool]:
    acting = duty_of(field_id, today).acting
    if acting is not None:
        return Account.id == acting.id
    return (Account.role == Role.OFFICE) & Account.department_id.is_(None)
