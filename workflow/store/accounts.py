"""Accounts: who can sign in, as what."""

from datetime import datetime

from flask_security import RoleMixin, UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from workflow.core.refusals import NotFound
from workflow.core.roles import Actor, Role
from workflow.store.db import Model, db
from workflow.store.towns import Field


class Account(Model, UserMixin):
    """One person who signs in, by mobile number or user name."""

    __tablename__ = "accounts"
    __table_args__ = (
        CheckConstraint("role <> 'system'", name="no_account_is_the_service"),
        CheckConstraint(
            "(role = 'enterprise') = (enterprise_id IS NOT NULL)", name="enterprise_is_named"
        ),
        CheckConstraint("username IS NOT NULL OR mobile IS NOT NULL", name="can_be_named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[Role]
    name: Mapped[str] = mapped_column(String(80))
    username: Mapped[str | None] = mapped_column(String(64), unique=True)
    mobile: Mapped[str | None] = mapped_column(String(20), unique=True)
    phone: Mapped[str] = mapped_column(String(40), default="")  # of an officer, for everyone
    email: Mapped[str | None] = mapped_column(  # type: ignore[assignment] # optional with us
        String(255), unique=True
    )
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprises.id"))
    failed_sign_ins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]

    @property
    def roles(self) -> list[RoleMixin]:  # type: ignore[override] # the library would write it
        """Nothing: what an account may do hangs on ``role`` alone."""
        return []


def actor_of(account: Account) -> Actor:
    """The actor the rules see for a signed-in account."""
    fields = frozenset(
        db.session.scalars(select(Field.id).where(Field.liaison_id == account.id))
        if account.role is Role.LIAISON
        else ()
    )
    return Actor(account.id, account.role, account.name, account.enterprise_id, fields)


def named(username: str) -> Account:
    """The account of a user name. Raises ``NotFound``."""
    account = db.session.scalar(select(Account).where(Account.username == username))
    if account is None:
        raise NotFound(username)
    return account


def liaison_of(field_id: int) -> Account | None:
    """The one accountable liaison (企业专员) of a field."""
    return db.session.scalar(
        select(Account).join(Field, Field.liaison_id == Account.id).where(Field.id == field_id)
    )


def names(ids: set[int]) -> dict[int, str]:
    """Display names of accounts, by id."""
    rows = db.session.execute(select(Account.id, Account.name).where(Account.id.in_(ids)))
    return {row.id: row.name for row in rows}
