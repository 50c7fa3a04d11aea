"""What the town's settings said, and who changed them when: rows are only ever added."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflow.store.accounts import Account
from workflow.store.db import Model, db
from workflow.store.departments import Department

MOST_LISTED = 20


class TownChange(Model):
    """The words on being heard and on remedies as somebody set them."""

    __tablename__ = "town_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    hearing: Mapped[str] = mapped_column(Text)
    remedies: Mapped[str] = mapped_column(Text)
    changed_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    changed_at: Mapped[datetime]

    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)


def changes() -> list[TownChange]:
    """How the words were set, the latest first."""
    query = select(TownChange).order_by(TownChange.id.desc()).limit(MOST_LISTED)
    return list(db.session.scalars(query))


def departments() -> list[tuple[Department, list[Account]]]:
    """Every department that is asked for opinions, and the accounts that answer for it."""
    people = select(Account).where(Account.department_id.is_not(None), Account.active)
    found = list(db.session.scalars(people.order_by(Account.id)))
    return [
        (one, [each for each in found if each.department_id == one.id])
        for one in db.session.scalars(select(Department).order_by(Department.id))
    ]
