"""What staff told of themselves: registrations, and what came through a poster and waits."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    exists,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from workflow.core.alerts import EntryState
from workflow.core.health import ToldBy
from workflow.core.judging import Fitness
from workflow.core.refusals import NotFound
from workflow.store.crypto import EncryptedText, KeyedIndex
from workflow.store.db import Model, db


class RegistrationRow(Model):
    """One telling of one person at one place. Rows are only added; ``answers`` is JSON.

    It counts from ``confirmed_at`` on: at once, or from the next release on if it says less than
    the one before.
    ``known_at`` is later than ``told_at`` only for what came through a poster: until somebody
    had said whose it is, nobody knew.
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
    known_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))


class PosterEntry(Model):
    """What somebody told through a poster: who they say they are, and a registration.

    ``answers`` is JSON with the identity in it, and ``said`` is what tells it from other answers of
    the same form (``once``): sent twice it is kept once, put right it is kept as well.
    ``fitness`` is what it would mean if it is true.
    """

    __tablename__ = "poster_entries"
    __table_args__ = (
        CheckConstraint("(state = 'waiting') = (settled_at IS NULL)", name="settled_has_time"),
        CheckConstraint("(state = 'confirmed') = (line IS NOT NULL)", name="confirmed_is_someone"),
        UniqueConstraint("once", "said"),
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
    once: Mapped[str] = mapped_column(String(40))
    told_at: Mapped[datetime]
    day: Mapped[date]
    answers: Mapped[str] = mapped_column(EncryptedText("poster_entries.answers"))
    said: Mapped[str] = mapped_column(KeyedIndex("poster_entries.answers"))
    number_index: Mapped[str] = mapped_column(KeyedIndex("people.number"))
    fitness: Mapped[Fitness]
    state: Mapped[EntryState] = mapped_column(default=EntryState.WAITING)
    line: Mapped[int | None]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))


class ReturnCall(Model):
    """A call of the labour office to somebody who is to come back (返岗电话). Only ever added."""

    __tablename__ = "return_calls"
    __table_args__ = (
        Index("ix_return_calls_line", "place_id", "line", "id"),
        Index("ix_return_calls_caller", "called_by", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    line: Mapped[int]
    at: Mapped[datetime]
    called_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    reached: Mapped[str] = mapped_column(String(20))
    returns_on: Mapped[date | None]
    worries: Mapped[str] = mapped_column(EncryptedText("return_calls.worries"))


class HealthReveal(Model):
    """Who looked at what somebody told, and why. Rows are only ever added (a trigger).

    Of somebody on a roster, or of what came through a poster and is nobody's yet.
    """

    __tablename__ = "health_reveals"
    __table_args__ = (
        CheckConstraint("(line IS NULL) <> (entry_id IS NULL)", name="of_line_or_entry"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), index=True)
    line: Mapped[int | None]
    entry_id: Mapped[int | None]  # no key: the entry is deleted before this is
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    role: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(EncryptedText("health_reveals.words"), default="")
    at: Mapped[datetime]


def told_of(place_id: int, line: int, before: datetime) -> list[RegistrationRow]:
    """Everything registered of one person that was known at an instant, in the order in which it
    became known; of the same instant in an order that does not depend on which was kept first.
    """
    query = select(RegistrationRow).where(
        RegistrationRow.place_id == place_id,
        RegistrationRow.line == line,
        RegistrationRow.known_at <= before,
    )
    return in_order(db.session.scalars(query))


def in_order(rows: Iterable[RegistrationRow]) -> list[RegistrationRow]:
    """In the order in which they became known, however they were kept."""
    return sorted(rows, key=lambda row: (row.known_at, row.told_at, row.told_by.value, row.answers))


def add_entry(**told: object) -> int | None:
    """Keeps what came through a poster; None where this form said so before, even just now."""
    new = insert(PosterEntry).values(**told)
    new = new.on_conflict_do_nothing(index_elements=["once", "said"])
    return db.session.scalar(new.returning(PosterEntry.id))


def entry_known(once: str) -> bool:
    """Whether this form was sent before, whatever it said."""
    return bool(db.session.scalar(select(exists().where(PosterEntry.once == once))))


def entry(place_id: int, entry_id: int, *, lock: bool = False) -> PosterEntry:
    """One entry of a place's poster. Raises ``NotFound``."""
    query = select(PosterEntry).where(PosterEntry.id == entry_id, PosterEntry.place_id == place_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound(entry_id)
    return found


def calls_of(place_id: int, line: int) -> list[ReturnCall]:
    """The calls to one person, newest first."""
    mine = ReturnCall.place_id == place_id, ReturnCall.line == line
    return list(db.session.scalars(select(ReturnCall).where(*mine).order_by(ReturnCall.id.desc())))


def reveals_of(place_id: int, line: int) -> list[HealthReveal]:
    """Who looked at what one person told, also through a poster, newest first."""
    entries = select(PosterEntry.id).where(
        PosterEntry.place_id == place_id, PosterEntry.line == line
    )
    theirs = or_(HealthReveal.line == line, HealthReveal.entry_id.in_(entries))
    query = select(HealthReveal).where(HealthReveal.place_id == place_id, theirs)
    return list(db.session.scalars(query.order_by(HealthReveal.id.desc())))
