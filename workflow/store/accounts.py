"""Accounts: who can sign in, as what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from unicodedata import normalize
from uuid import uuid4

from flask_security import RoleMixin, UserMixin, hash_password
from sqlalchemy import CheckConstraint, ForeignKey, String, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflow.core.claims import Scope, Standing
from workflow.core.duty import Acting, responsible
from workflow.core.refusals import NotFound
from workflow.core.roles import Actor, Role
from workflow.store import absences
from workflow.store.crypto import EncryptedText, KeyedIndex
from workflow.store.db import Model, db
from workflow.store.departments import Department
from workflow.store.towns import Field


class Account(Model, UserMixin):
    """One person who signs in, by mobile number or user name.

    The mobile number is found by its digest. Whose access has ended keeps the number, encrypted,
    but is no longer found by it, so that whoever has the number now can be given an account.
    ``standing``, ``authorised_scope`` and ``authorised_until`` are those of enterprise people;
    without a last day the authority lasts.
    """

    __tablename__ = "accounts"
    __table_args__ = (
        CheckConstraint("role <> 'system'", name="no_account_is_the_service"),
        CheckConstraint(
            "(role = 'enterprise') = (enterprise_id IS NOT NULL)", name="enterprise_is_named"
        ),
        CheckConstraint(
            "NOT active OR username IS NOT NULL OR mobile_index IS NOT NULL", name="can_be_named"
        ),
        CheckConstraint("(role = 'enterprise') = (standing IS NOT NULL)", name="standing_is_named"),
        CheckConstraint("department_id IS NULL OR role = 'office'", name="department_of_office"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[Role]
    name: Mapped[str] = mapped_column(String(80))
    username: Mapped[str | None] = mapped_column(String(64), unique=True)
    mobile: Mapped[str | None] = mapped_column(EncryptedText("accounts.mobile"))
    mobile_index: Mapped[str | None] = mapped_column(KeyedIndex("accounts.mobile"), unique=True)
    phone: Mapped[str] = mapped_column(String(40), default="")  # of an officer, for everyone
    # Nobody signs in by it, so it need not be unique: that would tell who else has an account.
    email: Mapped[str | None] = mapped_column(String(255))  # type: ignore[assignment]
    email_refused_at: Mapped[datetime | None]  # the server takes no mail for it
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprises.id"), index=True)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"))
    standing: Mapped[Standing | None]
    authorised_scope: Mapped[Scope | None]
    authorised_until: Mapped[date | None]
    failed_sign_ins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]

    department: Mapped[Department | None] = relationship()

    @property
    def roles(self) -> list[RoleMixin]:  # type: ignore[override] # the library would write it
        """Nothing: what an account may do hangs on ``role`` alone."""
        return []


def may_act(account: Account, today: date) -> bool:
    """Whether the account is in use and its authority has not run out."""
    until = account.authorised_until
    return account.active and (until is None or until >= today)


def actor_of(account: Account, day: date) -> Actor:
    """The actor the rules see for a signed-in account on one of the town's days.

    Own fields stay one's own while one is noted as away: who came in after all may act.
    """
    own: frozenset[int] = frozenset()
    standing_in: frozenset[int] = frozenset()
    match account.role:
        case Role.LIAISON:
            mine = or_(Field.liaison_id == account.id, Field.stand_in_id == account.id)
            fields = db.session.scalars(select(Field).where(mine)).all()
            own = frozenset(one.id for one in fields if one.liaison_id == account.id)
            standing_in = _acted_for(fields, day, Acting.STAND_IN)
        case Role.OFFICE if account.department_id is None:
            own = _acted_for(db.session.scalars(select(Field)).all(), day, Acting.OFFICE)
    return Actor(
        account.id,
        account.role,
        account.name,
        account.enterprise_id,
        fields=own | standing_in,
        standing_in=standing_in - own,
        department_id=account.department_id,
        capability=account.department.capability if account.department else None,
        manages=account.standing is Standing.OWNER and account.authorised_scope is not Scope.FILING,
    )


def _acted_for(fields: Sequence[Field], day: date, acting: Acting) -> frozenset[int]:
    """The fields for which, on that day, this kind of person acts."""
    absent = away_on(day) if fields else frozenset()
    return frozenset(
        one.id
        for one in fields
        if responsible(one.liaison_id, one.stand_in_id, absent).acting is acting
    )


def away_on(day: date) -> frozenset[int]:
    """Who cannot answer for a field on a day: the absent, and liaisons whose account is off."""
    off = select(Account.id).where(Account.role == Role.LIAISON, Account.active.is_(False))
    absent = (one.account_id for one in absences.on(day))
    return frozenset(db.session.scalars(off)) | frozenset(absent)


def liaisons() -> list[Account]:
    """Every liaison whose account is in use, by name."""
    query = select(Account).where(Account.role == Role.LIAISON, Account.active)
    return list(db.session.scalars(query.order_by(Account.name, Account.id)))


def named(username: str) -> Account:
    """The account of a user name. Raises ``NotFound``."""
    account = db.session.scalar(select(Account).where(Account.username == username))
    if account is None:
        raise NotFound(username)
    return account


def usernames_of(usernames: Sequence[str]) -> frozenset[str]:
    """Those of the user names that an account in use has."""
    query = select(Account.username).where(Account.username.in_(usernames), Account.active)
    return frozenset(name for name in db.session.scalars(query) if name)


@dataclass(frozen=True, slots=True)
class Digested:
    """A password whose digest is there already: many accounts of a demo share one, which is slow
    to make. Never for real accounts, whose digests must differ even if their passwords don't.
    """

    digest: str


def password_digest(password: str | Digested) -> str:
    """What is kept of a password, brought to the form in which signing in compares it."""
    if isinstance(password, Digested):
        return password.digest
    return str(hash_password(normalize("NFKD", password)))


def end_sessions(account: Account) -> None:
    """Every session of the account is worth nothing from now on."""
    account.fs_uniquifier = uuid4().hex


def end(account: Account) -> None:
    """The account can neither sign in nor act any more; what was done with it keeps its name."""
    account.active, account.mobile_index = False, None
    end_sessions(account)


def people_of(enterprise_id: int) -> list[Account]:
    """Who may act for an enterprise, those who answer for it first."""
    query = select(Account).where(Account.enterprise_id == enterprise_id, Account.active)
    return list(db.session.scalars(query.order_by(Account.standing.desc(), Account.id)))


def of_mobile(mobile: str) -> Account | None:
    """The account that signs in with a mobile number."""
    return db.session.scalar(select(Account).where(Account.mobile_index == mobile))


def of_username(username: str) -> Account | None:
    """The account that signs in with a user name, in whatever case it is written."""
    return db.session.scalar(
        select(Account).where(func.lower(Account.username) == username.lower())
    )


def of_person(account_id: int, enterprise_id: int | None, *, lock: bool = False) -> Account:
    """One of the people of an enterprise. Raises ``NotFound``."""
    query = select(Account).where(
        Account.id == account_id, Account.enterprise_id == enterprise_id, Account.active
    )
    if lock:
        query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound(account_id)
    return found


def liaison_of(field_id: int) -> Account | None:
    """The one accountable liaison (企业专员) of a field."""
    return db.session.scalar(
        select(Account).join(Field, Field.liaison_id == Account.id).where(Field.id == field_id)
    )


def names(ids: set[int]) -> dict[int, str]:
    """Display names of accounts, by id."""
    rows = db.session.execute(select(Account.id, Account.name).where(Account.id.in_(ids)))
    return {row.id: row.name for row in rows}
