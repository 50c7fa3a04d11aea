"""What became of enterprises and their people: append-only; and codes to get back in."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Select, String, exists, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from workflow.core.claims import ChangeKind, Means, Verification
from workflow.core.refusals import NotFound
from workflow.core.roles import Actor, Role
from workflow.store.accounts import Account
from workflow.store.crypto import EncryptedText, KeyedIndex
from workflow.store.db import Model, db
from workflow.store.towns import Enterprise, Place

MOST_LISTED = 500
MOST_FOUND = 20


class EnterpriseChange(Model):
    """One thing that happened to an enterprise: when, by whom, how it was made sure, and why.

    Rows are only ever added (a trigger refuses anything else). ``account_id``: whom it is about;
    ``other_id``: the other enterprise of a merger. ``became`` and ``was`` are names or days.
    """

    __tablename__ = "enterprise_changes"
    __table_args__ = (
        CheckConstraint("kind <> 'renamed' OR (was <> '' AND became <> '')", name="rename_named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprises.id"), index=True)
    kind: Mapped[ChangeKind]
    at: Mapped[datetime]
    by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"))
    other_id: Mapped[int | None] = mapped_column(ForeignKey("enterprises.id"))
    was: Mapped[str] = mapped_column(String(120), default="")
    became: Mapped[str] = mapped_column(String(120), default="")
    why: Mapped[str] = mapped_column(String(200), default="")
    verified: Mapped[Means | None]
    verified_number: Mapped[str | None] = mapped_column(
        EncryptedText("enterprise_changes.verified_number")
    )


class RecoveryCode(Model):
    """A code, used once, with which a person sets a new password. Only its digest is kept."""

    __tablename__ = "recovery_codes"
    __table_args__ = (CheckConstraint("tries >= 0", name="tries_are_counted"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    code: Mapped[str] = mapped_column(KeyedIndex("recovery_codes.code"))
    given_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    given_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)


def visible_to(actor: Actor) -> Select[Enterprise]:
    """The enterprises an officer looks after: a liaison's have a place in an own field."""
    match actor.role:
        case Role.LIAISON:
            there = select(Place.enterprise_id).where(Place.field_id.in_(actor.fields))
            return select(Enterprise).where(Enterprise.id.in_(there))
        case Role.OFFICE if actor.runs_office:
            return select(Enterprise)
    raise NotFound(actor.role)


def get(enterprise_id: int, actor: Actor, *, lock: bool = False) -> Enterprise:
    """The one way to one enterprise, for officers. Raises ``NotFound``."""
    query = visible_to(actor).where(Enterprise.id == enterprise_id)
    if lock:
        query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound(enterprise_id)
    return found


def looks_after(enterprise_id: int, actor: Actor) -> bool:
    """Whether an enterprise is in the officer's scope."""
    return bool(db.session.scalar(visible_to(actor).where(Enterprise.id == enterprise_id)))


def listed(actor: Actor) -> list[Enterprise]:
    """The actor's enterprises that are still their own, by name."""
    query = visible_to(actor).where(Enterprise.merged_into_id.is_(None))
    return list(db.session.scalars(query.order_by(Enterprise.name).limit(MOST_LISTED)))


def by_number(number: str, *, lock: bool = False) -> Enterprise | None:
    """The enterprise of a credit code or town number in stored form."""
    known = (Enterprise.credit_code == number) | (Enterprise.town_number == number)
    query = select(Enterprise).where(known)
    return db.session.scalar(query.with_for_update(key_share=True) if lock else query)


def found(words: str) -> list[Enterprise]:
    """Enterprises whose name has these words in it, or whose code or number they are."""
    named = Enterprise.name.contains(words, autoescape=True)
    coded = Enterprise.credit_code == words.upper()
    query = select(Enterprise).where(or_(named, coded, Enterprise.town_number == words))
    return list(db.session.scalars(query.order_by(Enterprise.name).limit(MOST_FOUND)))


def has_account(enterprise_id: int) -> bool:
    """Whether somebody of the enterprise can sign in."""
    mine = Account.enterprise_id == enterprise_id, Account.active
    return bool(db.session.scalar(select(exists().where(*mine))))


def record(
    enterprise_id: int,
    kind: ChangeKind,
    actor: Actor,
    at: datetime,
    verification: Verification | None = None,
    **what: object,
) -> None:
    """Adds a line in the transaction of the fact; ``what`` are columns of the row."""
    db.session.add(
        EnterpriseChange(
            enterprise_id=enterprise_id,
            kind=kind,
            at=at,
            by=actor.account_id,
            verified=verification.means if verification else None,
            verified_number=(verification.number or None) if verification else None,
            **what,
        )
    )


def changes(enterprise_id: int) -> Sequence[EnterpriseChange]:
    """What happened to an enterprise, newest first."""
    query = select(EnterpriseChange).where(EnterpriseChange.enterprise_id == enterprise_id)
    return db.session.scalars(query.order_by(EnterpriseChange.id.desc())).all()


def live_code(account_id: int, at: datetime, tries: int) -> RecoveryCode | None:
    """The code of an account that may still be used; its row is locked until commit."""
    query = (
        select(RecoveryCode)
        .where(
            RecoveryCode.account_id == account_id,
            RecoveryCode.used_at.is_(None),
            RecoveryCode.expires_at > at,
            RecoveryCode.tries < tries,
        )
        .order_by(RecoveryCode.id.desc())
        .limit(1)
    )
    query = query.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(query)
