"""What people are told of the staff of a place: kept once each, beside the news of cases."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, literal, or_, select
from sqlalchemy.dialects.postgresql import insert

from workflow.core.days import day_of
from workflow.core.roles import Capability, Role
from workflow.core.telling import Audience, News
from workflow.store.accounts import Account
from workflow.store.db import db
from workflow.store.departments import Department
from workflow.store.duty import duty_of
from workflow.store.notifications import Notification
from workflow.store.towns import Place


def tell(place: Place, news: News, audience: Audience, key: str, at: datetime) -> None:
    """Tells everyone of an audience; who knows of the event already is not told again."""
    today = day_of(at)
    in_use = or_(Account.authorised_until.is_(None), Account.authorised_until >= today)
    told = [literal(one) for one in (place.id, news.value, key)]
    people = select(Account.id, *told, literal(at, Notification.at.type)).where(
        _who(place, audience, today), Account.active, in_use
    )
    columns = ["account_id", "place_id", "news", "key", "at"]
    db.session.execute(insert(Notification).from_select(columns, people).on_conflict_do_nothing())


def _who(place: Place, audience: Audience, today: date) -> ColumnElement[bool]:
    match audience:
        case Audience.ENTERPRISE:
            return Account.enterprise_id == place.enterprise_id
        case Audience.ACTING:
            acting = duty_of(place.field_id, today).acting
            if acting is not None:
                return Account.id == acting.id
            return (Account.role == Role.OFFICE) & Account.department_id.is_(None)
        case Audience.CLINIC:
            clinic = select(Department.id).where(Department.capability == Capability.CLINIC)
            return Account.department_id.in_(clinic)
    raise ValueError(audience)
