"""Batches of notices an issuer lets go together (成批签发), and what became of each."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflow.core.batches import Outcome
from workflow.core.refusals import NotFound
from workflow.store.accounts import Account
from workflow.store.cases import Case
from workflow.store.db import Model, db

MOST_LISTED = 10


class ReleaseBatch(Model):
    """What an issuer ticked and sent off."""

    __tablename__ = "release_batches"
    __table_args__ = (Index("ix_release_batches_made_by", "made_by", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    made_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[datetime]

    items: Mapped[list["ReleaseItem"]] = relationship(order_by="ReleaseItem.id")


class ReleaseItem(Model):
    """One case of a batch, and its version on the page where it was ticked.

    ``reason`` is why it failed; ``by``: who released it, if it was not this batch.
    """

    __tablename__ = "release_items"
    __table_args__ = (
        UniqueConstraint("batch_id", "case_id"),
        CheckConstraint("(outcome IS NULL) = (done_at IS NULL)", name="done_has_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("release_batches.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    version: Mapped[int]
    outcome: Mapped[Outcome | None]
    reason: Mapped[str | None] = mapped_column(String(40))
    released_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    done_at: Mapped[datetime | None]

    batch: Mapped[ReleaseBatch] = relationship(viewonly=True)
    case: Mapped[Case] = relationship()
    by: Mapped[Account | None] = relationship(lazy="joined")


def of_issuer(batch_id: int, account_id: int | None) -> ReleaseBatch:
    """A batch, for the one who made it. Raises ``NotFound``."""
    mine = ReleaseBatch.id == batch_id, ReleaseBatch.made_by == account_id
    found = db.session.scalar(select(ReleaseBatch).where(*mine))
    if found is None:
        raise NotFound(batch_id)
    return found


def latest(account_id: int | None) -> list[ReleaseBatch]:
    """The last batches of an issuer, newest first."""
    query = select(ReleaseBatch).where(ReleaseBatch.made_by == account_id)
    return list(db.session.scalars(query.order_by(ReleaseBatch.id.desc()).limit(MOST_LISTED)))


def held_item(item_id: int) -> ReleaseItem:
    """An item that no other worker takes until the commit. Raises ``NotFound``."""
    locked = select(ReleaseItem.id).where(ReleaseItem.id == item_id).with_for_update()
    if db.session.scalar(locked) is None:
        raise NotFound(item_id)
    return db.session.get_one(ReleaseItem, item_id, populate_existing=True)
