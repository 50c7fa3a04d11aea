"""What staff told of themselves: registrations, and what came through a poster and waits."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.core.alerts import EntryState
from workflow.core.health import ToldBy
from workflow.core.judging import Fitness
from workflow.core.refusals import NotFound
from workflow.store.crypto import EncryptedText, KeyedIndex
from workflow.store.db import Model, db


class RegistrationRow(Model):
    """One telling of one person at one place. Rows are only added; ``answers`` is JSON.

    It counts from ``confirmed_at`` on: at once, unless it says less than the one before.
    """

    __tablename__ = "registrations"
    __table_args__ = (
        Index("ix_registrations_line", "place_id", "line", "told_at"),
        CheckConstraint("told_by <> 'enterprise' OR account_id IS NOT NULL", name="clerk_named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    line: Mapped[int]
    told_at: Mapped[datetime]
    told_by: Mapped[ToldBy]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    answers: Mapped[str] = mapped_column(EncryptedText("registrations.answers"))
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    dismissed_at: Mapped[datetime | None]


class PosterEntry(Model):
    """What somebody told through a poster: who they say they are, and a registration.

    ``answers`` is JSON with the identity in it. ``fitness`` is what it would mean if it is true.
    """

    __tablename__ = "poster_entries"
    __table_args__ = (
        CheckConstraint("(state = 'waiting') = (settled_at IS NULL)", name="settled_has_time"),
        CheckConstraint("(state = 'confirmed') = (line IS NOT NULL)", name="confirmed_is_someone"),
        Index(
            "ix_poster_entries_waiting",
            "place_id",
            "id",
            postgresql_where=text("state = 'waiting'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    poster_id: Mapped[int] = mapped_column(ForeignKey("posters.id"))
    once: Mapped[str] = mapped_column(String(40), unique=True)  # of the form: sent twice, kept once
    told_at: Mapped[datetime]
    day: Mapped[date]
    answers: Mapped[str] = mapped_column(EncryptedText("poster_entries.answers"))
    number_index: Mapped[str] = mapped_column(KeyedIndex("people.number"))
    fitness: Mapped[Fitness]
    state: Mapped[EntryState] = mapped_column(default=EntryState.WAITING)
    line: Mapped[int | None]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))


class ReturnCall(Model):
    """A call of the labour office to somebody who is to come back (返岗电话). Only ever added."""

    __tablename__ = "return_calls"
    __table_args__ = (Index("ix_return_calls_line", "place_id", "line", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    line: Mapped[int]
    at: Mapped[datetime]
    called_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    reached: Mapped[str] = mapped_column(String(20))
    returns_on: Mapped[date | None]
    worries: Mapped[str] = mapped_column(EncryptedText("return_calls.worries"))


class HealthReveal(Model):
    """Who looked at what somebody told, and why. Rows are only ever added (a trigger)."""

    __tablename__ = "health_reveals"

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), index=True)
    line: Mapped[int]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    role: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]


def told_of(
    place_id: int, line: int, before: datetime, *, dismissed: bool = False
) -> list[RegistrationRow]:
    """What stood registered of one person at an instant, in the order in which it was told.

    ``dismissed``: with what had been dismissed by then.
    """
    query = select(RegistrationRow).where(
        RegistrationRow.place_id == place_id,
        RegistrationRow.line == line,
        RegistrationRow.told_at <= before,
    )
    if not dismissed:
        gone = RegistrationRow.dismissed_at
        query = query.where(or_(gone.is_(None), gone > before))
    return list(db.session.scalars(query.order_by(RegistrationRow.told_at, RegistrationRow.id)))


def unconfirmed(place_id: int, row_id: int) -> RegistrationRow:
    """A registration that waits to be confirmed, locked. Raises ``NotFound``."""
    query = select(RegistrationRow).where(
        RegistrationRow.id == row_id,
        RegistrationRow.place_id == place_id,
        RegistrationRow.confirmed_at.is_(None),
        RegistrationRow.dismissed_at.is_(None),
    )
    found = db.session.scalar(query.with_for_update())
    if found is None:
        raise NotFound(row_id)
    return found


def entry_known(once: str) -> bool:
    """Whether this form was sent before."""
    return db.session.scalar(select(PosterEntry.id).where(PosterEntry.once == once)) is not None


def entry(place_id: int, entry_id: int, *, lock: bool = False) -> PosterEntry:
    """One entry of a place's poster. Raises ``NotFound``."""
    query = select(PosterEntry).where(PosterEntry.id == entry_id, PosterEntry.place_id == place_id)
    found = db.session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound(entry_id)
    return found
