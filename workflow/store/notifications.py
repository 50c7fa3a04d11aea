"""What people are told of cases: kept once each, read, settled by others, or sent by mail.

Reading and claiming pass over rows that somebody else holds: neither ever waits, so that no step
of a case can be held up by them.
"""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    String,
    UniqueConstraint,
    delete,
    false,
    literal,
    or_,
    select,
    text,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from workflow.core.days import day_of
from workflow.core.roles import Actor, Capability, Role
from workflow.core.telling import AT_ONCE, Audience, News
from workflow.store import cases
from workflow.store.accounts import Account
from workflow.store.cases import Case
from workflow.store.db import Model, db
from workflow.store.decisions import Opinion
from workflow.store.duty import duty_of
from workflow.store.towns import Place

UNREAD_SQL = "read_at IS NULL AND settled_at IS NULL"
# About a case that the reader may not open: said without a link.
WITHOUT_LINK = frozenset({News.REMIND})


class Notification(Model):
    """Something one person is told of a case, or of the staff of a place. ``key`` names the event:
    nobody is told of it twice.

    ``settled_at``: somebody has done it, so that nobody needs to be told any more. ``mailed_at``:
    claimed for a mail, before it is sent; empty again only if the server surely did not take it.
    """

    __tablename__ = "notifications"
    __table_args__ = (
        UniqueConstraint("account_id", "key"),
        CheckConstraint("(case_id IS NULL) <> (place_id IS NULL)", name="of_case_or_place"),
        Index("ix_notifications_unread", "account_id", "id", postgresql_where=text(UNREAD_SQL)),
        Index("ix_notifications_case", "case_id", postgresql_where=text(UNREAD_SQL)),
        Index("ix_notifications_place", "place_id", postgresql_where=text(UNREAD_SQL)),
        Index("ix_notifications_account", "account_id", "id"),
        Index(
            "ix_notifications_unmailed",
            "at",
            postgresql_where=text(f"mailed_at IS NULL AND {UNREAD_SQL}"),
        ),
        Index("ix_notifications_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"))
    news: Mapped[News]
    key: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    mailed_at: Mapped[datetime | None]


UNREAD = Notification.read_at.is_(None), Notification.settled_at.is_(None)


def tell(case: Case, news: News, audience: Audience, key: str, by: Actor, at: datetime) -> None:
    """Tells everyone of an audience but the one who did it; who knows of the event already is
    not told again.
    """
    today = day_of(at)
    in_use = or_(Account.authorised_until.is_(None), Account.authorised_until >= today)
    told = [literal(one) for one in (case.id, news.value, key)]
    people = select(Account.id, *told, literal(at, Notification.at.type)).where(
        _who(case, audience, today), Account.active, in_use
    )
    if by.account_id is not None:
        people = people.where(Account.id != by.account_id)
    columns = ["account_id", "case_id", "news", "key", "at"]
    db.session.flush()
    db.session.execute(insert(Notification).from_select(columns, people).on_conflict_do_nothing())


def _who(case: Case, audience: Audience, today: date) -> ColumnElement[bool]:
    match audience:
        case Audience.OFFICE:
            return (Account.role == Role.OFFICE) & Account.department_id.is_(None)
        case Audience.ACTING:
            acting = duty_of(case.field_id, today).acting
            return Account.id == acting.id if acting else _who(case, Audience.OFFICE, today)
        case Audience.STAND_IN:
            duty = duty_of(case.field_id, today)
            idle = duty.stand_in if duty.acting == duty.liaison else None
            return Account.id == idle.id if idle else false()
        case Audience.DEPARTMENTS:
            asked = select(Opinion.department_id).where(
                Opinion.case_id == case.id, Opinion.view.is_(None)
            )
            return Account.department_id.in_(asked)
        case Audience.COMMAND:
            return Account.role == Role.COMMAND
        case Audience.ISSUERS:
            return Account.role == Role.ISSUER
        case Audience.ENTERPRISE:
            return or_(Account.enterprise_id == case.enterprise_id, Account.id == case.recorded_by)
    raise ValueError(audience)


def settle(
    case_ids: Collection[int], news: Collection[News], at: datetime, department: int | None = None
) -> None:
    """What was asked on these cases has been done; of one department only where it is named."""
    query = update(Notification).where(
        Notification.case_id.in_(case_ids), Notification.news.in_(news), *UNREAD
    )
    if department is not None:
        members = select(Account.id).where(Account.department_id == department)
        query = query.where(Notification.account_id.in_(members))
    db.session.execute(query.values(settled_at=at))


def settle_place(place_id: int, keys: Collection[str], at: datetime) -> None:
    """What was told of the staff of a place under these keys needs nobody any more."""
    told = Notification.place_id == place_id, Notification.key.in_(keys)
    db.session.execute(update(Notification).where(*told, *UNREAD).values(settled_at=at))


def read(
    account_id: int,
    at: datetime,
    *,
    case_id: int | None = None,
    place_id: int | None = None,
    up_to: int = 0,
) -> None:
    """Somebody has read what they were told of one case or place, or all of it up to a row."""
    which = Notification.id <= up_to
    if case_id or place_id:
        told = Notification.case_id, Notification.place_id
        which = told[0] == case_id if case_id else told[1] == place_id
    held = _held(select(Notification.id).where(Notification.account_id == account_id, which))
    db.session.execute(update(Notification).where(Notification.id.in_(held)).values(read_at=at))


def _held(query: Select[int]) -> Select[int]:
    return query.where(*UNREAD).with_for_update(skip_locked=True)


def shown_to(actor: Actor) -> ColumnElement[bool]:
    """What somebody was told of cases and places that are theirs to see today."""
    # Asked of each of the few rows: IN would gather all the cases that somebody sees.
    seen = cases.visible_to(actor).where(Case.id == Notification.case_id)
    return (Notification.account_id == actor.account_id) & or_(
        seen.exists(),
        Notification.news.in_(WITHOUT_LINK),
        Notification.place_id.is_not(None) & _of_places(actor),
    )


def _of_places(actor: Actor) -> ColumnElement[bool]:
    in_fields = Notification.place_id.in_(select(Place.id).where(Place.field_id.in_(actor.fields)))
    match actor.role:
        case Role.ENTERPRISE:
            own = select(Place.id).where(Place.enterprise_id == actor.enterprise_id)
            return Notification.place_id.in_(own)
        case Role.LIAISON:
            return in_fields
        case Role.OFFICE if actor.department_id is None:
            return in_fields | (Notification.news == News.HEALTH_CONTROL)
        case Role.OFFICE if actor.capability is Capability.CLINIC:
            return true()
    return false()


def unmailed(since: datetime, before: datetime, *, urgent: bool) -> list[Account]:
    """Whom to write to: they have unread news of that time that no mail has told them, and an
    address that takes mail. ``urgent``: only those who are told of what can't wait.
    """
    waiting = select(Notification.account_id).where(
        *UNREAD, Notification.mailed_at.is_(None), Notification.at.between(since, before)
    )
    if urgent:
        waiting = waiting.where(Notification.news.in_(AT_ONCE))
    query = select(Account).where(
        Account.id.in_(waiting),
        Account.active,
        Account.email.is_not(None),
        Account.email_refused_at.is_(None),
    )
    return list(db.session.scalars(query.order_by(Account.id)))


def claim(actor: Actor, since: datetime, at: datetime) -> list[int]:
    """Takes all that a person was told since then and not read, for one mail; the rows taken."""
    mine = select(Notification.id).where(
        shown_to(actor), Notification.mailed_at.is_(None), Notification.at >= since
    )
    taken = update(Notification).where(Notification.id.in_(_held(mine)))
    # Asked again of the row itself: another worker may have claimed it since it was found.
    taken = taken.where(Notification.mailed_at.is_(None)).values(mailed_at=at)
    return list(db.session.scalars(taken.returning(Notification.id)))


def give_back(ids: Collection[int]) -> None:
    """These were surely not sent."""
    db.session.execute(update(Notification).where(Notification.id.in_(ids)).values(mailed_at=None))


def forget(before: datetime) -> int:
    """Deletes what was told before that; how much."""
    gone = delete(Notification).where(Notification.at < before).returning(Notification.id)
    return len(db.session.scalars(gone).all())
